"""A press of one of our buttons."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import CallbackQuery, Message

from bot.address import Asker
from bot.buttons import Pressed


@dataclass(frozen=True, slots=True)
class Press:
    """What was pressed, and by whom under which message."""

    query: CallbackQuery
    message: Message
    asker: Asker
    what: Pressed
