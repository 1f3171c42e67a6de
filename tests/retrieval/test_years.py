from __future__ import annotations

import datetime as dt

import pytest

from retrieval.years import years_in, years_named, years_told


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("في عام 2023", "2023"),
        ("سنة ٢٠٢٠", "2020"),
        ("في 2024م", "2024"),
        ("خلال الفترة 2021-2025", "2021 2022 2023 2024 2025"),
        ("خلال الفترة ٢٠٢١–٢٠٢٣", "2021 2022 2023"),
        ("من 2021 إلى 2023", "2021 2022 2023"),
        ("من عام ٢٠٢١ حتى عام ٢٠٢٣", "2021 2022 2023"),
        ("بين عامي 2020 و2022", "2020 2021 2022"),
        ("في 12/7/2024 و2023-12-31", "2023 2024"),
        ("عام 1066 وفي يناير 1756", "1066 1756"),
        ("1500 مدرسة و1,950 معلمًا", ""),
        ("ارتفعت 2000% والقرار 57", ""),
        ("بنت 2000 مدرسة ووزعت 2000 كتاب", ""),
        ("في 2000 مدرسة", ""),
        ("بكلفة 2050 مليون دينار", ""),
        ("القرار 2025 والمادة 1950", ""),
        ("في 2023 ارتفعت النسبة", "2023"),
        ("مؤشر 2023، وخطة (2024)", "2023 2024"),
        ("تقرير 2023 السنوي", "2023"),
        ("خلال 2021 بلغ العدد 30", "2021"),
        ("", ""),
    ],
)
def test_years_are_read_in_both_families_of_digits_and_in_ranges(text: str, expected: str) -> None:
    assert sorted(years_in(text)) == expected.split()


def test_a_question_names_only_the_years_it_writes_out() -> None:
    assert sorted(years_named("ما الذي تغير بين عامي 2020 و2023؟")) == ["2020", "2023"]


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("بلغت النسبة 88%", dt.date(2024, 7, 12), "2024"),
        ("بلغت النسبة 88%", None, ""),
        ("تراجعت في العام الماضي إلى 17 حريقًا", dt.date(2024, 2, 1), "2023"),
        ("وزادت هذا العام مقارنة بعام 2020", dt.date(2024, 2, 1), "2020 2024"),
        ("بلغت 71% عام 2022", dt.date(2024, 2, 1), "2022"),
    ],
)
def test_the_day_of_a_report_tells_the_year_that_its_words_leave_out(
    text: str, published: dt.date | None, expected: str
) -> None:
    assert sorted(years_told(text, published)) == expected.split()
