"""Keeping to Telegram's limits: the library's limiter, with waits that are really waited for."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Coroutine
from contextvars import ContextVar
from typing import Any, Final, Protocol

from aiolimiter import AsyncLimiter
from telegram.error import RetryAfter
from telegram.ext import AIORateLimiter

from bot.handling import patiently
from bot.state.limits import Limits

# Telegram's limits are of any second and any minute; a bucket allows what it holds and what flows in meanwhile, so
# these are set lower: 2 + 25 × 1 s = 27 a second over all (at 29, two of 600 came too close together), 5 + 60 s / 4.2 s
# = 19 a minute in a group, and to one person 2 + 5 s × 0.6 = 5 in five seconds.
_OVERALL: Final = (2, 2 / 25)
_GROUP: Final = (5, 21.0)
_PRIVATE: Final = (2, 2 / 0.6)
_EVERYWHERE: Final = 0  # in the place of a chat: no chat has this id
_UNLIMITED: Final = frozenset({"sendChatAction", "sendMessageDraft", "answerCallbackQuery"})
_NOT_REPEATED: Final = frozenset({"sendChatAction", "sendMessageDraft"})
_MARGIN: Final = 0.2  # seconds waited longer than asked for
_MANY: Final = 20  # messages in the last second: who is refused then is refused for the bot's sake, not for the chat's
_MOST_CHATS: Final = 2_000  # private chats whose messages are counted at once

Callback = Callable[..., Coroutine[Any, Any, Any]]


class Sending(Protocol):
    """Who wants to know when a message goes out."""

    async def begin(self) -> None:
        """All waiting is over: the message goes out now."""

    async def take_back(self) -> None:
        """It was refused."""


SENDING: Final[ContextVar[Sending | None]] = ContextVar("sending", default=None)
LOOKING: Final[ContextVar[bool]] = ContextVar("looking", default=False)
"""Whether a request only looks for a message of unknown fate, among many: the person who waits for it sees none."""


class PatientLimiter(AIORateLimiter):
    """`AIORateLimiter`, which forgets a wait that Telegram asked for as soon as any other request ends.

    Here nothing goes to a chat before its wait is over, not even after a restart, and messages to one person are
    spread as well.
    """

    def __init__(self, limits: Limits, *, is_shared: bool = False) -> None:
        """``is_shared``: other processes send for the same bot, and keep to the limits together with this one."""
        super().__init__(*_OVERALL, *_GROUP, max_retries=0)
        self._limits = limits
        self._is_shared = is_shared
        self._front = asyncio.Lock()  # of all who wait for their turn in this process one asks for it
        self._not_before: dict[Any, float] = {}
        self._not_before |= limits.holds(now=time.time())
        self._private: dict[int, AsyncLimiter] = {}
        self._sent: deque[float] = deque(maxlen=_MANY)

    async def process_request(
        self,
        callback: Callback,
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Any:
        """Makes the request when its chat may be written to, as often as Telegram asks for a further wait."""
        chat = data.get("chat_id")
        sending = SENDING.get() if endpoint == "sendMessage" else None
        callback = _announced(callback, sending) if sending else callback
        while True:
            await self._wait(chat)
            try:
                if endpoint in _UNLIMITED or (self._is_shared and LOOKING.get()):
                    return await callback(*args, **kwargs)
                if isinstance(chat, int) and chat > 0:
                    await self._to_person(chat).acquire()
                return await super().process_request(
                    self._noted(callback, chat), args, kwargs, endpoint, data, rate_limit_args
                )
            except RetryAfter as refusal:
                if endpoint in _NOT_REPEATED:
                    raise
                if sending:
                    await sending.take_back()
                await self._hold(chat, refusal._retry_after.total_seconds() + _MARGIN)

    async def _hold(self, chat: object, seconds: float) -> None:
        key = _EVERYWHERE if self._is_busy() else chat
        until = max(self._not_before.get(key, 0.0), time.time() + seconds)
        self._not_before[key] = until
        if isinstance(key, int):
            await patiently(self._limits.hold, key, until=until)

    def _is_busy(self) -> bool:
        return len(self._sent) == _MANY and time.monotonic() - self._sent[0] < 1

    def _noted(self, callback: Callback, chat: object) -> Callback:
        """The request, which waits once more if Telegram asked for that while it waited for its turn."""

        async def noted(*args: Any, **kwargs: Any) -> Any:
            await self._wait(chat)
            if self._is_shared and isinstance(chat, int):
                await self._wait_with_others(chat)
            self._sent.append(time.monotonic())
            return await callback(*args, **kwargs)

        return noted if chat is not None else callback

    async def _wait(self, chat: object) -> None:
        while (pause := max(self._not_before.get(key, 0.0) for key in (chat, _EVERYWHERE)) - time.time()) > 0:
            await asyncio.sleep(pause)
        self._not_before.pop(chat, None)

    async def _wait_with_others(self, chat: int) -> None:
        """Waits for a turn among all processes, first for the chat's."""
        await self._take_turn(chat, *(_PRIVATE if chat > 0 else _GROUP))
        async with self._front:
            await self._take_turn(_EVERYWHERE, *_OVERALL)
        while (pause := await patiently(self._limits.held_until, (chat, _EVERYWHERE)) - time.time()) > 0:
            await asyncio.sleep(pause)

    async def _take_turn(self, key: int, most: int, seconds: float) -> None:
        take, rate = self._limits.take, 60 * most / seconds
        while True:
            taken = await patiently(take, f"sends:{key}", rate_per_minute=rate, burst=most, now=time.time())
            if taken.allowed:
                return
            await asyncio.sleep(taken.retry_after)

    def _to_person(self, chat: int) -> AsyncLimiter:
        if len(self._private) > _MOST_CHATS:
            self._private = {key: each for key, each in self._private.items() if not each.has_capacity(_PRIVATE[0])}
        return self._private.setdefault(chat, AsyncLimiter(*_PRIVATE))


def _announced(callback: Callback, sending: Sending) -> Callback:
    async def announced(*args: Any, **kwargs: Any) -> Any:
        await sending.begin()
        return await callback(*args, **kwargs)

    return announced
