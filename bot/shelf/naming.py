"""From the name that somebody gave a file to one that is safe in a folder."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from pathlib import PurePosixPath
from typing import Final

from index.formats import FORMATS

LONGEST: Final = 160  # bytes; file systems take 255, and the names of temporary files need some
UNNAMED: Final = "document"
_SEPARATOR: Final = re.compile(r"[/\\]")
_FORBIDDEN: Final = re.compile(r'[<>:"|?*]')  # on Windows
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)  # likewise
_AT_THE_START: Final = " .~$-"  # hidden files, lock files of Office, options of commands
_AT_THE_END: Final = " ."


def safe_name(suggested: str, suffix: str) -> str:
    """A file name with this suffix (one of `FORMATS`) that says what ``suggested`` says.

    It is no path, is not hidden, can be shown, is no longer than `LONGEST` bytes and means the same on every system.
    """
    parts = [part for part in _SEPARATOR.split(suggested) if part.strip(_AT_THE_START)]
    visible = "".join(map(_visible, parts[-1] if parts else ""))
    text = " ".join(_FORBIDDEN.sub("-", unicodedata.normalize("NFC", visible)).split())
    if PurePosixPath(text).suffix.lower() in FORMATS:
        text = text[: text.rindex(".")]
    stem = _cut(text.lstrip(_AT_THE_START), LONGEST - len(suffix)) or UNNAMED
    return f"{'_' if _RESERVED.match(stem) else ''}{stem}{suffix}"


def unique_name(name: str, taken: Collection[str]) -> str:
    """``name``, or with a number if one of ``taken`` differs from it in capitals at most."""
    others = {_key(each) for each in taken}
    stem, suffix = name[: name.rindex(".")], name[name.rindex(".") :]
    number, candidate = 1, name
    while _key(candidate) in others:
        number += 1
        ending = f" ({number}){suffix}"
        candidate = _cut(stem, LONGEST - len(ending)) + ending
    return candidate


def _key(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _visible(character: str) -> str:
    if character.isspace():
        return " "
    return "" if unicodedata.category(character).startswith("C") else character


def _cut(text: str, size: int) -> str:
    """As much of ``text`` as ``size`` bytes hold, without half a character."""
    return text.encode()[:size].decode(errors="ignore").rstrip(_AT_THE_END)
