from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.shelf.caption import caption, understood
from bot.shelf.errors import CaptionError
from index.catalogue import Entry

DAY = dt.date(2024, 12, 27)
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
words = st.text(alphabet="ابتثجحخدرزسشصطعفقكلمنهوي abcXYZ0123٤٥", min_size=1, max_size=60).filter(str.strip)


@pytest.mark.parametrize(
    "day",
    [
        "2024-12-27",
        "27/12/2024",
        "27-12-2024",
        "27.12.2024",
        "٢٧ ديسمبر ٢٠٢٤",
        "٢٧/١٢/٢٠٢٤",
        "27 كانون الأول 2024",
        "٢٠٢٤-١٢-٢٧",
        "٢٧ / ١٢ / ٢٠٢٤",
        "الأحد 27 ديسمبر 2024",
        "27 Dec 2024",
        "27 ديسمبر ٢٠٢٤م",
        "27 دجنبر 2024.",
    ],
)
@pytest.mark.parametrize("name", ["date", "Date", "التاريخ", "تاريخ", "تاريخ النشر"])
def test_a_day_is_read_however_it_is_written(day: str, name: str) -> None:
    assert caption(f"عنوان\n{name}: {day}") == Entry(title="عنوان", published=DAY)


def test_all_that_can_be_said_is_read_in_arabic_and_in_english() -> None:
    said = Entry(title="تقرير", place="خان هوا", published=DAY, url="https://a.vn/x", audience="officials")
    assert (
        caption("تقرير\nالمكان: خان هوا\nالتاريخ: ٢٧ ديسمبر ٢٠٢٤\nالرابط: https://a.vn/x\nالجمهور: المسؤولون") == said
    )
    assert caption("تقرير\nplace: خان هوا\ndate: 2024-12-27\nurl: https://a.vn/x\naudience: officials") == said
    assert caption("  \n\N{RIGHT-TO-LEFT MARK}المكان :  خان   هوا \n\n") == Entry(place="خان هوا")
    assert caption("") == Entry()
    assert caption("نتائج عام 2024: تقدم كبير") == Entry(title="نتائج عام 2024: تقدم كبير")
    assert caption("تقرير\nالجمهور: الجميع").audience == "public"


@pytest.mark.parametrize(
    ("text", "line", "fault"),
    [
        ("المكان: أ\nسطر آخر", 2, "unknown"),
        ("عنوان\n\nالمؤلف: فلان", 3, "unknown"),
        ("عنوان\nالمكان: أ\nالمكان: ب", 3, "twice"),
        ("عنوان\nالتاريخ: أمس", 2, "date"),
        ("عنوان\nالتاريخ: 2024-02-30", 2, "date"),
        ("عنوان\nالرابط: javascript:alert(1)", 2, "url"),
        ("عنوان\nالرابط:", 2, "empty"),
        ("عنوان\nالجمهور: الوزير", 2, "audience"),
        ("ع" * 400, 1, "title"),
    ],
)
def test_a_line_that_cannot_be_understood_is_named(text: str, line: int, fault: str) -> None:
    with pytest.raises(CaptionError, match=f"^line {line}: ") as caught:
        caption(text)
    assert (caught.value.line, caught.value.fault) == (line, fault)


@pytest.mark.parametrize(
    "line",
    [
        "الجمهور: المسؤولون",
        "الجمهور المسؤولون",
        "الجمهور - المسؤولون",
        "الجمهور-المسؤولون",
        "الجمهور – المسؤولين",
        "الجمهور = المسؤولون",
        "الجمهور؛ المسؤولون",
        "الجمهور: المسؤولون فقط",
        "الجمهور: المسئولون.",
        "الجمهور: «المسؤولون»",
        "الفئة: المسؤولون",
        "• الجمهور: المسؤولون",
        "للمسؤولين فقط",
        "(للمسؤولين فقط)",
        "المسؤولون فقط.",
        "المسئولون",
        "audience: official",
        "officials only",
    ],
)
def test_what_is_for_officials_never_becomes_a_title_for_everybody(line: str) -> None:
    assert caption(line) == Entry(audience="officials")
    assert caption(f"عنوان\n{line}") == Entry(title="عنوان", audience="officials")
    assert caption(f"{line}\nالمكان: هايفونغ") == Entry(audience="officials", place="هايفونغ")


@pytest.mark.parametrize("line", ["الجمهور المسؤولون الكبار", "الجمهور: لا أحد", "تقرير الجسور (للمسؤولين فقط)"])
def test_what_may_be_meant_for_officials_is_a_fault(line: str) -> None:
    found = understood(line)
    assert found.fault
    assert found.fault.fault == "audience"


def test_a_title_may_stand_on_several_lines_and_begin_as_a_name_does() -> None:
    said = caption("تقرير المدارس\nفي مقاطعة هايفونغ\nالجمهور: المسؤولون")
    assert said == Entry(title="تقرير المدارس في مقاطعة هايفونغ", audience="officials")
    for title in ("مكان العمل في القرى", "تاريخ التعليم في المقاطعة", "الجمهور المستهدف من الخطة", "عام"):
        assert caption(title) == Entry(title=title)
    assert caption("عنوان\nالمكان هايفونغ\nالتاريخ 27/12/2024") == Entry(title="عنوان", place="هايفونغ", published=DAY)


def test_a_line_that_is_not_understood_leaves_the_others_as_they_are() -> None:
    found = understood("عنوان\nالمكان: هايفونغ\nالتاريخ: أمس\nالجمهور: الوزير")
    assert found.entry == Entry(title="عنوان", place="هايفونغ")
    assert found.fault
    assert (found.fault.line, found.fault.fault) == (3, "date")


@given(words, words, st.dates(), st.booleans(), st.booleans())
def test_what_was_written_down_is_what_is_read(
    title: str, place: str, day: dt.date, arabic: bool, officials: bool
) -> None:
    date = day.isoformat().translate(ARABIC_DIGITS) if arabic else day.strftime("%d/%m/") + f"{day.year:04}"
    audience = "المسؤولون" if officials else "public"
    read = caption(f"العنوان: {title}\nالمكان: {place}\nالتاريخ: {date}\nالجمهور: {audience}")
    assert (read.title, read.place) == (" ".join(title.split()), " ".join(place.split()))
    assert (read.published, read.audience) == (day, "officials" if officials else "public")


@given(st.text())
def test_any_text_is_a_caption_or_an_error_that_names_a_line(text: str) -> None:
    line, title = 1, None
    try:
        title = caption(text).title
    except CaptionError as error:
        line = error.line
    assert 1 <= line <= max(1, len(text.splitlines()))
    assert title is None or len(title.splitlines()) == 1
