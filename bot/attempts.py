"""Attempts to send a message, of which is kept what must be known if they are interrupted."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Final, TypeVar

import httpx
from telegram.error import BadRequest, NetworkError

from bot.handling import HANDLING, Newest, TakenOver, patiently
from bot.state.store import Store

_FIRST_PAUSES: Final = (0.5, 1.0, 2.0, 4.0)  # seconds between attempts while Telegram fails
_LONGEST_PAUSE: Final = 8.0
_NEVER_SENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
T = TypeVar("T")


@dataclass
class Attempt:
    """What is kept of a message while it goes out, so that it is not sent again after a restart."""

    chat: int
    bot: int
    store: Store
    newest: Newest
    after: int = 0
    """The newest message that was known in the chat when this one went out."""

    def left_from_before(self) -> int | None:
        """What `after` was, if this message may have gone out before we were started."""
        handling = HANDLING.get()
        if handling is None or handling.chat != self.chat:
            return None
        after, handling.begun_after = handling.begun_after, None
        return after

    async def begin(self) -> None:
        """It goes out now.

        Raises:
            TakenOver: from another process.
        """
        self.after = self.newest.of(self.chat)
        if (handling := HANDLING.get()) and handling.chat == self.chat:
            if handling.owner is not None and handling.question is not None:
                self.after = handling.question  # what others sent meanwhile is not known here
            mark = self.store.updates.sending
            if not await patiently(mark, self.bot, handling.update, after=self.after, owner=handling.owner):
                handling.is_lost = True
                raise TakenOver

    async def take_back(self) -> None:
        """It has certainly not arrived."""
        if (handling := HANDLING.get()) and handling.chat == self.chat:
            await patiently(self.store.updates.not_sent, self.bot, handling.update, owner=handling.owner)


def pauses() -> Iterator[float]:
    """Seconds between attempts while Telegram fails, without end."""
    return chain(_FIRST_PAUSES, repeat(_LONGEST_PAUSE))


def may_have_arrived(error: NetworkError) -> bool:
    """Whether Telegram may have done what it was asked, though no answer came."""
    cause = error.__cause__
    return isinstance(cause, httpx.HTTPError) and not isinstance(cause, _NEVER_SENT)


async def repeated(request: Callable[[], Awaitable[T]]) -> T:
    """Makes a request that may be made twice, until Telegram answers.

    Raises:
        TelegramError: it was refused.
    """
    for pause in pauses():
        try:
            return await request()
        except BadRequest:
            raise
        except NetworkError:
            await asyncio.sleep(pause)
    raise AssertionError("unreachable")
