"""The store on a server with replicas: while the server is lost, answering goes on and what is written waits."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import structlog

from bot.state.database import Database, database_url
from bot.state.errors import StateUnavailable
from bot.state.facts import Facts
from bot.state.lasting.journal import Journal, left_journals, own_journal
from bot.state.lasting.landing import land, land_updates
from bot.state.lasting.outage import Outage
from bot.state.lasting.parts import (
    LastingAnswers,
    LastingChats,
    LastingFeedback,
    LastingLimits,
    LastingMemory,
    LastingPeople,
    LastingUnanswered,
)
from bot.state.lasting.updates import LastingUpdates
from bot.state.migrating import is_prepared, prepare
from bot.state.presence import Presence
from bot.state.store import Store

_NAME: Final = "state"  # the fact that tells it
_FEW: Final = 50  # calls that may wait when nobody may write any more until they have landed: some 50 ms
_log = structlog.get_logger("dalil.lasting")


@dataclass(frozen=True)
class Places:
    """Where the state is: the address that is written, that of its replicas, and a folder for what has to wait."""

    url: str
    read_url: str
    folder: Path


class LastingStore(Store):
    """What needs the server raises ``PrimaryLost`` while it is lost; all else is done, or waits."""

    def __init__(self, primary: Database, replica: Database, places: Places) -> None:
        """Takes a journal from the folder; raises as `own_journal`."""
        super().__init__(primary)
        self._places = places
        self._replica = replica
        self._journal = own_journal(places.folder)
        self.outage = Outage(primary, replica, self._journal)
        self.updates = LastingUpdates(primary, self.outage)
        self.people = LastingPeople(primary, self.outage)
        self.chats = LastingChats(primary, self.outage)
        self.memory = LastingMemory(primary, self.outage)
        self.answers = LastingAnswers(primary, self.outage)
        self.feedback = LastingFeedback(primary, self.outage)
        self.limits = LastingLimits(primary, self.outage)
        self.unanswered = LastingUnanswered(primary, self.outage)

    @classmethod
    def at(cls, places: Places) -> LastingStore:
        """The store on the server of that address, or, while that is lost, on what there is without it.

        What processes that were killed have left to wait is landed.

        Raises:
            NewerState, StateUnavailable: as `Store.open`; and there is no replica to go on with either.
        """
        primary = Database(database_url(places.url))
        replica = Database(database_url(places.read_url, to_read=True))
        try:
            name, is_lost = _name_of(primary, replica)
            store = cls(primary, replica, replace(places, folder=places.folder / name))
        except BaseException:
            primary.close()
            replica.close()
            raise
        try:
            if is_lost:
                store._begin_without_server()
            else:
                store._land_what_was_left()
        except BaseException:
            store.close()
            raise
        return store

    def _begin_without_server(self) -> None:
        self._journal.disown()
        self.outage.begin()

    def _land_what_was_left(self) -> None:
        with self._server() as server:
            landed = _landed(self._journal, server) + self._land_others(server)
        if landed:
            _log.warning("what waited when the process was killed has landed", landed=landed)

    def _land_others(self, server: Database) -> int:
        """Lands what processes have left that are no more."""
        return sum(_landed(journal, server) for journal in left_journals(self._places.folder))

    @contextmanager
    def _server(self) -> Iterator[Database]:
        """The server, for whoever lands what waits: all others are refused until that is done."""
        server = Database(database_url(self._places.url))
        try:
            yield server
        finally:
            server.close()

    @property
    def is_lost(self) -> bool:
        """As it is said there."""
        return self.outage.is_on

    @property
    def found_again(self) -> float:
        """As it is said there."""
        return self.outage.found_again

    def waiting(self) -> int:
        """As it is said there."""
        return self._journal.waiting()

    def presence(self, bot: int) -> Presence:
        """As it is said there; its thread notices when the server is lost, and lands what waited when it is back."""
        return Presence(self._database, bot, self)

    def missed(self) -> None:
        """The server could not be reached or written."""
        self.outage.missed()

    def reached(self, number: int) -> None:
        """It can be: lands what waits; ``number`` is that of this process, which goes on with its updates.

        Raises:
            StateUnavailable: it is lost again.
        """
        self.outage.seen()
        if not self.outage.is_on:
            return
        with self._server() as server:
            if not is_prepared(server):
                prepare(server)
            landed = land(self._journal, server, least=_FEW)
            with self.outage.turn:
                landed += land(self._journal, server) + land_updates(self._journal, server, living=number)
                self.outage.end(landed)
            self._land_others(server)

    def met(self, others: int) -> None:
        """So many other processes use the server."""
        self.outage.was_alone = others == 0

    def end(self) -> None:
        """As it is said there."""
        super().end()
        self._journal.database.end()

    def close(self) -> None:
        """As it is said there."""
        super().close()
        self._replica.close()
        self._journal.close()


def _landed(journal: Journal, server: Database) -> int:
    if journal.is_empty:
        return 0
    landed = land(journal, server) + land_updates(journal, server, living=None)
    journal.clear()
    return landed


def _name_of(primary: Database, replica: Database) -> tuple[str, bool]:
    """By which a state is known on each of its servers, and whether only the replica could be asked.

    What waits for one state is never said to another.

    Raises:
        NewerState, StateUnavailable: neither of them can be used.
    """
    try:
        prepare(primary)
        Facts(primary).suggest(_NAME, secrets.token_hex(8))
        return str(Facts(primary).get(_NAME)), False
    except StateUnavailable:
        with suppress(StateUnavailable):
            if is_prepared(replica) and (name := Facts(replica).get(_NAME)) is not None:
                return str(name), True
        raise
