from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.cleaning import Cleaned, clean, is_debris
from index.document import Span
from index.sentences import sentences, trim
from tests.growth import spent
from tests.index.material import REPORTS, text

SENTENCE = "أقر المجلس خطة التحول الرقمي للمقاطعة."


def kept(written: str, cleaned: Cleaned) -> list[str]:
    return [written[line.start : line.end] for line in cleaned.lines]


LONG_AN = (
    "https://mic.gov.vn/thu-truong-bo-tttt-pham-duc-long-lam-viec-khao-sat-tai-tinh-long-an-197240712084750605.htm"
)


@pytest.mark.parametrize(
    ("report", "furniture"),
    list(
        zip(
            REPORTS,
            [
                ["[إعلان 2]", f"المصدر: {LONG_AN}", "تعليق (0)"],
                ["المصدر: https://www.camau.gov.vn", "تعليق (0)"],
                ["مصدر", "تعليق (0)"],
                ["خان هوا 1.jpg"],
                ["المصدر: https://www.tayninh.gov.vn", "تعليق (0)"],
            ],
            strict=True,
        )
    ),
    ids=["long an", "ca mau", "2023", "khanh hoa", "tay ninh"],
)
def test_the_furniture_of_the_sample_reports_is_left_out_and_nothing_else(report: str, furniture: list[str]) -> None:
    lines = [line.strip() for line in report.split("\n") if line.strip()]
    left = kept(report, clean(report))
    assert [line for line in lines if line not in left] == [line for line in lines if line.startswith(tuple(furniture))]
    assert len(left) == len(lines) - len(furniture)


def test_the_address_of_a_sample_report_is_read_off_its_source_line() -> None:
    found = [clean(report).url for report in REPORTS]
    assert found[0] == LONG_AN
    assert [bool(url) for url in found] == [True, True, False, False, True]


@pytest.mark.parametrize(
    "line",
    [
        "تعليق (0)",
        "تعليق (٠)",
        "التعليقات: 12",
        "3 تعليقات",
        "Comments (4)",
        "12 comments",
        "إعلان",
        "- إعلان 3 -",
        "Advertisement",
        "IMG_2024.JPG",
        "مشهد اللقاء.png",
        "https://www.camau.gov.vn/a/b",
        "شارك",
        "طباعة",
        "اقرأ المزيد",
        "اقرأ أيضًا:",
        "صفحة 3 من 10",
        "صفحة ٣",
        "Page 3 / 10",
        "***",
        "_________",
        "…",
        "\N{RIGHT-TO-LEFT MARK}تعليق (0)\N{RIGHT-TO-LEFT MARK}",
    ],
)
def test_page_furniture_is_debris(line: str) -> None:
    assert is_debris(line)


@pytest.mark.parametrize(
    "line",
    [
        "مشهد اللقاء",
        "لام آنه",
        "تعليق الدراسة في المقاطعة يوم الخميس",
        "إعلان نتائج المناقصة",
        "المصدر الرئيسي للدخل هو الزراعة",
        "صفحة جديدة في تاريخ المقاطعة",
        "المزيد من الجهود مطلوب في عام 2025.",
        "بلغ عدد التعليقات 12 تعليقًا",
        "2023",
        "الموقع https://www.camau.gov.vn يقدم الخدمة",
        "Page design was completed in 2024.",
    ],
)
def test_a_short_line_of_a_report_is_no_debris(line: str) -> None:
    assert not is_debris(line)
    assert kept(line, clean(line)) == [line]


@given(st.data())
def test_ordinary_sentences_are_never_debris(data: st.DataObject) -> None:
    report = data.draw(st.sampled_from(REPORTS))
    span = data.draw(st.sampled_from([line for line in clean(report).lines if line.end - line.start > 40]))
    sentence = data.draw(st.sampled_from(sentences(report, span)))
    written = report[sentence.start : sentence.end]
    assert not is_debris(written)
    assert kept(written, clean(written)) == [written]


@pytest.mark.parametrize(
    ("line", "url"),
    [
        ("المصدر: https://www.camau.gov.vn/a-b_c?d=1", "https://www.camau.gov.vn/a-b_c?d=1"),
        ("مصدر : http://example.org", "http://example.org"),
        ("المصدر https://example.org/خبر", "https://example.org/خبر"),
        ("مصدر", None),
        ("المصدر:", None),
    ],
)
def test_a_source_line_is_left_out_and_its_address_kept(line: str, url: str | None) -> None:
    written = f"{SENTENCE}\n  {line}\t\nتعليق (0)"
    cleaned = clean(written)
    assert kept(written, cleaned) == [SENTENCE]
    assert cleaned.url == url


@given(text)
def test_what_is_kept_are_whole_lines_in_order(written: str) -> None:
    lines = clean(written).lines
    assert all(a.end < b.start for a, b in pairwise(lines))
    everything = {line.strip() for line in written.split("\n")}
    assert all(written[line.start : line.end] in everything for line in lines)
    assert all(line == trim(written, line.start, line.end) for line in lines)


def test_a_text_of_nothing_but_furniture_keeps_nothing() -> None:
    assert clean("تعليق (0)\n\n***\nإعلان") == Cleaned((), None, None)
    assert clean("") == Cleaned((), None, None)


@pytest.mark.parametrize("start", ["مصدر", "المصدر:", "تعليق", "صفحة 1", "نشر في", "1/1/2024", "اقرأ المزيد"])
def test_time_grows_no_faster_than_a_hostile_line(start: str) -> None:
    def cleaned(size: int) -> None:
        written = start + " " * size + "x"
        assert clean(written).lines == (Span(0, len(written)),)

    took = [spent(lambda size=size: cleaned(size)) for size in (500, 2_000, 8_000, 32_000, 128_000, 512_000)]
    assert all(after < 12 * before for before, after in pairwise(took))  # four times the text; a square would be 16
