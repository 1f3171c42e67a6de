"""The kept versions of the library, and the way back to one."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, ContextTypes

from bot.address import asker_of
from bot.administration_notices import library as notices
from bot.administration_notices.library import Difference, Version
from bot.buttons import Rendered
from bot.handlers.administration.guarding import NEW_IN_PRIVATE, FromAdministrator
from bot.handlers.administration.office import Office
from bot.notices import notice
from bot.numbers import typed_number
from bot.phrases import PhraseName, Phrases
from bot.press import Press
from bot.services import words_for
from bot.state.values import Deed
from index.errors import DamagedGeneration, IndexingError, UnknownGeneration
from index.library import Library

Context = ContextTypes.DEFAULT_TYPE


class Generations:
    """The handlers of versions."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._generations = office.dalil.generations

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        """In the order in which they are to be tried."""
        mine = NEW_IN_PRIVATE & FromAdministrator(self._office.services)
        return [CommandHandler("generations", self.listed, mine), CommandHandler("rollback", self.asked, mine)]

    async def listed(self, update: Update, context: Context) -> None:
        """Every kept version."""
        message = update.effective_message
        assert message is not None  # the handler's filters see to it
        await self._office.reply(message, await self._list(words_for(asker_of(message))))

    async def asked(self, update: Update, context: Context) -> None:
        """Whether to go back to the version whose number is given, or to the one before."""
        message = update.effective_message
        assert message is not None  # the handler's filters see to it
        words = words_for(asker_of(message))
        if context.args:
            await self._office.reply(message, await self._question(typed_number(" ".join(context.args)), words))
            return
        try:
            number = await asyncio.to_thread(self._generations.before, self._generations.live())
        except UnknownGeneration:
            await self._office.say(message, PhraseName.GENERATION_NONE)
            return
        await self._office.reply(message, await self._question(number, words))

    async def pressed(self, press: Press) -> None:
        """First it is asked whether to go back, then it is done."""
        services, words, argument = self._office.services, words_for(press.asker), press.what.argument
        number = typed_number(press.what.id) or 0
        live = self._generations.live()
        if number == 0:
            await services.answer(press.query)
            shown = await self._list(words)
        elif not argument:
            await services.answer(press.query)
            shown = await self._question(number, words)
        elif argument != str(live or 0):
            await services.answer(press.query, PhraseName.ROLLBACK_OTHER)
            shown = await self._list(words)
        else:
            await services.answer(press.query)
            shown = await self._back(number, argument, press, words)
        await self._office.board.show(press.message.chat_id, press.message.message_id, shown)

    async def _question(self, number: int | None, words: Phrases) -> Rendered:
        live = self._generations.live()
        if number is None or number not in self._generations.numbers():
            return notices.unknown_version(await self._list(words), words)
        if number == live:
            return notices.rollback_impossible(number, words)
        try:
            return notices.rollback_question(await asyncio.to_thread(self._difference, number, live), words)
        except DamagedGeneration:
            return notices.rollback_impossible(number, words)

    def _difference(self, number: int, live: int | None) -> Difference:
        """What going back changes.

        Raises:
            DamagedGeneration: the generation cannot be opened, or the one that is live.
        """
        if live is None:
            return Difference(number, live)
        there, here = (self._generations.open(each) for each in (number, live))
        then, now = there.manifest.documents, here.manifest.documents
        return Difference(
            number,
            live,
            back=[_title(there, name) for name in sorted(then.keys() - now.keys())],
            other=[_title(there, name) for name in sorted(then.keys() & now.keys()) if then[name] != now[name]],
            gone=[_title(here, name) for name in sorted(now.keys() - then.keys())],
        )

    async def _back(self, number: int, expected: str, press: Press, words: Phrases) -> Rendered:
        async with self._office.changing:
            live = self._generations.live()
            if str(live or 0) != expected:  # the same button was pressed twice, or somebody else's
                return await self._list(words)
            try:
                left = await asyncio.to_thread(self._office.dalil.shelf.bring_back, number)
            except IndexingError:
                return notices.rollback_impossible(number, words)
            deed = Deed(time.time(), press.asker.person, "rolled back", None, {"from": live, "to": number})
            await asyncio.to_thread(self._office.store.audit.note, deed)
        await self._office.catch_up()
        return notices.rolled_back(number, left, words)

    async def _list(self, words: Phrases) -> Rendered:
        every = await asyncio.to_thread(self._versions)
        return notices.versions(every, words) if every else notice(PhraseName.NOTHING_INDEXED, words)

    def _versions(self) -> list[Version]:
        live = self._generations.live()
        return [self._version(number, is_live=number == live) for number in self._generations.numbers()]

    def _version(self, number: int, *, is_live: bool) -> Version:
        try:
            manifest = self._generations.manifest(number)
        except DamagedGeneration:
            return Version(number, is_live)
        return Version(number, is_live, manifest.built, len(manifest.documents), manifest.passages)


def _title(library: Library, name: str) -> str:
    record = library.documents.find(name)
    return record.about.title if record else name
