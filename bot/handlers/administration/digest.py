"""/digest, and the digest that administrators are sent by itself once a week."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import structlog
from telegram import ReplyParameters, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest, Forbidden, NetworkError, TelegramError
from telegram.ext import BaseHandler, CommandHandler, ContextTypes

from bot.address import asker_of
from bot.administration_notices.digest import Digest, digest, fits_caption
from bot.administration_notices.digest_chart import chart
from bot.attempts import may_have_arrived
from bot.buttons import Rendered
from bot.delivery import Place
from bot.handlers.administration.guarding import NEW_IN_PRIVATE, FromAdministrator
from bot.handlers.administration.looking import Looking
from bot.phrases import Phrases, phrases
from bot.services import Services, place_of, words_for
from bot.weeks import Week, week_before, week_until

_DAY: Final = 86_400.0
_FILE: Final = "digest.png"
_log = structlog.get_logger("dalil.digest")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A digest as it is sent; no picture of a week without a question."""

    rendered: Rendered
    picture: bytes | None


class Digests(Looking):
    """Sends what went on in seven days."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self._drawing = asyncio.Lock()
        self._settled: dict[int, float] = {}  # what was due last of what each administrator was sent, or is not to be

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        """In the order in which they are to be tried, before those of everybody's commands."""
        return [CommandHandler("digest", self.digest, NEW_IN_PRIVATE & FromAdministrator(self._services))]

    async def digest(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Sends the digest of today and the six days before."""
        message = update.effective_message
        assert message is not None  # the handlers' filters see to it
        week = week_until(dt.datetime.now(self._services.settings.zone))
        await self._send(place_of(message), await self._prepared(week, words_for(asker_of(message))))

    async def _look(self) -> None:
        settings = self._services.settings
        if settings.digest_at is None:
            return
        due = settings.digest_at.last(dt.datetime.now(settings.zone))
        is_late = time.time() - due.timestamp() > _DAY
        prepared = None
        for administrator in await asyncio.to_thread(self._services.desk.administrators):
            if self._settled.get(administrator) == due.timestamp() or not await self._is_there(administrator):
                continue
            if not is_late and prepared is None:
                prepared = await self._prepared(week_before(due.date(), settings.zone), phrases(None))
            self._settled[administrator] = due.timestamp()
            is_claimed = await asyncio.to_thread(self._services.store.digests.claim, administrator, due.timestamp())
            if is_claimed and prepared is not None:
                await self._send_once(administrator, prepared, due.timestamp())

    async def _is_there(self, person: int) -> bool:
        """Whether somebody has started the bot and not blocked it."""
        chat = await asyncio.to_thread(self._services.store.chats.get, person)
        return chat is not None and chat.blocked_at is None

    async def _send_once(self, person: int, prepared: Prepared, due: float) -> None:
        """Sends it now, or has it tried again if it has certainly not arrived."""
        try:
            await self._send(Place(person), prepared)
        except Forbidden:
            await asyncio.to_thread(self._services.store.chats.blocked, person, now=time.time())
        except TelegramError as error:
            _log.warning("digest not sent", person=person, error=error.message)
            if isinstance(error, BadRequest) or not isinstance(error, NetworkError):
                return  # trying again would not help
            if not may_have_arrived(error):
                await asyncio.to_thread(self._services.store.digests.release, person, due)
                del self._settled[person]

    async def _send(self, place: Place, prepared: Prepared) -> None:
        """The picture with the words under it; after it, where they are too long for that."""
        rendered = prepared.rendered
        if prepared.picture is None:
            await self._services.delivery.send(place, rendered)
            return
        is_under = fits_caption(rendered)
        await self._services.bot.send_photo(
            place.chat,
            prepared.picture,
            rendered.text if is_under else None,
            parse_mode=ParseMode.HTML,
            filename=_FILE,
            reply_parameters=ReplyParameters(place.reply_to, allow_sending_without_reply=True)
            if place.reply_to
            else None,
        )
        if not is_under:
            await self._services.delivery.send(Place(place.chat), rendered)

    async def _prepared(self, week: Week, words: Phrases) -> Prepared:
        told = await self._told(week)
        picture = None
        if told.activity.tally.all:
            async with self._drawing:
                picture = await asyncio.to_thread(chart, week, told.activity.days, words)
        return Prepared(digest(told, words), picture)

    async def _told(self, week: Week) -> Digest:
        read = self._services.store.digests.activity
        activity = await asyncio.to_thread(read, week.seconds)
        before = None
        if week.before.seconds[0] >= time.time() - _DAY * self._services.settings.kept_days:
            before = await asyncio.to_thread(read, week.before.seconds)
        titles = await self._titles(name for name, _ in activity.quoted)
        return Digest(week, activity, before if before and before.tally.all else None, titles)

    async def _titles(self, names: Iterable[str]) -> dict[str, str]:
        """The titles of those documents that are in the library."""
        assistant = await self._services.desk.assistant()
        if assistant is None:
            return {}
        documents = assistant.live.current().documents
        found = ((name, documents.find(name)) for name in names)
        return {name: record.about.title for name, record in found if record is not None}
