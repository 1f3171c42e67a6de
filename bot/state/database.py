"""The connection to the database: short transactions that are whole or not at all, on SQLite or PostgreSQL."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.state.errors import PrimaryLost, StateUnavailable
from bot.state.server import is_server, pooled, server_url, set_timeouts, shown

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import DBAPIConnection

WRITING: Final = "dalil_writing"
BUSY_MS: Final = 2_000  # a write takes well under a millisecond; so long waits only who meets a stuck process
_EXTRA: Final = "install dalil[postgresql]"
PRAGMAS: Final = (
    f"busy_timeout = {BUSY_MS}",  # first, for the next one may have to wait
    "journal_mode = WAL",
    "synchronous = NORMAL",  # a killed process loses nothing; a power cut may lose the last moments, never more
    "foreign_keys = ON",
    "secure_delete = ON",  # what a person had deleted is overwritten
)


class Database:
    """One database; to be used from any number of threads."""

    is_lost = False
    """Whether its server is known to be lost: then nobody waits to be told so again."""

    def __init__(self, url: sa.URL) -> None:
        """Opens nothing yet.

        Raises:
            StateUnavailable: there is no driver for such a database.
        """
        self.place = url.database or "" if _is_file(url) else shown(url)
        self.is_shared = is_server(url)
        """Whether processes on any number of machines use it at once."""
        try:
            self.engine = sa.create_engine(
                url,
                hide_parameters=True,
                json_serializer=partial(json.dumps, ensure_ascii=False),
                execution_options={"preserve_rowcount": True},  # else PostgreSQL does not say it of an insertion
                **(pooled(url) if self.is_shared else {}),
            )
        except ImportError as error:
            raise StateUnavailable(self.place, f"its driver is not installed ({error}): {_EXTRA}") from error
        except SQLAlchemyError as error:
            raise StateUnavailable(self.place, str(error)) from error
        # SQLite lets one write at a time, and who waits for it sleeps, looks again and may be passed by: of 4,000
        # writes by 8 threads the slowest took 59 ms with this lock and 849 ms without.
        self._writer = threading.Lock() if _is_file(url) else nullcontext()
        self._is_ending = threading.Event()
        if _is_file(url):
            sa.event.listen(self.engine, "connect", _set_pragmas)
            sa.event.listen(self.engine, "begin", _begin)
        elif self.is_shared:
            sa.event.listen(self.engine, "connect", set_timeouts)

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """A transaction that sees one state of the database and changes nothing.

        Raises:
            StateUnavailable: the database cannot be read.
        """
        self._refuse_if_lost()
        with self._translating(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """A transaction that is committed at its end, or, if anything fails, leaves no trace.

        Raises:
            StateUnavailable: the database cannot be written; nothing has changed.
        """
        self._refuse_if_lost()
        with self._translating(), self._writer:
            if self._is_ending.is_set():
                raise StateUnavailable(self.place, "it is being closed")
            with self.engine.connect() as connection, _begun(connection):
                yield connection

    @contextmanager
    def changing_tables(self) -> Iterator[sa.Connection]:
        """A writing transaction in which a table may be replaced by a changed copy.

        Raises:
            StateUnavailable: the database cannot be written; nothing has changed.
        """
        with self._translating(), self._writer, self.engine.connect() as connection:
            if connection.dialect.name == "sqlite":  # else dropping a table deletes what refers to its rows
                _execute(connection.connection.dbapi_connection, "PRAGMA foreign_keys = OFF")
            with _begun(connection):
                yield connection
        self.engine.dispose()  # later connections look after their foreign keys

    def end(self) -> None:
        """Refuses to write from now on, to those who wait for each other too."""
        self._is_ending.set()

    def close(self) -> None:
        """Lets go of the connections that no thread is using."""
        self.engine.dispose()

    def _refuse_if_lost(self) -> None:
        if self.is_lost:
            raise PrimaryLost(self.place)

    @contextmanager
    def _translating(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise StateUnavailable(self.place, str(error.orig)) from error
        except SQLAlchemyError as error:
            raise StateUnavailable(self.place, str(error)) from error


class Within(Database):
    """A database of which all is done in one transaction that is under way: what fails in it leaves no trace."""

    def __init__(self, database: Database, connection: sa.Connection) -> None:
        self.place, self.is_shared, self.engine = database.place, database.is_shared, database.engine
        self._connection = connection

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """That transaction."""
        yield self._connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """That transaction, which ends later."""
        yield self._connection


def database_url(path_or_url: str, *, to_read: bool = False) -> sa.URL:
    """Where the state is: a URL as SQLAlchemy or PostgreSQL takes it, or else the path of an SQLite file.

    ``to_read``: of several servers not the one that can be written, if there is another.

    Raises:
        StateUnavailable: it is a URL that cannot be understood.
    """
    if "://" not in path_or_url:
        return sa.URL.create("sqlite", database=str(Path(path_or_url).absolute()))
    try:
        return server_url(path_or_url, prefers="prefer-standby" if to_read else "read-write")
    except (SQLAlchemyError, ValueError):
        # The text itself may hold a password
        raise StateUnavailable("the database", "its URL cannot be understood") from None


def password_of(path_or_url: str) -> str:
    """The password in a URL; empty if there is none.

    Raises:
        StateUnavailable: as `database_url`.
    """
    return str(database_url(path_or_url).password or "")


def inserting(connection: sa.Connection, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
    """An insertion that can say what happens to a row that is there already."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


def upsert(connection: sa.Connection, table: sa.Table, values: dict[str, Any]) -> None:
    """Adds a row, or changes exactly these values of the row with the same primary key."""
    key = list(table.primary_key.columns.keys())
    insertion = inserting(connection, table).values(values)
    changed = {name: insertion.excluded[name] for name in values if name not in key}
    connection.execute(insertion.on_conflict_do_update(index_elements=key, set_=changed))


def _is_file(url: sa.URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _begun(connection: sa.Connection) -> sa.RootTransaction:
    return connection.execution_options(**{WRITING: True}).begin()


def _set_pragmas(connection: DBAPIConnection, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where we say so, those that change tables too
    for pragma in PRAGMAS:
        _execute(connection, f"PRAGMA {pragma}")


def _execute(connection: DBAPIConnection | None, statement: str) -> None:
    if connection is None:
        return
    cursor = connection.cursor()
    cursor.execute(statement)
    cursor.close()


def _begin(connection: sa.Connection) -> None:
    # One that reads first would else be refused its writes if another process wrote in between
    writing = connection.get_execution_options().get(WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
