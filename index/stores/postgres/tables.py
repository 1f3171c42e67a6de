"""The tables of one generation: made, filled in bulk, read, measured."""

from __future__ import annotations

from typing import Final

from index.stores.postgres.database import Connection, Connections, Query, Rows, translated

_TABLES: Final = """
CREATE SCHEMA {schema};
CREATE TABLE {schema}.documents (
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
);
CREATE TABLE {schema}.vectors (row int NOT NULL, vector halfvec({dimension}) NOT NULL);
CREATE TABLE {schema}.postings (
    field smallint NOT NULL,
    term text COLLATE "C" NOT NULL,
    block int NOT NULL,
    held bytea NOT NULL
);
CREATE TABLE {schema}.arrays (name text PRIMARY KEY, content bytea STORAGE EXTERNAL NOT NULL);
"""
_KEYS: Final = """
ALTER TABLE {schema}.documents ADD PRIMARY KEY (row), ADD UNIQUE (name);
ALTER TABLE {schema}.vectors ADD PRIMARY KEY (row);
ALTER TABLE {schema}.postings ADD PRIMARY KEY (field, term, block);
"""
_COUNTED: Final = ("documents", "vectors", "postings")


def schema_of(number: int) -> str:
    """The schema that holds the tables of generation ``number``."""
    return f"dalil_g{number:06d}"


def create_tables(connection: Connection, number: int, dimension: int) -> None:
    """Makes the tables of a generation, empty and without keys."""
    connection.execute(_TABLES.format(schema=schema_of(number), dimension=dimension).encode())


def add_keys(connection: Connection, number: int) -> None:
    """Makes what rows are found by, once they are all there."""
    schema = schema_of(number)
    connection.execute(_KEYS.format(schema=schema).encode())
    for table in _COUNTED:
        connection.execute(f"ANALYZE {schema}.{table}".encode())


def drop_tables(connection: Connection, number: int) -> None:
    """Removes all tables of a generation, if they are there."""
    connection.execute(f"DROP SCHEMA IF EXISTS {schema_of(number)} CASCADE".encode())


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

    def counts(self) -> dict[str, int]:
        """How many rows each table has."""
        columns = ", ".join(f"(SELECT count(*) FROM {{g}}.{table})" for table in _COUNTED)
        return dict(zip(_COUNTED, self.fetch(f"SELECT {columns}")[0], strict=True))
