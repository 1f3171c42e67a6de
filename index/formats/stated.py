"""What a file says about itself, taken only where it is what it should be."""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import urlsplit

from index.formats.wording import one_line

LONGEST_TITLE = 300
LONGEST_ADDRESS = 2000

_DAY = re.compile(r"\s*(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
_TURNS_TEXT = re.compile("[\u202a-\u202e\u2066-\u2069]")
_NOT_IN_AN_ADDRESS = re.compile('[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2066-\u2069"<>\\\\^`{|}]')


def title(value: str | None) -> str | None:
    """A title on one line; None where there is no letter in it or it is a whole paragraph."""
    line = one_line(_TURNS_TEXT.sub("", value or ""))
    if len(line) > LONGEST_TITLE or not any(character.isalpha() for character in line):
        return None
    return line


def day(value: str | None) -> dt.date | None:
    """The day a value such as ``2024-05-01T10:00:00+03:00`` begins with, as it is written there."""
    found = _DAY.match(value or "")
    if not found:
        return None
    try:
        stated = dt.date(*map(int, found.groups()))
    except ValueError:
        return None
    return stated if stated.year >= 1900 else None


def address(value: str | None) -> str | None:
    """A whole http or https address; None for anything else, such as a path or a script."""
    text = (value or "").strip()
    if len(text) > LONGEST_ADDRESS or _NOT_IN_AN_ADDRESS.search(text):
        return None
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or parts.username is not None:
        return None
    return text
