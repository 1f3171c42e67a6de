"""Updates on their way in: stored before they are acknowledged, handled one chat's in order and chats in parallel."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any, Final
from weakref import WeakValueDictionary

import structlog
from telegram import Update
from telegram.ext import BaseUpdateProcessor, ExtBot
from tornado.web import HTTPError

from bot.handling import HANDLING, Handling, Newest, patiently
from bot.state.store import Store
from bot.state.values import StoredUpdate

_ANY_NUMBER: Final = 2**31  # of updates at once: a chat's wait for their chat, and must not keep those of others out
_UNSTORED: Final = 4.0  # seconds until Telegram is told to offer an update again; it waits for an answer for a minute
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
        self.at_work: set[int] = set()
        """The updates that are handled here, of those that were taken up."""
        self.bot: ExtBot[Any] | None = None
        """Whose the updates are that were stored."""

    async def put(self, item: object) -> None:
        """Stores an update, however long the database takes to recover, and queues it."""
        if not isinstance(item, Update) or await self._is_new(item):
            await super().put(item)

    async def _is_new(self, update: Update) -> bool:
        self._see(update)
        chat = update.effective_chat.id if update.effective_chat and not self._is_for_itself(update) else None
        payload, now = update.to_json(), time.time()
        return await patiently(self._updates.add, self._bot, update.update_id, chat, payload, now=now)

    async def put_back(self) -> int:
        """Queues again what was stored and never finished; says how many."""
        pending = await patiently(self._updates.pending, self._bot)
        for stored in pending:
            self._take_in(stored)
        return len(pending)

    def _take_in(self, stored: StoredUpdate) -> None:
        update = Update.de_json(json.loads(stored.payload), self.bot)
        self._see(update)
        if stored.begun_after is not None:
            self.begun[stored.update_id] = stored.begun_after
        self.put_nowait(update)

    def _is_for_itself(self, update: Update) -> bool:
        """Whether it waits for no other of its chat."""
        return False

    def _see(self, update: Update) -> None:
        if update.message:
            self.newest.came(update.message.chat_id, update.message.message_id)


class SharedQueue(StoringQueue):
    """A queue of what this process takes up, out of what any process has stored."""

    def __init__(self, store: Store, bot: int, *, is_hook: bool) -> None:
        """``is_hook``: Telegram posts updates, and is told to post one again that cannot be stored soon."""
        super().__init__(store, bot)
        self.newest = Newest(is_alone=False)
        self._patience = _UNSTORED if is_hook else None
        self._store = store
        self.kept_here: Callable[[], None] = lambda: None
        """Is called when an update came that only this process knows, for the database is lost."""

    async def put(self, item: object) -> None:
        """Stores an update; who is to handle it is seen later.

        Raises:
            HTTPError: it could not be stored, and Telegram shall offer it again.
        """
        if not isinstance(item, Update):
            self.put_nowait(item)
            return
        try:
            await asyncio.wait_for(self._is_new(item), self._patience)
        except TimeoutError:
            raise HTTPError(HTTPStatus.SERVICE_UNAVAILABLE) from None
        if self._store.is_lost:
            self.kept_here()

    def _is_for_itself(self, update: Update) -> bool:
        return update.callback_query is not None  # a press must be answered within 15 s

    def take_up(self, stored: StoredUpdate) -> None:
        """Handles an update that is this process's; nothing, if that is going on."""
        if stored.update_id not in self.at_work:
            self.at_work.add(stored.update_id)
            self._take_in(stored)


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
        self._at_work = queue.at_work
        self._locks = locks
        self._done = done
        self.owner: int | None = None
        self.finished: Callable[[], None] = lambda: None
        """Is called after each update."""
        self.handle_again: Callable[[object], Awaitable[None]] | None = None

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Handles one update; if that is cancelled it stays stored, and is handled after the next start."""
        if not isinstance(update, Update):
            await coroutine
            return
        chat = update.effective_chat
        begun = self._begun.pop(update.update_id, None)
        handling = Handling(update.update_id, chat.id if chat else None, begun, owner=self.owner)
        handling.question = update.message.message_id if update.message else None
        HANDLING.set(handling)
        try:
            await self._handle(update, handling, coroutine)
            if not handling.is_lost:
                await patiently(self._done, update.update_id)
        finally:
            self._at_work.discard(update.update_id)
            self.finished()

    async def _handle(self, update: Update, handling: Handling, coroutine: Awaitable[Any]) -> None:
        chat = update.effective_chat
        if chat is None or update.callback_query:
            await coroutine
            await self._repeat(update, handling)
        else:
            lock = self._locks.of(chat.id)
            await _acquired(lock, coroutine)
            try:
                await coroutine
                await self._repeat(update, handling)
            finally:
                lock.release()

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
