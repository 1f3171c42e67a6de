"""The tables of one generation: made, filled in bulk, read, measured."""

from __future__ import annotations

from functools import cached_property
from typing import Final

from index.stores.postgres.database import Connection, Connections, Query, Rows, translated
from index.stores.postgres.shards import (
    Spread,
    known_shards,
    part_of,
    run_on,
    run_where_it_lies,
    shards_of,
    spread_out,
)

_HERE: Final = """
CREATE SCHEMA {schema};
CREATE TABLE {schema}.arrays (name text PRIMARY KEY, content bytea STORAGE EXTERNAL NOT NULL);
"""
_DOCUMENTS: Final = """
    row int NOT NULL,
    name text NOT NULL,
    sha256 text NOT NULL,
    entry text NOT NULL,
    title text NOT NULL,
    place text,
    published date,
    url text,
    audience text NOT NULL,
    page_starts bigint[] NOT NULL,
    length int NOT NULL,
    first_passage int NOT NULL,
    passages int NOT NULL,
    width smallint NOT NULL,
    text bytea STORAGE EXTERNAL NOT NULL
"""
_VECTORS: Final = "row int NOT NULL, document int NOT NULL, vector halfvec({dimension}) NOT NULL"
_POSTINGS: Final = """
    field smallint NOT NULL,
    part smallint NOT NULL,
    term text COLLATE "C" NOT NULL,
    block int NOT NULL,
    held bytea NOT NULL
"""
_TABLES: Final = (
    Spread("documents", _DOCUMENTS, "row"),
    Spread("vectors", _VECTORS, "document"),
    Spread("postings", _POSTINGS, "part"),
)
"""What grows with the library. What readers keep of all passages is in ``arrays``, which is never spread."""

_KEYS: Final = """
ALTER TABLE {schema}.documents ADD PRIMARY KEY (row), ADD UNIQUE (name);
ALTER TABLE {schema}.vectors ADD PRIMARY KEY (row);
ALTER TABLE {schema}.postings ADD PRIMARY KEY (field, term, block, part);
ANALYZE {schema}.documents, {schema}.vectors, {schema}.postings;
"""
_DROP: Final = "DROP SCHEMA IF EXISTS {schema} CASCADE;"


def schema_of(number: int) -> str:
    """The schema that holds the tables of generation ``number``."""
    return f"dalil_g{number:06d}"


def create_tables(connection: Connection, number: int, dimension: int) -> None:
    """Makes the tables of a generation, empty and without keys: here, or spread over the shards that there are."""
    schema, shards = schema_of(number), known_shards(connection)
    tables = [each._replace(columns=each.columns.format(dimension=dimension)) for each in _TABLES]
    plain = "\n".join(f"CREATE TABLE {schema}.{each.table} ({each.columns});" for each in tables)
    connection.execute(_HERE.format(schema=schema).encode())
    if not shards:
        connection.execute(plain.encode())
        return
    # A shard may have kept tables of this number that were never known here, when the coordinator died meanwhile.
    run_on(connection, shards, f"{_DROP.format(schema=schema)} CREATE SCHEMA {schema}; {plain}")
    for each in tables:
        connection.execute(spread_out(schema, each, shards).encode())


def add_keys(connection: Connection, number: int) -> None:
    """Makes what rows are found by, once they are all there."""
    run_where_it_lies(connection, schema_of(number), _KEYS.format(schema=schema_of(number)))


def drop_tables(connection: Connection, number: int, patience: str) -> None:
    """Removes all tables of a generation, if they are there.

    Raises:
        psycopg.Error: somebody uses them for longer than ``patience``, or a shard does not answer.
    """
    schema = schema_of(number)
    shards = {*known_shards(connection), *shards_of(connection, schema)}
    drop = f"SET LOCAL lock_timeout = '{patience}'; {_DROP.format(schema=schema)}"
    connection.execute(drop.encode())
    run_on(connection, sorted(shards), drop)


def restored(kept: str) -> str:
    """What `kept` was given."""
    return kept if "\\" not in kept else kept.replace("\\0", "\0").replace("\\-", "\\")


def kept(text: str) -> str:
    """A text as a column can hold it: PostgreSQL knows no NUL."""
    return text.replace("\\", "\\-").replace("\0", "\\0")


class Tables:
    """The tables of one generation, for reading."""

    def __init__(self, connections: Connections, number: int) -> None:
        self.number = number
        self.schema = schema_of(number)
        self._connections = connections

    def fetch(self, query: str, *parameters: object, settings: tuple[tuple[str, str], ...] = ()) -> Rows:
        """The rows of a query, in which ``{g}`` stands for the schema.

        Raises:
            GenerationGone: the tables are not there, or not any more.
            DatabaseUnavailable: the database does not answer.
        """
        with translated(self.number):
            text = query.replace("{g}", self.schema).encode()
            return self._connections.fetch(Query(text, parameters, settings))

    def array(self, name: str) -> bytes:
        """The bytes of an array.

        Raises:
            GenerationGone, DatabaseUnavailable: as `fetch`.
            ValueError: it is missing.
        """
        found = self.fetch("SELECT content FROM {g}.arrays WHERE name = %s", name)
        if not found:
            raise ValueError(f"{name} is missing")
        return bytes(found[0][0])

    @cached_property
    def shards(self) -> int:
        """Over how many shards the generation is spread; 0: it is all here."""
        query = "SELECT count(*) FROM pg_inherits WHERE inhparent = to_regclass(%s)"
        return int(self.fetch(query, f"{self.schema}.documents")[0][0])

    def home(self, table: str, document: int) -> str:
        """What the table is called that holds this document's rows of ``table``."""
        return part_of(table, document % self.shards) if self.shards else table

    def parts(self, table: str) -> list[str]:
        """What the tables are called that together hold the rows of ``table``."""
        return [part_of(table, part) for part in range(self.shards)] or [table]

    def fetch_parts(
        self, table: str, query: str, *parameters: object, settings: tuple[tuple[str, str], ...] = ()
    ) -> Rows:
        """The rows of a query on each part of ``table``, in which ``{part}`` stands for it; all are asked at once.

        A shard computes what it is asked for by ORDER BY with LIMIT, or by GROUP BY; else it sends whole columns.

        Raises:
            GenerationGone, DatabaseUnavailable: as `fetch`.
        """
        each = [f"({query.replace('{part}', f'{self.schema}.{part}')})" for part in self.parts(table)]
        return self.fetch(" UNION ALL ".join(each), *parameters * len(each), settings=settings)

    def counts(self) -> dict[str, int]:
        """How many rows each table has."""
        columns = ", ".join(
            " + ".join(f"(SELECT count(*) FROM {{g}}.{part})" for part in self.parts(each.table)) for each in _TABLES
        )
        names = [each.table for each in _TABLES]
        return dict(zip(names, self.fetch(f"SELECT {columns}")[0], strict=True))
