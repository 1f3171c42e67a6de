"""Which passages speak of what is asked: words and meaning, fused.

Fusion after Fox and Shaw's weighted sum: the BM25 score over the best one, plus the inner product of the vectors.
A passage that only one of the two searches found is still scored by both, since its vector is at hand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from index.document import Passage
from index.library import Library
from index.protocols import Vectors

_LEXICAL_POOL: Final = 60
_DENSE_POOL: Final = 30
# R@1 of the answer's passage on XQuAD-ar / TyDi-ar: 92.2 / 87.1 with 0 and 0.1, 92.4 / 87.3 with 0.3 to 0.5.
_DENSE_WEIGHT: Final = 0.3
_FEW_PASSAGES: Final = 5_000
_FEW: Final = 0.1  # of the passages of a large library
_REPEATED: Final = 0.97  # what a passage's score is worth per better passage of the same document


class Ranked(NamedTuple):
    """A passage found for a question. ``score`` is 1 at most; ``lexical`` is the BM25 score itself."""

    row: int
    passage: Passage
    score: float
    lexical: float
    dense: float


def rank(
    library: Library,
    words: tuple[str, ...],
    vector: Vectors,
    *,
    top: int,
    without: frozenset[int] = frozenset(),
    names: Sequence[Sequence[str]] = (),
) -> list[Ranked]:
    """The ``top`` passages for a question's folded words and its vector, best first.

    Passages of the documents in rows ``without`` are left out. Those under one of ``names`` (folded words of places)
    are looked through by themselves too: among many reports that tell the same they would not be found otherwise.
    What very many passages hold is found in any case, and would take long to be looked through.
    """
    names, all_names = [name for name in names if _is_rare(library, name)], names
    nearest = library.nearest(vector, top=max(top // 2, _DENSE_POOL))
    pool = max(top, _LEXICAL_POOL)
    named = library.words.search_named(words, names, top=pool) if names and words else []
    # Elsewhere is looked where little is found under the names: so many passages of theirs come first in any case.
    is_enough = len(named) >= pool and len(names) == len(all_names)
    others = library.words.search(words, top=pool) if words and not is_enough else []
    lexical = {hit.row: hit.score for hit in (*others, *named)}
    dense = nearest.result()
    rows = [*lexical, *(hit.row for hit in dense if hit.row not in lexical)]
    passages = dict(zip(rows, library.passages.at(rows), strict=True)) if rows else {}
    rows = [row for row in rows if passages[row].document not in without]
    if not rows:
        return []
    similarities = (library.passages.vectors_of(rows) @ vector).tolist()
    best = max((lexical[row] for row in rows if row in lexical), default=1.0)
    scored = [
        Ranked(
            row=row,
            passage=passages[row],
            score=(1 - _DENSE_WEIGHT) * lexical.get(row, 0.0) / best + _DENSE_WEIGHT * similarity,
            lexical=lexical.get(row, 0.0),
            dense=similarity,
        )
        for row, similarity in zip(rows, similarities, strict=True)
    ]
    found = (each for each in scored if each.score > 0)  # not those that are only the nearest of what is far away
    return _diversified(sorted(found, key=lambda each: -each.score))[:top]


def _is_rare(library: Library, name: Sequence[str]) -> bool:
    """Whether few passages can hold all words of a name, or the library is small."""
    return min(map(library.words.frequency, name), default=0) <= max(_FEW_PASSAGES, _FEW * len(library.words))


def _diversified(ranked: list[Ranked]) -> list[Ranked]:
    """Later passages of one document give way to equally good ones of others."""
    earlier: Counter[int] = Counter()
    worth = []
    for each in ranked:
        worth.append((each.score * _REPEATED ** earlier[each.passage.document], each))
        earlier[each.passage.document] += 1
    return [each for _, each in sorted(worth, key=lambda pair: -pair[0])]
