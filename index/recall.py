"""How many of the truly nearest vectors a store finds: measured on the vectors that it was built of."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from index.protocols import VectorStore

NEAREST: Final = 10
ENOUGH: Final = 0.98
"""The recall that a store is to have."""

_QUESTIONS: Final = 100  # stored vectors, evenly spaced: a measured 0.98 is then good to 0.01
_BLOCK: Final = 50_000  # vectors compared at a time: 128 MB of 640 numbers
_ROUNDING: Final = 1e-5  # by which one inner product may differ, added up in another order


def recall_of(store: VectorStore, vectors: npt.NDArray[np.float16]) -> float:
    """The mean share, to four digits, of the `NEAREST` rows with the greatest inner products that ``store`` finds.

    What is as near as the last of them counts as well: equal vectors stand for each other.
    """
    asked = np.asarray(vectors[:: max(1, len(vectors) // _QUESTIONS)], np.float32)
    wanted = min(NEAREST, len(vectors))
    if not wanted:
        return 1.0
    found = [
        sum(hit.score >= least for hit in store.search(one, top=wanted))
        for one, least in zip(asked, _products(vectors, asked, wanted), strict=True)
    ]
    return round(float(np.mean(found)) / wanted, 4)


def _products(vectors: npt.NDArray[np.float16], asked: npt.NDArray[np.float32], rank: int) -> npt.NDArray[np.float32]:
    """The inner product of each question with its ``rank``-th nearest vector, a little less for rounding."""
    best = np.full((len(asked), rank), -np.inf, np.float32)
    for start in range(0, len(vectors), _BLOCK):
        products = asked @ vectors[start : start + _BLOCK].astype(np.float32).T
        best = np.partition(np.hstack([best, products]), -rank, axis=1)[:, -rank:]
    return np.asarray(best.min(axis=1) - _ROUNDING, np.float32)
