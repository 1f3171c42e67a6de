"""One bot in several processes: which updates this process handles, and whether it does what only one may do."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from typing import Final

import structlog

from bot.handling import patiently
from bot.incoming import SharedQueue
from bot.settings import Settings
from bot.state.errors import StateUnavailable
from bot.state.presence import Duty
from bot.state.store import Store

_AT_ONCE: Final = 64  # updates that are handled here at a time: as many as there are connections to Telegram
_TOGETHER: Final = 4  # updates claimed at a time: the others want some too
_LOOK: Final = 1.0  # seconds between two looks for processes that died
_GRACE: Final = 2.0  # seconds for which a process must be gone: it may just be connecting again, and a message of it
# that is under way arrives meanwhile, so that it is found
_LONG_GRACE: Final = 15.0  # the same after the database was lost: others may have answered meanwhile, and have to come
# back to say so
_log = structlog.get_logger("dalil.sharing")


class Sharing:
    """One process among those that serve one bot from one database."""

    def __init__(self, settings: Settings, store: Store, queue: SharedQueue, bot: int) -> None:
        self._role = settings.role
        self._polls = not settings.webhook_url and settings.role != "answerer"
        self._store = store
        self._updates = store.updates
        self._queue = queue
        queue.kept_here = self.wake
        self._bot = bot
        self._presence = store.presence(bot)
        self._woken = asyncio.Event()
        self._gone: dict[int, float] = {}  # owners that were seen dead, and when first
        self._looked = 0.0
        self._polled = True  # whether this process fetched updates when the database was lost, as far as is known
        self._taking: asyncio.Task[None] | None = None

    @property
    def answers(self) -> bool:
        """Whether updates are handled here; also by who only fetches them, while the others cannot have them."""
        return self._role != "poller" or self._store.is_lost

    @property
    def number(self) -> int:
        """By which the others know this process."""
        return self._presence.number

    @property
    def is_here(self) -> bool:
        """Whether the database can be reached, as far as is known."""
        return self._presence.is_here

    @property
    def is_able(self) -> bool:
        """Whether updates can be stored and handled here: also while the database is lost, if there is a replica."""
        return self._presence.is_here or self._store.is_lost

    @property
    def waiting(self) -> int | None:
        """How many writes wait until the database is back; None while it is not lost."""
        return self._store.waiting() if self._store.is_lost else None

    @property
    def leads(self) -> bool:
        """Whether this is the one process that tells, tidies and builds by itself."""
        return self._presence.has(Duty.LEADING)

    @property
    def polls(self) -> bool:
        """Whether this is the one process that fetches updates; while the database is lost, whoever was it before."""
        if self._store.is_lost:
            return self._polls and self._polled
        if self._presence.is_here:
            self._polled = self._presence.has(Duty.POLLING)
        return self._presence.has(Duty.POLLING)

    def yield_polling(self) -> None:
        """Another process fetches updates: so the database is not lost to all, or that one was first."""
        if self._store.is_lost:
            self._polled = False

    def begin(self) -> None:
        """Is among them from now on; call it in the event loop."""
        duties = [] if self._role == "poller" else [Duty.LEADING]
        loop = asyncio.get_running_loop()
        self._presence.begin([*duties, Duty.POLLING] if self._polls else duties, _threadsafe(loop, self._woken.set))
        self._taking = loop.create_task(self._take_up())

    def wake(self) -> None:
        """An update is done, or has come."""
        self._woken.set()

    async def _take_up(self) -> None:
        """Handles what is this process's share, until cancelled."""
        while True:
            await self._woken.wait()
            self._woken.clear()
            if not self.answers:
                continue
            try:
                await self._take_up_now()
            except Exception as error:  # whatever was wrong with one update, the others are handled
                _log.error("fault", exc_info=error)

    async def _take_up_now(self) -> None:
        now = time.monotonic()
        if self._store.is_lost:
            self._gone = {}
        if not self.is_able or now - self._store.found_again < _GRACE:
            return
        if self._presence.is_here and now - self._looked > _LOOK:
            self._looked = now
            await self._free_what_the_dead_left()
        await self._claim()

    async def _claim(self) -> None:
        while (room := _AT_ONCE - len(self._queue.at_work)) > 0 and self.is_able:
            most = min(room, _TOGETHER)
            claimed = await patiently(self._updates.claim, self._bot, self.number, most=most)
            for each in claimed:
                self._queue.take_up(each)
            if len(claimed) < most:
                return

    async def _free_what_the_dead_left(self) -> None:
        now = time.monotonic()
        others = await patiently(self._updates.owners, self._bot) - {self.number}
        gone = await patiently(self._updates.gone, others) if others else set()
        self._gone = {owner: self._gone.get(owner, now) for owner in gone}
        grace = _LONG_GRACE if now - self._store.found_again < 2 * _LONG_GRACE else _GRACE
        for owner, since in self._gone.items():
            if now - since >= grace:
                freed = await patiently(self._updates.free, self._bot, owner, only_if_gone=True)
                _log.warning("taken over from a process that died", updates=freed)

    def finish(self) -> None:
        """Takes up no more."""
        if self._taking is not None:
            self._taking.cancel()

    async def leave(self) -> None:
        """Leaves the rest to the others; call it when nothing is handled any more."""
        with contextlib.suppress(StateUnavailable):  # then they see for themselves that this process is gone
            await asyncio.to_thread(self._updates.free, self._bot, self.number)
        await asyncio.to_thread(self._presence.end)


def _threadsafe(loop: asyncio.AbstractEventLoop, call: Callable[[], None]) -> Callable[[], None]:
    def called() -> None:
        if not loop.is_closed():
            loop.call_soon_threadsafe(call)

    return called
