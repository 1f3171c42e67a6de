"""A press of one of our buttons."""

from __future__ import annotations

from dataclasses import dataclass

from telegram import CallbackQuery, Message

from bot.address import Asker, asker_of, person_of
from bot.buttons import Pressed, pressed


@dataclass(frozen=True, slots=True)
class Press:
    """What was pressed, and by whom under which message."""

    query: CallbackQuery
    message: Message
    asker: Asker
    what: Pressed


def press_of(query: CallbackQuery) -> Press | None:
    """What was pressed; None if no button of ours sends that, or its message is gone."""
    what, message = pressed(query.data or ""), query.message
    if what is None or not isinstance(message, Message) or not message.is_accessible:
        return None
    where, user = asker_of(message), query.from_user
    return Press(query, message, Asker(where.chat, where.topic, person_of(user), where.scope, user.language_code), what)
