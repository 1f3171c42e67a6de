"""Postings: which passages hold a term how often, packed in blocks; and the lengths that BM25 divides by.

A posting takes three bytes: the row within its block of 65,536, and how often the term occurs (at most 255).
A length takes one, rounded as Lucene's SmallFloat does, which tantivy uses too: exact up to 40, then down by an
eighth at most. So both stores give a passage the same score.

How many passages hold each term is an array of its own, found by the terms' digests: readers keep it, for they ask for
the rarity of every word of a question, one by one. It takes 12 bytes a term, 2 MB for 10,000 made passages.
"""

from __future__ import annotations

import hashlib
from array import array
from collections import Counter
from typing import Final

import numpy as np
import numpy.typing as npt

from index.protocols import LexicalRow
from index.stores.postgres.database import Connection
from index.stores.postgres.shards import shards_of
from index.stores.postgres.tables import schema_of
from index.stores.terms import FIELDS

BLOCK: Final = 1 << 16
POSTING: Final = 3
"""Bytes of a posting."""

TOTALS: Final = "totals"
COUNTS: Final = "counts"
COUNT: Final = np.dtype([("digest", "<u8"), ("passages", "<u4")])
"""How many passages hold the term of a digest; the array is sorted by digests."""

_MOST_OCCURRENCES: Final = 255
_EXACT: Final = 24  # lengths below which every one has a code; from there the three highest bits are kept


def _length(code: int) -> int:
    if code < _EXACT:
        return code
    bits, shift = (code - _EXACT) & 7, ((code - _EXACT) >> 3) - 1
    return _EXACT + (bits if shift < 0 else (bits | 8) << shift)


LENGTHS: Final = np.array([_length(code) for code in range(256)], np.int64)
"""The length that each code stands for, ascending."""


def codes(lengths: npt.NDArray[np.int64]) -> npt.NDArray[np.uint8]:
    """The code of the greatest length that is not over each of these."""
    return (np.searchsorted(LENGTHS, lengths, side="right") - 1).astype(np.uint8)


def lengths_array(field: int) -> str:
    """The name of the array with the codes of all passages' lengths in a field."""
    return f"lengths-{FIELDS[field]}"


def digest(field: int, term: str) -> int:
    """By which a term of a field is counted: two of three million share one in one library of four million."""
    return int.from_bytes(hashlib.blake2b(f"{field} {term}".encode(), digest_size=8).digest(), "little")


class _Held:
    """The postings of one term in the block that is being filled."""

    __slots__ = ("rows", "times")

    def __init__(self) -> None:
        self.rows = array("H")
        self.times = bytearray()

    def packed(self) -> bytes:
        return np.frombuffer(self.rows, np.uint16).astype("<u2").tobytes() + bytes(self.times)


class PostingLoader:
    """Sends the postings of a new generation, passage after passage from row 0."""

    def __init__(self, connection: Connection, number: int) -> None:
        self._connection = connection
        schema = schema_of(number)
        self._copy = f"COPY {schema}.postings (field, part, term, block, held) FROM STDIN (FORMAT BINARY)".encode()
        # Each shard has blocks of its own, with the passages of its documents.
        self._parts = max(1, len(shards_of(connection, schema)))
        self._held = self._nothing()
        self._lengths = [array("q") for _ in FIELDS]
        self._counts: Counter[tuple[int, str]] = Counter()
        self._row = 0

    def _nothing(self) -> list[list[dict[str, _Held]]]:
        """For each part and field the terms, of which there are none yet."""
        return [[{} for _ in FIELDS] for _ in range(self._parts)]

    def add(self, row: LexicalRow, document: int) -> None:
        """Adds the next passage, one of ``document``."""
        at = self._row % BLOCK
        if at == 0 and self._row:
            self.flush()
        for held, lengths, spaced in zip(self._held[document % self._parts], self._lengths, row, strict=True):
            found = spaced.split(" ") if spaced else []
            lengths.append(len(found))
            for term, times in Counter(found).items():
                if (postings := held.get(term)) is None:
                    postings = held[term] = _Held()
                postings.rows.append(at)
                postings.times.append(times if times < _MOST_OCCURRENCES else _MOST_OCCURRENCES)
        self._row += 1

    def flush(self) -> None:
        """Sends the block that is being filled."""
        block = (self._row - 1) // BLOCK
        with self._connection.cursor() as cursor, cursor.copy(self._copy) as copy:
            copy.set_types(["int2", "int2", "text", "int4", "bytea"])
            for part, fields in enumerate(self._held):
                for field, held in enumerate(fields):
                    for term in sorted(held):
                        copy.write_row((field, part, term, block, held[term].packed()))
                        self._counts[field, term] += len(held[term].times)
        self._held = self._nothing()

    def arrays(self) -> dict[str, bytes]:
        """The codes of all lengths, the sum of the lengths in each field, and the terms' counts."""
        every = [np.frombuffer(lengths, np.int64) if lengths else np.empty(0, np.int64) for lengths in self._lengths]
        totals = np.array([lengths.sum() for lengths in every], "<i8")
        coded = {lengths_array(field): codes(lengths).tobytes() for field, lengths in enumerate(every)}
        counts = np.array([(digest(*term), passages) for term, passages in self._counts.items()], COUNT)
        return {TOTALS: totals.tobytes(), COUNTS: np.sort(counts, order="digest").tobytes(), **coded}
