from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.cleaning import Cleaned, clean
from index.document import Span
from index.passages import LONGEST, passages
from index.sentences import sentences
from tests.index.material import REPORTS, report_text

SENTENCE = "أقر المجلس خطة التحول الرقمي للمقاطعة في عام 2024. "

FURNITURE = ["تعليق (0)", "المصدر: https://example.org/a", "***", "صورة.jpg", "صفحة 3"]


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, tuple[int, ...]]:
    """A report of lines, furniture and empty lines, with pages that begin at some of the lines."""
    line = st.one_of(report_text, st.sampled_from([*FURNITURE, "", SENTENCE * 30]), st.sampled_from(REPORTS))
    lines = draw(st.lists(line, min_size=1, max_size=12))
    starts = [sum(len(each) + 1 for each in lines[:at]) for at in range(len(lines))]
    turned = draw(st.lists(st.sampled_from(starts[1:]), unique=True)) if len(starts) > 1 else []
    return "\n".join(lines), (0, *sorted(turned)) if turned else ()


def cut(text: str, page_starts: tuple[int, ...] = ()) -> list[str]:
    return [text[span.start : span.end] for span in passages(text, clean(text), page_starts)]


@given(documents())
def test_passages_are_short_enough_in_order_apart_and_trimmed(document: tuple[str, tuple[int, ...]]) -> None:
    text, page_starts = document
    found = passages(text, clean(text), page_starts)
    assert all(span.end - span.start <= LONGEST for span in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(passage == passage.strip() for passage in cut(text, page_starts))


@given(documents())
def test_passages_hold_all_of_the_report_and_none_of_the_furniture(document: tuple[str, tuple[int, ...]]) -> None:
    text, page_starts = document
    report = "".join(text[line.start : line.end] for line in clean(text).lines)
    assert "".join("".join(cut(text, page_starts)).split()) == "".join(report.split())


@given(documents())
def test_a_passage_never_reaches_across_a_page_or_a_line_of_furniture(
    document: tuple[str, tuple[int, ...]],
) -> None:
    text, page_starts = document
    cleaned = clean(text)
    for span in passages(text, cleaned, page_starts):
        assert bisect_right(page_starts, span.start) == bisect_right(page_starts, span.end - 1)
        inside = [line for line in cleaned.lines if line.start < span.end and span.start < line.end]
        between = [text[a.end : b.start] for a, b in pairwise(inside)]
        assert not any(gap.strip() for gap in between)


@given(documents())
def test_a_passage_is_whole_sentences_unless_one_is_longer_than_a_passage(
    document: tuple[str, tuple[int, ...]],
) -> None:
    text, page_starts = document
    cleaned = clean(text)
    found = passages(text, cleaned, page_starts)
    short = [
        each for run in runs(text, cleaned, page_starts) for each in sentences(text, run) if len_of(each) <= LONGEST
    ]
    for sentence in short:
        assert any(span.start <= sentence.start and sentence.end <= span.end for span in found)


def runs(text: str, cleaned: Cleaned, page_starts: tuple[int, ...]) -> list[Span]:
    """The stretches of neighbouring report lines on one page."""
    found: list[Span] = []
    for line in cleaned.lines:
        together = (
            bool(found)
            and not text[found[-1].end : line.start].strip()
            and bisect_right(page_starts, found[-1].end - 1) == bisect_right(page_starts, line.start)
        )
        found.append(Span(found.pop().start, line.end) if together else line)
    return found


def len_of(span: Span) -> int:
    return span.end - span.start


def test_neighbouring_sentences_share_a_passage_as_long_as_they_fit() -> None:
    fitting = LONGEST // len(SENTENCE)
    assert cut(SENTENCE * fitting) == [(SENTENCE * fitting).strip()]
    assert cut(SENTENCE * (fitting + 2)) == [(SENTENCE * fitting).strip(), (SENTENCE * 2).strip()]


def test_a_page_begins_a_passage() -> None:
    text = f"{SENTENCE}\n{SENTENCE}\n{SENTENCE}"
    second = text.index("\n") + 1
    assert cut(text) == [text.strip()]
    assert cut(text, (0, second)) == [SENTENCE.strip(), f"{SENTENCE}\n{SENTENCE}".strip()]


@pytest.mark.parametrize("line", FURNITURE)
def test_a_line_of_furniture_ends_a_passage(line: str) -> None:
    assert cut(f"{SENTENCE}\n{line}\n{SENTENCE}") == [SENTENCE.strip()] * 2


def test_a_sentence_longer_than_a_passage_is_cut_at_words() -> None:
    text = "كلمة طويلة جدا " * 300
    found = cut(text)
    assert len(found) > 1
    assert " ".join(found).split() == text.split()


@pytest.mark.parametrize("text", ["", "\n\n", "تعليق (0)", "***\n---"])
def test_a_text_of_nothing_but_furniture_has_no_passages(text: str) -> None:
    assert cut(text) == []


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report[:20])
def test_the_sample_reports_are_cut_into_a_few_passages(report: str) -> None:
    found = cut(report)
    assert len(report) / LONGEST <= len(found) + 1
    assert len(found) < 3 * len(report) / LONGEST + 2
    assert all(passage in report for passage in found)
