"""Changing what a message shows, once: a second press of a button finds it changed, and Telegram is not asked again.

Telegram would refuse to change a message into what it is, and a press tells only what was shown when it was made.
"""

from __future__ import annotations

from typing import Final, TypeVar

from telegram import InlineKeyboardMarkup, Message

from bot.buttons import Rendered
from bot.delivery import Delivery
from bot.incoming import ChatLocks
from bot.keyboards import keyboard
from bot.phrases import Phrases

_MOST: Final = 2_000  # messages of which it is remembered what they show

T = TypeVar("T")
U = TypeVar("U")


class Showing:
    """What messages with buttons were last changed into, by this process."""

    def __init__(self, delivery: Delivery, locks: ChatLocks, *, is_alone: bool = True) -> None:
        """``is_alone``: no other process changes these messages, so that what they show is known."""
        self._is_alone = is_alone
        self._delivery = delivery
        self._locks = locks
        self._buttons: dict[tuple[int, int], InlineKeyboardMarkup | None] = {}
        self._asks: dict[tuple[int, int], bool] = {}  # whether 👎 has become reasons, where one of them was pressed

    async def show(self, message: Message, rendered: Rendered) -> None:
        """Shows ``rendered`` in place of what a message with buttons showed; its buttons tell whether it does already.

        Raises:
            TelegramError: as `Delivery.edit`.
        """
        async with self._locks.of(message.chat_id):
            buttons = keyboard(rendered)
            if buttons == self._buttons.get(_key(message), message.reply_markup):
                return
            await self._delivery.edit(message.chat_id, message.message_id, rendered)
            self.forget(message.chat_id, message.message_id)
            if self._is_alone:
                self._buttons = {**_newest(self._buttons), _key(message): buttons}

    async def rebutton(self, message: Message, answer: str, words: Phrases, *, asks: bool) -> None:
        """As `Delivery.rebutton`."""
        async with self._locks.of(message.chat_id):
            if self._asks.get(_key(message)) is asks:
                return
            await self._delivery.rebutton(message, answer, words, asks=asks)
            self.forget(message.chat_id, message.message_id)
            if self._is_alone:
                self._asks = {**_newest(self._asks), _key(message): asks}

    def forget(self, chat: int, message: int) -> None:
        """A message was changed in another way."""
        self._buttons.pop((chat, message), None)
        self._asks.pop((chat, message), None)


def _newest(noted: dict[T, U]) -> dict[T, U]:
    return noted if len(noted) < _MOST else dict(list(noted.items())[-_MOST // 2 :])


def _key(message: Message) -> tuple[int, int]:
    return message.chat_id, message.message_id
