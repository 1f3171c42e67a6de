"""One builder at a time, on however many machines: an advisory lock, which ends with the connection of its holder."""

from __future__ import annotations

import datetime as dt
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg

from index.errors import BuildFailed, DatabaseUnavailable, LibraryLocked
from index.postgres.register import BUILDING, Register
from index.stores.postgres.database import Connection, Database, translated

_OWNER = "INSERT INTO dalil.builder (owner) VALUES (%s) ON CONFLICT (sole) DO UPDATE SET owner = excluded.owner"


@contextmanager
def building(database: Database, register: Register) -> Iterator[None]:
    """Holds the build lock of a database.

    Raises:
        LibraryLocked: another process holds it, on this machine or another; the message says which, and since when.
        BuildFailed: the database cannot be reached or written.
    """
    try:
        register.make()
        with translated():
            connection = database.connect()
    except DatabaseUnavailable as error:
        raise BuildFailed(str(error)) from error
    try:
        with translated():
            _take(connection)
        yield
    finally:
        with suppress(psycopg.Error):  # closing frees it too, but a moment later
            connection.execute("SELECT pg_advisory_unlock_all()")
        connection.close()


def _take(connection: Connection) -> None:
    if not _first(connection, "SELECT pg_try_advisory_lock(%s)", BUILDING):
        raise LibraryLocked(str(_first(connection, "SELECT max(owner) FROM dalil.builder") or "owner unknown"))
    since = dt.datetime.now(dt.UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    connection.execute(_OWNER, (f"process {os.getpid()} on {socket.gethostname()}, since {since}",))


def _first(connection: Connection, query: str, *parameters: object) -> object:
    found = connection.execute(query.encode(), parameters).fetchone()
    return found and found[0]
