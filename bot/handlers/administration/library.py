"""The library as administrators see it: its documents, each with the way to withdraw it."""

from __future__ import annotations

import asyncio
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, ContextTypes

from bot.address import Asker, asker_of
from bot.administration_notices import library as notices
from bot.administration_notices.library import Listed
from bot.buttons import ButtonKind, Rendered
from bot.handlers.administration.guarding import NEW_IN_PRIVATE, FromAdministrator
from bot.handlers.administration.office import Office
from bot.handlers.administration.targets import WITHDRAW, hashed
from bot.notices import notice
from bot.phrases import PhraseName
from bot.press import Press
from bot.services import words_for
from index.document import Record

Context = ContextTypes.DEFAULT_TYPE


class Library:
    """The handlers of the library's documents."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        """The one handler of a command."""
        mine = NEW_IN_PRIVATE & FromAdministrator(self._office.services)
        return [CommandHandler("documents", self.listed, mine)]

    async def listed(self, update: Update, context: Context) -> None:
        """The first page."""
        message = update.effective_message
        assert message is not None  # the handler's filters see to it
        await self._office.reply(message, await self.page(asker_of(message), 1))

    async def page(self, asker: Asker, number: int) -> Rendered:
        """A page of the library's documents."""
        words, every = words_for(asker), await self._documents()
        if every is None:
            return notice(PhraseName.NOTHING_INDEXED, words)
        return notices.documents(every, number, words)

    async def pressed(self, press: Press) -> None:
        """A page is to be shown, or one document."""
        services, words, argument = self._office.services, words_for(press.asker), press.what.argument
        number = int(argument) if argument.isascii() and argument.isdecimal() else 1
        shown = await self.page(press.asker, number)
        if press.what.kind is ButtonKind.DOCUMENT:
            every = await self._documents() or []
            found = next((each for each in every if each.id == press.what.id), None)
            await services.answer(press.query, None if found else PhraseName.DOCUMENT_GONE)
            shown = notices.document(found, WITHDRAW + found.id, number, words) if found else shown
        else:
            await services.answer(press.query)
        await self._office.board.show(press.message.chat_id, press.message.message_id, shown)

    async def _documents(self) -> list[Listed] | None:
        """Every document; None as long as nothing is indexed."""
        assistant = await self._office.services.desk.assistant()
        if assistant is None:
            return None
        return await asyncio.to_thread(lambda: [_listed(each) for each in assistant.live.current().documents])


def _listed(record: Record) -> Listed:
    pages = len(record.page_starts) or None
    return Listed(hashed(record.name), record.name, record.about, pages, len(record.passages))
