"""The file on this machine in which writes wait: each process's own, found again after it was killed."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

import sqlalchemy as sa
import structlog
from filelock import BaseFileLock, FileLock

from bot.state.database import Database, Within, database_url
from bot.state.errors import StateError, StateUnavailable
from bot.state.lasting.calls import Call
from bot.state.migrating import prepare
from bot.state.store import Store
from bot.state.tables import facts, metadata, updates

_NAME: Final = "journal"  # the fact by which a server knows how much of which journal it was told
_log = structlog.get_logger("dalil.journal")
_entries: Final = sa.Table(
    "journal",
    sa.MetaData(),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("said", sa.JSON, nullable=False),
    sqlite_autoincrement=True,  # a number is never given twice
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A call that waits. Numbers ascend in the order in which the calls were made."""

    number: int
    call: Call


class Journal:
    """Calls that wait, and the rows as they are meanwhile. Nobody else uses the file as long as it is open."""

    def __init__(self, file: Path, lock: BaseFileLock) -> None:
        """Opens a file whose lock is held.

        Raises:
            StateError: it cannot be opened or written, or a newer version has written it.
        """
        self._lock = lock
        self.database = Database(database_url(str(file)))
        sa.event.listen(self.database.engine, "connect", _keep_through_power_cuts)
        prepare(self.database)
        with self.database.writing() as connection:
            _entries.create(connection, checkfirst=True)
        self.store = Store(self.database)
        self.store.facts.suggest(_NAME, secrets.token_hex(16))

    @property
    def name(self) -> str:
        """By which servers know this journal."""
        return f"{_NAME}:{self.store.facts.get(_NAME)}"

    @contextmanager
    def writing(self) -> Iterator[tuple[Store, sa.Connection]]:
        """A transaction on this machine: the rows, and where to `note` what is to be done later."""
        with self.database.writing() as connection:
            yield Store(Within(self.database, connection)), connection

    def entries(self, *, most: int) -> list[Entry]:
        """The calls that were made first."""
        query = sa.select(_entries).order_by(_entries.c.number).limit(most)
        with self.database.reading() as connection:
            return [Entry(row.number, Call.from_json(row.said)) for row in connection.execute(query)]

    def drop(self, *, through: int) -> None:
        """The calls up to this one wait no more."""
        with self.database.writing() as connection:
            connection.execute(sa.delete(_entries).where(_entries.c.number <= through))

    def waiting(self) -> int:
        """How many calls and updates wait."""
        unfinished = sa.select(sa.func.count()).where(updates.c.payload.is_not(None))
        with self.database.reading() as connection:
            calls = connection.scalar(sa.select(sa.func.count()).select_from(_entries)) or 0
            return calls + (connection.scalar(unfinished) or 0)

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits, and no update is known that the server may not know."""
        with self.database.reading() as connection:
            queries = sa.select(_entries.c.number), sa.select(updates.c.update_id)
            return not any(connection.execute(query.limit(1)).first() for query in queries)

    def disown(self) -> None:
        """Nobody handles the updates that are not done: who did was killed."""
        with self.database.writing() as connection:
            connection.execute(sa.update(updates).values(owner=None))

    def clear(self) -> None:
        """Deletes what people said and all else; its name stays."""
        with self.database.writing() as connection:
            connection.execute(sa.delete(_entries))
            for table in reversed(metadata.sorted_tables):
                if table is not facts:
                    connection.execute(sa.delete(table))

    def close(self) -> None:
        """Lets others have the file."""
        self.database.close()
        self._lock.release()


def note(connection: sa.Connection, said: Call) -> None:
    """Adds a call to the journal that this transaction writes."""
    connection.execute(sa.insert(_entries).values(said=said.as_json()))


def own_journal(folder: Path) -> Journal:
    """The first journal that no living process uses: the one of the process that was killed before, or a new one.

    Raises:
        StateError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)  # what people say is for nobody else on this machine
    except OSError as error:
        raise StateUnavailable(str(folder), str(error)) from error
    return next(filter(None, (_opened(folder / f"{number}.sqlite") for number in count(1))))


def left_journals(folder: Path) -> Iterator[Journal]:
    """The journals of processes that are no more; each is closed when the next is asked for."""
    for file in sorted(folder.glob("*.sqlite")):
        try:
            journal = _opened(file)
        except StateError as error:  # a newer version will land it, or somebody who mends it
            _log.error("what waits cannot be read", file=file.name, error=str(error))
            continue
        if journal is not None:
            try:
                yield journal
            finally:
                journal.close()


def _opened(file: Path) -> Journal | None:
    lock = FileLock(file.with_suffix(".used"), timeout=0)
    try:
        lock.acquire()
    except TimeoutError:
        return None
    except OSError as error:
        raise StateUnavailable(str(file), str(error)) from error
    try:
        return Journal(file, lock)
    except BaseException:
        with suppress(OSError):
            lock.release()
        raise


def _keep_through_power_cuts(connection: sa.engine.interfaces.DBAPIConnection, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()
