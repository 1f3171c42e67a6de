"""A generation that is being written as tables."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from index.aliases import NO_ALIASES, Aliases
from index.choosing import Open
from index.document import Document, Fingerprint, Span
from index.errors import IndexingError
from index.library import Library
from index.manifest import Manifest
from index.postgres.register import Register
from index.protocols import LexicalRow
from index.recall import recall_of
from index.repository import Contents
from index.stores.passages import PassageWriter
from index.stores.postgres.database import Connection, translated
from index.stores.postgres.documents import DocumentLoader
from index.stores.postgres.postings import PostingLoader
from index.stores.postgres.tables import Tables, add_keys, schema_of
from index.stores.postgres.vectors import SPANS, PostgresVectors, is_indexed, load_vectors

VECTOR_KIND: Final = "pgvector"
LEXICAL_KIND: Final = "postgresql"


class Made(NamedTuple):
    """A generation whose tables were made, and the numbers of a vector."""

    tables: Tables
    dimension: int


class PostgresDraft:
    """Tables of a generation, on a connection of its own."""

    def __init__(self, connection: Connection, made: Made, register: Register, opened: Open) -> None:
        """Fills the tables that were made, which are empty; closes ``connection`` at the end."""
        self.number = number = made.tables.number
        self._made = made
        self._opened = opened
        self._connection = connection
        self._register = register
        self._documents = DocumentLoader(connection, number)
        self._words = PostingLoader(connection, number)
        self._beside = TemporaryDirectory()  # vectors would not fit the memory
        self._passages = PassageWriter(Path(self._beside.name), made.dimension)
        self._aliases = NO_ALIASES
        self._arrays: Mapping[str, bytes] = {}
        self._recall: float | None = None
        self._owners: deque[int] = deque()  # the documents of the passages whose words did not come yet

    def continues(self, library: Library) -> bool:
        """False: the index of vectors would have to be made again in any case."""
        del library
        return False

    def add_document(self, document: Document, fingerprint: Fingerprint, passages: Sequence[Span]) -> range:
        """Stores the next document, and gives the rows that its passages take."""
        rows = self._passages.add(self._documents.count, passages)
        self._owners.extend([self._documents.count] * len(rows))
        with translated():
            self._documents.add(document, fingerprint, rows)
        return rows

    def add_words(self, row: LexicalRow) -> None:
        """Stores what the next passage is found under."""
        with translated():
            self._words.add(row, self._owners.popleft())

    def add_vectors(self, rows: Sequence[int], vectors: npt.NDArray[np.floating]) -> None:
        """Sets the vectors of ``rows``."""
        self._passages.add_vectors(rows, vectors)

    def write(self, aliases: Aliases) -> None:
        """Writes everything out, then makes what it is found by.

        Raises:
            ValueError: a passage has no vector, or one that is no number.
            DatabaseUnavailable: the database does not take it.
        """
        self._aliases = aliases
        spans, vectors = self._passages.arrays()
        with translated():
            self._documents.flush()
            self._words.flush()
            self._arrays = {SPANS: spans.astype("<i4").tobytes(), **self._words.arrays()}
            query = f"INSERT INTO {schema_of(self.number)}.arrays VALUES (%s, %s)".encode()
            for name, content in self._arrays.items():
                self._connection.execute(query, (name, content), binary=True)
            load_vectors(self._connection, self.number, vectors, spans[:, 0])
            add_keys(self._connection, self.number)
        if is_indexed(*vectors.shape):
            self._recall = recall_of(PostgresVectors(self._made.tables, *vectors.shape), vectors)

    def contents(self) -> Contents:
        """What was written, with the checksums of the arrays; the database keeps those of its tables."""
        digests = {name: hashlib.sha256(content).hexdigest() for name, content in self._arrays.items()}
        return Contents(self.number, VECTOR_KIND, self._recall, LEXICAL_KIND, digests)

    def seal(self, manifest: Manifest) -> Library:
        """Writes the manifest; opens the generation."""
        self._register.describe(manifest, self._aliases.text())
        return self._opened(self.number)

    def publish(self) -> None:
        """Makes it live."""
        self._register.publish(self.number, "building")

    def set_aside(self) -> None:
        """Lets it wait."""
        self._register.set_aside(self.number)

    def discard(self) -> None:
        """Removes the tables, unless they are kept; if that cannot be done, the next build does it."""
        self._connection.close()
        with suppress(OSError):
            self._passages.close()
        self._beside.cleanup()
        with suppress(IndexingError):
            self._register.remove(self.number, "building")
