"""Questions: anything written in private; in groups what is addressed to the bot; and questions that were edited."""

from __future__ import annotations

import asyncio
from typing import Any, Final

from telegram import Message, Update
from telegram.ext import BaseHandler, CommandHandler, ContextTypes, MessageHandler, filters

from bot.address import FROM_PEOPLE, asker_of, question_to_bot, replied_to_bot
from bot.delivery import Place
from bot.handlers.joining import noticed
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
_MOST_ALBUMS: Final = 1_000  # that are remembered at once


class Asking:
    """The handlers of questions."""

    def __init__(self, services: Services, replying: Replying) -> None:
        self._services = services
        self._replying = replying
        self._albums: dict[int, str] = {}  # of each chat, the last one

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
        await self._replying.answer(message, message.text or "", after=await self._answer_replied_to(message))

    async def written_in_group(self, update: Update, context: Context) -> None:
        """Silent unless it mentions the bot or replies to it."""
        message = _message(update)
        question = self._question_in_group(message)
        if question is not None and await self._may_answer(message):
            await self._answer(message, question)

    async def asked_by_command(self, update: Update, context: Context) -> None:
        """«/ask question», or «/ask» alone."""
        message = _message(update)
        if await self._may_answer(message):
            await self._answer(message, _after_command(message))

    async def _may_answer(self, message: Message) -> bool:
        if await self._services.may_speak_in(message.chat_id):
            return True
        await noticed(self._services, message.chat)
        return False

    async def _answer(self, message: Message, question: str) -> None:
        """Answers a question; without one, what the message that this one replies to asks, or asks for it."""
        after = await self._answer_replied_to(message)
        question = question or self._asked_by_other(message)
        if question:
            await self._replying.answer(message, question, after=after)
        else:
            await self._ask_what(message)

    def _asked_by_other(self, message: Message) -> str:
        """What somebody else's message asks to which this one replies."""
        replied, bot = message.reply_to_message, self._services.bot
        if replied is None or replied.forum_topic_created or replied_to_bot(message, bot.id):
            return ""
        if (replied.text or "").startswith("/"):
            return _after_command(replied)
        mentioned = question_to_bot(replied, bot.bot)
        return replied.text or replied.caption or "" if mentioned is None else mentioned

    async def edited(self, update: Update, context: Context) -> None:
        """A question that was answered is answered anew in the same place; others are left alone."""
        message = _message(update)
        text = message.text or ""
        if not await self._services.may_speak_in(message.chat_id):
            return
        if text.startswith("/"):
            question: str | None = _after_command(message)
        else:
            question = text if asker_of(message).scope == "private" else self._question_in_group(message)
        if question:
            await self._replying.again(message, question, after=await self._answer_replied_to(message))

    async def not_written(self, update: Update, context: Context) -> None:
        """Voices, photos, stickers, contacts: only text can be answered. Of an album, that is said once."""
        message = _message(update)
        if message.media_group_id is not None:
            if self._albums.get(message.chat_id) == message.media_group_id:
                return
            if await self._services.is_first(f"album:{message.chat_id}:{message.media_group_id}") is False:
                return
            self._albums = {**dict(list(self._albums.items())[-_MOST_ALBUMS:]), message.chat_id: message.media_group_id}
        await self._services.say(message, PhraseName.TEXT_ONLY)

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
