from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given

from index.arabic import fold, fold_aligned, word_spans, words
from tests.index.material import REPORTS, text

MARKS_ALONE = [
    mark
    for mark in map(chr, [*range(0xFC5E, 0xFC64), *range(0xFE70, 0xFE80)])
    if "ISOLATED FORM" in unicodedata.name(mark, "") or "MEDIAL FORM" in unicodedata.name(mark, "")
]
ARABIC = [
    character
    for first, last in ((0x600, 0x6FF), (0x750, 0x77F), (0x870, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFF))
    for character in map(chr, range(first, last + 1))
    if unicodedata.category(character) != "Cn"
]


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("أحمد وإبراهيم وآمال وٱبن", "احمد وابراهيم وامال وابن"),
        ("مؤتمر شؤون هيئة شيء ماء", "موتمر شوون هييه شي ما"),
        ("مستشفى على مدينة", "مستشفي علي مدينه"),
        ("كِتَابٌ مُدَرِّسَةٌ هٰذا", "كتاب مدرسه هذا"),
        ("العـــربية", "العربيه"),
        ("کتابی گفت پاچه ژاله ڤيديو", "كتابي كفت باجه زاله فيديو"),
        ("\N{RIGHT-TO-LEFT EMBEDDING}نص\N{POP DIRECTIONAL FORMATTING} \N{RIGHT-TO-LEFT MARK}آخر", "نص اخر"),
        ("ﻣﺤﻤﺪ ﻻ ﷲ ﷺ", "محمد لا الله صلي الله عليه وسلم"),
        ("ＡＢＣ Água STRASSE straße ﬁ", "abc agua strasse strasse fi"),
        ("٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹ ０１２", "0123456789 0123456789 012"),
        ("٩٣٫٢١٪", "93.21%"),
        ("أين؟ هنا، هناك؛", "اين? هنا, هناك;"),
        ("سطر\nثان\tثالث\N{NO-BREAK SPACE}رابع", "سطر ثان ثالث رابع"),
        ("", ""),
    ],
)
def test_one_spelling_is_searched_however_it_was_written(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize("number", ["٣٧٦٬٨٧٤", "376,874", "٣٧٦,٨٧٤", "376٬874", "۳۷۶٬۸۷۴", "٣٧٦،٨٧٤", "376874"])
def test_a_number_is_one_word_however_its_thousands_are_parted(number: str) -> None:
    assert words(f"بلغ {number}، ثم") == ["بلغ", "376874", "ثم"]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("1,234,567.89", ["1234567.89"]),
        ("12,34", ["12", "34"]),
        ("1,2345", ["1", "2345"]),
        ("2021, 2022, 2023", ["2021", "2022", "2023"]),
        ("93.21٪", ["93.21"]),
        ("٪٩٣٫٢١", ["93.21"]),
        ("1.2.3", ["1.2", "3"]),
        ("عام2023م", ["عام", "2023", "م"]),
        ("36-NQ/TW", ["36", "nq", "tw"]),
        ("الذكاء_الاصطناعي", ["الذكا", "الاصطناعي"]),
    ],
)
def test_numbers_and_words_are_told_apart(written: str, found: list[str]) -> None:
    assert words(written) == found


@pytest.mark.parametrize("mark", MARKS_ALONE, ids=lambda mark: f"U+{ord(mark):04X}")
def test_a_diacritic_that_stands_alone_does_not_split_its_word(mark: str) -> None:
    assert words(f"م{mark}حمد") == ["محمد"]


def test_no_mark_foreign_digit_or_presentation_form_of_arabic_is_left() -> None:
    for folded in map(fold, ARABIC):
        assert fold(folded) == folded
        assert unicodedata.normalize("NFKD", folded) == folded
        assert not any(unicodedata.category(each) in {"Mn", "Cf"} for each in folded)
        assert all(each.isascii() for each in folded if unicodedata.decimal(each, None) is not None)


@given(text)
def test_folding_twice_changes_nothing(written: str) -> None:
    assert fold(fold(written)) == fold(written)


@given(text)
def test_folding_with_the_way_back_gives_the_same_spelling(written: str) -> None:
    folded = fold_aligned(written)
    assert folded.text == fold(written)
    assert len(folded.origins) == len(folded.text) + 1
    assert list(folded.origins) == sorted(folded.origins)
    assert folded.origins[-1] == len(written)


@given(text)
@example("1,234,5678 ﷺ 1٬234٫5")
def test_every_word_lies_where_its_span_says(written: str) -> None:
    found = word_spans(written)
    assert [word for word, _ in found] == words(written)
    for word, span in found:
        assert word in words(written[span.start : span.end])
    assert all(a.start <= b.start and a.end <= b.end for (_, a), (_, b) in pairwise(found))


@given(text)
def test_words_are_the_same_after_folding(written: str) -> None:
    assert words(fold(written)) == words(written)


@given(text, text)
def test_words_never_reach_across_a_space(one: str, other: str) -> None:
    assert words(f"{one} {other}") == words(one) + words(other)


def test_the_diacritics_after_a_word_belong_to_it() -> None:
    written = "قرأ كِتَابًا، وقال"
    spans = [written[span.start : span.end] for _, span in word_spans(written)]
    assert spans == ["قرأ", "كِتَابًا", "وقال"]


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report[:20])
def test_no_letter_or_digit_of_a_report_is_outside_its_words(report: str) -> None:
    spans = [span for _, span in word_spans(report)]
    ends = [0, *(span.end for span in spans)]
    starts = [*(span.start for span in spans), len(report)]
    assert not any(map(str.isalnum, "".join(report[end:start] for end, start in zip(ends, starts, strict=True))))
