"""Changing what a message shows, once: a second press of a button finds it changed, and Telegram is not asked again.

Telegram would refuse to change a message into what it is, and a press tells only what was shown when it was made.
"""

from __future__ import annotations

from typing import Final

from telegram import Message

from bot.buttons import Rendered
from bot.delivery import Delivery, keyboard
from bot.incoming import ChatLocks
from bot.phrases import Phrases

_MOST: Final = 2_000  # messages of which it is remembered what they show


class Showing:
    """What messages with buttons were last changed into, by this process."""

    def __init__(self, delivery: Delivery, locks: ChatLocks) -> None:
        self._delivery = delivery
        self._locks = locks
        self._last: dict[tuple[int, int], object] = {}

    async def show(self, message: Message, rendered: Rendered) -> None:
        """Shows ``rendered`` in place of what a message with buttons showed.

        Raises:
            TelegramError: as `Delivery.edit`.
        """
        async with self._locks.of(message.chat_id):
            markup = keyboard(rendered)
            is_shown = markup is not None and markup == message.reply_markup and _key(message) not in self._last
            if not is_shown and self._last.get(_key(message)) != rendered:
                await self._delivery.edit(message.chat_id, message.message_id, rendered)
                self._note(message, rendered)

    async def rebutton(self, message: Message, answer: str, words: Phrases, *, asks: bool) -> None:
        """As `Delivery.rebutton`."""
        async with self._locks.of(message.chat_id):
            if self._last.get(_key(message)) != (answer, asks):
                await self._delivery.rebutton(message, answer, words, asks=asks)
                self._note(message, (answer, asks))

    def _note(self, message: Message, what: object) -> None:
        self._last.pop(_key(message), None)
        self._last[_key(message)] = what
        if len(self._last) > _MOST:
            del self._last[next(iter(self._last))]


def _key(message: Message) -> tuple[int, int]:
    return message.chat_id, message.message_id
