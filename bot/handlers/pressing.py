"""Pressed buttons. Each press is answered first; a second press of the same changes nothing."""

from __future__ import annotations

import asyncio
import time
from typing import Any, Final

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, ContextTypes

from bot import notices
from bot.buttons import ButtonKind
from bot.handlers.joining import decided
from bot.handlers.judging import Judging
from bot.numbers import telegram_id
from bot.phrases import PhraseName
from bot.press import Press, press_of
from bot.replying import Replying
from bot.services import Services, words_for
from bot.state.values import Role

Context = ContextTypes.DEFAULT_TYPE

_AGAIN: Final = 30.0  # seconds within which a further press of a button that sends a message is a slip
_MOST_NOTED: Final = 1_000  # presses that are remembered for that


class Pressing:
    """The handler of presses."""

    def __init__(self, services: Services, replying: Replying) -> None:
        self._services = services
        self._replying = replying
        self._judging = Judging(services, replying)
        self._pressed: dict[tuple[int, int, str], float] = {}

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        """The one handler."""
        return [CallbackQueryHandler(self.pressed)]

    async def pressed(self, update: Update, context: Context) -> None:
        """Whatever was pressed."""
        query = update.callback_query
        assert query is not None
        press = press_of(query)
        if press is None:
            await self._services.answer(query, PhraseName.BUTTON_OLD)
            return
        match press.what.kind:
            case ButtonKind.WHY | ButtonKind.SAMPLE if self._is_a_slip(press):
                await self._services.answer(query)
            case ButtonKind.APPROVE | ButtonKind.LEAVE:
                await self._decide(press)
            case ButtonKind.DOCUMENTS:
                await self._documents(press)
            case ButtonKind.SAMPLE:
                await self._sample(press)
            case _:
                await self._judging.about_answer(press)

    def _is_a_slip(self, press: Press) -> bool:
        """Whether the same button was pressed a moment ago; notes that it was pressed now."""
        now, key = time.monotonic(), (press.message.chat_id, press.message.message_id, str(press.what))
        if len(self._pressed) > _MOST_NOTED:
            self._pressed = {each: at for each, at in self._pressed.items() if now - at < _AGAIN}
        before = self._pressed.get(key)
        if before is not None and now - before < _AGAIN:
            return True
        self._pressed[key] = now
        return False

    async def _documents(self, press: Press) -> None:
        assistant = await self._services.desk.assistant()
        if assistant is None or press.asker.scope == "group" or not press.what.argument.isdecimal():
            await self._services.answer(press.query, PhraseName.BUTTON_OLD)
            return
        await self._services.answer(press.query)
        every = await asyncio.to_thread(self._services.desk.documents, assistant, press.asker)
        shown = notices.documents_page(every, int(press.what.argument), words_for(press.asker))
        await self._services.showing.show(press.message, shown)

    async def _sample(self, press: Press) -> None:
        """The button's label is the question."""
        markup = press.message.reply_markup
        labels = [
            button.text
            for row in (markup.inline_keyboard if markup else ())
            for button in row
            if button.callback_data == press.query.data
        ]
        if not labels or press.asker.scope == "group":
            await self._services.answer(press.query, PhraseName.BUTTON_OLD)
            return
        await self._services.answer(press.query)
        async with self._services.locks.of(press.message.chat_id):
            await self._replying.answer_sample(press.message, press.asker, labels[0])

    async def _decide(self, press: Press) -> None:
        if press.asker.scope == "group" or self._services.desk.role(press.asker.person) is not Role.ADMINISTRATOR:
            await self._services.answer(press.query, PhraseName.ADMINISTRATORS_ONLY)
            return
        group = telegram_id(press.what.id)
        if group is None:
            await self._services.answer(press.query, PhraseName.BUTTON_OLD)
            return
        await self._services.answer(press.query)
        await decided(self._services, press.message, group, yes=press.what.kind is ButtonKind.APPROVE)
