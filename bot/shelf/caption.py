"""What is said of a document in the lines sent with it.

تقرير التحول الرقمي          lines without a name before those with one are the title
المكان: خان هوا              place:
التاريخ: ٢٧ ديسمبر ٢٠٢٤       date:       2024-12-27 or 27/12/2024 too, in both families of digits
الرابط: https://…            url:
الجمهور: المسؤولون            audience:   public (الجميع) or officials; «للمسؤولين فقط» alone is enough

After a name stands a colon, a dash, an equals sign or a semicolon; before what can only be its value a space will do.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from bot.shelf.errors import CaptionError, Fault
from bot.shelf.lines import one_line
from index.arabic import fold
from index.catalogue import Entry
from index.cleaning import date_line
from index.document import Audience

LONGEST_TITLE: Final = 300  # code points
_BULLET: Final = re.compile(r"^[\W\d_]+")
_NAME: Final = r"(?P<name>[^\W\d_]+(?:\s+[^\W\d_]+)?)"
_NAMED: Final = re.compile(_NAME + r"(?:\s*[:：؛;=–—]|\s+-)\s*(?P<value>.*)")
_COLON: Final = re.compile(_NAME + r"\s*[:：].*")
_LOOSE: Final = tuple(
    re.compile(rf"(?P<name>{name})[\s-]+(?P<value>.+)") for name in (r"[^\W\d_]+\s+[^\W\d_]+", r"[^\W\d_]+")
)
_NAMES: Final = {
    "title": ("title", "العنوان", "عنوان"),
    "place": ("place", "المكان", "مكان"),
    "published": ("date", "published", "التاريخ", "تاريخ", "تاريخ النشر"),
    "url": ("url", "link", "الرابط", "رابط"),
    "audience": ("audience", "الجمهور", "جمهور", "الفئة", "فئة", "الفئة المستهدفة"),
}
_FIELDS: Final = {fold(name): field for field, names in _NAMES.items() for name in names}
_PUBLIC: Final = frozenset(map(fold, ("public", "الجميع", "للجميع", "عام", "العموم", "الناس")))
_PUBLIC_ALONE: Final = frozenset(map(fold, ("public", "الجميع", "للجميع")))  # «عام» may be a title
_OFFICIALS: Final = re.compile(r"(?:لل|ال|)مس[وي]ول[وي]ن(?: (?:فقط|وحدهم))?|officials?(?: only)?")  # folded
_ABOUT_OFFICIALS: Final = re.compile(r"\b(?:لل|ال)مس[وي]ول[وي]ن (?:فقط|وحدهم)\b|\bofficials? only\b")  # folded
_OFFICIAL: Final = re.compile(r"مس[وي]ول|official")  # folded
_AROUND: Final = " .،,؛;:!«»\"'()[]“”"
_ADDRESS: Final = re.compile(r"https?://[^\s/]+\S*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Understood:
    """What was understood of a caption, and the first line that was not."""

    entry: Entry
    fault: CaptionError | None


def caption(text: str) -> Entry:
    """What a caption says; what it does not say is left to the document itself.

    Raises:
        CaptionError: a line cannot be understood; the error says which.
    """
    found = understood(text)
    if found.fault:
        raise found.fault
    return found.entry


def understood(text: str) -> Understood:
    """What a caption says as far as its lines can be understood."""
    reading = _Reading()
    for number, raw in enumerate(text.splitlines(), start=1):
        if line := one_line(raw):
            reading.read(line, number)
    return reading.done()


class _Reading:
    """A caption, line by line."""

    def __init__(self) -> None:
        self._found: dict[str, Any] = {}
        self._title: list[str] = []
        self._fault: CaptionError | None = None

    def read(self, line: str, number: int) -> None:
        """Takes a line over, or the first fault."""
        try:
            self._read(line, number)
        except CaptionError as error:
            self._fault = self._fault or error

    def _read(self, line: str, number: int) -> None:
        is_first = not (self._found or self._title)
        if named := _named(line, is_first=is_first):
            field, value = named
            if field in self._found or (field == "title" and self._title):
                raise CaptionError(number, "twice", f"the {field} was given before")
            self._found[field] = parsed(field, value, number)
            return
        if self._found or (not is_first and _COLON.fullmatch(_BULLET.sub("", line))):
            names = ", ".join(names[0] for names in _NAMES.values())
            raise CaptionError(number, "unknown", f"begins with none of {names} and a colon")
        self._title = [str(parsed("title", " ".join([*self._title, line]), number))]
        if _ABOUT_OFFICIALS.search(fold(line)):
            raise CaptionError(number, "audience", "speaks of officials and has no name before it")

    def done(self) -> Understood:
        """What it says in all."""
        title = {"title": self._title[0]} if self._title else {}
        return Understood(Entry.model_validate({**title, **self._found}), self._fault)


def _named(line: str, *, is_first: bool) -> tuple[str, str] | None:
    """The field that a line is about, and what it says of it; None if it names none."""
    words = _BULLET.sub("", line)
    if (match := _NAMED.fullmatch(words)) and (field := _field(match["name"])):
        return field, match["value"]
    if alone := _audience_of(line, _PUBLIC_ALONE):
        return "audience", alone
    for pattern in _LOOSE:
        match = pattern.fullmatch(words)
        field = _field(match["name"]) if match else None
        if match and field and _can_be(field, match["value"], is_first=is_first):
            return field, match["value"]
    return None


def _field(name: str) -> str | None:
    return _FIELDS.get(fold(one_line(name)))


def _can_be(field: str, value: str, *, is_first: bool) -> bool:
    """Whether something is said of a field though only a space stands between: titles begin with such words too."""
    match field:
        case "published":
            return date_line(value) is not None
        case "url":
            return _ADDRESS.fullmatch(value) is not None
        case "audience":  # what speaks of officials and is not understood must not become a title for everybody
            return _audience_of(value, _PUBLIC) is not None or _OFFICIAL.search(fold(value)) is not None
        case "place":
            return not is_first
        case _:
            return False


def _audience_of(text: str, public: frozenset[str]) -> Audience | None:
    folded = " ".join(fold(text.strip(_AROUND)).split())
    if _OFFICIALS.fullmatch(folded):
        return "officials"
    return "public" if folded in public else None


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
    if audience := _audience_of(text, _PUBLIC):
        return audience
    raise ValueError("is neither public (الجميع) nor officials (المسؤولون)")


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
