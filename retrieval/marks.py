"""Which words of an excerpt answer, to be shown bold: the number, the date, the name.

A mark is given only where it is fairly certain: the number or date must stand near the question's words, clearly
nearer than any other, in a clause of the question's year and with its negation. For questions of other kinds nothing
is marked: the sentence itself is the answer, and a wrong mark misleads more than none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import mul
from typing import Final

from index.analysis import analysed
from index.arabic import word_spans
from index.document import Span
from index.library import Library
from retrieval.clauses import Clauses, negated
from retrieval.clues import is_number
from retrieval.dates import asked_half, dates
from retrieval.matching import Matcher
from retrieval.names import names
from retrieval.numbers import Words, is_share, numbers
from retrieval.question import Kind, Question
from retrieval.years import years_named

_FIGURE: Final = re.compile(r"(?:[%٪]\s?)?\d+(?:[.,/٫٬:]\d+)*(?:\s?[%٪])?")
_SHARES: Final = re.compile(r"\b(?:ال)?نسب[هت]\w{0,2}\b")
_RATES: Final = re.compile(r"\b(?:ال)?معدل\w{0,2}\b")
_RANKS: Final = re.compile(r"\b(?:ال)?(?:مرتب[هت]|ترتيب|تصنيف|مركز)\w{0,2}\b")
_RANK_WORDS: Final = re.compile(r"[وبف]?(?:ال)?(?:مرتبه|مركز|ترتيب)")
_COUNTED: Final = re.compile(r"\bب?(?:كم|عدد)(?: (?:من|عدد|هو|هي|يبلغ|تبلغ|بلغ|بلغت|كان|كانت))* (\w+)")
_TIME: Final = re.compile(
    r"\b(?:ال|ل)?(?:وقت|زمن|مده|فتره|عمر\w*|سن|عام|عاما|اعوام|سنه|سنوات|سنين|شهر|شهرا|اشهر|شهور|يوم|يوما|ايام|"
    r"اسبوع|اسبوعا|اسابيع|ساعه|ساعات|دقيقه|دقايق|ثانيه|ثوان|قرن|قرون|عقود|دام|دامت|استغرق\w*|يستغرق|تستغرق|استمر\w*)\b"
)
"""Of time: «عشر سنوات» is no answer to how many projects there are."""
_OUT_OF: Final = frozenset(("بين", "اصل"))
_SO_MANY_OF: Final = re.compile(r"\d/\d")  # «20/31 مشروعا» counts as well as it is a share
_HALF: Final = 4.0  # distance at which a word of the question counts half
_FAIRLY: Final = 0.2  # nearness from which a number or date is marked,
_CLEARLY: Final = 1.3  # if it is that many times as near as the next
"""Chosen on training questions (`benchmarks.marking`, numbers and dates): without both bounds 92 % of ARCD's right
first excerpts are marked, 81 % of these rightly, with them 70 % and 91 % (AAQAD, noisier: 89 and 69 %, 47 and 77 %)."""


def marks(library: Library, question: Question, matcher: Matcher, text: str) -> tuple[Span, ...]:
    """The spans of ``text`` that answer; at most one, none where nothing certain can be said."""
    words = word_spans(text)
    if question.kind is Kind.HOW_MANY:
        best = _number(question, matcher, text, words)
    elif question.kind is Kind.WHEN:
        best = _date(question, matcher, text, words)
    elif question.kind is Kind.WHO:
        best = names(library, question, matcher, text)
    else:
        best = None
    if best is None:
        return ()
    return (_whole_figures(text, Span(words[best[0]][1].start, words[best[-1]][1].end)),)


def _number(question: Question, matcher: Matcher, text: str, words: Words) -> range | None:
    asked = " ".join(analysed(question.standard))
    counted = _numbers_of(_COUNTED.search(asked), matcher)

    def is_counted(word: str) -> bool:
        return any(number in counted for number, _ in matcher.met_by(word))

    own = frozenset(question.words)
    every = [each for each in numbers(text, words, is_counted) if not own.issuperset(words[at][0] for at in each)]
    fitting = _of_the_kind(asked, text, words, every)
    clauses = Clauses(text, words, every)
    held = _held(question, matcher, clauses, fitting)
    beside = [each for each in held if any(is_counted(words[at][0]) for at in _beside(words, each))]
    return _nearest(_Words(matcher, words, clauses, counted).near(beside or held))


def _date(question: Question, matcher: Matcher, text: str, words: Words) -> range | None:
    asked = frozenset(question.words)
    every = dates(text, words, asked)
    clauses = Clauses(text, words, every)
    said = _said_so(question, matcher, clauses, every)
    best = _nearest(_Words(matcher, words, clauses).near(said))
    return best and asked_half(text, words, best, asked)


def _numbers_of(found: re.Match[str] | None, matcher: Matcher) -> frozenset[int]:
    """Which words of the question, by number, its counted noun is."""
    return frozenset(number for number, _ in matcher.met_by(found.group(1))) if found else frozenset()


def _beside(words: Words, group: range) -> range:
    """A group's own words and the one after it, where what is counted stands."""
    return range(group.start, min(group.stop + 1, len(words)))


def _of_the_kind(asked: str, text: str, words: Words, every: Sequence[range]) -> list[range]:
    """Shares where the question asks for one, ranks where it does; else numbers, shares only if there are no others."""
    if _RANKS.search(asked):
        return [each for each in every if each.start and _RANK_WORDS.fullmatch(words[each.start - 1][0])]
    shares = [each for each in every if is_share(text, words, each)]
    if _SHARES.search(asked):
        return shares
    if _RATES.search(asked) and shares:
        return shares
    counts = [each for each in every if not _is_whole(words, each)]
    if not _TIME.search(asked):
        counts = [each for each in counts if not any(_TIME.fullmatch(words[at][0]) for at in _beside(words, each))]
    return [each for each in counts if each not in shares or _SO_MANY_OF.search(_said(text, words, each))] or shares


def _said(text: str, words: Words, group: range) -> str:
    return text[words[group[0]][1].start : words[group[-1]][1].end]


def _is_whole(words: Words, group: range) -> bool:
    """Whether a number is what something is a part of: «من بين 63», «من أصل 20»; not both ends of «بين 20 و32»."""
    before = words[group.start - 1][0] if group.start else ""
    return before in _OUT_OF and sum(is_number(words[at][0]) for at in group) < 2


def _held(question: Question, matcher: Matcher, clauses: Clauses, groups: Sequence[range]) -> list[range]:
    """``groups`` without those said of another year, or with a comparison only, and those `_said_so` leaves out."""
    said = _said_so(question, matcher, clauses, groups)
    said = [each for each in said if not clauses.is_comparison(clauses.of[each.start])]
    asked = years_named(question.understood)
    if not asked:
        return said
    years = {each: clauses.years(each) for each in said}
    return [each for each in said if years[each] & asked] or [each for each in said if not years[each]]


def _said_so(question: Question, matcher: Matcher, clauses: Clauses, groups: Sequence[range]) -> list[range]:
    """``groups`` whose clause negates the same words of the question as the question does."""
    asked = negated(analysed(question.standard), matcher)
    return [
        each
        for each in groups
        if clauses.negated(clause := clauses.of[each.start], matcher) == asked & clauses.met(clause, matcher)
        and (not asked or asked & clauses.met(clause, matcher))
    ]


def _nearest(near: Mapping[range, float]) -> range | None:
    """The group that the question's words stand nearest to; none if that is far, or another is about as near."""
    best = sorted(near, key=lambda each: near[each], reverse=True)[:2]
    if not best or near[best[0]] < _FAIRLY or (best[1:] and near[best[0]] < _CLEARLY * near[best[1]]):
        return None
    return best[0]


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a text with what the question makes of them; ``counted``: which of its words is what it counts."""

    matcher: Matcher
    words: Words
    clauses: Clauses
    counted: frozenset[int] = frozenset()

    def near(self, groups: Sequence[range]) -> dict[range, float]:
        """How near the question's words stand to each group, 0 to 1: by their weight, what is counted twice."""
        return {each: self._nearness(each) for each in groups}

    def _nearness(self, group: range) -> float:
        nearest = list(self.matcher.nothing)
        for at, (word, _) in enumerate(self.words):
            for number, how_far in self._met(word):
                distance = 0.0 if at in group else self.clauses.distance(group, at)
                nearest[number] = max(nearest[number], how_far / (1 + distance / _HALF))
        weights = [weight * (1 + (number in self.counted)) for number, weight in enumerate(self.matcher.weights)]
        return float(sum(map(mul, weights, nearest)) / sum(weights))

    def _met(self, word: str) -> tuple[tuple[int, float], ...]:
        """What a word meets, with «و» before it or without."""
        plain = word.removeprefix("و") or word
        return max(self.matcher.met_by(word), self.matcher.met_by(plain), key=_most)


def _most(met: Sequence[tuple[int, float]]) -> float:
    return sum(how_far for _, how_far in met)


def _whole_figures(text: str, span: Span) -> Span:
    """``span`` with the rest of the figures it touches: ٪ signs, and the other half of ١٣/١٩."""
    start, end = span.start, span.end
    for figure in _FIGURE.finditer(text):
        if figure.start() < span.end and span.start < figure.end():
            start, end = min(start, figure.start()), max(end, figure.end())
    return Span(start, end)
