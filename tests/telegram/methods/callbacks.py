"""Answers to pressed buttons."""

from __future__ import annotations

import time

from tests.telegram.calls import Call
from tests.telegram.errors import bad_request
from tests.telegram.texts import utf16_length

MOST_TEXT = 200


def answer_callback_query(call: Call) -> bool:
    """Accepted once, within the time that Telegram gives (15 s)."""
    press = call.world.presses.get(call.string("callback_query_id"))
    is_its_own = press is not None and press.bot_id == call.bot.id
    late = press is not None and time.time() - press.at > call.world.callback_timeout
    if press is None or not is_its_own or late or press.answered:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    if utf16_length(call.string("text")) > MOST_TEXT:
        raise bad_request("MESSAGE_TOO_LONG")
    press.answered_at, press.text, press.alert = time.time(), call.string("text"), call.flag("show_alert")
    return True


METHODS = {"answerCallbackQuery": answer_callback_query}
