"""What handlers work with, put together once."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from telegram import CallbackQuery, Message
from telegram.error import BadRequest
from telegram.ext import ExtBot

from bot.address import Asker, asker_of
from bot.attempts import repeated
from bot.buttons import Rendered
from bot.delivery import Delivery, Place
from bot.desk import Desk
from bot.handling import HANDLING, patiently
from bot.incoming import ChatLocks
from bot.notices import Notice, Toast, notice, receipt_message, toast
from bot.phrases import Phrases, phrases
from bot.settings import Settings
from bot.sharing import Sharing
from bot.showing import Showing
from bot.state.store import Store
from bot.state.values import StoredAnswer


@dataclass(frozen=True)
class Services:
    """Everything that a handler needs."""

    settings: Settings
    store: Store
    desk: Desk
    bot: ExtBot[Any]
    delivery: Delivery
    locks: ChatLocks = field(default_factory=ChatLocks)
    sharing: Sharing | None = None
    """Where other processes serve the same bot."""

    @cached_property
    def showing(self) -> Showing:
        """Through which messages with buttons are changed."""
        return Showing(self.delivery, self.locks, is_alone=self.sharing is None)

    @property
    def leads(self) -> bool:
        """Whether this process does what only one may do: it is the only one, or its turn."""
        return self.sharing is None or self.sharing.leads

    async def is_first(self, what: str) -> bool | None:
        """Whether this was not done in the last hour, by any of the processes; None where there is only this one.

        ``what`` names people and chats by their ids, between colons.
        """
        if self.sharing is None:
            return None
        taken = await patiently(self.store.limits.take, what, rate_per_minute=1 / 60, burst=1, now=time.time())
        return taken.allowed

    async def say(self, message: Message, name: Notice) -> None:
        """Replies to a message with a notice."""
        await self.delivery.send(place_of(message), notice(name, words_for(asker_of(message))))

    async def answer(self, query: CallbackQuery, name: Toast | None = None) -> None:
        """Answers a press, which Telegram waits for, with a line or without one."""
        handling = HANDLING.get()
        if handling is not None and handling.begun_after is not None:
            return  # that was done before we were stopped
        said = toast(name, phrases(query.from_user.language_code)) if name else None
        try:
            await repeated(lambda: query.answer(said))
        except BadRequest:  # pressed while we were away: too old by now
            return

    async def receipt_of(self, kept: StoredAnswer, asker: Asker) -> Rendered:
        """How an answer came about, as this person may know it."""
        return receipt_message(await self.desk.receipt(asker, kept), kept.id, words_for(asker))

    async def may_speak_in(self, chat: int) -> bool:
        """Whether the bot answers in a chat: in groups, where administrators decide, only after they have."""
        if self.settings.groups == "any" or chat > 0:
            return True
        known = await asyncio.to_thread(self.store.chats.get, chat)
        return known is not None and known.approval == "approved"


def place_of(message: Message) -> Place:
    """Where a reply to a message belongs."""
    return Place(message.chat_id, asker_of(message).topic, message.message_id)


def words_for(asker: Asker) -> Phrases:
    """The phrases in the language of who asks."""
    return phrases(asker.language)
