"""Watching how updates are fetched: what goes wrong is said once, and said again when it comes back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import structlog
from telegram.error import Conflict, RetryAfter, TelegramError, TimedOut
from telegram.request import HTTPXRequest

_log = structlog.get_logger("dalil.fetching")


class Watch:
    """Whether updates arrive, and whether they still can."""

    def __init__(self) -> None:
        self.is_serving = False
        self.revoked = asyncio.Event()
        """Telegram does not know the token any more."""
        self.conflicted: Callable[[], None] = lambda: None
        """Is called when another process fetches updates."""
        self._said = ""

    def failed(self, error: TelegramError) -> None:
        """Updates could not be fetched: said once as long as it goes on for the same reason."""
        if isinstance(error, Conflict):
            self.conflicted()
        kind = type(error).__name__
        if kind == self._said or isinstance(error, (RetryAfter, TimedOut)):
            return
        self._said = kind
        if isinstance(error, Conflict):
            _log.error("another process fetches this bot's updates from elsewhere; trying again until it ends")
        else:
            _log.warning("updates cannot be fetched, trying again", error=kind)

    def succeeded(self) -> None:
        """Updates were fetched."""
        if self._said:
            _log.info("updates are fetched again")
        self._said = ""


class WatchedRequest(HTTPXRequest):
    """The requests that fetch updates."""

    def __init__(self, watch: Watch, *, connect_timeout: float, read_timeout: float) -> None:
        super().__init__(1, connect_timeout=connect_timeout, read_timeout=read_timeout)
        self._watch = watch

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """As the library makes it."""
        status, body = await super().do_request(*args, **kwargs)
        if status == HTTPStatus.OK:
            self._watch.succeeded()
        elif status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND):  # the library gives up on both
            self._watch.revoked.set()
        return status, body
