"""Vectors in FAISS: the only file that imports it.

Kinds, by size (256 dimensions, one question at a time, one thread, measured on 2 cores): exact `IndexFlat`
answers in 4.9 ms at 100,000 vectors; 4-bit product quantisation with the ten-fold best refined by exact inner
products (FastScan) in 0.3 ms with recall@10 of 1.000, but must be trained. Flat is for small sets.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final, cast

import faiss
import numpy as np

from index.protocols import Hit, Vectors, VectorStore

_FILE: Final = "vectors.faiss"
_REFINED: Final = 10  # candidates per wanted hit that FastScan hands to the exact refinement
_TRAINING: Final = 20_000  # vectors that product quantisers are trained on, at most
_FEWEST: Final = 39 * 16  # and at least, or FAISS complains: so many for each of the 16 centroids
_SEED: Final = 1234


class FaissStore:
    """A FAISS index; searching releases the GIL."""

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    def search(self, vector: Vectors, *, top: int) -> list[Hit]:
        """The ``top`` nearest rows, best first; FAISS's padding of short results is removed."""
        wanted = min(top, len(self))
        if wanted < 1:
            return []
        faiss.omp_set_num_threads(1)  # of the calling thread: a second one gains nothing for a single vector
        scores, rows = self._index.search(vector[np.newaxis, :], wanted)
        return [Hit(int(row), float(score)) for row, score in zip(rows[0], scores[0], strict=True) if row >= 0]

    def __len__(self) -> int:
        return int(self._index.ntotal)


class Flat:
    """Exact search through all vectors."""

    def build(self, vectors: Vectors, folder: Path) -> None:
        """Writes the vectors as they are."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(vectors)
        faiss.write_index(index, str(folder / _FILE))

    def open(self, folder: Path) -> VectorStore:
        """Maps the file: pages are shared between processes."""
        return FaissStore(faiss.read_index(str(folder / _FILE), faiss.IO_FLAG_MMAP_IFC))


class FastScan:
    """Quantised search, its best candidates measured again exactly."""

    def build(self, vectors: Vectors, folder: Path) -> None:
        """Trains on an evenly spaced sample (few vectors are repeated); the same vectors give the same store."""
        dimension = vectors.shape[1]
        quantised = faiss.IndexPQFastScan(dimension, dimension // 2, 4, faiss.METRIC_INNER_PRODUCT)
        quantised.pq.cp.seed = _SEED
        exact = faiss.IndexScalarQuantizer(dimension, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
        index = faiss.IndexRefine(quantised, exact)  # half precision, as the vectors are stored
        sample = vectors[:: max(1, len(vectors) // _TRAINING)]
        index.train(np.resize(sample, (max(len(sample), _FEWEST), dimension)))
        if len(vectors):  # adding none to a refined index crashes the process
            index.add(vectors)
        faiss.write_index(index, str(folder / _FILE))

    def open(self, folder: Path) -> VectorStore:
        """Loads the store into memory."""
        index = cast("faiss.IndexRefine", faiss.read_index(str(folder / _FILE)))
        index.k_factor = _REFINED
        return FaissStore(index)
