"""Which span of which document each row of the index is, with the vectors as the embedder gave them.

Two NumPy files, mapped when opened. The vectors are kept beside the vector store (which may round them) so
that unchanged documents need not be embedded again; half precision keeps three significant digits.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from index.document import Passage, Span
from index.protocols import Vectors

_SPANS: Final = "passages.npy"
_VECTORS: Final = "vectors.npy"


class PassageWriter:
    """Collects the passages of a new generation in memory: 12 bytes and a half vector each."""

    def __init__(self, dimension: int) -> None:
        self._dimension = dimension
        self._spans: list[tuple[int, int, int]] = []
        self._vectors: list[tuple[Sequence[int], npt.NDArray[np.float16]]] = []

    def add(self, document: int, spans: Sequence[Span]) -> range:
        """Appends a document's passages and gives their rows; each row needs a vector before the end."""
        first = len(self._spans)
        self._spans += [(document, span.start, span.end) for span in spans]
        return range(first, len(self._spans))

    def add_vectors(self, rows: Sequence[int], vectors: npt.NDArray[np.floating]) -> None:
        """Sets the vectors of ``rows``, shape (len(rows), dimension); batches may come in any order."""
        self._vectors.append((rows, vectors.astype(np.float16)))

    def arrays(self) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float16]]:
        """The document, start and end of every passage, shape (passages, 3), and all vectors.

        Raises:
            ValueError: a passage has no vector, or one that is no number.
        """
        vectors = np.full((len(self._spans), self._dimension), np.nan, np.float16)
        for rows, some in self._vectors:
            vectors[rows] = some
        if np.isnan(vectors).any():
            raise ValueError("a passage has no vector, or the model gave one that is no number")
        return np.array(self._spans, np.int32).reshape(-1, 3), vectors

    def finish(self, folder: Path) -> Vectors:
        """Writes both files; gives the vectors as they will be read back, shape (passages, dimension).

        Raises:
            ValueError: as `arrays`.
        """
        spans, vectors = self.arrays()
        np.save(folder / _SPANS, spans)
        np.save(folder / _VECTORS, vectors)
        return vectors.astype(np.float32)


class FilePassages:
    """The passages of an opened generation."""

    def __init__(self, folder: Path) -> None:
        # As plain arrays over the mapped files: indexing a `np.memmap` itself costs several times as much.
        self._spans = np.load(folder / _SPANS, mmap_mode="r").view(np.ndarray)
        self._vectors = np.load(folder / _VECTORS, mmap_mode="r").view(np.ndarray)

    def __len__(self) -> int:
        return len(self._spans)

    def __getitem__(self, row: int) -> Passage:
        document, start, end = map(int, self._spans[row])
        return Passage(document, Span(start, end))

    def at(self, rows: Sequence[int]) -> list[Passage]:
        """The passages in any rows."""
        return [Passage(document, Span(start, end)) for document, start, end in self._spans[rows].tolist()]

    def vectors(self, rows: range) -> npt.NDArray[np.float16]:
        """The stored vectors of these rows, shape (len(rows), dimension)."""
        return np.asarray(self._vectors[rows.start : rows.stop])

    def vectors_of(self, rows: Sequence[int]) -> Vectors:
        """The stored vectors of any rows, in single precision, shape (len(rows), dimension)."""
        return np.asarray(self._vectors[rows], np.float32)

    def stored_vectors(self) -> int:
        """How many vectors there are: as many as passages, or the generation is broken."""
        return len(self._vectors)
