"""Which words of an excerpt answer, to be shown bold: the number, the date, the name.

Of several candidates the one nearest to the question's own words is marked. For questions of other kinds nothing is:
the sentence itself is the answer, and a wrong mark misleads more than none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias

from index.analysis import FUNCTION_WORDS
from index.arabic import word_spans
from index.document import Span
from index.library import Library
from retrieval.clues import is_number, is_year, tells_how_many, tells_when
from retrieval.matching import Matcher
from retrieval.question import Kind, Question

Words: TypeAlias = Sequence[tuple[str, Span]]

_FIGURE: Final = re.compile(r"[%٪]?\d+(?:[.,/٫٬:]\d+)*(?:\s?[%٪])?")
_STOP: Final = re.compile(r"[.؟!؛\n]|،")
_RARE: Final = 0.02  # share of passages up to which a word is rare enough to be part of a name
_LONGEST_NAME: Final = 5  # words


def marks(library: Library, question: Question, matcher: Matcher, text: str) -> tuple[Span, ...]:
    """The spans of ``text`` that answer; at most one, none where nothing certain can be said."""
    words = word_spans(text)
    asked = frozenset(question.words)
    if question.kind is Kind.HOW_MANY:
        new = [word for word, _ in words if tells_how_many(word) and word not in asked]
        plain = any(not is_year(word) for word in new)
        wanted = lambda word: word in new and not (plain and is_year(word))  # noqa: E731
        groups = [range(at, at + 1) for at, (word, _) in enumerate(words) if wanted(word)]
    elif question.kind is Kind.WHEN:
        groups = list(_dates(words, asked))
    elif question.kind is Kind.WHO:
        groups = list(_names(library, matcher, text, words))
    else:
        return ()
    best = max(groups, key=lambda group: _nearness(matcher, words, group), default=None)
    return () if best is None else (_whole_figures(text, Span(words[best[0]][1].start, words[best[-1]][1].end)),)


def _nearness(matcher: Matcher, words: Words, group: range) -> float:
    """How near the question's words stand to a group: their weights over their distances."""
    total = 0.0
    for at, (word, _) in enumerate(words):
        if at not in group:
            distance = min(abs(at - group[0]), abs(at - group[-1]))
            total += sum(matcher.weights[q] * how_far for q, how_far in matcher.met_by(word)) / distance
    return total


def _runs(words: Words, belongs: Callable[[int], bool]) -> Iterator[range]:
    start = None
    for at in range(len(words) + 1):
        inside = at < len(words) and belongs(at)
        if inside and start is None:
            start = at
        elif not inside and start is not None:
            yield range(start, at)
            start = None


def _dates(words: Words, asked: frozenset[str]) -> Iterator[range]:
    """Runs such as «28 فبراير», «أكتوبر 2023», «عام 2024» that are not the question's own."""

    def belongs(at: int) -> bool:
        word = words[at][0]
        beside = [words[near][0] for near in (at - 1, at + 1) if 0 <= near < len(words)]
        return tells_when(word) or (is_number(word) and any(tells_when(each) for each in beside))

    for run in _runs(words, belongs):
        if any(is_number(words[at][0]) or words[at][0] not in ("عام", "سنه") for at in run):
            if not all(words[at][0] in asked for at in run):
                yield run


def _names(library: Library, matcher: Matcher, text: str, words: Words) -> Iterator[range]:
    """Runs of rare words without the article, between pauses: what names look like."""
    total = max(1, len(library.words))

    def belongs(at: int) -> bool:
        word, _ = words[at]
        return (
            not word.startswith("ال")
            and word not in FUNCTION_WORDS
            and not is_number(word)
            and not matcher.met_by(word)
            and library.words.frequency(word) <= max(2, _RARE * total)
        )

    for run in _runs(words, belongs):
        if 2 <= len(run) <= _LONGEST_NAME and not _STOP.search(text[words[run[0]][1].start : words[run[-1]][1].end]):
            yield run


def _whole_figures(text: str, span: Span) -> Span:
    """``span`` with the rest of the figures it touches: ٪ signs, and the other half of ١٣/١٩."""
    start, end = span.start, span.end
    for figure in _FIGURE.finditer(text):
        if figure.start() < span.end and span.start < figure.end():
            start, end = min(start, figure.start()), max(end, figure.end())
    return Span(start, end)
