"""Stores in PostgreSQL in the shape of kinds whose stores are folders, for the tests that every kind passes."""

from __future__ import annotations

import atexit
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.document import Document, Fingerprint
from index.postgres.register import Register
from index.protocols import LexicalRow, LexicalStore, LexicalWriter, Vectors, VectorStore
from index.stores.postgres.database import Connection, Database
from index.stores.postgres.documents import DocumentLoader, PostgresDocuments
from index.stores.postgres.postings import PostingLoader
from index.stores.postgres.tables import Tables, add_keys, schema_of
from index.stores.postgres.vectors import PostgresVectors, load_vectors
from index.stores.postgres.words import PostgresWords
from index.stores.terms import lexical_row
from tests.index.postgres.server import fresh_database


class Place:
    """A database of many generations; a folder only remembers which is its own."""

    @cached_property
    def database(self) -> Database:
        database = Database(fresh_database())
        atexit.register(database.close)
        return database

    @cached_property
    def connection(self) -> Connection:
        return self.database.connect()

    def begin(self, folder: Path, dimension: int = 1) -> int:
        number = Register(self.database).begin(dimension)
        (folder / "number").write_text(str(number))
        return number

    def tables(self, folder: Path) -> Tables:
        return Tables(self.database.reading, int((folder / "number").read_text()))


PLACE = Place()


class _Writer:
    def __init__(self, number: int) -> None:
        self._number = number
        self._loader = PostingLoader(PLACE.connection, number)

    def add(self, row: LexicalRow) -> None:
        self._loader.add(row, 0)

    def finish(self) -> None:
        self._loader.flush()
        for name, content in self._loader.arrays().items():
            query = f"INSERT INTO {schema_of(self._number)}.arrays VALUES (%s, %s)".encode()
            PLACE.connection.execute(query, (name, content), binary=True)
        add_keys(PLACE.connection, self._number)


class WordsKind:
    """Postings in a table."""

    def row(self, body: Sequence[str], heading: Sequence[str]) -> LexicalRow:
        return lexical_row(body, heading)

    def create(self, folder: Path) -> LexicalWriter:
        return _Writer(PLACE.begin(folder))

    def open(self, folder: Path) -> LexicalStore:
        return PostgresWords(PLACE.tables(folder))


class VectorsKind:
    """Vectors in a table."""

    is_exact = False

    def build(self, vectors: npt.NDArray[np.float16], folder: Path, *, former: Path | None = None) -> None:
        del former
        number = PLACE.begin(folder, vectors.shape[1])
        load_vectors(PLACE.connection, number, vectors, np.zeros(len(vectors), np.int32))
        add_keys(PLACE.connection, number)

    def open(self, folder: Path, vectors_of: Callable[[Sequence[int]], Vectors]) -> VectorStore:
        del vectors_of
        tables = PLACE.tables(folder)
        return PostgresVectors(tables, tables.counts()["vectors"], 64)


def stored_in_postgres(written: Sequence[tuple[Document, Fingerprint, range]], folder: Path) -> PostgresDocuments:
    number = PLACE.begin(folder)
    loader = DocumentLoader(PLACE.connection, number)
    for document, fingerprint, passages in written:
        loader.add(document, fingerprint, passages)
    loader.flush()
    add_keys(PLACE.connection, number)
    return PostgresDocuments(PLACE.tables(folder), len(written))
