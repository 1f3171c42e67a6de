"""Databases with pgvector for the tests of generations."""

from __future__ import annotations

import atexit
from functools import cache
from itertools import count

import psycopg

from index.postgres.generations import PostgresGenerations
from index.postgres.register import Register
from index.stores.postgres.database import Database
from tests.postgres_server import server

_TEMPLATE = "dalil_template"
_NUMBERS = count(1)


@cache
def _template() -> str:
    """The name of a database in which nothing is indexed."""
    server().says(f"CREATE DATABASE {_TEMPLATE}")
    template = Database(server().url(_TEMPLATE))
    Register(template).make()
    template.close()
    return _TEMPLATE


def fresh_database() -> str:
    """The address of a database in which nothing is indexed."""
    name = f"test_{next(_NUMBERS)}"
    server().says(f"CREATE DATABASE {name} TEMPLATE {_template()}")
    return server().url(name)


def make_copy(address: str, original: str) -> None:
    """Puts a copy of a database in the place of another; nobody may be connected to either."""
    name, template = (psycopg.conninfo.conninfo_to_dict(each)["dbname"] for each in (address, original))
    server().says(f"DROP DATABASE {name}")
    server().says(f"CREATE DATABASE {name} TEMPLATE {template}")


def generations_in(address: str) -> PostgresGenerations:
    generations = PostgresGenerations(Database(address))
    atexit.register(generations.close)  # before the server ends, or the log would be full of connections that broke
    return generations
