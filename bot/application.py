"""The bot, put together in reading order."""

from __future__ import annotations

import asyncio
import time
from contextlib import ExitStack
from functools import partial
from typing import Any, Final

import structlog
from telegram.ext import ApplicationBuilder, ContextTypes, ExtBot, Updater
from telegram.request import HTTPXRequest

from bot.composition import Dalil
from bot.delivery import Delivery
from bot.desk import Desk
from bot.fetching import Watch, WatchedRequest
from bot.handlers.administration.administration import Administration
from bot.handlers.asking import Asking
from bot.handlers.commands import Commands
from bot.handlers.faults import Faults
from bot.handlers.greeting import introduce
from bot.handlers.joining import Joining
from bot.handlers.pressing import Pressing
from bot.handlers.refusing import Refusing
from bot.incoming import ChatLocks, InOrder, SharedQueue, StoringQueue
from bot.limiter import PatientLimiter
from bot.logs import set_up_logs
from bot.metrics import Condition, metrics_served
from bot.remembering import take_over
from bot.replying import Replying
from bot.running import App, Parts, WrongToken, run
from bot.services import Services
from bot.settings import Settings
from bot.sharing import Sharing
from bot.state.database import password_of
from bot.state.errors import PrimaryLost, StateUnavailable
from bot.state.lasting.store import LastingStore, Places
from bot.state.store import Store
from bot.state.unanswered import TOLD_FOR

_CONNECTIONS: Final = 64
_DAY: Final = 86_400.0
_HOUR: Final = 3_600.0
_GLANCE: Final = 1.0  # seconds between two looks at whose turn it is
_IDS_KEPT: Final = 2 * _DAY  # Telegram offers an update again for one day
_log = structlog.get_logger("dalil.application")


def serve(dalil: Dalil) -> int:
    """Runs the bot until it is told to stop; gives the exit code: 1 if Telegram does not know the token.

    Raises:
        StateError: the database cannot be used.
        OSError: a port is taken.
    """
    settings = dalil.settings
    assert settings.token is not None
    secrets = [each.get_secret_value() for each in settings.secrets if each]
    places = [dalil.state, *filter(None, [dalil.state_replicas])]
    set_up_logs(settings.log_level, [*secrets, *map(password_of, places)])
    with ExitStack() as stack:
        store = stack.enter_context(_opened(dalil))
        if not store.is_lost:
            take_over(settings.data / "told.json", store)
        desk = Desk(dalil, store)
        stack.callback(desk.close)
        return asyncio.run(_serve(dalil, store, desk))


def _opened(dalil: Dalil) -> Store:
    if dalil.state_replicas is None:
        return Store.open(dalil.state)
    return LastingStore.at(Places(dalil.state, dalil.state_replicas, dalil.settings.data / "waiting"))


async def _serve(dalil: Dalil, store: Store, desk: Desk) -> int:
    parts, settings = build(dalil, store, desk), dalil.settings
    with metrics_served(settings.metrics_port, lambda: _condition(parts)):
        try:
            await run(parts, settings)
        except WrongToken:
            _log.error("Telegram does not know TELEGRAM_BOT_TOKEN")
            return 1
        finally:
            store.end()
    return 0


def _condition(parts: Parts) -> Condition:
    sharing = parts.sharing
    if sharing is None:
        return Condition(parts.watch.is_serving)
    return Condition(parts.watch.is_serving and sharing.is_able, sharing.waiting)


def build(dalil: Dalil, store: Store, desk: Desk) -> Parts:
    """What is to be run."""
    watch, settings = Watch(), dalil.settings
    bot = _bot(settings, store, watch)
    number = int(bot.token.partition(":")[0])
    locks = ChatLocks()
    queue, sharing = _queue(settings, store, number)
    order = InOrder(queue, locks, partial(store.updates.done, number))
    if sharing is not None:
        order.owner, order.finished = sharing.number, sharing.wake
        watch.conflicted = sharing.yield_polling
    application: App = ApplicationBuilder().updater(Updater(bot, queue)).concurrent_updates(order).build()
    order.handle_again = application.process_update
    services = Services(settings, store, desk, bot, Delivery(bot, store, queue.newest), locks, sharing)
    administration = Administration(services, dalil)
    _add_handlers(application, services, administration)
    if sharing is not None and settings.role == "poller":
        return Parts(application, queue, watch, sharing)
    application.post_init = lambda _: _started(application, services, administration)
    if application.job_queue:
        application.job_queue.run_repeating(_purger(services), interval=_HOUR, first=10)
        administration.watch(application.job_queue)
    return Parts(application, queue, watch, sharing)


def _queue(settings: Settings, store: Store, bot: int) -> tuple[StoringQueue, Sharing | None]:
    if not store.is_shared:
        return StoringQueue(store, bot), None
    queue = SharedQueue(store, bot, is_hook=bool(settings.webhook_url))
    return queue, Sharing(settings, store, queue, bot)


def _bot(settings: Settings, store: Store, watch: Watch) -> ExtBot[Any]:
    assert settings.token is not None
    return ExtBot(
        settings.token.get_secret_value(),
        base_url=settings.telegram_base_url,
        base_file_url=settings.telegram_base_file_url,
        request=HTTPXRequest(_CONNECTIONS, connect_timeout=5, read_timeout=10, write_timeout=10, pool_timeout=60),
        get_updates_request=WatchedRequest(watch, connect_timeout=5, read_timeout=5),
        rate_limiter=PatientLimiter(store.limits, is_shared=store.is_shared),
    )


def _add_handlers(application: App, services: Services, administration: Administration) -> None:
    replying = Replying(services)
    everybody = Pressing(services, replying), Asking(services, replying), Commands(services)
    application.add_handlers(Joining(services).handlers())
    application.add_handler(Refusing(services, administration.handlers()))
    for part in (administration, *everybody):
        application.add_handlers(part.handlers())
    application.add_error_handler(Faults(services).handle)


async def _started(application: App, services: Services, administration: Administration) -> None:
    """Takes up what administrators had begun, and introduces the bot; questions do not wait for it."""
    try:
        await administration.start()
    except PrimaryLost:  # the bot was started without it
        application.create_task(_started_later(services, administration), name="administration")
    if services.sharing is None:
        application.create_task(_introduced_soon(application, services), name="introduce")
    else:
        _introduce_in_turn(application, services)


async def _introduced_soon(application: App, services: Services) -> None:
    try:
        await _introduced(services)
    except StateUnavailable:
        _introduce_in_turn(application, services)


def _introduce_in_turn(application: App, services: Services) -> None:
    if application.job_queue:
        application.job_queue.run_repeating(_introducer(services), interval=_GLANCE, first=0)


async def _started_later(services: Services, administration: Administration) -> None:
    while True:
        while services.store.is_lost:
            await asyncio.sleep(_GLANCE)
        try:
            await administration.start()
        except StateUnavailable:
            await asyncio.sleep(_GLANCE)
        else:
            return


def _introducer(services: Services) -> Any:
    async def introduced(context: ContextTypes.DEFAULT_TYPE) -> None:
        """Introduces the bot once it is this process's turn, and once only."""
        if not services.leads or not context.job or not context.job.enabled:
            return
        context.job.enabled = False  # the next glance comes before this one is done
        try:
            await _introduced(services)
        except StateUnavailable as error:
            _log.warning("not introduced yet", reason=type(error).__name__)
            context.job.enabled = True
        else:
            context.job.schedule_removal()

    return introduced


async def _introduced(services: Services) -> None:
    """Tells Telegram what to show of the bot."""
    every = await asyncio.to_thread(services.desk.administrators)
    known = [each for each in every if await asyncio.to_thread(services.store.chats.get, each)]
    await introduce(services.bot, known)


def _purger(services: Services) -> Any:
    async def purge(context: ContextTypes.DEFAULT_TYPE) -> None:
        now, store, settings = time.time(), services.store, services.settings
        if not services.leads:
            return
        try:
            await asyncio.to_thread(store.updates.purge, older_than=now - _IDS_KEPT)
            await asyncio.to_thread(store.answers.purge, older_than=now - _DAY * settings.kept_days)
            await asyncio.to_thread(store.memory.purge, older_than=now - 60 * settings.memory_minutes)
            await asyncio.to_thread(store.limits.purge, older_than=now - _DAY)
            await asyncio.to_thread(store.rights.purge, older_than=now - _DAY * settings.kept_days)
            await asyncio.to_thread(
                store.unanswered.purge, older_than=now - _DAY * settings.kept_days, names_older_than=now - TOLD_FOR
            )
        except StateUnavailable as error:  # in an hour is early enough
            _log.warning("old entries not purged", error=str(error))

    return purge
