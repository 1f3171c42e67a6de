"""What of a page is no report: comment counters, advert markers, image names, source lines.

Debris is not deleted: the stored text stays as it was read, so offsets and quotations stay true.
It is only left out of what is searched and quoted. What the lines say of the report (address, date) is kept.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from index.arabic import fold
from index.document import Span
from index.sentences import trim

_SOURCE: Final = re.compile(r"^(?:ال)?مصدر\s*(?::\s*)?(?P<url>https?://\S+)?$")
_BARE_ADDRESS: Final = re.compile(r"^\s*https?://\S+\s*$")
_DATE_LABEL: Final = r"(?:تاريخ النشر|نشر في|نشر بتاريخ|اخر تحديث|تاريخ التقرير|التاريخ|published)\s*:?\s*"
_MONTH_NAMES: Final = (
    ("يناير", "كانون الثاني", "جانفي", "january", "jan"), ("فبراير", "شباط", "فيفري", "february", "feb"),
    ("مارس", "اذار", "march", "mar"), ("ابريل", "نيسان", "افريل", "april", "apr"),
    ("مايو", "ايار", "ماي", "may"), ("يونيو", "حزيران", "جوان", "june", "jun"),
    ("يوليو", "تموز", "يوليوز", "جويليه", "july", "jul"), ("اغسطس", "اب", "غشت", "اوت", "august", "aug"),
    ("سبتمبر", "ايلول", "شتنبر", "september", "sept", "sep"),
    ("اكتوبر", "تشرين الاول", "october", "oct"),
    ("نوفمبر", "تشرين الثاني", "نونبر", "november", "nov"),
    ("ديسمبر", "كانون الاول", "دجنبر", "december", "dec"),
)  # fmt: skip
"""Folded, as the Gulf and Egypt, the Levant, Morocco, Tunisia with Algeria, and English name them."""

_MONTHS: Final = {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names}
_WEEKDAY: Final = (
    r"(?:(?:يوم )?(?:الاحد|الاثنين|الثلاثا|الاربعا|الخميس|الجمعه|السبت)"
    r"|(?:sun|mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?)(?:day)?)\b[ ,]*"
)
_DATE: Final = (
    r"(?:(?P<y>\d{4}) ?[-/.] ?(?P<m>\d{1,2}) ?[-/.] ?(?P<d>\d{1,2})"
    r"|(?P<d2>\d{1,2}) ?[-/.] ?(?P<m2>\d{1,2}) ?[-/.] ?(?P<y2>\d{4})"
    r"|(?P<d3>\d{1,2}) (?P<name>[^\W\d_]+(?: [^\W\d_]+)?)[ ,.]+(?P<y3>\d{4}))(?: ?م(?!\w))?"
)
_DATE_LINE: Final = re.compile(
    rf"^\W*(?:{_DATE_LABEL})?(?:{_WEEKDAY})?{_DATE}(?:[ ,T-]+\d{{1,2}}:\d{{2}}(?::\d{{2}})?\w*)?\W*$", re.I
)
_DEBRIS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^\W*(?:تعليق|تعليقات|التعليقات)\W*\d*\W*$|^\W*\d+\W*(?:تعليق|تعليقات)\W*$|^\W*(?:\d+ )?comments?\W*\d*\W*$",
        r"^\W*(?:اعلان|اعلانات|advertisement|ad)\W*\d*\W*$",
        r"^.{0,80}\.(?:jpe?g|png|gif|webp|bmp|svg)\W*$",
        r"^\W*(?:شارك|مشاركه|طباعه|انسخ الرابط|share|print|اقرا المزيد|اقرا ايضا|المزيد)\W*$",
        r"^\W*(?:صفحه|page)\W*\d+(?:\W*(?:من|of|/)\W*\d+)?\W*$",
        r"^[\W_]*$",
    )
)
CLEANING_VERSION: Final = 3
"""Raised whenever `clean` keeps other lines of some text: saved indexes name it."""

_EDGE_LINES: Final = 6  # a date alone on a line is the report's own only near its beginning or end
_LONGEST_DEBRIS: Final = 160  # code points; of longer lines only rulers are debris, and patterns need not try
_LONGEST_DATE: Final = 100
_DIGIT: Final = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """Which lines of a text are the report, and what the others said of it."""

    lines: tuple[Span, ...]
    url: str | None
    published: dt.date | None


def clean(text: str) -> Cleaned:
    """Parts ``text`` into the report's own lines (trimmed spans, in order) and what debris told."""
    lines = list(_lines(text))
    kept: list[Span] = []
    url: str | None = None
    published: dt.date | None = None
    for number, line in enumerate(lines):
        words = text[line.start : line.end]
        at_edge = number < _EDGE_LINES or number >= len(lines) - _EDGE_LINES
        if source := _SOURCE.match(words):
            url = source["url"] or url
        elif at_edge and (day := date_line(words)):
            published = published or day
        elif not is_debris(words):
            kept.append(line)
    return Cleaned(tuple(kept), url, published)


def is_debris(line: str) -> bool:
    """Whether ``line`` is page furniture rather than a sentence of the report."""
    if _BARE_ADDRESS.match(line):
        return True
    if len(line) > _LONGEST_DEBRIS:
        return not any(character.isalnum() and character != "ـ" for character in line)
    folded = fold(line)
    return any(pattern.match(folded) for pattern in _DEBRIS)


def date_line(line: str) -> dt.date | None:
    """The date that ``line`` consists of (with or without «تاريخ النشر:»), if it is one."""
    match = _DATE_LINE.match(fold(line)) if len(line) <= _LONGEST_DATE and _DIGIT.search(line) else None
    if match is None:
        return None
    year, day = (next(filter(None, map(match.group, names))) for names in (("y", "y2", "y3"), ("d", "d2", "d3")))
    month = match["m"] or match["m2"] or _MONTHS.get(match["name"] or "", 0)
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:
        return None


def _lines(text: str) -> Iterator[Span]:
    at = 0
    for raw in text.split("\n"):
        if line := trim(text, at, at + len(raw)):
            yield line
        at += len(raw) + 1
