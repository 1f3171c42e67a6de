"""Updates of a state that lasts: while the server is lost they are kept here, and handled by whoever received them."""

from __future__ import annotations

import dataclasses
from collections import deque
from collections.abc import Collection
from functools import partial
from typing import Final

from bot.state.database import Database
from bot.state.errors import StateUnavailable
from bot.state.lasting.outage import Outage
from bot.state.store import Store
from bot.state.updates import Updates
from bot.state.values import StoredUpdate

_REMEMBERED: Final = 10_000  # updates that are done: those of minutes, where a replica is seconds behind


class LastingUpdates(Updates):
    """Updates of before the outage stay the server's, and wait; but for those that are being handled at that moment."""

    def __init__(self, database: Database, outage: Outage) -> None:
        super().__init__(database)
        self._outage = outage
        self._held: dict[tuple[int, int], tuple[StoredUpdate, int]] = {}  # what is handled here, and by which number
        self._done: deque[tuple[int, int]] = deque(maxlen=_REMEMBERED)
        self._fetched_in = 0  # the outage in which the server's updates were fetched

    def add(self, bot: int, update_id: int, chat: int | None, payload: str, *, now: float) -> bool:
        """As it is said there. One that the server had kept before is known, if the replica has heard of it."""

        def here(store: Store) -> bool:
            if self._outage.replica.updates.knows(bot, update_id):
                return False
            return store.updates.add(bot, update_id, chat, payload, now=now)

        return self._outage.write(partial(super().add, bot, update_id, chat, payload, now=now), here)

    def claim(self, bot: int, owner: int, *, most: int) -> list[StoredUpdate]:
        """As it is said there; during an outage first what this process alone could have had from the server."""

        def here(store: Store) -> list[StoredUpdate]:
            self._fetch(store, bot)
            return store.updates.claim(bot, owner, most=most)

        claimed = self._outage.write(partial(super().claim, bot, owner, most=most), here)
        self._held |= {(bot, each.update_id): (each, owner) for each in claimed}
        return claimed

    def owners(self, bot: int) -> set[int]:
        """As it is said there; during an outage that is not known."""
        return self._outage.read(partial(super().owners, bot), lambda _, __: set())

    def gone(self, owners: Collection[int]) -> set[int]:
        """As it is said there; during an outage that is not known."""
        return self._outage.read(partial(super().gone, owners), lambda _, __: set())

    def free(self, bot: int, owner: int, *, only_if_gone: bool = False) -> int:
        """As it is said there; during an outage nobody is known to be gone."""

        def here(store: Store) -> int:
            return 0 if only_if_gone else store.updates.free(bot, owner)

        return self._outage.write(partial(super().free, bot, owner, only_if_gone=only_if_gone), here)

    def done(self, bot: int, update_id: int) -> None:
        """As it is said there."""

        def here(store: Store) -> None:
            self._copy(store, bot, update_id)
            store.updates.done(bot, update_id)

        self._outage.write(partial(super().done, bot, update_id), here)
        self._held.pop((bot, update_id), None)
        self._done.append((bot, update_id))

    def sending(self, bot: int, update_id: int, *, after: int, owner: int | None = None) -> bool:
        """As it is said there.

        Raises:
            StateUnavailable: the update is the server's, which others may reach: they take it over, and answer it.
        """

        def here(store: Store) -> bool:
            self._see_that_nobody_else_does(store, bot, update_id)
            self._copy(store, bot, update_id)
            return store.updates.sending(bot, update_id, after=after, owner=owner)

        usual = partial(super().sending, bot, update_id, after=after, owner=owner)
        is_ours = self._outage.write(usual, here)
        if is_ours:
            self._note(bot, update_id, after)
        return is_ours

    def not_sent(self, bot: int, update_id: int, *, owner: int | None = None) -> None:
        """As it is said there."""

        def here(store: Store) -> None:
            self._copy(store, bot, update_id)
            store.updates.not_sent(bot, update_id, owner=owner)

        self._outage.write(partial(super().not_sent, bot, update_id, owner=owner), here)
        self._note(bot, update_id, None)

    def _note(self, bot: int, update_id: int, after: int | None) -> None:
        if (held := self._held.get((bot, update_id))) is not None:
            self._held[bot, update_id] = dataclasses.replace(held[0], begun_after=after), held[1]

    def _fetch(self, here: Store, bot: int) -> None:
        """Takes over what waits on the server, if nobody else can: then each chat's updates stay in order."""
        outage = self._outage
        if outage.number == self._fetched_in or not outage.was_alone or outage.others_go_on():
            return
        self._fetched_in = outage.number
        for update in outage.replica.updates.pending(bot):
            key = bot, update.update_id
            if key in self._held:
                self._copy(here, *key)
            elif key not in self._done:  # the replica may not have heard of it
                self._add(here, update)

    def _add(self, here: Store, update: StoredUpdate) -> None:
        here.updates.add(update.bot, update.update_id, update.chat, update.payload, now=update.received)
        if update.begun_after is not None:
            here.updates.sending(update.bot, update.update_id, after=update.begun_after)

    def _see_that_nobody_else_does(self, here: Store, bot: int, update_id: int) -> None:
        if self._of_the_server(here, bot, update_id) is not None and self._outage.others_go_on():
            raise StateUnavailable(self._database.place, "it is lost to this process only, as the replica tells")

    def _of_the_server(self, here: Store, bot: int, update_id: int) -> tuple[StoredUpdate, int] | None:
        """An update whose handling began before the outage, if that is not known here yet."""
        held = self._held.get((bot, update_id))
        return None if held is None or here.updates.knows(bot, update_id) else held

    def _copy(self, here: Store, bot: int, update_id: int) -> None:
        """Sees to it that an update is kept here whose handling began before the outage."""
        if (held := self._of_the_server(here, bot, update_id)) is None:
            return
        update, owner = held
        self._add(here, update)
        here.updates.own(bot, update_id, owner)
