"""Questions that are asked before each switch: kept by a reply to a good answer."""

from __future__ import annotations

import asyncio
import time
from typing import Any, Final

from telegram import Message, Update
from telegram.ext import BaseHandler, CommandHandler, ContextTypes

from bot.address import asker_of, replied_to_bot
from bot.administration_notices import library as notices
from bot.administration_notices.saying import plain
from bot.buttons import Rendered
from bot.handlers.administration.guarding import NEW_IN_PRIVATE, FromAdministrator
from bot.handlers.administration.office import Office
from bot.phrases import PhraseName, Phrases
from bot.receipts import receipt
from bot.services import words_for
from bot.shelf.errors import QuestionsError
from bot.shelf.questions import Canary
from bot.state.values import Deed, StoredAnswer

Context = ContextTypes.DEFAULT_TYPE

_ADD: Final = frozenset({"add", "أضف", "اضف"})
_REMOVE: Final = frozenset({"remove", "احذف"})


class Canaries:
    """The handler of such questions."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._questions = office.dalil.shelf.questions

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        """The one handler."""
        mine = NEW_IN_PRIVATE & FromAdministrator(self._office.services)
        return [CommandHandler("canary", self.asked, mine)]

    async def asked(self, update: Update, context: Context) -> None:
        """«add» and «remove», in either language, as a reply to an answer; else the list."""
        message = update.effective_message
        assert message is not None  # the handler's filters see to it
        words, what = words_for(asker_of(message)), context.args[0].lower() if context.args else ""
        try:
            shown = await self._done(message, what, words)
        except QuestionsError as error:
            shown = notices.canaries_unreadable(error, words)
        await self._office.reply(message, shown)

    async def _done(self, message: Message, what: str, words: Phrases) -> Rendered:
        if what not in _ADD | _REMOVE:
            every = await asyncio.to_thread(self._questions.all)
            return notices.canaries([each.text for each in every], words)
        kept = await self._answer_replied_to(message)
        if kept is None or not kept.understood:
            return plain(PhraseName.CANARY_NO_ANSWER, words)
        if what in _REMOVE:
            is_removed = await asyncio.to_thread(self._questions.remove, kept.understood)
            if is_removed:
                await self._note(message, "canary removed", kept.understood)
            return plain(PhraseName.CANARY_REMOVED if is_removed else PhraseName.CANARY_UNKNOWN, words)
        return await self._added(message, kept, words)

    async def _added(self, message: Message, kept: StoredAnswer, words: Phrases) -> Rendered:
        assistant = await self._office.services.desk.assistant()
        excerpts = receipt(kept.reply, kept.asked, kept.understood).excerpts
        if assistant is None or kept.outcome != "answer" or not excerpts:
            return plain(PhraseName.CANARY_NO_ANSWER, words)
        canary = Canary(text=kept.understood, document=excerpts[0].document)
        if not canary.is_passed_by(await asyncio.to_thread(assistant.ask, canary.text)):
            return plain(PhraseName.CANARY_NOT_NOW, words)
        if not await asyncio.to_thread(self._questions.add, canary):
            return plain(PhraseName.CANARY_KNOWN, words)
        await self._note(message, "canary added", canary.text)
        record = assistant.live.current().documents.find(excerpts[0].document)
        return notices.canary_added(record.about.title if record else excerpts[0].document, words)

    async def _note(self, message: Message, what: str, question: str) -> None:
        deed = Deed(time.time(), asker_of(message).person, what, None, {"question": question})
        await asyncio.to_thread(self._office.store.audit.note, deed)

    async def _answer_replied_to(self, message: Message) -> StoredAnswer | None:
        replied = replied_to_bot(message, self._office.services.bot.id)
        if replied is None:
            return None
        answers = self._office.store.answers
        return await asyncio.to_thread(answers.by_answer_message, message.chat_id, replied.message_id)
