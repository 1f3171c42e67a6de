from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.cleaning import clean, date_line

DAY = dt.date(2024, 12, 27)
SENTENCE = "أقر المجلس خطة التحول الرقمي للمقاطعة."


def kept(written: str) -> list[str]:
    return [written[line.start : line.end] for line in clean(written).lines]


@pytest.mark.parametrize(
    "line",
    [
        "27/12/2024",
        "27-12-2024",
        "27.12.2024",
        "2024-12-27",
        "2024/12/27",
        "٢٧/١٢/٢٠٢٤",
        "۲۷/۱۲/۲۰۲۴",
        "27 ديسمبر 2024",
        "27 ديسمبر، 2024",
        "٢٧ كانون الأول ٢٠٢٤",
        "(27 كانون الأوّل 2024)",
        "تاريخ النشر: 27/12/2024",
        "نُشر في 27 ديسمبر 2024",
        "نشر بتاريخ: 27-12-2024",
        "آخر تحديث: 2024-12-27",
        "التاريخ: 27/12/2024",
        "Published: 2024-12-27",
        "٢٧ / ١٢ / ٢٠٢٤",
        "27 ديسمبر ٢٠٢٤م",
        "27 ديسمبر 2024 م.",
        "الأحد 27 ديسمبر 2024",
        "تاريخ النشر: يوم الجمعة، 27 ديسمبر 2024",
        "27 دجنبر 2024",
        "27 Dec 2024",
        "Friday, 27 December, 2024",
        "2024-12-27 08:30",
        "2024-12-27T08:30:15Z",
        "27/12/2024 - 08:30",
    ],
)
def test_a_date_is_read_however_it_is_spelt(line: str) -> None:
    written = f"{line}\n{SENTENCE}"
    assert date_line(line) == DAY
    assert clean(written).published == DAY
    assert kept(written) == [SENTENCE]


@pytest.mark.parametrize(
    ("number", "names"),
    list(
        enumerate(
            [
                "يناير|كانون الثاني",
                "فبراير|شباط",
                "مارس|آذار",
                "أبريل|إبريل|نيسان",
                "مايو|أيار",
                "يونيو|حزيران",
                "يوليو|تموز",
                "أغسطس|آب",
                "سبتمبر|أيلول",
                "أكتوبر|تشرين الأول",
                "نوفمبر|تشرين الثاني",
                "ديسمبر|كانون الأول",
            ],
            start=1,
        )
    ),
)
def test_months_have_two_names(number: int, names: str) -> None:
    assert [date_line(f"5 {name} 2023") for name in names.split("|")] == [dt.date(2023, number, 5)] * (
        names.count("|") + 1
    )


@pytest.mark.parametrize(
    "line",
    [
        "31/02/2024",
        "27/13/2024",
        "2024-00-10",
        "27 خريف 2024",
        "عام 2024",
        "27/12/24",
        "اجتمع المجلس في 27 ديسمبر 2024 وأقر الخطة.",
        "27 ديسمبر 2024: أقر المجلس الخطة",
        "12 27/12/2024 رجل",
        "",
        "1" * 500,
    ],
)
def test_what_is_no_date_is_not_taken_for_one(line: str) -> None:
    assert date_line(line) is None


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_every_day_is_read_back(day: dt.date) -> None:
    assert date_line(day.isoformat()) == day
    assert date_line(f"تاريخ النشر: {day.day}/{day.month}/{day.year}") == day


def test_the_first_date_counts_and_one_in_the_middle_belongs_to_the_report() -> None:
    body = [f"{SENTENCE} {number}" for number in range(20)]
    written = "\n".join(["27/12/2024", *body[:10], "1/1/2020", *body[10:], "28/12/2024"])
    cleaned = clean(written)
    assert cleaned.published == DAY
    assert kept(written) == [*body[:10], "1/1/2020", *body[10:]]
