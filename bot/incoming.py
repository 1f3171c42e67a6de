"""Updates on their way in: stored before they are acknowledged, handled one chat's in order and chats in parallel."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable
from typing import Any, Final
from weakref import WeakValueDictionary

import structlog
from telegram import Update
from telegram.ext import BaseUpdateProcessor, ExtBot

from bot.state.errors import StateError
from bot.state.store import Store

_AT_ONCE: Final = 1_024  # updates that are handled, or wait for their chat, at the same time
_PAUSE: Final = 1.0  # seconds until a database that failed is tried again

_log = structlog.get_logger("dalil.incoming")


class StoringQueue(asyncio.Queue[object]):
    """A queue whose `put` returns when the update is stored: only then does the library acknowledge it to Telegram.

    An update that was stored before is dropped: Telegram sends again what it does not know to have arrived.
    """

    def __init__(self, store: Store, bot: int) -> None:
        super().__init__()
        self._updates = store.updates
        self._bot = bot

    async def put(self, item: object) -> None:
        """Stores an update, however long the database takes to recover, and queues it."""
        if isinstance(item, Update) and not await self._is_new(item):
            return
        await super().put(item)

    async def _is_new(self, update: Update) -> bool:
        chat = update.effective_chat.id if update.effective_chat else None
        while True:
            try:
                return await asyncio.to_thread(
                    self._updates.add, self._bot, update.update_id, chat, update.to_json(), now=time.time()
                )
            except StateError as error:
                _log.error("update not stored, trying again", update=update.update_id, error=str(error))
                await asyncio.sleep(_PAUSE)

    def put_back(self, bot: ExtBot[Any]) -> int:
        """Queues again what was stored and never finished; says how many."""
        pending = self._updates.pending(self._bot)
        for stored in pending:
            self.put_nowait(Update.de_json(json.loads(stored.payload), bot))
        return len(pending)


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

    def __init__(self, store: Store, bot: int, locks: ChatLocks) -> None:
        super().__init__(_AT_ONCE)
        self._updates = store.updates
        self._bot = bot
        self._locks = locks

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handles one update; if that is cancelled it stays stored, and is handled after the next start."""
        chat = update.effective_chat if isinstance(update, Update) and not update.callback_query else None
        if chat is None:
            await coroutine
        else:
            async with self._locks.of(chat.id):
                await coroutine
        if isinstance(update, Update):
            await asyncio.to_thread(self._updates.done, self._bot, update.update_id)

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to close."""
