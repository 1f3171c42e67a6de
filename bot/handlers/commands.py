"""The commands beside /ask."""

from __future__ import annotations

import asyncio
from typing import Any

from telegram import Message, Update
from telegram.ext import BaseHandler, CommandHandler, ContextTypes, ExtBot, MessageHandler, filters

from bot import notices
from bot.address import FROM_PEOPLE, Asker, asker_of, replied_to_bot
from bot.buttons import Rendered
from bot.desk import completed_from, key_of
from bot.handlers.greeting import tell_commands
from bot.handlers.joining import ask_about_waiting
from bot.phrases import PhraseName
from bot.receipts import Gone
from bot.rendering import private_answer
from bot.services import Services, place_of, words_for
from bot.state.values import Role, StoredAnswer

Context = ContextTypes.DEFAULT_TYPE


class _NamesBot(filters.MessageFilter):
    """In groups, commands other than /ask that are ours: with its name after them, or as a reply to the bot.

    In privacy mode Telegram itself hands over only those that are; without it, those of all bots.
    """

    def __init__(self, bot: ExtBot[Any]) -> None:
        super().__init__()
        self._bot = bot

    def filter(self, message: Message) -> bool:
        if not self._bot.can_read_all_group_messages or replied_to_bot(message, self._bot.id):
            return True
        return "@" in (message.text or "").split(maxsplit=1)[0]


class Commands:
    """The handlers of commands: all in private; in groups those that are of use there, and only if addressed."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        """In the order in which they are to be tried."""
        new, private = filters.UpdateType.MESSAGE & FROM_PEOPLE, filters.ChatType.PRIVATE
        here = {"start": self.start, "documents": self.documents, "why": self.why}
        everywhere = {"help": self.help, "new": self.new, "privacy": self.privacy, "forget": self.forget}
        for_us = private | _NamesBot(self._services.bot)
        return [
            *(CommandHandler(name, does, new & private) for name, does in here.items()),
            *(CommandHandler(name, does, new & for_us) for name, does in everywhere.items()),
            MessageHandler(new & private & filters.COMMAND, self.unknown),
        ]

    async def start(self, update: Update, context: Context) -> None:
        """Greets, with questions to try; with the id of a group's answer, shows all of that."""
        message, asker = _read(update)
        await asyncio.to_thread(self._services.store.chats.joined, message.chat_id, "private", "", approval=None)
        if context.args:
            await self._show_whole(message, asker, context.args[0])
        else:
            assistant = await self._services.desk.assistant()
            covered = await self._services.desk.offer(assistant, asker) if assistant else None
            await self._reply(message, notices.greeting(covered.examples if covered else (), words_for(asker)))
        if self._services.desk.role(asker.person) is Role.ADMINISTRATOR:
            await ask_about_waiting(self._services, message.chat_id)
            await tell_commands(self._services.bot, administrators=[message.chat_id])

    async def _show_whole(self, message: Message, asker: Asker, answer: str) -> None:
        kept, assistant = await self._kept(answer, asker), await self._services.desk.assistant()
        if kept is None or assistant is None:
            await self._services.say(message, PhraseName.RECEIPT_NOT_FOUND)
            return
        reply = self._services.desk.again(assistant.live.current(), asker, kept)
        if isinstance(reply, Gone):
            await self._services.say(message, PhraseName.WITHDRAWN)
            return
        whole = private_answer(reply, kept.id, words_for(asker), completed=completed_from(kept))
        await self._reply(message, whole)

    async def help(self, update: Update, context: Context) -> None:
        """What the bot does, and how to ask it here."""
        message, asker = _read(update)
        await self._say(message, PhraseName.HELP_PRIVATE if asker.scope == "private" else PhraseName.HELP_GROUP)

    async def new(self, update: Update, context: Context) -> None:
        """Forgets what was asked before, here."""
        message, asker = _read(update)
        await asyncio.to_thread(self._services.store.memory.forget, key_of(asker))
        await self._say(message, PhraseName.NEW_DONE)

    async def privacy(self, update: Update, context: Context) -> None:
        """What is kept, and for how long."""
        message, asker = _read(update)
        settings, in_group = self._services.settings, asker.scope == "group"
        if in_group and not await self._services.may_speak_in(message.chat_id):
            return
        kept = {"days": settings.kept_days, "minutes": max(1, round(settings.memory_minutes))}
        await self._reply(message, notices.privacy(words_for(asker), **kept, in_group=in_group))

    async def forget(self, update: Update, context: Context) -> None:
        """Deletes what is kept about a person, in all chats."""
        message, asker = _read(update)
        if asker.person is not None:
            await asyncio.to_thread(self._services.store.people.forget, asker.person)
            await self._say(message, PhraseName.FORGET_DONE)

    async def documents(self, update: Update, context: Context) -> None:
        """The reports that this person may read, in pages."""
        message, asker = _read(update)
        assistant = await self._services.desk.assistant()
        if assistant is None:
            await self._services.say(message, PhraseName.NOTHING_INDEXED)
            return
        every = await asyncio.to_thread(self._services.desk.documents, assistant, asker)
        await self._reply(message, notices.documents_page(every, 1, words_for(asker)))

    async def why(self, update: Update, context: Context) -> None:
        """The receipt of the answer with this id, of the one replied to, or of the person's last one."""
        message, asker = _read(update)
        answers, replied = self._services.store.answers, replied_to_bot(message, self._services.bot.id)
        if context.args:
            kept = await self._kept(context.args[0], asker)
        elif replied is not None:
            kept = await asyncio.to_thread(answers.by_answer_message, message.chat_id, replied.message_id)
        else:
            kept = await asyncio.to_thread(answers.last_in, message.chat_id)
        if kept is None:
            is_named = bool(context.args) or replied is not None
            await self._services.say(message, PhraseName.RECEIPT_NOT_FOUND if is_named else PhraseName.RECEIPT_NONE_YET)
            return
        await self._reply(message, await self._services.receipt_of(kept, asker))

    async def unknown(self, update: Update, context: Context) -> None:
        """A command that there is not."""
        message, _ = _read(update)
        await self._services.say(message, PhraseName.UNKNOWN_COMMAND)

    async def _kept(self, answer: str, asker: Asker) -> StoredAnswer | None:
        """The answer with that id, if this person may see it."""
        kept = await asyncio.to_thread(self._services.store.answers.get, answer)
        return kept if kept is not None and self._services.desk.may_see(asker, kept) else None

    async def _say(self, message: Message, name: notices.Notice) -> None:
        if asker_of(message).scope == "private" or await self._services.may_speak_in(message.chat_id):
            await self._services.say(message, name)

    async def _reply(self, message: Message, rendered: Rendered) -> None:
        await self._services.delivery.send(place_of(message), rendered)


def _read(update: Update) -> tuple[Message, Asker]:
    message = update.effective_message
    assert message is not None  # the handlers' filters see to it
    return message, asker_of(message)
