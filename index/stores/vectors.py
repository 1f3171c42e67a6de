"""The vectors of a generation as the embedder gave them, in half precision, in one NumPy file.

They are written as they come, and read row by row: a million of them (1.3 GB at 640 numbers) would not fit the memory
that answering may take, and as a mapped file they would seem to take it, page by page.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, Final

import numpy as np
import numpy.typing as npt
from numpy.lib import format as npy

from index.protocols import Vectors

_TYPE: Final = np.dtype("<f2")


class VectorWriter:
    """Writes vectors to their rows, in any order, beside those that the file holds; its beginning is written last."""

    def __init__(self, path: Path, dimension: int) -> None:
        path.touch()
        self._file = path.open("r+b")
        self._dimension = dimension
        self._written = _shape(self._file)[0] if path.stat().st_size else 0
        self._start = self._head(self._written)
        self._are_numbers = True

    def put(self, rows: Sequence[int], vectors: npt.NDArray[np.floating]) -> None:
        """Writes the vectors of ``rows``, shape (len(rows), dimension); each row once."""
        halves = np.ascontiguousarray(vectors, _TYPE)
        self._are_numbers = self._are_numbers and not np.isnan(halves).any()
        self._written += len(rows)
        size = halves.itemsize * self._dimension
        in_a_row = isinstance(rows, range) and rows.step == 1
        for first, some in [(rows[0], halves)] if in_a_row and len(rows) else zip(rows, halves, strict=True):
            self._file.seek(self._start + first * size)
            self._file.write(some.data)

    def finish(self, count: int) -> npt.NDArray[np.float16]:
        """All ``count`` vectors, mapped: shape (count, dimension).

        Raises:
            ValueError: one is missing, or holds what is no number.
        """
        if self._written != count or not self._are_numbers:
            raise ValueError("a passage has no vector, or the model gave one that is no number")
        self._head(count)
        self._file.flush()
        shape = (count, self._dimension)
        if not count:  # nothing cannot be mapped
            return np.empty(shape, _TYPE)
        return np.memmap(self._file, _TYPE, "r", self._start, shape).view(np.ndarray)

    def close(self) -> None:
        """Closes the file."""
        self._file.close()

    def _head(self, count: int) -> int:
        """Writes what says how many vectors there are, always equally long; gives where they begin."""
        self._file.seek(0)
        described = {"descr": npy.dtype_to_descr(_TYPE), "fortran_order": False, "shape": (count, self._dimension)}
        npy.write_array_header_1_0(self._file, described)
        return self._file.tell()


class VectorFile:
    """The vectors of an opened generation; any number of threads may read, also when the file is removed."""

    def __init__(self, path: Path) -> None:
        """Opens the file.

        Raises:
            OSError, ValueError: it cannot be read, or is not what `VectorWriter` wrote.
        """
        self._file = path.open("rb", buffering=0)
        self._count, self._dimension = _shape(self._file)
        self._start = self._file.tell()
        if os.fstat(self._file.fileno()).st_size != self._start + self._count * self._size:
            raise ValueError(f"{path.name} is not as long as it should be")

    def __len__(self) -> int:
        return self._count

    @property
    def _size(self) -> int:
        return self._dimension * _TYPE.itemsize

    def between(self, rows: range) -> npt.NDArray[np.float16]:
        """The vectors of neighbouring rows, shape (len(rows), dimension)."""
        found = np.empty((len(rows), self._dimension), _TYPE)
        self._read(_bytes(found), rows.start)
        return found

    def of(self, rows: Sequence[int]) -> Vectors:
        """The vectors of any rows, in single precision, shape (len(rows), dimension)."""
        found = np.empty((len(rows), self._dimension), _TYPE)
        buffer, size = _bytes(found), self._size
        for at, row in enumerate(rows):
            self._read(buffer[at * size : (at + 1) * size], row)
        return found.astype(np.float32)

    def _read(self, buffer: memoryview, row: int) -> None:
        # A million rows take more than the two gigabytes that the system reads at once, but nobody asks for so many.
        if os.preadv(self._file.fileno(), [buffer], self._start + row * self._size) != len(buffer):
            raise IndexError(f"no vector {row}")


def _shape(file: BinaryIO) -> tuple[int, int]:
    """How many vectors of how many numbers the file says that it holds."""
    npy.read_magic(file)
    (count, dimension), _, _ = npy.read_array_header_1_0(file)
    return count, dimension


def _bytes(vectors: npt.NDArray[np.float16]) -> memoryview:
    return vectors.reshape(-1).view(np.uint8).data
