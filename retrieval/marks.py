"""Which words of an excerpt answer, to be shown bold: the number, the date, the name.

Of several candidates the one nearest to the question's own words is marked. For questions of other kinds nothing is:
the sentence itself is the answer, and a wrong mark misleads more than none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
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
_STOP: Final = re.compile(r"[.؟!؛\n]")
_PAUSE: Final = re.compile(r"[.؟!؛\n،,()]")
_CLAUSE: Final = 4.0  # words that a comma counts for,
_SENTENCE: Final = 12.0  # and the end of a sentence
_SHARE: Final = re.compile(r"[%٪]|(?:بالم|في الم)(?:ائة|ئة)")
_SHARE_WORDS: Final = frozenset("نسبه النسبه معدل المعدل".split())
_RARE: Final = 0.02  # share of passages up to which a word is rare enough to be part of a name
_LONGEST_NAME: Final = 5  # words
_ARTICLES: Final = ("ال", "وال", "بال", "فال", "كال", "لل", "ولل")
_TITLES: Final = frozenset(
    "السيد السيده الرفيق الرفيقه الدكتور الدكتوره المهندس المهندسه الوزير الامير الشيخ الملك القايد الجنرال".split()
)


def marks(library: Library, question: Question, matcher: Matcher, text: str) -> tuple[Span, ...]:
    """The spans of ``text`` that answer; at most one, none where nothing certain can be said."""
    if question.kind not in (Kind.HOW_MANY, Kind.WHEN, Kind.WHO):
        return ()
    words = word_spans(text)
    asked = frozenset(question.words)
    if question.kind is Kind.HOW_MANY:
        groups = _figures(text, words, asked)
    elif question.kind is Kind.WHEN:
        groups = list(_dates(text, words, asked))
    else:
        groups = _names(library, matcher, text, words)
    if not groups:
        return ()
    distances = _Distances(text, words)
    best = max(groups, key=lambda group: _nearness(matcher, words, group, distances))
    return (_whole_figures(text, Span(words[best[0]][1].start, words[best[-1]][1].end)),)


class _Distances:
    """How far apart two words are: one a word, more where a comma or the end of a sentence lies between."""

    def __init__(self, text: str, words: Words) -> None:
        self._at = [0.0]
        for (_, left), (_, right) in pairwise(words):
            pauses = text[left.end : right.start]
            step = _SENTENCE if _STOP.search(pauses) else _CLAUSE if "،" in pauses or "," in pauses else 1.0
            self._at.append(self._at[-1] + step)

    def between(self, one: int, other: int) -> float:
        """The distance of the words numbered ``one`` and ``other``."""
        return abs(self._at[one] - self._at[other])


def _nearness(matcher: Matcher, words: Words, group: range, distances: _Distances) -> float:
    """How near the question's words stand to a group: their weights over their distances."""
    total = 0.0
    for at, (word, _) in enumerate(words):
        if at not in group:
            distance = min(distances.between(at, group[0]), distances.between(at, group[-1]))
            total += sum(matcher.weights[q] * how_far for q, how_far in matcher.met_by(word)) / distance
    return total


def _figures(text: str, words: Words, asked: frozenset[str]) -> list[range]:
    """Numbers that are not the question's own; shares where it asks for one; years only if there is no other."""
    numbers = [at for at, (word, _) in enumerate(words) if tells_how_many(word) and word not in asked]
    plain = [at for at in numbers if not is_year(words[at][0])]
    shares = [at for at in plain if _SHARE.search(text, *_around(text, words[at][1]))]
    wanted = shares if asked & _SHARE_WORDS and shares else plain or numbers
    return [range(at, at + 1) for at in wanted]


def _around(text: str, span: Span) -> tuple[int, int]:
    return max(0, span.start - 1), min(len(text), span.end + len(" بالمائة"))


def _runs(text: str, words: Words, belongs: Callable[[int], bool]) -> Iterator[range]:
    """Neighbouring words that belong, with no pause between them."""
    start = 0
    for at in range(len(words) + 1):
        ends = at == len(words) or not belongs(at)
        paused = 0 < at < len(words) and _PAUSE.search(text[words[at - 1][1].end : words[at][1].start])
        if (ends or paused) and start < at:
            yield range(start, at)
        if ends or paused:
            start = at + 1 if ends else at


def _dates(text: str, words: Words, asked: frozenset[str]) -> Iterator[range]:
    """Runs such as «28 فبراير», «أكتوبر 2023», «عام 2024» that are not the question's own."""

    def belongs(at: int) -> bool:
        word = words[at][0]
        beside = [words[near][0] for near in (at - 1, at + 1) if 0 <= near < len(words)]
        return tells_when(word) or (is_number(word) and any(tells_when(each) for each in beside))

    for run in _runs(text, words, belongs):
        folded = [words[at][0] for at in run]
        says_something = any(is_number(word) or word not in ("عام", "سنه") for word in folded)
        if says_something and not asked.issuperset(folded):
            yield run


def _names(library: Library, matcher: Matcher, text: str, words: Words) -> list[range]:
    """What names look like: words without the article after a title, or rare ones between pauses."""
    rare = max(2, _RARE * len(library.words))

    def belongs(at: int) -> bool:
        word = words[at][0]
        plain = not word.startswith(_ARTICLES) and word not in FUNCTION_WORDS and not is_number(word)
        return plain and not matcher.met_by(word)

    found = []
    for run in _runs(text, words, belongs):
        run = run[:_LONGEST_NAME]
        titled = run[0] > 0 and words[run[0] - 1][0] in _TITLES
        set_off = _set_off(text, words, run) and all(library.words.frequency(words[at][0]) <= rare for at in run)
        if titled or (len(run) > 1 and set_off):
            found.append((titled, run))
    return [run for titled, run in found if titled] or [run for _, run in found]


def _set_off(text: str, words: Words, run: range) -> bool:
    """Whether a run stands between pauses, as a name after somebody's office does."""
    before = text[words[run[0] - 1][1].end if run[0] else 0 : words[run[0]][1].start]
    after = text[words[run[-1]][1].end : words[run[-1] + 1][1].start if run[-1] + 1 < len(words) else len(text)]
    return bool(_PAUSE.search(before) and _PAUSE.search(after))


def _whole_figures(text: str, span: Span) -> Span:
    """``span`` with the rest of the figures it touches: ٪ signs, and the other half of ١٣/١٩."""
    start, end = span.start, span.end
    for figure in _FIGURE.finditer(text):
        if figure.start() < span.end and span.start < figure.end():
            start, end = min(start, figure.start()), max(end, figure.end())
    return Span(start, end)
