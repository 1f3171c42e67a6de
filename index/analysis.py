"""Words become terms: the one analysis that questions and passages share.

A word is found again under its stem (Snowball's Arabic stemmer) and under the character 4-grams of its
folded spelling, which forgive prefixes, suffixes and names spelt several ways. The word's edges count as a
character (``_``): on XQuAD-ar / TyDi-ar that lifts R@1 of 4-grams alone from 89.3 / 83.6 to 91.1 / 86.0.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

import Stemmer

from index.arabic import words
from index.document import About

ANALYSIS_VERSION: Final = 1
"""Raised whenever `terms` gives another result for some word: saved indexes name it."""

_GRAM: Final = 4
_STEMMER: Final = Stemmer.Stemmer("arabic", 0)  # no cache of its own: `terms` remembers
_REMEMBERED_TERMS: Final = 50_000  # words; about 50 MB when full
_REMEMBERED_INDEXED: Final = 150_000  # words; about 50 MB when full, in a builder
_LONGEST_WORD: Final = 64  # letters; a longer run is no word, and would only swell the index

FUNCTION_WORDS: Final = frozenset(
    """
    ما ماذا من هو هي هم كم اين متي كيف لماذا هل اي في علي الي عن مع التي الذي الذين اللذان كان كانت
    هذا هذه ذلك تلك او ثم قد كل بين بعد قبل عند حول هناك تم يتم و ف ب ل ك وما ومن وهو وهي فما بم لم لن لا
    """.split()
)
"""Folded words that say nothing about a report's subject; questions are searched without them."""


class Terms(NamedTuple):
    """What one folded word is indexed under."""

    stem: str
    grams: tuple[str, ...]


class _Remembered(dict[str, Terms]):
    """The terms of the words met lately: Arabic text repeats its words, so remembering them pays."""

    def __missing__(self, word: str) -> Terms:
        if len(self) >= _REMEMBERED_TERMS:
            self.clear()
        self[word] = found = terms_afresh(word)
        return found


class _Indexed(dict[str, tuple[str, str]]):
    """The stem and the grams, separated by spaces, of the words indexed lately: a fifth of what `Terms` take."""

    def __missing__(self, word: str) -> tuple[str, str]:
        if len(self) >= _REMEMBERED_INDEXED:
            self.clear()
        stem, grams = terms_afresh(word)
        self[word] = found = stem, " ".join(grams)
        return found


_REMEMBERED: Final = _Remembered()
_INDEXED: Final = _Indexed()


def terms(word: str) -> Terms:
    """The terms of one folded word."""
    return _REMEMBERED[word]


def spaced(words: Iterable[str]) -> tuple[str, str]:
    """The stems of folded words, and all their grams, in order and separated by spaces: what an index is given."""
    indexed = [_INDEXED[word] for word in words]
    return " ".join([stem for stem, _ in indexed]), " ".join([grams for _, grams in indexed])


def terms_afresh(word: str) -> Terms:
    """Like `terms`, remembering nothing."""
    word = word[:_LONGEST_WORD]
    edged = f"_{word}_"
    grams = tuple([edged[at : at + _GRAM] for at in range(max(1, len(edged) - _GRAM + 1))])
    return Terms(_stem(word), grams)


def _stem(word: str) -> str:
    """The stem; a final ه is shown to the stemmer as ة, which folding took away and which it knows to strip."""
    return str(_STEMMER.stemWord(word[:-1] + "ة" if word.endswith("ه") else word))


@lru_cache(maxsize=4_096)
def analysed(text: str) -> tuple[str, ...]:
    """The folded words of ``text``, remembered a while: a passage is both embedded and indexed."""
    return tuple(words(text))


def content_words(text: str) -> tuple[str, ...]:
    """The folded words of ``text`` that say what it is about (all of them if none does)."""
    every = analysed(text)
    return tuple([word for word in every if word not in FUNCTION_WORDS]) or every


def heading_words(about: About) -> tuple[str, ...]:
    """The folded words under which every passage of a document is found, whatever it says itself."""
    return analysed(" ".join(filter(None, (about.title, about.place))))
