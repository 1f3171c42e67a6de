"""Running the bot: from the first word with Telegram to an orderly end."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import re
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import structlog
from filelock import BaseFileLock, FileLock
from telegram import Update
from telegram.error import InvalidToken, RetryAfter, TelegramError
from telegram.ext import Application

from bot.fetching import Watch
from bot.incoming import StoringQueue
from bot.settings import Settings
from bot.sharing import Sharing

UPDATES: Final = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.MY_CHAT_MEMBER,
)
"""What Telegram is asked to tell."""

_LONGEST_WAIT: Final = 30.0  # seconds between attempts to reach Telegram at the start
_LAST_WORDS: Final = 1.5  # seconds for telling Telegram which updates have arrived
_ENDING: Final = 5.0  # seconds for questions that are being answered; what is left is answered after the next start
_LOOK_AGAIN: Final = 0.5  # seconds until it is seen that another process has ended
_log = structlog.get_logger("dalil.running")

App = Application[Any, Any, Any, Any, Any, Any]


class WrongToken(Exception):
    """Telegram does not know the token."""


@dataclass(frozen=True)
class Parts:
    """What runs: the application, the queue through which its updates come, and who watches that they do."""

    application: App
    queue: StoringQueue
    watch: Watch
    sharing: Sharing | None = None
    """Where other processes serve the same bot."""


async def run(parts: Parts, settings: Settings) -> None:
    """Serves until SIGINT or SIGTERM.

    Raises:
        WrongToken: Telegram does not know the token, or does not any more.
        OSError: the port for the webhook is taken, or the data folder cannot be written.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(each, stop.set)
    settings.data.mkdir(parents=True, exist_ok=True)
    lock = FileLock(settings.data / "bot.lock", timeout=0)
    serving = asyncio.create_task(_serve(parts, settings, lock))
    ends = [asyncio.create_task(each.wait()) for each in (stop, parts.watch.revoked)]
    try:
        await asyncio.wait({serving, *ends}, return_when=asyncio.FIRST_COMPLETED)
        if serving.done():
            await serving  # it ends by itself only if it fails
        if parts.watch.revoked.is_set() and not stop.is_set():
            raise WrongToken
    finally:
        _log.info("stopping")
        if parts.sharing is not None:
            parts.sharing.finish()
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)
        await _end(parts.application)
        if parts.sharing is not None:
            await parts.sharing.leave()
        lock.release()


async def _serve(parts: Parts, settings: Settings, lock: BaseFileLock) -> None:
    """Serves until cancelled."""
    application = parts.application
    await _reached(application.initialize)
    if parts.sharing is None:
        await _alone(lock)
    await application.start()
    parts.queue.bot = application.bot
    if parts.sharing is not None:
        parts.sharing.begin()
    elif again := await parts.queue.put_back():
        _log.info("taken up again", updates=again)
    if application.post_init:
        await application.post_init(application)
    try:
        in_turn = None if settings.webhook_url and settings.role != "answerer" else parts.sharing
        if in_turn is None:
            await _reached(lambda: _receive(parts, settings))
        parts.watch.is_serving = True
        _log.info("ready", bot=application.bot.id)
        if in_turn is None:
            await asyncio.Event().wait()
        else:
            await _receive_in_turn(parts, in_turn, settings)
    finally:
        parts.watch.is_serving = False
        await _stop_receiving(application)


async def _reached(attempt: Callable[[], Awaitable[object]]) -> None:
    """Makes an attempt until Telegram answers.

    Raises:
        WrongToken: Telegram does not know the token.
    """
    pause = 1.0
    while True:
        try:
            await attempt()
        except InvalidToken:
            raise WrongToken from None  # its text holds the token
        except RetryAfter as refusal:
            await asyncio.sleep(refusal._retry_after.total_seconds())
        except TelegramError as error:
            _log.warning("Telegram cannot be reached, trying again", seconds=pause, error=error.message)
            await asyncio.sleep(pause)
            pause = min(2 * pause, _LONGEST_WAIT)
        else:
            return


async def _receive_in_turn(parts: Parts, sharing: Sharing, settings: Settings) -> None:
    """Fetches updates whenever it is this process's turn, until cancelled; never, if it only answers.

    Raises:
        WrongToken: as `_reached`.
    """
    while True:
        while not sharing.polls:
            await asyncio.sleep(_LOOK_AGAIN)
        await _reached(lambda: _receive(parts, settings))
        while sharing.polls:
            await asyncio.sleep(_LOOK_AGAIN)
        await _stop_receiving(parts.application)


async def _receive(parts: Parts, settings: Settings) -> None:
    """Lets updates arrive, by webhook if one is set.

    Raises:
        OSError: the port for the webhook is taken.
    """
    updater = parts.application.updater
    assert updater is not None
    if not settings.webhook_url:
        await updater.start_polling(allowed_updates=UPDATES, error_callback=parts.watch.failed)
        return
    try:
        await updater.start_webhook(
            listen=settings.webhook_listen,
            port=settings.webhook_port,
            url_path=re.escape(urlsplit(settings.webhook_url).path.lstrip("/")),
            webhook_url=settings.webhook_url,
            secret_token=_webhook_secret(settings),
            allowed_updates=UPDATES,
        )
    except OSError as error:
        raise OSError(error.errno, error.strerror, f"{settings.webhook_listen}:{settings.webhook_port}") from error


async def _stop_receiving(application: App) -> None:
    """Takes in no more, and tells Telegram what has arrived."""
    updater = application.updater
    if updater is not None and updater.running:
        with contextlib.suppress(TimeoutError, TelegramError):
            await asyncio.wait_for(updater.stop(), _LAST_WORDS)


async def _alone(lock: BaseFileLock) -> None:
    """Waits until no other process serves this data."""
    told = False
    while True:
        try:
            lock.acquire()
            return
        except TimeoutError:
            if not told:
                _log.warning("another process serves this data; waiting until it ends")
            told = True
            await asyncio.sleep(_LOOK_AGAIN)


def _webhook_secret(settings: Settings) -> str:
    """What is set; else one that only who has the token can know, the same in every process."""
    if settings.webhook_secret:
        return settings.webhook_secret.get_secret_value()
    assert settings.token is not None
    return hashlib.sha256(b"webhook" + settings.token.get_secret_value().encode()).hexdigest()


async def _end(application: App) -> None:
    """Finishes what is being answered, as far as there is time; the rest stays stored."""
    if application.running:
        try:
            await asyncio.wait_for(application.stop(), _ENDING)
        except TimeoutError:
            _log.warning("some questions will be answered after the next start")
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    with contextlib.suppress(TelegramError, RuntimeError):
        await application.shutdown()
