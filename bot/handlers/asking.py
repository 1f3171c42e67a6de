"""Questions: anything written in private; in groups what is addressed to the bot; and questions that were edited."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from telegram import Message, Update
from telegram.ext import BaseHandler, CommandHandler, ContextTypes, MessageHandler, filters

from bot.address import FROM_PEOPLE, asker_of, question_to_bot, replied_to_bot
from bot.delivery import Place
from bot.notices import ask_placeholder, notice
from bot.phrases import PhraseName
from bot.replying import Replying
from bot.services import Services, place_of, words_for
from bot.state.values import StoredAnswer

Context = ContextTypes.DEFAULT_TYPE

_NEW: Final = filters.UpdateType.MESSAGE & FROM_PEOPLE
_EDITED: Final = filters.UpdateType.EDITED_MESSAGE & FROM_PEOPLE
_PRIVATE: Final = filters.ChatType.PRIVATE
_GROUP: Final = filters.ChatType.GROUPS


class Asking:
    """The handlers of questions."""

    def __init__(self, services: Services, replying: Replying) -> None:
        self._services = services
        self._replying = replying

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        """In the order in which they are to be tried."""
        return [
            CommandHandler("ask", self.asked_by_command, _NEW),
            MessageHandler(_NEW & _PRIVATE & filters.TEXT & ~filters.COMMAND, self.written_in_private),
            MessageHandler(_NEW & _GROUP & filters.TEXT & ~filters.COMMAND, self.written_in_group),
            MessageHandler(_EDITED & (_PRIVATE | _GROUP) & filters.TEXT, self.edited),
            MessageHandler(_NEW & _PRIVATE & ~filters.TEXT & ~filters.StatusUpdate.ALL, self.not_written),
        ]

    async def written_in_private(self, update: Update, context: Context) -> None:
        """Any text is a question."""
        message = _message(update)
        await self._replying.answer(message, message.text or "")

    async def written_in_group(self, update: Update, context: Context) -> None:
        """Silent unless it mentions the bot or replies to it."""
        message = _message(update)
        question = self._question_in_group(message)
        if question is None or not await self._services.may_speak_in(message.chat_id):
            return
        if question:
            await self._replying.answer(message, question, after=await self._answer_replied_to(message))
        else:
            await self._ask_what(message)

    async def asked_by_command(self, update: Update, context: Context) -> None:
        """«/ask question»; alone, it asks what was written in the message that it replies to, or for the question."""
        message = _message(update)
        asker = asker_of(message)
        if asker.scope == "group" and not await self._services.may_speak_in(message.chat_id):
            return
        question = _after_command(message)
        after = await self._answer_replied_to(message)
        replied = message.reply_to_message
        if not question and after is None and replied is not None and not replied.forum_topic_created:
            question = replied.text or replied.caption or ""
        if question:
            await self._replying.answer(message, question, after=after)
        else:
            await self._ask_what(message)

    async def edited(self, update: Update, context: Context) -> None:
        """A question that was answered is answered anew in the same place; others are left alone."""
        message = _message(update)
        text = message.text or ""
        if text.startswith("/"):
            question: str | None = _after_command(message)
        else:
            question = text if asker_of(message).scope == "private" else self._question_in_group(message)
        if question:
            await self._replying.again(message, question)

    async def not_written(self, update: Update, context: Context) -> None:
        """Voices, photos, stickers, contacts: only text can be answered."""
        await self._services.say(_message(update), PhraseName.TEXT_ONLY)

    def _question_in_group(self, message: Message) -> str | None:
        """What a message asks the bot; None if it is not addressed to it."""
        mentioned = question_to_bot(message, self._services.bot.bot)
        if mentioned is not None:
            return mentioned
        return message.text if replied_to_bot(message, self._services.bot.id) else None

    async def _answer_replied_to(self, message: Message) -> StoredAnswer | None:
        replied = replied_to_bot(message, self._services.bot.id)
        if replied is None:
            return None
        return await asyncio.to_thread(
            self._services.store.answers.by_answer_message, message.chat_id, replied.message_id
        )

    async def _ask_what(self, message: Message) -> None:
        words = words_for(asker_of(message))
        where: Place = place_of(message)
        rendered = notice(PhraseName.ASK_WHAT, words)
        await self._services.delivery.send(where, rendered, asks=ask_placeholder(words))


def _message(update: Update) -> Message:
    message = update.effective_message
    assert message is not None  # the handlers' filters see to it
    return message


def _after_command(message: Message) -> str:
    """What follows the command that a message begins with, on its line or on others."""
    return "".join((message.text or "").split(maxsplit=1)[1:]).strip()
