"""From a question in a chat to its answer there, once: whatever is interrupted is taken up where it stopped."""

from __future__ import annotations

import asyncio
import contextlib
import math
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

import structlog
from telegram import Message
from telegram.constants import ChatAction
from telegram.error import TelegramError
from telegram.helpers import create_deep_linked_url

from bot.address import Asker, asker_of
from bot.buttons import Rendered
from bot.delivery import Place
from bot.desk import Alone, Told, completed_from
from bot.handling import patiently
from bot.metrics import ANSWERED, SECONDS
from bot.notices import limited
from bot.phrases import PhraseName
from bot.receipts import Gone
from bot.rendering import group_answer, private_answer
from bot.services import Services, place_of, words_for
from bot.state.values import StoredAnswer
from retrieval.answer import NotFound, Reply
from retrieval.assistant import Assistant

_TYPING: Final = 4.0  # seconds after which «typing» is shown again: Telegram shows it for five
_TYPING_WAIT: Final = 1.0  # seconds that an answer waits for the first «typing» to arrive, so that none comes after it
_TOLD_LATE: Final = 3600.0  # seconds within which a chat is told once that its questions came too late
_log = structlog.get_logger("dalil.replying")


@dataclass(frozen=True, slots=True)
class Standing:
    """An answer, the message it stands in, and the message that asked, if one in the same chat did."""

    kept: StoredAnswer
    message: int
    question: int | None


class Replying:
    """Answers questions in chats."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._told_late: dict[int, float] = {}

    async def answer(self, message: Message, question: str, *, after: StoredAnswer | Alone | None = None) -> None:
        """Answers the question that a message asks."""
        services, asker = self._services, asker_of(message)
        question = _storable(question)
        kept = await asyncio.to_thread(services.store.answers.by_question, message.chat_id, message.message_id)
        if kept is not None:
            await self._take_up(message, asker, kept)
        elif self._is_late(message):
            await self._say_late(message)
        elif await self._is_allowed(message, asker):
            await self._answer(message, asker, question, after)

    async def answer_sample(self, message: Message, asker: Asker, question: str) -> None:
        """Answers a sample question, whose button was pressed under ``message``."""
        if await self._is_allowed(message, asker):
            await self._answer(message, asker, question, Alone.ALONE)

    async def _answer(self, message: Message, asker: Asker, question: str, after: StoredAnswer | Alone | None) -> None:
        begun = time.perf_counter()
        assistant = await self._services.desk.assistant()
        if assistant is None:
            await self._services.say(message, PhraseName.NOTHING_INDEXED)
            return
        async with self._typing(asker):
            told = await self._services.desk.answer(assistant, asker, question, message.message_id, after=after)
            rendered = await self._rendered(assistant, asker, told.said.reply, told.kept)
        await self._send(place_of(message), told.kept, rendered, begun=begun)
        self._count(told, time.perf_counter() - begun)

    async def _take_up(self, message: Message, asker: Asker, kept: StoredAnswer) -> None:
        """An answer was made before we were stopped: sees to it that it is in the chat, once."""
        assistant = await self._services.desk.assistant()
        if kept.answer_message is not None or assistant is None:
            return
        reply = self._services.desk.again(assistant.live.current(), asker, kept)
        if isinstance(reply, Gone):
            await self._services.say(message, PhraseName.WITHDRAWN)
            return
        await self._send(place_of(message), kept, await self._rendered(assistant, asker, reply, kept))

    async def again(self, message: Message, question: str, *, after: StoredAnswer | None = None) -> None:
        """A question was edited: answers it anew in the place of its answer, if it has one."""
        asker = asker_of(message)
        kept = await asyncio.to_thread(self._services.store.answers.by_question, message.chat_id, message.message_id)
        question = _storable(question)
        if kept is None or kept.answer_message is None or kept.asked == question:
            return
        if await self._is_allowed(message, asker):
            await self.replace(asker, question, Standing(kept, kept.answer_message, message.message_id), after=after)

    async def replace(
        self, asker: Asker, question: str, standing: Standing, *, after: StoredAnswer | Alone | None = None
    ) -> None:
        """Shows the answer to ``question`` where an earlier one stands."""
        assistant = await self._services.desk.assistant()
        if assistant is None:
            return
        told = await self._services.desk.answer(assistant, asker, question, standing.question, after=after)
        rendered = await self._rendered(assistant, asker, told.said.reply, told.kept)
        before = self._services.desk.again(assistant.live.current(), asker, standing.kept)
        is_shown = not isinstance(before, Gone) and rendered == await self._rendered(
            assistant, asker, before, standing.kept
        )
        self._services.showing.forget(asker.chat, standing.message)
        if is_shown or await self._services.delivery.edit(asker.chat, standing.message, rendered):
            await patiently(self._services.store.answers.sent, told.kept.id, standing.message)

    async def _rendered(self, assistant: Assistant, asker: Asker, reply: Reply, kept: StoredAnswer) -> Rendered:
        words = words_for(asker)
        completed = completed_from(kept)
        if asker.scope == "group":
            link = create_deep_linked_url(self._services.bot.username, kept.id)
            return group_answer(reply, kept.id, words, link, completed=completed)
        if not isinstance(reply, NotFound):
            return private_answer(reply, kept.id, words, completed=completed)
        covered = await self._services.desk.offer(assistant, asker)
        return private_answer(reply, kept.id, words, completed=completed, coverage=covered)

    async def _send(self, place: Place, kept: StoredAnswer, rendered: Rendered, *, begun: float | None = None) -> None:
        sent = await self._services.delivery.send(place, rendered)
        if sent is not None:
            seconds = None if begun is None else time.perf_counter() - begun
            await patiently(self._services.store.answers.sent, kept.id, sent, seconds=seconds)

    @asynccontextmanager
    async def _typing(self, asker: Asker) -> AsyncIterator[None]:
        """Shows «typing» from the beginning, in private: in groups it would count against their limit."""
        if asker.scope == "group":
            yield
            return
        first = asyncio.create_task(self._type(asker.chat))
        going_on = asyncio.create_task(self._type_on(asker.chat))
        try:
            yield
            await asyncio.wait({first}, timeout=_TYPING_WAIT)
        finally:
            going_on.cancel()

    async def _type(self, chat: int) -> None:
        with contextlib.suppress(TelegramError):  # an answer does not depend on it
            await self._services.bot.send_chat_action(chat, ChatAction.TYPING)

    async def _type_on(self, chat: int) -> None:
        while True:
            await asyncio.sleep(_TYPING)
            await self._type(chat)

    async def _is_allowed(self, message: Message, asker: Asker) -> bool:
        taken = await asyncio.to_thread(self._services.desk.take, asker)
        if taken.allowed:
            return True
        if taken.first_refusal:
            if asker.scope == "private":
                line = limited(math.ceil(taken.retry_after), words_for(asker))
                await self._services.delivery.send(place_of(message), line)
            else:
                await self._services.say(message, PhraseName.LIMITED_GROUP)
        return False

    def _is_late(self, message: Message) -> bool:
        return time.time() - message.date.timestamp() > 60 * self._services.settings.late_minutes

    async def _say_late(self, message: Message) -> None:
        now, is_first = time.time(), await self._services.is_first(f"late:{message.chat_id}")
        if is_first is None:
            is_first = now - self._told_late.get(message.chat_id, 0.0) > _TOLD_LATE
        if is_first:
            self._told_late[message.chat_id] = now
            await self._services.say(message, PhraseName.ASKED_WHILE_AWAY)

    def _count(self, told: Told, seconds: float) -> None:
        kept = told.kept
        ANSWERED.labels(kept.outcome, kept.scope).inc()
        SECONDS.observe(seconds)
        words = {"asked": kept.asked, "understood": kept.understood} if self._services.settings.log_text else {}
        milliseconds = round(1000 * seconds, 1)
        _log.info("answered", answer=kept.id, chat=kept.chat, outcome=kept.outcome, milliseconds=milliseconds, **words)


def _storable(question: str) -> str:
    """A question without halves of characters and characters of no meaning, which no database takes."""
    return question.encode("utf-8", "replace").decode().replace("\N{NULL}", "")
