"""Numbers that people type, or that come back from buttons, which anybody may forge."""

from __future__ import annotations

from typing import Final

_MOST_DIGITS: Final = 9  # of the number of a version or a page
_LARGEST_ID: Final = 2**52  # Telegram's ids have at most 52 significant bits (Bot API, User.id and Chat.id)


def typed_number(text: str) -> int | None:
    """The number that a text is, in whichever digits («12», «١٢»); None if it is none, or absurdly long."""
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else None


def telegram_id(text: str) -> int | None:
    """The id of a person or, with a minus, of a group; None if it cannot be one."""
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdecimal()) or len(digits) > len(str(_LARGEST_ID)):
        return None
    return int(text) if int(digits) < _LARGEST_ID else None
