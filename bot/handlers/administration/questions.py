"""What people could not find, for administrators; and whether somebody wants to be told that it is there now."""

from __future__ import annotations

import asyncio
import time
from typing import Any, Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Message, Update
from telegram.error import BadRequest
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, ContextTypes

from bot.address import asker_of
from bot.administration_notices.questions import cluster_page, quiet_button
from bot.attempts import repeated
from bot.buttons import ButtonKind
from bot.delivery import is_not_modified
from bot.handlers.administration.guarding import NEW_IN_PRIVATE, FromAdministrator, pattern
from bot.keyboards import buttons_of
from bot.phrases import PhraseName
from bot.press import Press, press_of
from bot.services import Services, place_of, words_for
from bot.state.values import Deed, Finding
from bot.unanswered.clustering import Cluster, clusters

Context = ContextTypes.DEFAULT_TYPE

_FINDINGS: Final = {Finding.ADDED: "questions added", Finding.IGNORED: "questions ignored"}


class Questions:
    """The handlers of questions without an answer."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        """In the order in which they are to be tried, before those of everybody's commands and buttons."""
        return [
            CommandHandler("unanswered", self.unanswered, NEW_IN_PRIVATE & FromAdministrator(self._services)),
            CallbackQueryHandler(self.quiet, pattern((ButtonKind.QUIET,))),
        ]

    async def unanswered(self, update: Update, context: Context) -> None:
        """Shows what most people could not find."""
        message = update.effective_message
        assert message is not None  # the handlers' filters see to it
        shown = cluster_page(await self._clusters(), 1, words_for(asker_of(message)))
        await self._services.delivery.send(place_of(message), shown)

    async def pressed(self, press: Press) -> None:
        """Another cluster, or what became of one."""
        argument = press.what.argument
        if press.what.kind is ButtonKind.FINDING and argument in {str(each) for each in _FINDINGS}:
            await self._services.answer(press.query)
            await self._show(press, await self._mark(press, Finding(argument)))
        elif press.what.kind is ButtonKind.UNANSWERED and argument.isascii() and argument.isdecimal():
            await self._services.answer(press.query)
            await self._show(press, int(argument[:9]))
        else:
            await self._services.answer(press.query, PhraseName.BUTTON_OLD)

    async def _mark(self, press: Press, finding: Finding) -> int:
        """Notes what became of the cluster in which a question stands by now, if it is not gone; gives its page."""
        for page, cluster in enumerate(await self._clusters(), start=1):
            ids = [each.id for each in cluster.questions]
            if press.what.id in ids:
                deed = Deed(time.time(), press.asker.person, _FINDINGS[finding], None, {"questions": len(ids)})
                await asyncio.to_thread(self._services.store.unanswered.mark, ids, finding)
                await asyncio.to_thread(self._services.store.audit.note, deed)
                return page
        return 1

    async def _show(self, press: Press, number: int) -> None:
        shown = cluster_page(await self._clusters(), number, words_for(press.asker))
        await self._services.showing.show(press.message, shown)

    async def _clusters(self) -> list[Cluster]:
        """What waits for a report, what most people asked first; none as long as nothing is indexed."""
        assistant = await self._services.desk.assistant()
        if assistant is None:
            return []
        every = await asyncio.to_thread(self._services.store.unanswered.open)
        waiting = [each for each in every if each.state is Finding.OPEN]
        return await asyncio.to_thread(clusters, waiting, assistant.embedder)

    async def quiet(self, update: Update, context: Context) -> None:
        """Somebody does not want to be told of answers any more, or does again."""
        query = update.callback_query
        assert query is not None  # the handler sees to it
        press = press_of(query)
        if press is None or press.asker.scope != "private" or press.what.argument not in ("on", "off"):
            await self._services.answer(query, PhraseName.BUTTON_OLD)
            return
        quiet = press.what.argument == "on"
        await self._services.answer(query, PhraseName.QUIET_ON if quiet else PhraseName.QUIET_OFF)
        if press.asker.person is not None:
            await asyncio.to_thread(self._services.store.unanswered.keep_quiet, press.asker.person, quiet=quiet)
            await self._turn_round(press, quiet=quiet)

    async def _turn_round(self, press: Press, *, quiet: bool) -> None:
        """Puts the opposite button in the place of the one that was pressed."""
        [other] = buttons_of([quiet_button(words_for(press.asker), quiet=quiet)])
        markup = _replaced(press.message, str(press.what), other)
        if markup is None:
            return
        chat, message = press.message.chat_id, press.message.message_id
        self._services.showing.forget(chat, message)
        try:
            await repeated(lambda: self._services.bot.edit_message_reply_markup(chat, message, reply_markup=markup))
        except BadRequest as error:
            if not is_not_modified(error):
                raise


def _replaced(message: Message, data: str, other: InlineKeyboardButton) -> InlineKeyboardMarkup | None:
    """The buttons of a message with ``other`` in the place of what sends ``data``; None if nothing does."""
    rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
    if not any(each.callback_data == data for row in rows for each in row):
        return None
    return InlineKeyboardMarkup([[other if each.callback_data == data else each for each in row] for row in rows])
