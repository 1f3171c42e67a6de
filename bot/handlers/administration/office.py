"""What the administrators' handlers work with."""

from __future__ import annotations

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

import structlog
from telegram import Message

from bot.address import asker_of
from bot.administration_notices.saying import Plain, plain
from bot.buttons import Rendered
from bot.composition import Dalil
from bot.handling import HANDLING
from bot.incoming import ChatLocks
from bot.jobs.queue import Queue
from bot.jobs.requests import UnderWay
from bot.services import Services, place_of, words_for
from bot.shelf.inspecting import Inspection
from bot.state.store import Store

_MOST_REMEMBERED: Final = 1_000  # messages of which it is known what they show
_LOOK: Final = 0.05
_LONGEST_OPENING: Final = 20.0  # seconds; a generation that cannot be opened at all is logged by the library
_log = structlog.get_logger("dalil.administration")
T = TypeVar("T")


class Board:
    """Messages of ours that change: each is changed by one at a time, and never into what it shows."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._locks = ChatLocks()
        self._shown: dict[tuple[int, int], Rendered] = {}

    async def show(self, chat: int, message: int, rendered: Rendered) -> bool | None:
        """Whether the message had to be changed; None if it is gone.

        Raises:
            TelegramError: as `Delivery.edit`.
        """
        async with self._locks.of(chat):
            if self._shown.get((chat, message)) == rendered and not self._may_be_changed_elsewhere():
                return False
            if not await self._services.delivery.edit(chat, message, rendered):
                return None
            self._services.showing.forget(chat, message)
            if len(self._shown) > _MOST_REMEMBERED:
                self._shown = dict(list(self._shown.items())[_MOST_REMEMBERED // 2 :])
            self._shown[chat, message] = rendered
            return True

    def _may_be_changed_elsewhere(self) -> bool:
        """Whether another process may have changed a message since: one whose button was pressed, not one followed."""
        return self._services.sharing is not None and HANDLING.get() is not None


class Tasks:
    """What goes on after its update is handled. A fault of one is logged, and ends no other."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[None]] = set()

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        """Lets it go on until the bot ends."""
        task = asyncio.create_task(self._apart(work))
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    async def _apart(self, work: Coroutine[Any, Any, None]) -> None:
        HANDLING.set(None)  # the update that began it is done
        try:
            await work
        except Exception as error:
            _log.error("fault", exc_info=error)


@dataclass(frozen=True)
class Office:
    """Everything that an administrators' handler needs."""

    services: Services
    dalil: Dalil
    queue: Queue
    board: Board
    tasks: Tasks = field(default_factory=Tasks)
    changing: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while something is asked for once, however often its button is pressed."""
    _reading: asyncio.Lock = field(default_factory=asyncio.Lock)

    @classmethod
    def of(cls, services: Services, dalil: Dalil) -> Office:
        """An office with a board and a queue of its own."""
        return cls(services, dalil, Queue(dalil, services.store, may_start=lambda: services.leads), Board(services))

    @property
    def store(self) -> Store:
        """The state."""
        return self.services.store

    async def inspect(self, staged: str) -> Inspection:
        """What a staged document is; one is read after the other, in a process of its own.

        Raises:
            NotStaged: there is none.
        """
        assistant = await self.services.desk.assistant()
        library = assistant.live.current() if assistant else None

        def inspected() -> Inspection:
            with self.dalil.reading_room() as room:
                seen = self.dalil.shelf.inspect(staged, room, library)
            return dataclasses.replace(seen, text="")

        async with self._reading:
            return await asyncio.to_thread(inspected)

    @asynccontextmanager
    async def editing(self, staged: str) -> AsyncIterator[None]:
        """Nobody asks meanwhile for an update that publishes this staged document, and none that is not over does.

        Raises:
            UnderWay: one does.
        """
        async with self.changing:
            await self.check_free(staged)
            yield

    async def check_free(self, staged: str) -> None:
        """Sees to it that no update that is not over publishes a staged document.

        Raises:
            UnderWay: one does.
        """
        job = await asyncio.to_thread(self.queue.holding, staged)
        if job is not None:
            raise UnderWay(job)

    async def catch_up(self) -> None:
        """Waits until questions are answered from the generation that is live: it is opened beside the one before."""
        assistant, waited = await self.services.desk.assistant(), 0.0
        while assistant and waited < _LONGEST_OPENING:
            library = await asyncio.to_thread(assistant.live.current)
            if library.manifest.number == self.dalil.generations.live():
                return
            await asyncio.sleep(_LOOK)
            waited += _LOOK

    async def reply(self, message: Message, rendered: Rendered) -> int | None:
        """Replies to a message; gives the reply's id."""
        return await self.services.delivery.send(place_of(message), rendered)

    async def say(self, message: Message, name: Plain) -> None:
        """Replies with a message that needs nothing but its words."""
        await self.reply(message, plain(name, words_for(asker_of(message))))
