"""The whole state is copied from one database to another, of whichever kinds, in one transaction that compares it."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

import sqlalchemy as sa
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from bot.state.copying import check_state, copied_state
from bot.state.database import Database, database_url
from bot.state.errors import StateChanged, StateNotEmpty, StateUnavailable
from bot.state.migrating import configuration
from bot.state.presence import is_anybody_there
from bot.state.store import Store
from bot.state.tables import answers, metadata, unanswered, updates

_BATCH: Final = 1_000  # rows sent together
_DIGEST_BITS: Final = 128
_VERSIONS: Final = "alembic_version"
_TAKES_LONG: Final = ("statement_timeout", "idle_in_transaction_session_timeout")

Row = dict[str, Any]
Tell = Callable[[int], None]
"""Is told how many rows are copied."""


class Total(NamedTuple):
    """What a table holds: its number of rows, and a digest of them all in whichever order."""

    rows: int
    digest: int


Totals = Mapping[str, Total]
"""That of each table, by name."""


def is_there(path_or_url: str) -> bool:
    """Whether a state is kept there, be it empty.

    Raises:
        StateUnavailable: that cannot be seen.
    """
    url = database_url(path_or_url)
    if url.get_backend_name() == "sqlite":
        return Path(url.database or "").is_file()
    with closing(Database(url)) as database, database.reading() as connection:
        return sa.inspect(connection).has_table(_VERSIONS)


def is_in_use(path_or_url: str) -> bool:
    """Whether a bot shares the server there this moment; of a file that cannot be seen here.

    Raises:
        StateUnavailable: that cannot be seen.
    """
    with closing(Database(database_url(path_or_url))) as database:
        if not database.is_shared:
            return False
        with database.reading() as connection:
            return is_anybody_there(connection)


def asked_in(path_or_url: str, *, most: int) -> list[str]:
    """The last questions that were asked, as they were understood, each once; those without a good answer too.

    Raises:
        StateUnavailable: they cannot be read.
    """
    given = sa.select(answers.c.understood).where(answers.c.understood != "").order_by(answers.c.created.desc())
    open_ones = sa.select(unanswered.c.question).order_by(unanswered.c.asked.desc())
    with _as_it_is_now(path_or_url) as connection:
        found = [text for query in (given, open_ones) for text in connection.scalars(query.limit(most))]
    return list(dict.fromkeys(found))


def totals_of(path_or_url: str) -> Totals:
    """What a state holds.

    Raises:
        StateUnavailable: it cannot be read.
        NewerState: a newer version of Dalil has written it.
    """
    with _as_it_is_now(path_or_url) as connection:
        return _totals(connection)


def room_for(path_or_url: str, wanted: Totals) -> None:
    """Sees to it that a state of these totals (empty: none) can be brought there: what is there is nothing or just it.

    The tables are made.

    Raises:
        StateNotEmpty: they hold something else.
        StateUnavailable: they cannot be made or read.
    """
    Store.open(path_or_url).close()
    with closing(Database(database_url(path_or_url))) as database, database.reading() as connection:
        _is_there_already(database, _totals(connection), wanted)


def transfer(source: str, target: str, tell: Tell) -> Totals:
    """Copies every row of every table, all or none; gives what was copied. The tables are there, see `room_for`.

    Raises:
        StateNotEmpty: the target holds something else.
        StateChanged: somebody wrote to the source meanwhile, or to the target; the target is as it was.
        StateUnavailable: one of them cannot be read or written; the target is as it was.
    """
    with (
        _as_it_is_now(source) as reading,
        closing(Database(database_url(target))) as database,
        database.writing() as writing,
    ):
        wanted = _totals(reading)
        _have_time(writing)
        _lock(writing)
        if is_anybody_there(writing):
            raise StateChanged(database.place, "a bot began to use it")
        if not _is_there_already(database, _totals(writing), wanted):
            _copy(reading, writing, tell)
            if _totals(writing) != wanted:
                raise StateChanged(database.place, "it does not hold what was written to it")
        if totals_of(source) != wanted:
            raise StateChanged(source if "://" not in source else "the database", "somebody wrote to it meanwhile")
        return wanted


def _is_there_already(database: Database, found: Totals, wanted: Totals) -> bool:
    """Whether a copy is there; False if there is nothing.

    Raises:
        StateNotEmpty: there is something else.
    """
    filled = [name for name, total in found.items() if total.rows]
    if filled and found != wanted:
        raise StateNotEmpty(database.place, filled[0])
    return bool(filled)


def _copy(reading: sa.Connection, writing: sa.Connection, tell: Tell) -> None:
    done = 0
    for table in metadata.sorted_tables:  # those that others refer to come first
        for rows in _batches(reading, table):
            writing.execute(sa.insert(table), rows)
            done += len(rows)
            tell(done)


def _batches(connection: sa.Connection, table: sa.Table) -> Iterator[list[Row]]:
    found = connection.execute(sa.select(table).execution_options(yield_per=_BATCH))
    for rows in found.mappings().partitions():
        yield [_carried(table, row) for row in rows]


def _carried(table: sa.Table, row: Mapping[Any, Any]) -> Row:
    """A row as it is carried over. No process handles an update while nobody runs; PostgreSQL knows no NUL in texts."""
    values = {name: _without_nul(value) for name, value in row.items()}
    return {**values, updates.c.owner.name: None} if table is updates else values


def _without_nul(value: object) -> object:
    return value.replace("\0", "\N{REPLACEMENT CHARACTER}") if isinstance(value, str) else value


def _totals(connection: sa.Connection) -> Totals:
    tables = metadata.sorted_tables
    return {table.name: _total(row for rows in _batches(connection, table) for row in rows) for table in tables}


def _total(rows: Iterable[Row]) -> Total:
    """Databases put texts in different orders, so that the digests of rows are added up."""
    count = digest = 0
    for row in rows:
        text = json.dumps(row, sort_keys=True).encode()
        count += 1
        digest += int.from_bytes(hashlib.blake2b(text, digest_size=_DIGEST_BITS // 8).digest())
    return Total(count, digest % 2**_DIGEST_BITS)


@contextmanager
def _as_it_is_now(path_or_url: str) -> Iterator[sa.Connection]:
    """A state at one moment, whoever writes it meanwhile. It stays as it is: a copy of a file is brought up to date."""
    with tempfile.TemporaryDirectory(prefix="dalil-state-") as folder:
        copy = copied_state(path_or_url, Path(folder) / "state.sqlite")
        if copy is not None:
            check_state(copy)
        with closing(Database(database_url(str(copy or path_or_url)))) as database, database.reading() as connection:
            if database.is_shared:
                connection.execution_options(isolation_level="REPEATABLE READ")
                _have_time(connection)
            _see_that_it_is_of_this_version(connection, database.place)
            yield connection


def _see_that_it_is_of_this_version(connection: sa.Connection, place: str) -> None:
    newest = ScriptDirectory.from_config(configuration()).get_current_head()
    if MigrationContext.configure(connection).get_current_revision() != newest:
        raise StateUnavailable(place, "its tables are not of this version of Dalil: run  dalil people  with it once")


def _have_time(connection: sa.Connection) -> None:
    """Lets a transaction take as long as it takes."""
    if connection.dialect.name == "postgresql":
        for name in _TAKES_LONG:
            connection.exec_driver_sql(f"SET LOCAL {name} = 0")


def _lock(connection: sa.Connection) -> None:
    """Nobody else reads or writes the tables before this transaction ends; a file is the writer's alone anyhow."""
    if connection.dialect.name == "postgresql":
        names = ", ".join(table.name for table in metadata.sorted_tables)
        connection.exec_driver_sql(f"LOCK TABLE {names} IN ACCESS EXCLUSIVE MODE")
