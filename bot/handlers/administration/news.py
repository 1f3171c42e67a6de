"""What follows when another generation answers: withdrawn reports are marked, and who asked in vain is told."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from typing import Final

import structlog
from telegram.error import TelegramError

from bot.address import Asker
from bot.administration_notices.questions import news
from bot.delivery import Place
from bot.desk import Alone
from bot.handlers.administration.looking import Looking
from bot.handlers.administration.withdrawals import Withdrawals
from bot.phrases import phrases
from bot.remembering import Remembered
from bot.rendering import private_answer
from bot.services import Services
from bot.unanswered.asking_again import Found, ask_again
from retrieval.answer import Answer
from retrieval.assistant import Assistant

_MOST_TOLD: Final = 3  # answers that one person is told of after one switch
_GENERATION: Final = "generation"
_log = structlog.get_logger("dalil.news")


class News(Looking):
    """Looks whether another generation answers than the last time, also than before the bot was started."""

    def __init__(self, services: Services, remembered: Remembered) -> None:
        super().__init__(services)
        self._remembered = remembered
        self._withdrawals = Withdrawals(services)

    async def _look(self) -> None:
        assistant = await self._services.desk.assistant()
        if assistant is None:
            return
        number = assistant.live.current().manifest.number
        before = await asyncio.to_thread(self._remembered.get, _GENERATION)
        if number == before:
            return
        if before is not None:
            await self._withdrawals.mark(assistant)
            await self._switched(assistant)
        await asyncio.to_thread(self._remembered.put, _GENERATION, number)

    async def _switched(self, assistant: Assistant) -> None:
        found = await asyncio.to_thread(ask_again, self._services.store, assistant, now=time.time())
        _log.info("asked again", answered=len(found))
        told: Counter[int] = Counter()
        for each in reversed(found):  # what was asked last matters most
            if each.person is not None and told[each.person] < _MOST_TOLD:
                told[each.person] += 1
                await self._tell(assistant, each, each.person)

    async def _tell(self, assistant: Assistant, found: Found, person: int) -> None:
        """Tells a person who may be told; a refusal is logged, for there is nothing else to do."""
        store, words = self._services.store, phrases(None)
        chat = await asyncio.to_thread(store.chats.get, person)
        if (chat and chat.blocked_at) or await asyncio.to_thread(store.unanswered.is_quiet, person):
            return
        asker = Asker(person, None, person, "private", None)
        told = await self._services.desk.answer(assistant, asker, found.question, None, after=Alone.ALONE)
        if not isinstance(told.said.reply, Answer):
            return
        shown = news(found.question, private_answer(told.said.reply, told.kept.id, words), words)
        try:
            sent = await self._services.delivery.send(Place(person), shown)
        except TelegramError as error:
            _log.warning("person not reached", person=person, error=error.message)
            return
        if sent is not None:
            await asyncio.to_thread(store.answers.sent, told.kept.id, sent)
