"""Generations that any number of machines share: built beside the live one, switched in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

from index.aliases import parsed_aliases
from index.choosing import intact_before, newest_intact
from index.errors import (
    BuildFailed,
    DamagedGeneration,
    DatabaseUnavailable,
    NoGeneration,
    NothingLive,
    UnknownGeneration,
)
from index.library import Library
from index.manifest import Manifest
from index.postgres.drafting import LEXICAL_KIND, VECTOR_KIND, Made, PostgresDraft
from index.postgres.lock import building
from index.postgres.register import Register
from index.postgres.watching import Watcher
from index.repository import Draft
from index.stores.postgres.database import Connections, Database, translated
from index.stores.postgres.documents import PostgresDocuments
from index.stores.postgres.tables import Tables
from index.stores.postgres.vectors import SPANS, PostgresPassages, PostgresVectors
from index.stores.postgres.words import PostgresWords

_NAME = "the database"


class PostgresGenerations:
    """The generations in one database."""

    def __init__(self, database: Database) -> None:
        """Connects when first asked."""
        self._database = database
        self._register = Register(database)
        self._watcher = Watcher(database, self._register)

    def numbers(self) -> tuple[int, ...]:
        """The finished generations that are kept, ascending."""
        return self._register.numbers("kept")

    def waiting(self) -> tuple[int, ...]:
        """The generations that were set aside and not decided on yet, ascending."""
        return self._register.numbers("waiting")

    def live(self) -> int | None:
        """The number of the live generation."""
        return self._register.live()

    def noticed(self) -> int | None:
        """The live generation as it was told by the database, a moment ago."""
        return self._watcher.live()

    def building(self) -> AbstractContextManager[None]:
        """Holds the build lock of the database.

        Raises:
            LibraryLocked: another process holds it, on whichever machine.
            BuildFailed: the database cannot be reached or written.
        """
        return building(self._database, self._register)

    def open_live(self) -> Library:
        """Opens the live generation, also while builders switch and tidy up.

        Raises:
            NoGeneration: nothing is indexed.
            NothingLive: there are generations, but none is marked as live.
            DamagedGeneration: something of the live generation is missing or altered.
        """
        number = self._register.live_to_read()
        if number is None:
            raise NothingLive(f"{_NAME} (table dalil.live)") if self.numbers() else NoGeneration(_NAME)
        try:
            return self._open(number, self._database.reading)
        except DamagedGeneration:
            if self._register.live_to_read() == number:
                raise
            return self.open_live()  # it was switched, and tidied away, while we opened it

    def open(self, number: int) -> Library:
        """Opens a generation that is kept or waits.

        Raises:
            DamagedGeneration: it is not there, or cannot be opened.
        """
        return self._opened(number)

    def newest_intact(self) -> Library | None:
        """The live generation, or if it is damaged the newest that is not."""
        return newest_intact(self.numbers(), self.live(), self._opened)

    def before(self, number: int | None) -> int:
        """The newest intact generation older than ``number`` (of all, if it is None).

        Raises:
            UnknownGeneration: there is none.
        """
        return intact_before(self.numbers(), number, self._opened)

    def manifest(self, number: int) -> Manifest:
        """What a kept generation says of itself.

        Raises:
            DamagedGeneration: its manifest is missing or altered.
        """
        return self._register.manifest(number, self._database.writing)[0]

    def size(self) -> int:
        """The bytes that all generations take."""
        return self._register.size_of(*self._register.numbers("building", "waiting", "kept", "removed"))

    def size_of(self, number: int) -> int:
        """The bytes that a kept generation takes."""
        return self._register.size_of(number)

    def files(self, number: int) -> Mapping[str, Path]:
        """None: what is in a database is saved with it."""
        return {}

    def begin(self, dimension: int, *, number: int | None = None) -> Draft:
        """A new draft, of the next number or a given one; leftovers of killed builds go first. Hold the lock.

        Raises:
            BuildFailed: the database cannot be reached or written.
        """
        try:
            self._register.make()
            self._register.tidy(self._register.leftovers())
            number = self._register.begin(dimension, number)
            with translated():
                connection = self._database.connect()
        except DatabaseUnavailable as error:
            raise BuildFailed(str(error)) from error
        return PostgresDraft(
            connection, Made(Tables(self._database.writing, number), dimension), self._register, self._opened
        )

    def admit(self, number: int) -> None:
        """Makes a waiting generation live.

        Raises:
            UnknownGeneration: it does not wait.
            DamagedGeneration: something of it is missing or altered.
        """
        if number not in self.waiting():
            raise UnknownGeneration(number, self.waiting())
        self._opened(number)
        self._register.publish(number, "waiting")

    def take_up(self, numbers: Collection[int], live: int) -> None:
        """Keeps these generations, which wait, and makes one of them live, in one transaction.

        Raises:
            BuildFailed: one of them waits no more.
        """
        self._register.take_up(numbers, live)

    def drop(self, number: int) -> None:
        """Removes a waiting generation, if it still waits."""
        self._register.remove(number, "waiting")

    def switch(self, number: int) -> None:
        """Makes a kept generation the live one.

        Raises:
            UnknownGeneration: it is not kept.
            DamagedGeneration: something of it is missing or altered.
        """
        if number not in self.numbers():
            raise UnknownGeneration(number, self.numbers())
        self._opened(number)
        self._register.switch(number)

    def close(self) -> None:
        """Closes all connections; what was opened cannot be read any more."""
        self._watcher.close()
        self._database.close()

    def _opened(self, number: int) -> Library:
        return self._open(number, self._database.writing)

    def _open(self, number: int, connections: Connections) -> Library:
        manifest, aliases = self._register.manifest(number, connections)
        tables = Tables(connections, number)
        try:
            counts = tables.counts()
            spans = _verified(tables, manifest)
            library = Library(
                manifest=manifest,
                documents=PostgresDocuments(tables, counts["documents"]),
                passages=PostgresPassages(tables, spans, counts["vectors"]),
                vectors=PostgresVectors(tables, counts["vectors"], manifest.dimension),
                words=PostgresWords(tables),
                aliases=parsed_aliases(aliases),
            )
            library.check_counts()
        except ValueError as error:
            raise DamagedGeneration(number, f"it cannot be opened: {error}") from error
        return library


def _verified(tables: Tables, manifest: Manifest) -> bytes:
    """The spans of all passages, after comparing all arrays with their checksums.

    Raises:
        DamagedGeneration: one is missing or altered, or the generation was made for other stores.
    """
    kinds = manifest.vector_store, manifest.lexical_store
    if kinds != (VECTOR_KIND, LEXICAL_KIND):
        raise DamagedGeneration(manifest.number, f"its stores are {' and '.join(kinds)}")
    contents = {name: tables.array(name) for name in manifest.files}
    for name, content in contents.items():
        if hashlib.sha256(content).hexdigest() != manifest.files[name]:
            raise DamagedGeneration(manifest.number, f"{name} is not what was written")
    return contents[SPANS]
