"""The clauses of a text: which words belong together, which year and which negation hold for them.

A clause ends at a pause, before a comparison («مقارنة بعام 2022»), and before «و» once it has a number or a date of its
own: «27 في عام 2020 والمرتبة 21 في عام 2021» are two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from retrieval.matching import Matcher
from retrieval.numbers import Words
from retrieval.years import years_in

_STOP: Final = re.compile(r"[.؟!؛\n]")
_PAUSE: Final = re.compile(r"[،,():]")
_JOINED, _PAUSED, _STOPPED = 1.0, 4.0, 12.0  # words that «و» after a number, a comma, and the end of a sentence count
_BACK: Final = 6.0  # words that «و» counts besides, from what follows it: the subject carries over, the verb does not
_CROSSED: Final = 3.0  # words that another number or date between two words counts
_COMPARING: Final = frozenset("مقارنه بالمقارنه قياسا".split())
_NEGATING: Final = frozenset("لم لا لن ليس ليست ليسوا غير دون بدون عدم لما".split())
_EXCEPTING: Final = frozenset("سوي الا يزال تزال زال زالت".split())
_NEGATED: Final = 2  # content words after a negation that it holds for


class Clauses:
    """The clauses of one text whose numbers, dates or names, ``groups``, are to be told apart."""

    def __init__(self, text: str, words: Words, groups: Sequence[range]) -> None:
        self._text, self._words = text, words
        self._starts = {group.start for group in groups}
        self.of: list[int] = []
        self._sentence: list[int] = []
        self._at: list[float] = []
        self._joins: list[int] = []
        inside = {at for group in groups for at in group[1:]}
        clause, sentence, place, has_group, joins = 0, 0, 0.0, False, 0
        for at in range(len(words)):
            step, ends = self._step(at, has_group) if at and at not in inside else (float(at > 0), False)
            clause, sentence = clause + ends, sentence + (step == _STOPPED)
            has_group = (has_group and not ends) or at in self._starts
            place += step + _CROSSED * (at in self._starts)
            self.of.append(clause)
            self._sentence.append(sentence)
            joins += ends
            self._at.append(place)
            self._joins.append(joins)

    def _step(self, at: int, has_group: bool) -> tuple[float, bool]:
        """How far the word numbered ``at`` is from the one before it, and whether it begins a clause."""
        gap = self._text[self._words[at - 1][1].end : self._words[at][1].start]
        word = self._words[at][0]
        if _STOP.search(gap):
            return _STOPPED, True
        if _PAUSE.search(gap) or word in _COMPARING:
            return _PAUSED, True
        return (_JOINED, True) if has_group and word.startswith("و") else (1.0, False)

    def distance(self, group: range, at: int) -> float:
        """How far a word is from a group: one a word, more where a pause or another group lies between."""
        if at < group.start:
            return self._at[group.start] - _CROSSED - self._at[at]
        return self._at[at] - self._at[group[-1]] + _BACK * (self._joins[at] - self._joins[group[-1]])

    def words_of(self, clause: int) -> Iterator[int]:
        """The numbers of a clause's words."""
        return (at for at, each in enumerate(self.of) if each == clause)

    def is_comparison(self, clause: int) -> bool:
        """Whether a clause only says what something is compared with."""
        first = next(self.words_of(clause), None)
        return first is not None and self._words[first][0] in _COMPARING

    def years(self, group: range) -> frozenset[str]:
        """The years that hold for a group: those of its clause, else of what is said before it in the sentence."""
        own = self.of[group.start]
        busy = {self.of[start] for start in self._starts}
        same = [at for at, each in enumerate(self._sentence) if each == self._sentence[group.start]]
        around = sorted({self.of[at] for at in same} - busy, key=lambda each: (each > own, abs(each - own)))
        for clause in (own, *around):
            if not self.is_comparison(clause) and (years := self._years_in(clause)):
                return years
        return frozenset()

    def _years_in(self, clause: int) -> frozenset[str]:
        places = list(self.words_of(clause))
        return years_in(self._text[self._words[places[0]][1].start : self._words[places[-1]][1].end])

    def negated(self, clause: int, matcher: Matcher) -> frozenset[int]:
        """Which words of the question, by number, a clause says with a negation."""
        folded = [self._words[at][0] for at in self.words_of(clause)]
        return negated(folded, matcher)

    def met(self, clause: int, matcher: Matcher) -> frozenset[int]:
        """Which words of the question, by number, stand in a clause."""
        return frozenset(number for at in self.words_of(clause) for number, _ in matcher.met_by(self._words[at][0]))


def negated(words: Sequence[str], matcher: Matcher) -> frozenset[int]:
    """Which words of the question, by number, follow a negation in ``words``; «لم … سوى …» is none."""
    found: set[int] = set()
    for at, word in enumerate(words):
        if word in _NEGATING and _EXCEPTING.isdisjoint(words[at + 1 :]):
            after = [number for each in words[at + 1 : at + 2 + _NEGATED] for number, _ in matcher.met_by(each)]
            found.update(after)
    return frozenset(found)
