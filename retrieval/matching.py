"""How well words of a text stand for the words of a question.

A question's word is met fully by a word of the same stem, partly by one that shares most of its character
4-grams (a name spelt in another way, a plural the stemmer does not know). Each counts by its inverse
document frequency in the library.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from operator import mul
from typing import Final, TypeAlias

from index.analysis import terms
from index.library import Library

Met: TypeAlias = tuple[float, ...]
"""How far each word of the question is met, 0 to 1, in the question's order."""

_ALIKE: Final = 0.5  # Dice coefficient of the 4-grams from which two words are taken to be related
_COMMON: Final = 0.3
"""What a word that all passages hold weighs, over one that a single passage holds.

In a library of reports of one form every word of a question may stand in all of them, and weigh nothing."""
_RELATED: Final = 0.9  # what a related word is worth at most, against one of the same stem


class Matcher:
    """The words of one question, ready to be looked for. Not shared between threads.

    ``weights`` are their inverse document frequencies, none less than `_COMMON` of the greatest, which add up to 1;
    ``weight`` is what these were divided by, ``idf`` are the frequencies as they are.
    """

    def __init__(self, library: Library, words: Sequence[str]) -> None:
        self.words = tuple(words)
        self.idf = tuple(_idf(library, self.words))
        least = _COMMON * math.log(len(library.words) + 1)
        self.weight = sum(max(one, least) for one in self.idf)
        self.weights = tuple(max(one, least) / self.weight for one in self.idf)
        self._pairs = _pairs(self.weights)
        self.nothing: Met = (0.0,) * len(self.words)
        self._stems: dict[str, list[int]] = defaultdict(list)
        self._grams: dict[str, list[int]] = defaultdict(list)
        self._sizes = [len(terms(word).grams) for word in self.words]
        for at, word in enumerate(self.words):
            self._stems[terms(word).stem].append(at)
            for gram in terms(word).grams:
                self._grams[gram].append(at)
        self.known = _Known(self._compare)

    def met(self, words: Iterable[str]) -> Met:
        """How far ``words`` meet each word of the question."""
        found = list(self.nothing)
        known = self.known
        for word in words:
            for at, how_far in known[word]:
                if how_far > found[at]:
                    found[at] = how_far
        return tuple(found)

    def coverage(self, met: Met) -> float:
        """The share of the question's weight that is met, 0 to 1."""
        return float(sum(map(mul, self.weights, met)))

    def order(self, pairs: Met) -> float:
        """The share of pairs of neighbouring words, weighed like these, for which ``pairs`` has a 1 at the first."""
        return float(sum(map(mul, self._pairs, pairs)))

    def met_by(self, word: str) -> tuple[tuple[int, float], ...]:
        """Which words of the question one word meets (by number), and how far."""
        return self.known[word]

    def _compare(self, word: str) -> tuple[tuple[int, float], ...]:
        each = terms(word)
        exact = self._stems.get(each.stem, ())
        if not exact and self._grams.keys().isdisjoint(each.grams):
            return ()
        known = [gram for gram in each.grams if gram in self._grams]
        met = [(at, 1.0) for at in exact]
        if word[0].isdigit():  # another number is never a variant spelling
            return tuple(met)
        shared: dict[int, int] = {}
        for gram in known:
            for at in self._grams[gram]:
                shared[at] = shared.get(at, 0) + 1
        for at, count in shared.items():
            dice = 2 * count / (self._sizes[at] + len(each.grams))
            if dice >= _ALIKE and at not in exact:
                met.append((at, _RELATED * dice))
        return tuple(met)


class _Known(dict[str, tuple[tuple[int, float], ...]]):
    """What each word of a text meets, found out once a question."""

    def __init__(self, compare: Callable[[str], tuple[tuple[int, float], ...]]) -> None:
        super().__init__()
        self._compare = compare

    def __missing__(self, word: str) -> tuple[tuple[int, float], ...]:
        self[word] = met = self._compare(word)
        return met


def both(one: Met, other: Met) -> Met:
    """What two texts meet together."""
    if not any(other):  # most sentences meet nothing
        return one
    return tuple([a if a > b else b for a, b in zip(one, other, strict=True)])


def _idf(library: Library, words: Sequence[str]) -> list[float]:
    """The words' inverse document frequencies."""
    total = len(library.words)
    counts = [library.words.frequency(word) for word in words]
    return [math.log1p((total - count + 0.5) / (count + 0.5)) for count in counts]


def _pairs(weights: Sequence[float]) -> tuple[float, ...]:
    """What each word's pair with the next one weighs; all add up to 1, if there are any."""
    pairs = [one + other for one, other in pairwise(weights)]
    return tuple(each / sum(pairs) for each in pairs)
