"""Which processes share a database, and which of them does what only one may do.

Each holds a connection of its own with locks on it: whoever dies loses them at once, and need not be asked.
"""

from __future__ import annotations

import secrets
import threading
import zlib
from collections.abc import Callable, Iterable
from enum import IntEnum
from typing import Any, Final, Protocol

import sqlalchemy as sa
import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from bot.state.database import Database
from bot.state.errors import StateError
from bot.state.server import reaching, set_timeouts

NEWS: Final = "dalil_updates"
"""On this channel is said that an update was stored, with the bot's id."""

_LIVING: Final = 0x64616C00  # "dal": the first half of the lock's number; the other is who lives
_GLANCE: Final = 0.5  # seconds until a duty of somebody who died is taken over
_PAUSE: Final = 0.5  # seconds between attempts to reach the server
_MOST: Final = 2**31 - 1
_OTHERS: Final = sa.text(
    "SELECT count(*) - 1 FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = "
    f"{_LIVING} AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
)
_log = structlog.get_logger("dalil.presence")


class Duty(IntEnum):
    """What one process at a time does for a bot: the second half of its lock's number."""

    LEADING = 0x64616C01
    POLLING = 0x64616C02


class Follower(Protocol):
    """Who wants to know whether the server can be reached. Both are called in the thread of a `Presence`."""

    def missed(self) -> None:
        """It could not be reached, or not be written."""

    def reached(self, number: int) -> None:
        """It can be: before this process, which has that number, takes part again.

        Raises:
            StateError: it cannot be used, or not any more.
        """

    def met(self, others: int) -> None:
        """So many other processes use the database now, for whichever bot."""


class Presence:
    """One process among those that share a database. It has a ``number``, and the duties that nobody else has."""

    def __init__(self, database: Database, bot: int, follower: Follower | None = None) -> None:
        self.number = 1 + secrets.randbelow(_MOST)
        self._follower = follower
        self._database = database
        self._bot = zlib.crc32(str(bot).encode()) & _MOST
        self._held: frozenset[Duty] = frozenset()
        self._is_here = False
        self._is_ended = threading.Event()
        self._thread: threading.Thread | None = None

    def begin(self, duties: Iterable[Duty], woken: Callable[[], object]) -> None:
        """Is there from now on, and strives for these duties.

        ``woken`` is called, in a thread, when updates may have come, and several times a second besides.
        """
        wanted = tuple(duties)
        self._thread = threading.Thread(target=self._keep, args=(wanted, woken), daemon=True, name="presence")
        self._thread.start()

    def end(self) -> None:
        """Is not there any more, and has no duties."""
        self._is_ended.set()
        if self._thread is not None:
            self._thread.join(2 * _GLANCE)

    @property
    def is_here(self) -> bool:
        """Whether the others know that this process lives."""
        return self._is_here

    def has(self, duty: Duty) -> bool:
        """Whether that is to be done here, now."""
        return duty in self._held

    def _keep(self, wanted: tuple[Duty, ...], woken: Callable[[], object]) -> None:
        url = self._database.engine.url
        engine = sa.create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args=reaching(url))
        sa.event.listen(engine, "connect", set_timeouts)
        faults = (SQLAlchemyError, StateError, engine.dialect.loaded_dbapi.Error)
        while not self._is_ended.is_set():
            try:
                with engine.connect() as connection:
                    self._stay(connection, wanted, woken)
            except faults as error:
                if self._is_here:
                    _log.warning("the connection to the database is lost, trying again", error=type(error).__name__)
                self._is_here, self._held = False, frozenset()
                if self._follower is not None:
                    self._follower.missed()
                    woken()
            self._is_here, self._held = False, frozenset()
            self._is_ended.wait(_PAUSE)

    def _stay(self, connection: sa.Connection, wanted: tuple[Duty, ...], woken: Callable[[], object]) -> None:
        connection.exec_driver_sql(f"LISTEN {NEWS}")
        driver: Any = connection.connection.driver_connection
        if not _locked(connection, _LIVING, self.number):  # for the moment in which somebody sees whether we live
            return
        if self._follower is not None:
            self._follower.reached(self.number)
        self._is_here, held = True, set[Duty]()
        while not self._is_ended.is_set():
            new = {duty for duty in wanted if duty not in held and _locked(connection, duty, self._bot)}
            held |= new
            self._held = frozenset(held)
            for duty in new:
                _log.info("duty taken over", duty=duty.name.lower())
            woken()
            others = connection.scalar(_OTHERS)  # a connection that is lost is noticed by using it
            if self._follower is not None:
                self._follower.met(others or 0)
            for _ in driver.notifies(timeout=_GLANCE, stop_after=1):
                pass


def are_gone(connection: sa.Connection, number: int) -> bool:
    """Whether a process is dead; it cannot come back before this transaction ends."""
    if connection.dialect.name != "postgresql":
        return False
    return bool(connection.scalar(sa.select(sa.func.pg_try_advisory_xact_lock(_LIVING, number))))


def is_anybody_there(connection: sa.Connection) -> bool:
    """Whether any process shares the database this moment, for whichever bot."""
    if connection.dialect.name != "postgresql":
        return False
    query = (
        "SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND classid = :living"
        " AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))"
    )
    return bool(connection.scalar(sa.text(query), {"living": _LIVING}))


def _locked(connection: sa.Connection, first: int, second: int) -> bool:
    return bool(connection.scalar(sa.select(sa.func.pg_try_advisory_lock(first, second))))
