"""BM25 computed word by word over stems, 4-grams and headings: what lexical stores are compared with."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.analysis import terms

K1, B = 1.2, 0.75
WEIGHTS = {"stems": 1.0, "grams": 1.0, "heading": 0.25}

Row = tuple[Sequence[str], Sequence[str]]
"""The words of a passage's body and of its heading."""


def fields(row: Row) -> dict[str, list[str]]:
    body, heading = row
    return {
        "stems": [terms(word).stem for word in body],
        "grams": [gram for word in body for gram in terms(word).grams],
        "heading": [gram for word in heading for gram in terms(word).grams],
    }


@dataclass(frozen=True)
class Oracle:
    """BM25 over stems, 4-grams and headings, as their definitions say."""

    rows: Sequence[dict[str, list[str]]]

    def scores(self, words: Sequence[str]) -> list[float]:
        asked = fields((words, words))
        total = np.zeros(len(self.rows))
        for field, weight in WEIGHTS.items():
            for term, times in Counter(asked[field]).items():
                total += weight * times * self._scores(field, term)
        return [float(score) for score in total]

    def _scores(self, field: str, term: str) -> npt.NDArray[np.float64]:
        found = np.array([row[field].count(term) for row in self.rows])
        lengths = np.array([len(row[field]) for row in self.rows])
        holding = int(np.count_nonzero(found))
        rarity = math.log(1 + (len(self.rows) - holding + 0.5) / (holding + 0.5))
        damped = found + K1 * (1 - B + B * lengths / (lengths.mean() or 1))
        return np.asarray(rarity * found * (K1 + 1) / damped, np.float64)


def holds(row: Row, words: Sequence[str]) -> bool:
    return set(fields((words, ()))["stems"]) <= set(fields(row)["stems"])
