from __future__ import annotations

import datetime as dt
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.buttons import Button, ButtonKind, Pressed, Reason, button, pressed, rating, reasons, with_reasons
from bot.notices import (
    Notice,
    Toast,
    approval_request,
    approved,
    documents_page,
    failed,
    greeting,
    left_group,
    limited,
    notice,
    privacy,
    receipt_message,
    toast,
)
from bot.phrases import Phrases, phrases
from bot.receipts import Receipt, StoredExcerpt
from index.document import About
from tests.bot.messages import LONG_TEXTS, URLS, circumstances, kinds, reads_rightly, sent

ARABIC, ENGLISH = phrases("ar"), phrases("en")
LANGUAGES = st.sampled_from([ARABIC, ENGLISH])
ABOUTS = st.builds(About, LONG_TEXTS, st.none() | LONG_TEXTS, st.none() | st.dates(dt.date(1900, 1, 1)), URLS)
EXCERPTS = st.builds(
    StoredExcerpt,
    document=LONG_TEXTS,
    document_sha256=st.none() | st.just("a" * 64),
    text_sha256=st.just("b" * 64),
    start=st.integers(0, 10**9),
    end=st.integers(0, 10**9),
    marks=st.just(()),
    page=st.none(),
    score=st.floats(-100, 100),
)


@pytest.mark.parametrize("spoken", [ARABIC, ENGLISH], ids=["ar", "en"])
def test_every_notice_can_be_sent(spoken: Phrases) -> None:
    for name in get_args(Notice):
        assert reads_rightly(sent(notice(name, spoken)), spoken)
    assert all(len(toast(name, spoken)) <= 200 for name in get_args(Toast))
    for rendered in (
        privacy(spoken, days=30, minutes=30, in_group=False),
        privacy(spoken, days=1, minutes=2, in_group=True),
        limited(3, spoken),
        greeting(["كم بلغت النسبة؟"], spoken),
    ):
        assert reads_rightly(sent(rendered), spoken)


@settings(max_examples=100, deadline=None)
@given(LONG_TEXTS, LANGUAGES)
def test_groups_and_errors_of_any_name_can_be_told(name: str, spoken: Phrases) -> None:
    for rendered in (
        approval_request(name, -1_001_234_567_890, spoken),
        approved(name, spoken),
        left_group(name, spoken),
        failed(name, spoken),
        greeting([name, name], spoken),
    ):
        assert reads_rightly(sent(rendered), spoken)


@settings(max_examples=100, deadline=None)
@given(st.lists(ABOUTS, max_size=30), st.integers(-1, 99), LANGUAGES)
def test_any_library_can_be_listed(documents: list[About], number: int, spoken: Phrases) -> None:
    assert reads_rightly(sent(documents_page(documents, number, spoken)), spoken)


def test_the_list_of_reports_counts_them_and_turns_its_pages() -> None:
    documents = [About(f"تقرير {number}", "لونغ آن") for number in range(1, 18)]
    first, second, third = (documents_page(documents, number, ARABIC) for number in (1, 2, 3))
    assert "17\N{POP DIRECTIONAL ISOLATE} تقريرًا:" in first.text
    assert [[each.label for each in row] for row in first.buttons] == [["التالي"]]
    assert [[each.label for each in row] for row in second.buttons] == [["التالي", "السابق"]]
    assert [each.data for row in third.buttons for each in row] == ["documents:0:2"]
    shown = "".join(page.text for page in (first, second, third))
    assert all(f"تقرير {number}" in shown for number in range(1, 18))


@settings(max_examples=100, deadline=None)
@given(LONG_TEXTS, st.lists(EXCERPTS, max_size=5), st.sampled_from(["answer", "related", "none"]), LANGUAGES)
def test_any_receipt_can_be_sent(asked: str, excerpts: list[StoredExcerpt], outcome: str, spoken: Phrases) -> None:
    kept = Receipt.model_validate(
        {
            "outcome": outcome,
            "side_by_side": False,
            "reason": None,
            "circumstances": circumstances(asked),
            "excerpts": tuple(excerpts),
        }
    )
    assert reads_rightly(sent(receipt_message(kept, "Zx81kQ3", spoken)), spoken)


def test_a_receipt_says_how_the_answer_came_about_and_how_to_see_it_again() -> None:
    excerpt = StoredExcerpt(
        document="a.pdf", document_sha256="a" * 64, text_sha256="b" * 64, start=40, end=90, marks=(), page=2, score=0.75
    )
    kept = Receipt(
        outcome="answer", side_by_side=False, reason=None, circumstances=circumstances("كم؟"), excerpts=(excerpt,)
    )
    text = sent(receipt_message(kept, "Zx81kQ3", ARABIC)).text
    for fact in ("Zx81kQ3", "كم؟", "50%", "a.pdf", "40", "90", "0.750", "a" * 64, "/why Zx81kQ3"):
        assert f"\N{FIRST STRONG ISOLATE}{fact}\N{POP DIRECTIONAL ISOLATE}" in text


def test_what_a_button_sends_back_is_understood() -> None:
    for kind in ButtonKind:
        data = button("زر", kind, "Zx81kQ3_-aB9", 12).data
        assert data is not None
        assert pressed(data) == Pressed(kind, "Zx81kQ3_-aB9", "12")


@settings(deadline=None)
@given(st.text(max_size=64))
def test_what_no_button_of_ours_sends_is_not_understood(data: str) -> None:
    assert pressed(data) is None or str(pressed(data)) == data


@pytest.mark.parametrize("data", ["", "page", "page:1", "page:1:2:3", "unknown:1:2", ":::", "PAGE:1:2"])
def test_old_and_forged_data_is_not_understood(data: str) -> None:
    assert pressed(data) is None


def test_a_button_that_telegram_would_refuse_cannot_be_made() -> None:
    for label, data, url in [("زر", None, None), ("زر", "x", "https://x.y"), (" ", "x", None), ("زر", "ا" * 33, None)]:
        with pytest.raises(ValueError, match=r"button"):
            Button(label, data, url)


def test_a_bad_rating_may_be_explained_with_one_tap() -> None:
    assert [each.label for each in rating("7", ARABIC)] == ["غير مفيد 👎", "مفيد 👍"]
    rows = reasons("7", ARABIC)
    found = {pressed(each.data or "") for row in rows for each in row}
    assert {each.argument for each in found if each} == set(Reason)
    assert [len(row) for row in rows] == [2, 2]
    other = (button("زر", ButtonKind.WHY, "7"),)
    assert with_reasons((other, rating("7", ARABIC), other), "7", ARABIC) == (other, *rows, other)


def test_an_administrator_is_asked_with_two_buttons() -> None:
    rendered = approval_request("مجموعة <الحي>", -100123, ARABIC)
    assert kinds(rendered) == [["leave", "approve"]]
    assert "مجموعة &lt;الحي&gt;" in rendered.text
