"""Which span of which document each row of the index is, with the vectors as the embedder gave them.

The vectors are kept beside the vector store (which may round them) so that unchanged documents need not be embedded
again; half precision keeps three significant digits.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from index.document import Passage, Span
from index.protocols import Vectors
from index.stores.vectors import VectorFile, VectorWriter

_SPANS: Final = "passages.npy"
VECTORS_FILE: Final = "vectors.npy"


class PassageWriter:
    """Collects the passages of a new generation, behind those that the folder holds already.

    Takes 12 bytes each in memory; their vectors go to the file.
    """

    def __init__(self, folder: Path, dimension: int) -> None:
        self._folder = folder
        self._vectors = VectorWriter(folder / VECTORS_FILE, dimension)
        self._spans = array("i")
        if (folder / _SPANS).exists():
            self._spans.frombytes(np.load(folder / _SPANS).tobytes())

    def add(self, document: int, spans: Sequence[Span]) -> range:
        """Appends a document's passages and gives their rows; each row needs a vector before the end."""
        first = len(self._spans) // 3  # a document, a start and an end each
        for span in spans:
            self._spans.extend((document, span.start, span.end))
        return range(first, first + len(spans))

    def add_vectors(self, rows: Sequence[int], vectors: npt.NDArray[np.floating]) -> None:
        """Sets the vectors of ``rows``, shape (len(rows), dimension); batches may come in any order."""
        self._vectors.put(rows, vectors)

    def arrays(self) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float16]]:
        """The document, start and end of every passage, shape (passages, 3), and all vectors, mapped.

        Raises:
            ValueError: a passage has no vector, or one that is no number.
        """
        spans = np.array(self._spans, np.int32).reshape(-1, 3)
        return spans, self._vectors.finish(len(spans))

    def finish(self) -> npt.NDArray[np.float16]:
        """Writes the spans; gives the vectors as they will be read back, shape (passages, dimension).

        Raises:
            ValueError: as `arrays`.
        """
        spans, vectors = self.arrays()
        np.save(self._folder / _SPANS, spans)
        return vectors

    def close(self) -> None:
        """Closes the file; what was mapped of it can still be read."""
        self._vectors.close()


class FilePassages:
    """The passages of an opened generation."""

    def __init__(self, folder: Path) -> None:
        # A plain array over the mapped file: indexing a `np.memmap` itself costs several times as much.
        self._spans = np.load(folder / _SPANS, mmap_mode="r").view(np.ndarray)
        self._vectors = VectorFile(folder / VECTORS_FILE)

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
        return self._vectors.between(rows)

    def vectors_of(self, rows: Sequence[int]) -> Vectors:
        """The stored vectors of any rows, in single precision, shape (len(rows), dimension)."""
        return self._vectors.of(rows)

    def stored_vectors(self) -> int:
        """How many vectors there are: as many as passages, or the generation is broken."""
        return len(self._vectors)
