"""Keyboards under a message: their shape and their limits."""

from __future__ import annotations

import re
from typing import Any

from tests.telegram.errors import bad_request
from tests.telegram.texts import is_blank, utf16_length
from tests.telegram.values import JSON

ACTIONS = (
    "callback_data url web_app login_url switch_inline_query switch_inline_query_current_chat "
    "switch_inline_query_chosen_chat copy_text callback_game pay"
).split()
STYLE = {"text", "style", "icon_custom_emoji_id"}
URL = re.compile(r"(?:https?://|tg://)[^\s/]+\S*\Z")
MOST_BUTTONS = 100
MOST_IN_A_ROW = 8  # wider rows are not shown
MOST_BYTES = 64


def check(markup: Any, *, editing: bool = False) -> JSON | None:
    """The markup, if it may be sent; an edit takes inline keyboards only.

    Raises:
        Refused: 400, with what is wrong.
    """
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        _inline(markup["inline_keyboard"])
    elif editing:
        raise bad_request("inline keyboard expected")
    elif "keyboard" in markup:
        _reply_keyboard(markup)
    elif markup.get("force_reply") is True or markup.get("remove_keyboard") is True:
        _placeholder(markup)
    else:
        raise bad_request("can't parse reply markup: unknown kind")
    return markup


def _rows(rows: Any, most_in_a_row: int) -> list[list[Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request("can't parse keyboard: array of arrays expected")
    if sum(map(len, rows)) > MOST_BUTTONS or any(len(row) > most_in_a_row for row in rows):
        raise bad_request("reply markup is too long")
    return rows


def _inline(rows: Any) -> None:
    for row in _rows(rows, MOST_IN_A_ROW):
        for button in row:
            _button(button)


def _button(button: Any) -> None:
    if not isinstance(button, dict):
        raise bad_request("can't parse inline keyboard button: object expected")
    if not isinstance(button.get("text"), str):
        raise bad_request("can't parse inline keyboard button: can't find field \"text\"")
    if is_blank(button["text"]):
        raise bad_request("inline keyboard button text must be non-empty")
    actions = [name for name in ACTIONS if name in button]
    if not actions:
        raise bad_request("can't parse inline keyboard button: text buttons are unallowed in the inline keyboard")
    if len(actions) > 1 or set(button) - STYLE - set(ACTIONS):
        raise bad_request("can't parse inline keyboard button: exactly one action must be given")
    _action(actions[0], button[actions[0]])


def _action(name: str, value: Any) -> None:
    if name == "callback_data" and not (isinstance(value, str) and 1 <= len(value.encode()) <= MOST_BYTES):
        raise bad_request("BUTTON_DATA_INVALID")
    if name == "url" and not (isinstance(value, str) and URL.match(value)):
        raise bad_request(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")


def _reply_keyboard(markup: JSON) -> None:
    for row in _rows(markup["keyboard"], 12):
        for button in row:
            text = button if isinstance(button, str) else button.get("text") if isinstance(button, dict) else None
            if not isinstance(text, str) or is_blank(text):
                raise bad_request("can't parse reply keyboard button: text must be non-empty")
    _placeholder(markup)


def _placeholder(markup: JSON) -> None:
    placeholder = markup.get("input_field_placeholder")
    if placeholder is not None and not 1 <= utf16_length(placeholder) <= 64:
        raise bad_request("input field placeholder must be 1-64 characters long")
