"""Running the bot: from the first word with Telegram to an orderly end."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final
from urllib.parse import urlsplit

import structlog
from filelock import AsyncFileLock
from telegram import Update
from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError
from telegram.ext import Application

from bot.incoming import StoringQueue
from bot.settings import Settings

UPDATES: Final = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.MY_CHAT_MEMBER,
)
"""What Telegram is asked to tell."""

_LONGEST_WAIT: Final = 30.0  # seconds between attempts to reach Telegram at the start
_LAST_WORDS: Final = 2.0  # seconds for telling Telegram which updates have arrived
_ENDING: Final = 6.0  # seconds for questions that are being answered; what is left is answered after the next start
_log = structlog.get_logger("dalil.running")

App = Application[Any, Any, Any, Any, Any, Any]


class WrongToken(Exception):
    """Telegram does not know the token."""


async def run(application: App, queue: StoringQueue, settings: Settings) -> None:
    """Serves until SIGINT or SIGTERM.

    Raises:
        WrongToken: Telegram does not know the token.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(each, stop.set)
    if not await _reached(application, stop):
        return
    try:
        await application.start()
        if again := queue.put_back(application.bot):
            _log.info("taken up again", updates=again)
        if application.post_init:
            await application.post_init(application)
        async with _receiving(application, settings, stop):
            _log.info("ready", bot=application.bot.id)
            await stop.wait()
        _log.info("stopping")
    finally:
        await _end(application)


async def _reached(application: App, stop: asyncio.Event) -> bool:
    """Waits until Telegram answers; False if we are to stop meanwhile."""
    pause = 1.0
    while not stop.is_set():
        try:
            await application.initialize()
        except InvalidToken:
            raise WrongToken from None  # its text holds the token
        except NetworkError as error:
            _log.warning("Telegram cannot be reached, trying again", seconds=pause, error=error.message)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), pause)
            pause = min(2 * pause, _LONGEST_WAIT)
        else:
            return True
    return False


@asynccontextmanager
async def _receiving(application: App, settings: Settings, stop: asyncio.Event) -> AsyncIterator[None]:
    """Updates arrive while this is entered, by webhook if one is set."""
    updater = application.updater
    assert updater is not None
    if settings.webhook_url:
        await updater.start_webhook(
            listen=settings.webhook_listen,
            port=settings.webhook_port,
            url_path=urlsplit(settings.webhook_url).path.lstrip("/"),
            webhook_url=settings.webhook_url,
            secret_token=_webhook_secret(settings),
            bootstrap_retries=-1,
            allowed_updates=UPDATES,
        )
        yield
        await updater.stop()
        return
    async with _only_poller(settings, stop):
        if not stop.is_set():
            await updater.start_polling(bootstrap_retries=-1, allowed_updates=UPDATES, error_callback=_PollingFaults())
        yield
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(updater.stop(), _LAST_WORDS) if updater.running else None


@asynccontextmanager
async def _only_poller(settings: Settings, stop: asyncio.Event) -> AsyncIterator[None]:
    """Waits until no other process with this data fetches updates."""
    settings.data.mkdir(parents=True, exist_ok=True)
    lock = AsyncFileLock(settings.data / "polling.lock", timeout=0)
    told = False
    while not stop.is_set():
        try:
            await lock.acquire()
            break
        except TimeoutError:
            if not told:
                _log.warning("another process fetches this bot's updates; waiting until it ends")
            told = True
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), 1.0)
    try:
        yield
    finally:
        await lock.release(force=True)


class _PollingFaults:
    """Says what keeps updates from being fetched, once as long as it is the same."""

    def __init__(self) -> None:
        self._said = ""

    def __call__(self, error: TelegramError) -> None:
        kind = type(error).__name__
        if kind == self._said:
            return
        self._said = kind
        if isinstance(error, Conflict):
            _log.error("another process fetches this bot's updates from elsewhere; trying again until it ends")
        else:
            _log.warning("updates cannot be fetched, trying again", error=kind)


def _webhook_secret(settings: Settings) -> str:
    """What is set; else one that only who has the token can know, the same in every process."""
    if settings.webhook_secret:
        return settings.webhook_secret.get_secret_value()
    assert settings.token is not None
    return hashlib.sha256(b"webhook" + settings.token.get_secret_value().encode()).hexdigest()


async def _end(application: App) -> None:
    """Finishes what is being answered, as far as there is time; the rest stays stored."""
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    if application.running:
        try:
            await asyncio.wait_for(application.stop(), _ENDING)
        except TimeoutError:
            _log.warning("some questions will be answered after the next start")
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    with contextlib.suppress(TelegramError, RuntimeError):
        await application.shutdown()
