"""Shards: further servers, over which the documents of a generation are spread with all that belongs to each.

deploy/shards/ sets them up: the database that everybody uses lists their numbers in dalil.shards, and knows shard 1 as
the foreign server dalil_shard_1. What is to be done there is written to the foreign table dalil.shard_1_statements; it
is done in the same transaction, so that tables are made and dropped on all servers.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, NamedTuple

import psycopg

from index.stores.postgres.database import Connection

_ARE_THERE: Final = "SELECT to_regclass('dalil.shards')"
_KNOWN: Final = "SELECT number FROM dalil.shards ORDER BY number"
_USED: Final = (
    "SELECT DISTINCT substr(s.srvname, length('dalil_shard_') + 1)::int FROM pg_foreign_table f"
    " JOIN pg_class c ON c.oid = f.ftrelid JOIN pg_foreign_server s ON s.oid = f.ftserver"
    " WHERE c.relnamespace = to_regnamespace(%s) AND s.srvname ~ '^dalil_shard_[0-9]+$' ORDER BY 1"
)


class Spread(NamedTuple):
    """A table that can be spread: its name, its columns, and by which number of a row a shard is chosen."""

    table: str
    columns: str
    number: str


def known_shards(connection: Connection) -> list[int]:
    """The shards over which new generations are spread; none: all is kept here."""
    return _numbers(connection.execute(_KNOWN).fetchall()) if _first(connection, _ARE_THERE) else []


def shards_of(connection: Connection, schema: str) -> list[int]:
    """The shards over which the tables in a schema are spread."""
    return _numbers(connection.execute(_USED, (schema,)).fetchall())


def run_on(connection: Connection, shards: Iterable[int], statements: str) -> None:
    """Does statements on shards, one shard after the other, with what else the transaction does."""
    for shard in shards:
        connection.execute(f"INSERT INTO dalil.shard_{shard}_statements VALUES (%s)".encode(), (statements,))


def run_where_it_lies(connection: Connection, schema: str, statements: str) -> None:
    """Does statements on the tables of a schema: here, or where they are spread on all shards at the same time."""
    shards = shards_of(connection, schema)
    if not shards:
        connection.execute(statements.encode())
        return
    with ThreadPoolExecutor(len(shards), thread_name_prefix="dalil-shard") as working:
        begun = [working.submit(_run_apart, connection, shard, statements) for shard in shards]
    for each in begun:
        each.result()


def _run_apart(connection: Connection, shard: int, statements: str) -> None:
    """Does statements on a shard, on a connection of their own to where ``connection`` leads."""
    with psycopg.connect(connection.info.dsn, password=connection.info.password, autocommit=True) as own:
        run_on(own, [shard], statements)


def part_of(table: str, part: int) -> str:
    """What a table's rows on one shard are called where it is spread."""
    return f"{table}_{part}"


def spread_out(schema: str, table: Spread, shards: list[int]) -> str:
    """The statements that make a table whose rows lie on shards, in tables of the same name."""
    made = (
        f"CREATE TABLE {schema}.{table.table} ({table.columns}) PARTITION BY LIST (({table.number} % {len(shards)}));"
    )
    parts = (
        f"CREATE FOREIGN TABLE {schema}.{part_of(table.table, part)} PARTITION OF {schema}.{table.table}"
        f" FOR VALUES IN ({part}) SERVER dalil_shard_{shard}"
        f" OPTIONS (schema_name '{schema}', table_name '{table.table}');"
        for part, shard in enumerate(shards)
    )
    return "\n".join((made, *parts))


def _numbers(rows: Iterable[tuple[Any, ...]]) -> list[int]:
    return [int(number) for (number,) in rows]


def _first(connection: Connection, query: str) -> object:
    found = connection.execute(query.encode()).fetchone()
    return found and found[0]
