"""Keeping to Telegram's limits: the library's limiter, with waits that are really waited for."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any, Final

from aiolimiter import AsyncLimiter
from telegram.error import RetryAfter
from telegram.ext import AIORateLimiter

# Telegram's limits are of any second and any minute; a bucket allows what it holds and what flows in meanwhile, so
# these are set lower: 2 + 28 × 1 s = 30 a second over all, 5 + 60 s / 4 s = 20 a minute in a group.
_OVERALL: Final = (2, 2 / 28)
_GROUP: Final = (5, 20.0)
_PRIVATE: Final = (3, 3.0)  # messages, and in how many seconds, to one person
_UNLIMITED: Final = frozenset({"sendChatAction", "sendMessageDraft", "answerCallbackQuery"})
_ATTEMPTS: Final = 6
_MARGIN: Final = 0.1  # seconds waited longer than asked for
_MOST_CHATS: Final = 2_000  # private chats whose messages are counted at once

Callback = Callable[..., Coroutine[Any, Any, Any]]


class PatientLimiter(AIORateLimiter):
    """`AIORateLimiter`, which forgets a wait that Telegram asked for as soon as any other request ends.

    Here nothing goes to a chat before its wait is over, and messages to one person are spread as well.
    """

    def __init__(self) -> None:
        super().__init__(*_OVERALL, *_GROUP, max_retries=0)
        self._not_before: dict[object, float] = {}
        self._private: dict[int, AsyncLimiter] = {}

    async def process_request(
        self,
        callback: Callback,
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Any:
        """Makes the request when its chat may be written to; after several refusals, raises the last one.

        Raises:
            RetryAfter: Telegram asked for a further wait each time.
        """
        chat = data.get("chat_id")
        for attempt in range(1, _ATTEMPTS + 1):
            await self._wait(chat)
            try:
                if endpoint in _UNLIMITED:
                    return await callback(*args, **kwargs)
                if isinstance(chat, int) and chat > 0:
                    await self._to_person(chat).acquire()
                return await super().process_request(callback, args, kwargs, endpoint, data, rate_limit_args)
            except RetryAfter as refusal:
                if attempt == _ATTEMPTS or endpoint == "sendChatAction":
                    raise
                pause = refusal._retry_after.total_seconds() + _MARGIN
                self._not_before[chat] = max(self._not_before.get(chat, 0.0), time.monotonic() + pause)
        raise AssertionError("unreachable")

    async def _wait(self, chat: object) -> None:
        while (pause := self._not_before.get(chat, 0.0) - time.monotonic()) > 0:
            await asyncio.sleep(pause)
        self._not_before.pop(chat, None)

    def _to_person(self, chat: int) -> AsyncLimiter:
        if len(self._private) > _MOST_CHATS:
            self._private = {key: each for key, each in self._private.items() if not each.has_capacity(_PRIVATE[0])}
        return self._private.setdefault(chat, AsyncLimiter(*_PRIVATE))
