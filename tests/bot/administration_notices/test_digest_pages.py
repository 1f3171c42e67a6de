from __future__ import annotations

import datetime as dt
import io
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from bot.administration_notices.digest import Digest, digest, fits_caption
from bot.administration_notices.digest_chart import chart
from bot.phrases import Phrases, phrases
from bot.state.digests import Activity, Slow, Tally
from bot.state.values import Counts
from bot.weeks import week_before
from tests.bot.messages import LONG_TEXTS, reads_rightly, sent
from tests.telegram.texts import utf16_length

ARABIC, ENGLISH = phrases("ar"), phrases("en")
PLAIN = phrases("ar", isolates=False)
LANGUAGES = st.sampled_from([ARABIC, ENGLISH])
WEEK = week_before(dt.date(2026, 7, 26), ZoneInfo("UTC"))
NUMBERS = st.integers(0, 10**7)
ACTIVITIES = st.builds(
    Activity,
    days=st.lists(st.builds(Tally, NUMBERS, NUMBERS, NUMBERS), min_size=7, max_size=7).map(tuple),
    people=NUMBERS,
    verdicts=st.builds(Counts, NUMBERS, NUMBERS),
    quoted=st.lists(st.tuples(LONG_TEXTS, NUMBERS), max_size=3).map(tuple),
    slowest=st.lists(st.builds(Slow, LONG_TEXTS, st.floats(0, 1e6)), max_size=3).map(tuple),
)
DAYS = (
    Tally(12, 3, 2), Tally(20, 4, 1), Tally(), Tally(9, 0, 4), Tally(31, 6, 5), Tally(14, 2, 0), Tally(1, 0, 0),
)  # fmt: skip
USUAL = Activity(
    days=DAYS,
    people=14,
    verdicts=Counts(9, 3),
    quoted=(("report.pdf", 40), ("مدارس.txt", 2), ("gone.txt", 1)),
    slowest=(Slow("كم بلغت نسبة المنازل التي تستخدم الإنترنت؟", 3.44), Slow("كم مدرسة بُنيت؟", 0.04)),
)
EARLIER = Activity(DAYS[:3] + (Tally(),) * 4, 7, Counts(1, 1), (), ())


def told(activity: Activity = USUAL, before: Activity | None = None) -> Digest:
    return Digest(WEEK, activity, before, {"report.pdf": "تقرير الرقمنة في لونغ آن"})


@settings(max_examples=60, deadline=None)
@given(ACTIVITIES, st.none() | ACTIVITIES, LANGUAGES)
def test_any_digest_can_be_sent_and_the_length_of_a_caption_is_known(
    activity: Activity, before: Activity | None, spoken: Phrases
) -> None:
    rendered = digest(told(activity, before), spoken)
    read = sent(rendered)
    assert reads_rightly(read, spoken)
    assert fits_caption(rendered) == (utf16_length(read.text) <= 1024)


def test_a_digest_says_what_went_on() -> None:
    text = sent(digest(told(), PLAIN)).text
    for said in (
        "من 2026-07-19 إلى 2026-07-25",
        "طُرح 114 سؤالًا",
        "سأل 14 شخصًا",
        "أجابت عنها التقارير: 87 (76%)",
        "عُرضت أقرب المقاطع: 15 (13%)",
        "بلا جواب: 12 (11%)",
        "الرضا: 75% (👍 9 👎 3)",
        "من تقرير الرقمنة في لونغ آن: 40 جوابًا",
        "من مدارس.txt: جوابان",
        "خلال 3.4 ثانية: كم بلغت نسبة المنازل",
        "خلال 0.04 ثانية: كم مدرسة",
    ):
        assert said in text
    assert "الأسبوع السابق" not in text


def test_a_usual_digest_is_a_caption_in_both_languages() -> None:
    for spoken in (ARABIC, ENGLISH):
        assert fits_caption(digest(told(before=EARLIER), spoken))


def test_a_digest_stands_beside_the_week_before_where_there_is_one() -> None:
    text = sent(digest(told(before=EARLIER), PLAIN)).text
    for said in (
        "طُرح 114 سؤالًا (في الأسبوع السابق: 42)",
        "سأل 14 شخصًا (في الأسبوع السابق: 7)",
        "(76%) (في الأسبوع السابق: 76%)",
        "(في الأسبوع السابق: 50%)",
    ):
        assert said in text


def test_a_week_without_a_question_says_so_and_nothing_else() -> None:
    nothing = Activity((Tally(),) * 7, 0, Counts(0, 0), (), ())
    lines = sent(digest(told(nothing, EARLIER), PLAIN)).text.splitlines()
    assert lines == ["دليل في سبعة أيام: من 2026-07-19 إلى 2026-07-25", "لم يُطرح أي سؤال في هذه الأيام."]


def test_answers_that_nobody_rated_have_no_share() -> None:
    unrated = Activity(DAYS, 1, Counts(0, 0), (), ())
    assert "لم يقيّم أحد الأجوبة" in sent(digest(told(unrated), PLAIN)).text


def test_a_long_digest_is_no_caption() -> None:
    long = Activity(DAYS, 1, Counts(1, 0), (("ا" * 100, 1),) * 9, (Slow("ب" * 100, 1.0),) * 9)
    assert not fits_caption(digest(told(long), ARABIC))


def picture(days: tuple[Tally, ...], spoken: Phrases = ARABIC) -> Image.Image:
    drawn = Image.open(io.BytesIO(chart(WEEK, days, spoken)))
    drawn.load()
    return drawn


def amount(drawn: Image.Image, colour: str) -> int:
    """How many points of a picture have a colour."""
    wanted = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)])
    return int((np.asarray(drawn.convert("RGB")) == wanted).all(axis=2).sum())


def test_a_picture_is_wide_enough_for_a_phone_and_not_transparent() -> None:
    drawn = picture(DAYS)
    assert drawn.format == "PNG"
    assert drawn.size == (1280, 864)
    assert drawn.convert("RGBA").getextrema()[3] == (255, 255)


def test_a_picture_shows_each_outcome_by_its_colour() -> None:
    answered, other = "#0072b2", "#e69f00"
    only = picture(tuple(Tally(day.all, 0, 0) for day in DAYS))
    both = picture(DAYS)
    assert amount(only, answered) > 2 * amount(both, other) > 20 * amount(only, other)  # whose legend has it too


def test_days_are_read_in_the_direction_of_the_language() -> None:
    last_only = (*(Tally(),) * 6, Tally(40))
    for spoken, is_left in ((ARABIC, True), (ENGLISH, False)):
        bars = picture(last_only, spoken).crop((0, 250, 1280, 700))  # without the legend
        halves = bars.crop((0, 0, 640, 450)), bars.crop((640, 0, 1280, 450))
        assert [amount(half, "#0072b2") > 0 for half in halves] == [is_left, not is_left]


@pytest.mark.parametrize("highest", [1, 10**6])
def test_few_and_many_questions_are_drawn_without_a_warning(highest: int, recwarn: pytest.WarningsRecorder) -> None:
    picture((Tally(highest, highest, highest), *(Tally(),) * 6))
    assert recwarn.list == []
