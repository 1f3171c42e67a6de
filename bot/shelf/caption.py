"""What is said of a document in the lines sent with it.

تقرير التحول الرقمي          the first line without a name is the title
المكان: خان هوا              place:
التاريخ: ٢٧ ديسمبر ٢٠٢٤       date:       2024-12-27 or 27/12/2024 too, in both families of digits
الرابط: https://…            url:
الجمهور: المسؤولون            audience:   public (الجميع) or officials
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Final

from bot.shelf.errors import CaptionError, Fault
from bot.shelf.lines import one_line
from index.arabic import fold
from index.catalogue import Entry
from index.cleaning import date_line
from index.document import Audience

LONGEST_TITLE: Final = 300  # code points
_NAMED: Final = re.compile(r"\s*(?P<name>[^\W\d_]+(?:\s+[^\W\d_]+)?)\s*[:：]\s*(?P<value>.*)")
_NAMES: Final = {
    "title": ("title", "العنوان", "عنوان"),
    "place": ("place", "المكان", "مكان"),
    "published": ("date", "published", "التاريخ", "تاريخ", "تاريخ النشر"),
    "url": ("url", "link", "الرابط", "رابط"),
    "audience": ("audience", "الجمهور", "جمهور"),
}
_FIELDS: Final = {fold(name): field for field, names in _NAMES.items() for name in names}
_AUDIENCES: Final[dict[str, Audience]] = {
    **dict.fromkeys(map(fold, ("public", "الجميع", "للجميع", "عام", "العموم", "الناس")), "public"),
    **dict.fromkeys(map(fold, ("officials", "المسؤولون", "المسؤولين", "للمسؤولين", "مسؤولون")), "officials"),
}
_ADDRESS: Final = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)


def caption(text: str) -> Entry:
    """What a caption says; what it does not say is left to the document itself.

    Raises:
        CaptionError: a line cannot be understood; the error says which.
    """
    found: dict[str, object] = {}
    for number, raw in enumerate(text.splitlines(), start=1):
        line = one_line(raw)
        if not line:
            continue
        named = _NAMED.fullmatch(line)
        field = _FIELDS.get(fold(one_line(named["name"]))) if named else None
        if field is None and found:
            names = ", ".join(names[0] for names in _NAMES.values())
            raise CaptionError(number, "unknown", f"begins with none of {names} and a colon")
        field, value = (field, named["value"]) if field and named else ("title", line)
        if field in found:
            raise CaptionError(number, "twice", f"the {field} was given before")
        found[field] = parsed(field, value, number)
    return Entry.model_validate(found)


def parsed(field: str, value: str, line: int = 1) -> object:
    """One thing said of a document, as `Entry` takes it; ``line`` is where it stands.

    Raises:
        CaptionError: the value cannot be understood.
    """
    text = one_line(value)
    if not text:
        raise CaptionError(line, "empty", f"the {field} is missing after the colon")
    try:
        return _PARSERS[field](text)
    except ValueError as error:
        raise CaptionError(line, _FAULTS[field], f"{text!r} {error}") from None


def _title(text: str) -> str:
    if len(text) > LONGEST_TITLE:
        raise ValueError(f"is longer than {LONGEST_TITLE} characters")
    return text


def _date(text: str) -> dt.date:
    if (day := date_line(text)) is None:
        raise ValueError("is no date: write 2024-12-27, 27/12/2024 or 27 ديسمبر 2024")
    return day


def _address(text: str) -> str:
    if not _ADDRESS.fullmatch(text):
        raise ValueError("is no address that begins with http:// or https://")
    return text


def _audience(text: str) -> Audience:
    try:
        return _AUDIENCES[fold(text)]
    except KeyError:
        raise ValueError("is neither public (الجميع) nor officials (المسؤولون)") from None


_PARSERS: Final[dict[str, Callable[[str], object]]] = {
    "title": _title,
    "place": _title,
    "published": _date,
    "url": _address,
    "audience": _audience,
}
_FAULTS: Final[dict[str, Fault]] = {
    "title": "title",
    "place": "title",
    "published": "date",
    "url": "url",
    "audience": "audience",
}
