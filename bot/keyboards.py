"""Buttons as Telegram takes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.buttons import Button, ButtonKind, Rendered, pressed

_WITHOUT_ARGUMENT: Final = frozenset({ButtonKind.GOOD, ButtonKind.BAD, ButtonKind.WHY, ButtonKind.LITERAL})


def keyboard(rendered: Rendered, *, version: int = 0) -> InlineKeyboardMarkup | None:
    """The buttons as Telegram takes them; None if there are none.

    Another ``version`` looks the same and does the same, but is something new to Telegram.
    """
    rows = [list(buttons_of(row)) for row in rendered.buttons]
    if version:
        rows = [[_in_version(each, version) for each in row] for row in rows]
    return InlineKeyboardMarkup(rows) if rows else None


def _in_version(button: InlineKeyboardButton, version: int) -> InlineKeyboardButton:
    what = pressed(button.callback_data) if isinstance(button.callback_data, str) else None
    if what is None or what.kind not in _WITHOUT_ARGUMENT:
        return button
    return InlineKeyboardButton(button.text, callback_data=str(replace(what, argument=str(version))))


def is_of_rating(button: InlineKeyboardButton) -> bool:
    """Whether it says what somebody thinks of an answer, or why."""
    what = pressed(button.callback_data) if isinstance(button.callback_data, str) else None
    return what is not None and what.kind in (ButtonKind.GOOD, ButtonKind.BAD, ButtonKind.REASON)


def buttons_of(row: Iterable[Button]) -> Iterable[InlineKeyboardButton]:
    """A row of buttons."""
    for each in row:
        yield InlineKeyboardButton(each.label, url=each.url, callback_data=each.data)
