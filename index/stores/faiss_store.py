"""Vectors in FAISS: the only file that imports it.

Kinds, by size (640 numbers of the shipped embedder, one question at a time, one thread): comparing all vectors takes
6.6 ms for 50,000 and 13 for 100,000. Product quantisation to 4 bits (FastScan) with the best candidates compared again
takes 0.5 ms for 100,000 and 7 to 10 for 1,000,000, whose codes (160 MB) fit no cache; recall@10 is 0.99. Lists of
neighbours before it (IVF, 128 of 512 looked into) halve that at a recall of 0.985 for stored vectors; half as many
codes need six times as many candidates.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

import faiss
import numpy as np
import numpy.typing as npt

from index.protocols import Hit, Vectors, VectorStore

_FILE: Final = "vectors.faiss"
_REFINED: Final = 5  # candidates per wanted hit that FastScan hands to the exact comparison
_FEWEST_REFINED: Final = 100  # and at least: recall@10 is 0.97 with 60 at a million, 0.99 with 100
_TRAINING: Final = 5_000  # vectors that product quantisers are trained on, at most
_FEWEST: Final = 39 * 16  # and at least, or FAISS complains: so many for each of the 16 centroids
_SEED: Final = 1234
_ADDED: Final = 50_000  # vectors brought to single precision at a time: 128 MB of 640 numbers


class FaissStore:
    """A FAISS index; searching releases the GIL."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    def search(self, vector: Vectors, *, top: int) -> list[Hit]:
        """The ``top`` nearest rows, best first."""
        rows, scores = _nearest(self._index, vector, top)
        return [Hit(row, score) for row, score in zip(rows.tolist(), scores.tolist(), strict=True)]

    def __len__(self) -> int:
        return int(self._index.ntotal)


class Refined:
    """A quantised index whose candidates are compared again, exactly."""

    def __init__(self, index: faiss.Index, vectors_of: Callable[[Sequence[int]], Vectors]) -> None:
        self._index = index
        self._vectors_of = vectors_of

    def search(self, vector: Vectors, *, top: int) -> list[Hit]:
        """The ``top`` nearest rows, best first, equal ones by row."""
        if top < 1:
            return []
        rows = np.sort(_nearest(self._index, vector, max(_REFINED * top, _FEWEST_REFINED))[0])
        if not len(rows):
            return []
        scores = self._vectors_of(rows.tolist()) @ vector
        best = np.argsort(-scores, kind="stable")[:top]
        return [Hit(row, score) for row, score in zip(rows[best].tolist(), scores[best].tolist(), strict=True)]

    def __len__(self) -> int:
        return int(self._index.ntotal)


class Flat:
    """Exact search through all vectors."""

    is_exact = True

    def build(self, vectors: npt.NDArray[np.float16], folder: Path, *, former: Path | None = None) -> None:
        """Writes the vectors in single precision."""
        del former  # nothing is won by it
        index = faiss.IndexFlatIP(vectors.shape[1])
        _add(index, vectors)
        faiss.write_index(index, str(folder / _FILE))

    def open(self, folder: Path, vectors_of: Callable[[Sequence[int]], Vectors]) -> VectorStore:
        """Maps the file: pages are shared between processes."""
        del vectors_of  # it has them itself
        return FaissStore(faiss.read_index(str(folder / _FILE), faiss.IO_FLAG_MMAP_IFC))


class FastScan:
    """Quantised search, its best candidates measured again exactly."""

    is_exact = False

    def build(self, vectors: npt.NDArray[np.float16], folder: Path, *, former: Path | None = None) -> None:
        """Quantises what ``former`` has not, as it did; the same vectors (and ``former``) give the same store."""
        index = faiss.read_index(str(former / _FILE)) if former else _trained(vectors)
        _add(index, vectors[index.ntotal :])
        faiss.write_index(index, str(folder / _FILE))

    def open(self, folder: Path, vectors_of: Callable[[Sequence[int]], Vectors]) -> VectorStore:
        """Loads the codes into memory, a fourth of what the vectors take in half precision."""
        return Refined(faiss.read_index(str(folder / _FILE)), vectors_of)


def _trained(vectors: npt.NDArray[np.float16]) -> faiss.Index:
    """Product quantisers trained on an evenly spaced sample; few vectors are repeated."""
    dimension = vectors.shape[1]
    index = faiss.IndexPQFastScan(dimension, dimension // 2, 4, faiss.METRIC_INNER_PRODUCT)
    index.pq.cp.seed = _SEED
    sample = vectors[:: max(1, len(vectors) // _TRAINING)].astype(np.float32)
    index.train(np.resize(sample, (max(len(sample), _FEWEST), dimension)))
    return index


def _add(index: faiss.Index, vectors: npt.NDArray[np.float16]) -> None:
    for some in _blocks(vectors):
        index.add(some)


def _blocks(vectors: npt.NDArray[np.float16]) -> Iterator[Vectors]:
    for start in range(0, len(vectors), _ADDED):
        yield vectors[start : start + _ADDED].astype(np.float32)


def _nearest(index: faiss.Index, vector: Vectors, top: int) -> tuple[npt.NDArray[np.int64], Vectors]:
    """The ``top`` nearest rows and their scores, best first; FAISS's padding of short results is removed."""
    wanted = min(top, index.ntotal)
    if wanted < 1:
        return np.empty(0, np.int64), np.empty(0, np.float32)
    faiss.omp_set_num_threads(1)  # of the calling thread: a second one gains nothing for a single vector
    scores, rows = index.search(vector[np.newaxis, :], wanted)
    are_rows = rows[0] >= 0
    return rows[0][are_rows], scores[0][are_rows]
