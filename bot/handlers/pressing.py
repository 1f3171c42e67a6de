"""Pressed buttons. Each press is answered first; a second press of the same changes nothing."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from functools import partial
from typing import Any

from telegram import CallbackQuery, Message, Update
from telegram.error import BadRequest
from telegram.ext import BaseHandler, CallbackQueryHandler, ContextTypes

from bot import notices
from bot.address import Asker, asker_of, person_of
from bot.attempts import repeated
from bot.buttons import ButtonKind, Pressed, Reason, pressed
from bot.delivery import Place
from bot.desk import Alone
from bot.handlers.commands import receipt_of
from bot.handlers.joining import decided
from bot.handling import HANDLING
from bot.phrases import PhraseName, phrases
from bot.receipts import Gone
from bot.rendering import page
from bot.replying import Replying
from bot.services import Services, words_for
from bot.state.values import Role, StoredAnswer, Verdict
from retrieval.answer import NotFound

Context = ContextTypes.DEFAULT_TYPE


@dataclass(frozen=True, slots=True)
class Press:
    """A press of one of our buttons, and who pressed it under which message."""

    query: CallbackQuery
    message: Message
    asker: Asker
    what: Pressed


class Pressing:
    """The handler of presses."""

    def __init__(self, services: Services, replying: Replying) -> None:
        self._services = services
        self._replying = replying

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        """The one handler."""
        return [CallbackQueryHandler(self.pressed)]

    async def pressed(self, update: Update, context: Context) -> None:
        """Whatever was pressed."""
        query = update.callback_query
        assert query is not None
        what, message = pressed(query.data or ""), query.message
        if what is None or not isinstance(message, Message):
            await self._answer(query, PhraseName.BUTTON_OLD)
            return
        press = Press(query, message, _presser(query, message), what)
        match what.kind:
            case ButtonKind.APPROVE | ButtonKind.LEAVE:
                await self._decide(press)
            case ButtonKind.DOCUMENTS:
                await self._documents(press)
            case ButtonKind.SAMPLE:
                await self._sample(press)
            case _:
                await self._about_answer(press)

    async def _about_answer(self, press: Press) -> None:
        kept = await asyncio.to_thread(self._services.store.answers.get, press.what.id)
        if kept is None:
            await self._answer(press.query, PhraseName.BUTTON_OLD)
            return
        match press.what.kind:
            case ButtonKind.GOOD | ButtonKind.BAD:
                await self._rate(press)
            case ButtonKind.REASON:
                await self._reason(press)
            case ButtonKind.PAGE:
                await self._page(press, kept)
            case ButtonKind.WHY:
                await self._answer(press.query)
                place = Place(press.message.chat_id, press.asker.topic, press.message.message_id)
                await self._services.delivery.send(place, receipt_of(kept, press.asker))
            case ButtonKind.LITERAL:
                await self._literal(press, kept)
            case _:
                await self._answer(press.query, PhraseName.BUTTON_OLD)

    async def _rate(self, press: Press) -> None:
        is_good = press.what.kind is ButtonKind.GOOD
        await self._answer(press.query, PhraseName.THANKS_GOOD if is_good else PhraseName.THANKS_BAD)
        if press.asker.person is None:
            return
        verdict: Verdict = "up" if is_good else "down"
        is_new = await asyncio.to_thread(
            self._services.store.feedback.give, press.what.id, press.asker.person, verdict, now=time.time()
        )
        if is_new and press.asker.scope == "private":
            await self._services.delivery.rebutton(
                press.message, press.what.id, words_for(press.asker), asks=not is_good
            )

    async def _reason(self, press: Press) -> None:
        if press.what.argument not in set(Reason):
            await self._answer(press.query, PhraseName.BUTTON_OLD)
            return
        await self._answer(press.query, PhraseName.THANKS_REASON)
        if press.asker.person is not None:
            await asyncio.to_thread(
                self._services.store.feedback.why, press.what.id, press.asker.person, press.what.argument
            )
        await self._services.delivery.rebutton(press.message, press.what.id, words_for(press.asker), asks=False)

    async def _page(self, press: Press, kept: StoredAnswer) -> None:
        assistant = await self._services.desk.assistant()
        if assistant is None or not press.what.argument.isdecimal():
            await self._answer(press.query, PhraseName.BUTTON_OLD)
            return
        reply = self._services.desk.again(assistant.live.current(), press.asker, kept)
        if isinstance(reply, Gone | NotFound):
            await self._answer(press.query, PhraseName.WITHDRAWN)
            return
        await self._answer(press.query)
        completed = kept.understood if kept.is_follow_up else None
        shown = page(reply, kept.id, int(press.what.argument), words_for(press.asker), completed=completed)
        async with self._services.locks.of(press.message.chat_id):
            await self._services.delivery.edit(press.message.chat_id, press.message.message_id, shown)

    async def _literal(self, press: Press, kept: StoredAnswer) -> None:
        if press.asker.scope == "group" and kept.person not in (None, press.asker.person):
            await self._answer(press.query, PhraseName.BUTTON_NOT_YOURS)
            return
        await self._answer(press.query)
        assistant = await self._services.desk.assistant()
        if assistant is not None:
            async with self._services.locks.of(press.message.chat_id):
                await self._replying.replace(assistant, press.asker, kept, kept.asked, after=Alone.ALONE)

    async def _documents(self, press: Press) -> None:
        assistant = await self._services.desk.assistant()
        if assistant is None or press.asker.scope == "group" or not press.what.argument.isdecimal():
            await self._answer(press.query, PhraseName.BUTTON_OLD)
            return
        await self._answer(press.query)
        every = await asyncio.to_thread(self._services.desk.documents, assistant, press.asker)
        shown = notices.documents_page(every, int(press.what.argument), words_for(press.asker))
        async with self._services.locks.of(press.message.chat_id):
            await self._services.delivery.edit(press.message.chat_id, press.message.message_id, shown)

    async def _sample(self, press: Press) -> None:
        """The button's label is the question."""
        await self._answer(press.query)
        markup = press.message.reply_markup
        labels = [
            button.text
            for row in (markup.inline_keyboard if markup else ())
            for button in row
            if button.callback_data == press.query.data
        ]
        if labels:
            async with self._services.locks.of(press.message.chat_id):
                await self._replying.answer_sample(press.message, press.asker, labels[0])

    async def _decide(self, press: Press) -> None:
        if press.asker.scope == "group" or self._services.desk.role(press.asker.person) is not Role.ADMINISTRATOR:
            await self._answer(press.query, PhraseName.BUTTON_NOT_YOURS)
            return
        await self._answer(press.query)
        await decided(self._services, press.message, int(press.what.id), yes=press.what.kind is ButtonKind.APPROVE)

    async def _answer(self, query: CallbackQuery, name: notices.Toast | None = None) -> None:
        handling = HANDLING.get()
        if handling is not None and handling.begun_after is not None:
            return  # that was done before we were stopped
        said = notices.toast(name, phrases(query.from_user.language_code)) if name else None
        try:
            await repeated(partial(query.answer, said))
        except BadRequest:  # pressed while we were away: too old by now
            return


def _presser(query: CallbackQuery, message: Message) -> Asker:
    where = asker_of(message)
    return Asker(where.chat, where.topic, person_of(query.from_user), where.scope, query.from_user.language_code)
