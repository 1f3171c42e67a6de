"""Updates on their way in: stored before they are acknowledged, handled one chat's in order and chats in parallel."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from typing import Any, Final
from weakref import WeakValueDictionary

import structlog
from telegram import Update
from telegram.ext import BaseUpdateProcessor, ExtBot

from bot.handling import HANDLING, Handling, Newest, patiently
from bot.state.store import Store

_ANY_NUMBER: Final = 2**31  # of updates at once: a chat's wait for their chat, and must not keep those of others out
_PAUSE: Final = 2.0  # seconds until an update is handled again that could not be for want of a database

_log = structlog.get_logger("dalil.incoming")


class StoringQueue(asyncio.Queue[object]):
    """A queue whose `put` returns when the update is stored: only then does the library acknowledge it to Telegram.

    An update that was stored before is dropped: Telegram sends again what it does not know to have arrived.
    """

    def __init__(self, store: Store, bot: int) -> None:
        super().__init__()
        self._updates = store.updates
        self._bot = bot
        self.newest = Newest()
        self.begun: dict[int, int] = {}
        """The updates to which an answer may have been sent in an earlier run, and after which message."""

    async def put(self, item: object) -> None:
        """Stores an update, however long the database takes to recover, and queues it."""
        if isinstance(item, Update):
            self._see(item)
            chat = item.effective_chat.id if item.effective_chat else None
            payload, now = item.to_json(), time.time()
            if not await patiently(self._updates.add, self._bot, item.update_id, chat, payload, now=now):
                return
        await super().put(item)

    async def put_back(self, bot: ExtBot[Any]) -> int:
        """Queues again what was stored and never finished; says how many."""
        pending = await patiently(self._updates.pending, self._bot)
        for stored in pending:
            update = Update.de_json(json.loads(stored.payload), bot)
            self._see(update)
            if stored.begun_after is not None:
                self.begun[stored.update_id] = stored.begun_after
            self.put_nowait(update)
        return len(pending)

    def _see(self, update: Update) -> None:
        if update.message:
            self.newest.came(update.message.chat_id, update.message.message_id)


class ChatLocks:
    """One lock for each chat, as long as somebody holds or waits for it."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    def of(self, chat: int) -> asyncio.Lock:
        """The lock of a chat; those who wait for it get it in the order in which they came."""
        lock = self._locks.get(chat)
        if lock is None:
            lock = self._locks[chat] = asyncio.Lock()
        return lock


class InOrder(BaseUpdateProcessor):
    """Handles the updates of a chat one after the other, and chats side by side; a handled update is marked as done.

    Pressed buttons do not wait for their chat: they must be answered within 15 s. What they change waits (`ChatLocks`).
    """

    def __init__(self, queue: StoringQueue, locks: ChatLocks, done: Callable[[int], None]) -> None:
        super().__init__(_ANY_NUMBER)
        self._begun = queue.begun
        self._locks = locks
        self._done = done
        self.handle_again: Callable[[object], Awaitable[None]] | None = None

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handles one update; if that is cancelled it stays stored, and is handled after the next start."""
        if not isinstance(update, Update):
            await coroutine
            return
        chat = update.effective_chat
        handling = Handling(update.update_id, chat.id if chat else None, self._begun.pop(update.update_id, None))
        HANDLING.set(handling)
        if chat is None or update.callback_query:
            await coroutine
        else:
            lock = self._locks.of(chat.id)
            await _acquired(lock, coroutine)
            try:
                await coroutine
                await self._repeat(update, handling)
            finally:
                lock.release()
        await patiently(self._done, update.update_id)

    async def _repeat(self, update: Update, handling: Handling) -> None:
        """Handles an update again as long as that fails for reasons that pass."""
        while handling.is_to_be_repeated and self.handle_again is not None:
            await asyncio.sleep(_PAUSE)
            handling.is_to_be_repeated = False
            await self.handle_again(update)

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to close."""


async def _acquired(lock: asyncio.Lock, coroutine: Awaitable[Any]) -> None:
    try:
        await lock.acquire()
    except asyncio.CancelledError:
        if asyncio.iscoroutine(coroutine):
            coroutine.close()  # it will never run
        raise
