"""The time in which the server that is written is lost: who notices it, where is read and written meanwhile."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final, TypeVar

import structlog

from bot.state.database import Database
from bot.state.errors import PrimaryLost, StateUnavailable
from bot.state.lasting.calls import Call
from bot.state.lasting.journal import Journal, note
from bot.state.server import follows
from bot.state.store import Store

_PATIENCE: Final = 1.0  # seconds without the server after which it is lost: one that cuts connections is back at once
_log = structlog.get_logger("dalil.outage")
T = TypeVar("T")


class Outage:
    """Whether the server is lost. While it is, what is read and written goes elsewhere, one write at a time."""

    def __init__(self, primary: Database, replica: Database, journal: Journal) -> None:
        self.primary = primary
        self.replica_database = replica
        self.replica = Store(replica)
        self.journal = journal
        self.turn = threading.RLock()
        """Who holds it may write here; who ends the outage holds it, so that nothing is written here afterwards."""
        self.found_again = float("-inf")
        self.number = 0
        """Which outage it is since this process was started, or was the last one."""
        self.was_alone = False
        """Whether no other process used the server when it was last reached."""
        self._missed_since: float | None = None

    @property
    def is_on(self) -> bool:
        """Whether the server is lost."""
        return self.primary.is_lost

    def others_go_on(self) -> bool:
        """Whether the server lives, as the replica knows it, and only this process cannot reach it."""
        with self.replica_database.reading() as connection:
            return follows(connection)

    def read(self, usual: Callable[[], T], meanwhile: Callable[[Store, Store], T]) -> T:
        """What ``usual`` gives; during an outage what ``meanwhile`` gives of what is here and of the replica."""
        while True:
            was_on = self.is_on
            try:
                found = meanwhile(self.journal.store, self.replica) if was_on else usual()
            except PrimaryLost:
                if was_on:
                    raise
                continue  # it was lost this moment
            if was_on == self.is_on:
                return found

    def write(self, usual: Callable[[], T], here: Callable[[Store], T], said: Call | None = None) -> T:
        """Does ``usual``; during an outage ``here``, noting in the same transaction what is to be done later."""
        while True:
            with self.turn:
                if self.is_on:
                    with self.journal.writing() as (store, connection):
                        if said is not None:
                            note(connection, said)
                        return here(store)
            try:
                return usual()
            except PrimaryLost:  # this moment, or just back
                continue

    def missed(self) -> None:
        """The server could not be reached or written."""
        now = time.monotonic()
        self._missed_since = self._missed_since or now
        if self.is_on or now - self._missed_since < _PATIENCE:
            return
        try:
            self.journal.clear()  # it should be empty; and what cannot be written cannot keep anything
        except StateUnavailable as error:
            _log.error("the database is lost, and nothing can wait here either", error=str(error))
        else:
            self.begin()

    def seen(self) -> None:
        """The server can be reached and written."""
        self._missed_since = None

    def begin(self) -> None:
        """From now on the server is lost."""
        self.number += 1
        self.primary.is_lost = True
        _log.warning("the database is lost: answering goes on from a replica, and what is written waits")

    def end(self, landed: int) -> None:
        """From now on the server is used again; call it in turn, when nothing waits any more."""
        self.primary.is_lost = False
        self.found_again = time.monotonic()
        _log.warning("the database is back", landed=landed)
        with suppress(StateUnavailable):  # it is tried again before the next outage
            self.journal.clear()
