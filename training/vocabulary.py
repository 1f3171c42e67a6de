"""The pieces that the embedder knows: the commonest stems, and parts from which all others are made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from index.arabic import words
from index.embedders.pieces import CONTINUED, light_stem
from index.embedders.static import UNKNOWN

_SHARE_OF_STEMS: Final = 0.75
_LONGEST_PART: Final = 6  # letters


def vocabulary(texts: Iterable[str], size: int) -> dict[str, int]:
    """At most ``size`` pieces with their numbers, `UNKNOWN` first; the same for the same texts.

    Three quarters are the commonest stems. The others are the beginnings and continuations of the remaining stems that
    save most letters, single letters always among them, so that every word of known letters can be cut.
    """
    counts = Counter(light_stem(part) for text in texts for word in words(text) for part in word.split("."))
    ranked = sorted(counts, key=lambda stem: (-counts[stem], stem))
    stems = [stem for stem in ranked if stem][: int(_SHARE_OF_STEMS * size)]
    known = set(stems)
    worth: Counter[str] = Counter()
    letters: set[str] = set()
    for stem, count in counts.items():
        letters.update(stem)
        if stem not in known:
            for piece in _parts(stem):
                worth[piece] += count * (len(piece.removeprefix(CONTINUED)) - 1)
    single = [begun + letter for letter in sorted(letters) for begun in ("", CONTINUED)]
    parts = sorted(worth, key=lambda piece: (-worth[piece], piece))
    chosen = dict.fromkeys([UNKNOWN, *stems, *single])
    for piece in parts:
        if len(chosen) >= size:
            break
        chosen[piece] = None
    return {piece: number for number, piece in enumerate(list(chosen)[:size])}


def _parts(stem: str) -> Iterable[str]:
    """The beginnings and continuations of a stem, up to `_LONGEST_PART` letters."""
    for start in range(len(stem)):
        for end in range(start + 2, min(len(stem), start + _LONGEST_PART) + 1):
            yield stem[start:end] if start == 0 else CONTINUED + stem[start:end]
