"""The register of generations: which there are, what each says of itself, which is live."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Final, Literal

import psycopg

from index.choosing import too_many
from index.errors import BuildFailed, DamagedGeneration, UnknownGeneration
from index.manifest import Manifest, parsed_manifest
from index.stores.postgres.database import Connection, Connections, Database, Query, Rows, translated
from index.stores.postgres.shards import known_shards
from index.stores.postgres.tables import create_tables, drop_tables, kept, restored, schema_of

CHANNEL: Final = "dalil_live"
"""On which the number of a generation is told when it becomes live."""

State = Literal["building", "waiting", "kept", "removed"]

_SCHEMA: Final = """
SELECT pg_advisory_xact_lock({making});
CREATE EXTENSION IF NOT EXISTS vector;
CREATE SCHEMA IF NOT EXISTS dalil;
CREATE TABLE IF NOT EXISTS dalil.generations (
    number int PRIMARY KEY,
    state text NOT NULL CHECK (state IN ('building', 'waiting', 'kept', 'removed')),
    manifest text,
    aliases text
);
CREATE TABLE IF NOT EXISTS dalil.live (
    sole boolean PRIMARY KEY DEFAULT true CHECK (sole),
    number int NOT NULL
);
CREATE TABLE IF NOT EXISTS dalil.builder (
    sole boolean PRIMARY KEY DEFAULT true CHECK (sole),
    owner text NOT NULL
);
"""
_SIZE: Final = (
    b"SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint FROM pg_class c"
    b" JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND n.nspname = ANY(%s)"
)
BUILDING: Final = 0x64616C_0001
"""The advisory lock that a builder holds; the next ones are held for the moment of a switch, or of making tables."""

_SWITCHING: Final = 0x64616C_0002
_MAKING: Final = 0x64616C_0003
_PATIENCE: Final = "2s"  # for readers of tables that are to be dropped
_SCHEMA_NAME: Final = re.compile(r"dalil_g([0-9]{6,9})")
_MISSING: Final = (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName)


class Register:
    """What is known of all generations."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def make(self) -> None:
        """Makes the register, if it is not there.

        Raises:
            DatabaseUnavailable: it cannot be made.
        """
        with translated():
            if not self._database.writing.fetch(Query(b"SELECT to_regclass('dalil.builder')"))[0][0]:
                with self._database.writing.transaction() as connection:
                    connection.execute(_SCHEMA.format(making=_MAKING).encode())

    def numbers(self, *states: State) -> tuple[int, ...]:
        """The generations in these states, ascending."""
        query = b"SELECT number FROM dalil.generations WHERE state = ANY(%s) ORDER BY number"
        return tuple(number for (number,) in self._rows(self._database.writing, query, list(states)))

    def live(self) -> int | None:
        """The live generation."""
        return _only(self._rows(self._database.writing, b"SELECT number FROM dalil.live"))

    def live_to_read(self) -> int | None:
        """The live generation, as it is known where generations are read."""
        return _only(self._rows(self._database.reading, b"SELECT number FROM dalil.live"))

    def manifest(self, number: int, connections: Connections) -> tuple[Manifest, str]:
        """What a generation says of itself, and its aliases.

        Raises:
            DamagedGeneration: it does not, or not what was written.
        """
        query = b"SELECT manifest, aliases FROM dalil.generations WHERE number = %s AND state <> 'removed'"
        found = self._rows(connections, query, number)
        if not found or found[0][0] is None:
            raise DamagedGeneration(number, "its manifest is missing")
        return parsed_manifest(restored(found[0][0]), number), restored(found[0][1])

    def begin(self, dimension: int, number: int | None = None) -> int:
        """A new generation that is being built, its tables made; gives its number, the next unless one is given."""
        with translated(), self._database.writing.transaction() as connection:
            query = (
                "INSERT INTO dalil.generations (number, state) SELECT coalesce(%s, greatest("
                "(SELECT coalesce(max(number), 0) FROM dalil.generations),"
                " (SELECT coalesce(max(number), 0) FROM dalil.live)) + 1), 'building' RETURNING number"
            )
            found = connection.execute(query, (number,)).fetchone()
            assert found is not None
            create_tables(connection, found[0], dimension)
            return int(found[0])

    def describe(self, manifest: Manifest, aliases: str) -> None:
        """Keeps what a generation says of itself."""
        query = "UPDATE dalil.generations SET manifest = %s, aliases = %s WHERE number = %s AND state = 'building'"
        with translated(), self._database.writing.transaction() as connection:
            done = connection.execute(query, (kept(manifest.text()), kept(aliases), manifest.number))
            _see_that_it_is_there(done.rowcount, manifest.number)

    def set_aside(self, number: int) -> None:
        """Lets a built generation wait."""
        query = "UPDATE dalil.generations SET state = 'waiting' WHERE number = %s AND state = 'building'"
        with translated(), self._database.writing.transaction() as connection:
            _see_that_it_is_there(connection.execute(query, (number,)).rowcount, number)

    def publish(self, number: int, state: State) -> None:
        """Makes a generation in ``state`` live, in one transaction with all that follows; then removes the oldest.

        Raises:
            BuildFailed: it is in that state no more, for somebody else has taken it for a leftover.
        """
        with translated(), self._database.writing.transaction() as connection:
            _lock(connection)
            previous = _only(connection.execute("SELECT number FROM dalil.live").fetchall())
            query = "UPDATE dalil.generations SET state = 'kept' WHERE number = %s AND state = %s"
            _see_that_it_is_there(connection.execute(query, (number, state)).rowcount, number)
            _point_to(connection, number)
            every = connection.execute("SELECT number FROM dalil.generations WHERE state = 'kept'").fetchall()
            doomed = too_many((each for (each,) in every), number, previous)
            query = "UPDATE dalil.generations SET state = 'removed' WHERE number = ANY(%s)"
            connection.execute(query, (doomed,))
        self.tidy(doomed)

    def switch(self, number: int) -> None:
        """Makes a kept generation live.

        Raises:
            UnknownGeneration: it is not kept.
        """
        with translated(), self._database.writing.transaction() as connection:
            _lock(connection)
            every = connection.execute(
                "SELECT number FROM dalil.generations WHERE state = 'kept' ORDER BY 1"
            ).fetchall()
            numbers = tuple(each for (each,) in every)
            if number not in numbers:
                raise UnknownGeneration(number, numbers)
            _point_to(connection, number)

    def take_up(self, numbers: Collection[int], live: int) -> None:
        """Keeps generations that wait, and makes one of them live, in one transaction.

        Raises:
            BuildFailed: one of them waits no more, for somebody else has removed it.
        """
        with translated(), self._database.writing.transaction() as connection:
            _lock(connection)
            query = "UPDATE dalil.generations SET state = 'kept' WHERE number = %s AND state = 'waiting'"
            for number in numbers:
                _see_that_it_is_there(connection.execute(query, (number,)).rowcount, number)
            _point_to(connection, live)

    def remove(self, number: int, state: State) -> None:
        """Removes a generation, if it is in ``state``."""
        query = "UPDATE dalil.generations SET state = 'removed' WHERE number = %s AND state = %s"
        with translated(), self._database.writing.transaction() as connection:
            was_there = connection.execute(query, (number, state)).rowcount
        if was_there:
            self.tidy([number])

    def tidy(self, removed: Iterable[int]) -> None:
        """Drops the tables of removed generations; who reads one this moment is waited for a little while.

        What cannot be dropped now is dropped by a later build.
        """
        for number in removed:
            with translated(), self._database.writing.connection() as connection:
                try:
                    with connection.transaction():
                        drop_tables(connection, number, _PATIENCE)
                        connection.execute("DELETE FROM dalil.generations WHERE number = %s", (number,))
                except (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected):
                    continue

    def leftovers(self) -> set[int]:
        """What killed builds and removals left. Call with the build lock held."""
        query = b"SELECT nspname FROM pg_namespace WHERE nspname LIKE 'dalil\\_g%%' AND %s"
        names = [name for (name,) in self._rows(self._database.writing, query, True)]
        schemas = {int(match[1]) for name in names if (match := _SCHEMA_NAME.fullmatch(name))}
        return (schemas | set(self.numbers("building", "removed"))) - set(self.numbers("kept", "waiting"))

    def size_of(self, *numbers: int) -> int:
        """The bytes that the tables of generations take, with all that belongs to them, on shards too."""
        schemas = [schema_of(number) for number in numbers]
        found = self._rows(self._database.writing, _SIZE, schemas)
        with translated(), self._database.writing.connection() as connection:
            for shard in known_shards(connection):
                query = f"SELECT coalesce(sum(bytes), 0)::bigint FROM dalil.shard_{shard}_sizes WHERE name = ANY(%s)"
                found += connection.execute(query.encode(), (schemas,)).fetchall()
        return sum(int(size) for (size,) in found)

    def _rows(self, connections: Connections, query: bytes, *parameters: object) -> Rows:
        """The rows of a query; none where there is no register yet."""
        with translated():
            try:
                return connections.fetch(Query(query, parameters))
            except _MISSING:
                return []


def _lock(connection: Connection) -> None:
    connection.execute("SELECT pg_advisory_xact_lock(%s)", (_SWITCHING,))


def _point_to(connection: Connection, number: int) -> None:
    query = "INSERT INTO dalil.live (number) VALUES (%s) ON CONFLICT (sole) DO UPDATE SET number = excluded.number"
    connection.execute(query, (number,))
    connection.execute("SELECT pg_notify(%s, %s)", (CHANNEL, str(number)))


def _see_that_it_is_there(changed: int, number: int) -> None:
    if changed != 1:
        raise BuildFailed(
            f"generation {number} was taken for a leftover: the lock was lost; the live index is untouched"
        )


def _only(rows: Rows) -> int | None:
    return int(rows[0][0]) if rows else None
