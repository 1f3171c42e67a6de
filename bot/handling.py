"""What is known of the update that is being handled, for whatever is called while it is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import count, islice
from typing import Any, Final, TypeVar

import structlog

from bot.state.errors import StateUnavailable

_PROBED: Final = 3
_PROBED_AMONG_OTHERS: Final = 12  # other processes' messages are not known: at 20 a second, those of half a second
_PAUSE: Final = 1.0  # seconds until a database that failed is tried again
_log = structlog.get_logger("dalil.handling")
T = TypeVar("T")


@dataclass
class Handling:
    """One update, from when it is taken up until it is done."""

    update: int
    chat: int | None
    begun_after: int | None = None
    """If an answer was begun to be sent before we were stopped: the newest message of the chat at that time."""
    is_to_be_repeated: bool = False
    owner: int | None = None
    """Of processes that share the state, the number of this one."""
    question: int | None = None
    """The message that is answered, if that is what is done: nothing that is said to it has a lower number."""
    is_lost: bool = False
    """Another of these processes handles it by now."""


class TakenOver(Exception):
    """Another process handles this update by now, and answers it."""


HANDLING: Final[ContextVar[Handling | None]] = ContextVar("handling", default=None)


async def patiently(work: Callable[..., T], *arguments: Any, **options: Any) -> T:
    """What ``work`` gives, in a thread; tried again as long as the database cannot be used."""
    while True:
        try:
            return await asyncio.to_thread(work, *arguments, **options)
        except StateUnavailable as error:
            _log.error("state not available, trying again", error=str(error))
            await asyncio.sleep(_PAUSE)


class Newest:
    """The newest message that is known of each chat.

    Telegram numbers the messages of all private chats and basic groups of a bot in one row, and those of each
    supergroup in its own; a server that numbers each chat by itself is noticed by its repetitions.
    """

    _FIRST_SUPERGROUP: Final = -1_000_000_000_000
    _MOST_KNOWN: Final = 10_000

    def __init__(self, *, is_alone: bool = True) -> None:
        """``is_alone``: no other process sends for this bot, and updates come in the order of their messages."""
        self._is_alone = is_alone
        self._newest: dict[int, int] = {}
        self._shared = 0
        self._is_shared = True
        self._known: dict[tuple[int, int], None] = {}

    def came(self, chat: int, message: int) -> None:
        """Somebody else's message came."""
        if (
            self._is_alone
            and self._has_shared_row(chat)
            and message <= self._shared
            and message > self._newest.get(chat, 0)
        ):
            self._is_shared = False
        self.stands(chat, message)

    def stands(self, chat: int, message: int) -> None:
        """A message is known to be in a chat."""
        self._newest[chat] = max(message, self._newest.get(chat, 0))
        self._known[chat, message] = None
        if len(self._known) > self._MOST_KNOWN:
            del self._known[next(iter(self._known))]
        if self._has_shared_row(chat):
            self._shared = max(message, self._shared)

    def of(self, chat: int) -> int:
        """The next message of this chat has a higher number than this."""
        return self._newest.get(chat, 0) if self.is_gapless(chat) else self._shared

    @property
    def probed(self) -> int:
        """Among how many messages one of unknown fate is to be looked for."""
        return _PROBED if self._is_alone else _PROBED_AMONG_OTHERS

    def is_gapless(self, chat: int) -> bool:
        """Whether its numbers go to no other chat."""
        return not (self._is_shared and self._has_shared_row(chat))

    def unknown(self, chat: int, *, after: int, most: int) -> list[int]:
        """The first numbers after that one under which there may be messages that we know nothing of."""
        every = (number for number in count(after + 1) if (chat, number) not in self._known)
        return list(islice(every, most))

    def _has_shared_row(self, chat: int) -> bool:
        return chat > self._FIRST_SUPERGROUP
