"""Ways to a database: connections for reading and for writing, and what their failures are called here."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg_pool import ConnectionPool, PoolTimeout

from index.errors import DatabaseUnavailable, GenerationGone

Connection = psycopg.Connection[tuple[Any, ...]]
Rows = list[tuple[Any, ...]]

_MOST: Final = 16  # connections of a process for reading; more questions at once wait for one of them
_PATIENCE: Final = 10.0  # seconds that a caller waits for a connection
_GONE: Final = (psycopg.errors.UndefinedTable, psycopg.errors.InvalidSchemaName)
# Compiling takes longer than our short queries. A dead machine is noticed, and its locks are freed, in half a minute.
_SETTINGS: Final = (
    "SET jit = off; SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 4"
)


class Query(NamedTuple):
    """A query in SQL with its parameters, and settings that hold for it alone."""

    text: bytes
    parameters: Sequence[object] = ()
    settings: tuple[tuple[str, str], ...] = ()


class Connections:
    """Connections to one address, taken up again after each query; each statement is a transaction."""

    def __init__(self, url: str) -> None:
        """Connects when first asked."""
        self._url = url
        self._making = threading.Lock()
        self._made: ConnectionPool[Connection] | None = None

    @property
    def _pool(self) -> ConnectionPool[Connection]:
        with self._making:
            self._made = self._made or self._new_pool()
            return self._made

    def _new_pool(self) -> ConnectionPool[Connection]:
        with psycopg.connect(self._url, connect_timeout=int(_PATIENCE)):
            pass  # what is wrong is said at once, and better than the pool does
        return ConnectionPool(
            self._url, min_size=1, max_size=_MOST, timeout=_PATIENCE, kwargs={"autocommit": True},
            configure=_configure, open=True, name="dalil", reconnect_timeout=_PATIENCE,
        )  # fmt: skip

    def fetch(self, query: Query) -> Rows:
        """The rows of a query that only reads: asked once more where the server had closed the connection.

        Raises:
            psycopg.Error: as the server says.
        """
        try:
            return self._fetch(query)
        except (psycopg.errors.QueryCanceled, PoolTimeout):
            raise
        except psycopg.OperationalError:
            self._pool.check()
            return self._fetch(query)

    def _fetch(self, query: Query) -> Rows:
        with self._pool.connection() as connection:
            if not query.settings:
                return connection.execute(query.text, query.parameters, binary=True).fetchall()
            with connection.pipeline(), connection.transaction():  # one way there and back
                for setting in query.settings:
                    connection.execute("SELECT set_config(%s, %s, true)", setting)
                cursor = connection.execute(query.text, query.parameters, binary=True)
            return cursor.fetchall()

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A connection on which all is done or nothing."""
        with self._pool.connection() as connection, connection.transaction():
            yield connection

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """A connection on which each statement is done at once."""
        with self._pool.connection() as connection:
            yield connection

    def close(self) -> None:
        """Closes all connections."""
        if self._made is not None:
            self._made.close()


class Database:
    """A database, written in one place and read there or from its standbys."""

    def __init__(self, url: str, read_url: str = "") -> None:
        """Connects when first asked. ``read_url`` is where generations are read from; empty: where they are written."""
        self._url = _seeking(url, "read-write")
        self.writing = Connections(self._url)
        self.reading = Connections(_seeking(read_url, "prefer-standby")) if read_url else self.writing

    def connect(self) -> Connection:
        """A connection of its own, to where the database is written; whoever asks closes it.

        Raises:
            psycopg.Error: there is none to be had.
        """
        connection = psycopg.connect(self._url, autocommit=True, connect_timeout=int(_PATIENCE))
        _configure(connection)
        return connection

    def close(self) -> None:
        """Closes all connections but those that were given away."""
        self.reading.close()
        self.writing.close()


def _seeking(url: str, attributes: str) -> str:
    """An address of several servers with which of them is wanted, unless it says so itself."""
    try:
        known = conninfo_to_dict(url)
    except psycopg.ProgrammingError:  # connecting says what is wrong with it
        return url
    is_plain = "," not in str(known.get("host", "")) or "target_session_attrs" in known
    return url if is_plain else make_conninfo(url, target_session_attrs=attributes)


def _configure(connection: Connection) -> None:
    connection.execute(_SETTINGS)


@contextmanager
def translated(number: int | None = None) -> Iterator[None]:
    """Failures of the database as errors of the index; ``number``: the generation whose tables are used.

    Raises:
        GenerationGone: the tables of that generation are not there.
        DatabaseUnavailable: anything else that the database or the way to it does not do.
    """
    try:
        yield
    except _GONE as error:
        if number is None:
            raise DatabaseUnavailable(_first_line(error)) from error
        raise GenerationGone(number, _first_line(error)) from error
    except psycopg.Error as error:
        raise DatabaseUnavailable(_first_line(error)) from error


def _first_line(error: psycopg.Error) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0]
