"""How the shipped embedder cuts text: folded words, light stems, pieces of a fixed vocabulary.

The stems are those of Larkey, Ballesteros and Connell's light10 (2007): a leading و, the article with what is joined
to it, then suffixes. A stem that the vocabulary lacks is cut greedily into its longest pieces, as WordPiece does
(Schuster and Nakajima 2012). `training.tokenizer` states the same for the tokenizers library.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from index.analysis import analysed

CONTINUED: Final = "##"
"""Stands before a piece that does not begin a word."""

WINDOW: Final = 12
"""Of a stem that comes again within so many words only the last counts: a word's weight grows with its frequency, but
slower. On the untrained bag, R@1 on XQuAD-ar / TyDi-ar is 77.6 / 72.0 with every occurrence counted, 80.2 / 76.4 with
windows of 10 words and 83.7 / 75.0 with 20."""

LETTER: Final = "[ء-ي]"
"""An Arabic letter as folding leaves it."""

AFFIXES: Final = (
    rf"و(?={LETTER}{{3}})",
    rf"(?:وال|بال|كال|فال|ال|لل)(?={LETTER}{{2}})",
    rf"(?<={LETTER}{{2}})(?:ها|ان|ات|ون|ين|يه|ه|ي)",
    rf"(?<={LETTER}{{2}})(?:يه|ه|ي)",
)
"""What is taken off one after the other: the first two at the beginning of a word, the others at its end."""

_PREFIXES: Final = tuple(re.compile(rf"\A{affix}") for affix in AFFIXES[:2])
_SUFFIXES: Final = tuple(re.compile(rf"{affix}\Z") for affix in AFFIXES[2:])
_LONGEST: Final = 64  # letters; a longer run is no word
_REMEMBERED: Final = 150_000  # words; about 45 MB when full, in a builder


def light_stem(word: str) -> str:
    """The light stem of a folded word."""
    for affix in (*_PREFIXES, *_SUFFIXES):
        word = affix.sub("", word, count=1)
    return word


class _Stems(dict[str, tuple[str, ...]]):
    """The stems of the words met lately; the two sides of a decimal point are words of their own."""

    def __missing__(self, word: str) -> tuple[str, ...]:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[word] = found = tuple(map(light_stem, word.split(".")))
        return found


_STEMS: Final = _Stems()


def stems(text: str) -> list[str]:
    """The light stems of ``text``, without those that come again within `WINDOW` words; last ones first."""
    every: list[str] = []
    for word in analysed(text):
        every += _STEMS[word]
    seen: dict[str, int] = {}
    kept = []
    for at, stem in enumerate(reversed(every)):
        if at - seen.get(stem, -WINDOW - 1) > WINDOW:
            kept.append(stem)
        seen[stem] = at
    return kept


def pieces(stem: str, vocabulary: Mapping[str, int]) -> Sequence[int]:
    """The numbers of the longest pieces that make up ``stem``; none if there is no way or it is no word."""
    if (whole := vocabulary.get(stem)) is not None:
        return (whole,)
    if len(stem) > _LONGEST:
        return ()
    found, start = [], 0
    while start < len(stem):
        begun = CONTINUED if start else ""
        ends = range(len(stem), start, -1)
        end = next((end for end in ends if f"{begun}{stem[start:end]}" in vocabulary), None)
        if end is None:
            return ()
        found.append(vocabulary[f"{begun}{stem[start:end]}"])
        start = end
    return found
