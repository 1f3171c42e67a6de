"""Telegram's HTML, letter by letter: escaping, quotations with marks, isolated runs, links, and cutting long texts.

What Telegram does to texts is told in the sources of its Bot API server: it deletes U+2028–U+202E and shows control
characters as spaces. Here they become spaces first, so that a quotation keeps its length.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import urlsplit

from index.document import Span
from index.sentences import sentences

MOST_UNITS: Final = 4096  # UTF-16 code units of a message after its tags and entities are read (Bot API, sendMessage)

_MOST_MARKS: Final = 25
"""Runs of bold in a quotation: three quotations with their sources stay below the 100 entities of a message."""

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_HALF: Final = re.compile("[\ud800-\udfff]")
_DIRECTING: Final = re.compile(
    "[\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}\N{ARABIC LETTER MARK}\N{LINE SEPARATOR}-\N{RIGHT-TO-LEFT OVERRIDE}"
    "\N{LEFT-TO-RIGHT ISOLATE}-\N{POP DIRECTIONAL ISOLATE}]"
)
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"\\]+\Z", re.IGNORECASE)
_LONGEST_ADDRESS: Final = 2048
"""Bytes, escaped: eight links with their labels stay below the 32,768 bytes of a message with its tags."""
_RIGHT_TO_LEFT: Final = frozenset({"R", "AL"})


def units(text: str) -> int:
    """The length of ``text`` as Telegram counts it: in UTF-16 code units."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def harmless(text: str) -> str:
    """``text`` with every control character shown as a space and every half of a character as U+FFFD, one for one."""
    return _HALF.sub("\N{REPLACEMENT CHARACTER}", _CONTROL.sub(" ", text))


def one_line(text: str, longest: int) -> str:
    """``text`` on one line of at most ``longest`` code points, without what would change the direction around it."""
    line = " ".join(_DIRECTING.sub(" ", harmless(text)).split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def escaped(text: str) -> str:
    """``text`` as HTML that shows it."""
    return html.escape(harmless(text), quote=False)


def bold(text: str) -> str:
    """``text`` in bold."""
    return f"<b>{escaped(text)}</b>"


def isolated(markup: str) -> str:
    """``markup`` with a direction of its own, whatever stands around it."""
    return f"\N{FIRST STRONG ISOLATE}{markup}\N{POP DIRECTIONAL ISOLATE}"


def link(label: str, url: str | None) -> str:
    """``label``, leading to ``url`` if that is an address on the web."""
    if url is None or not _is_address(url):
        return escaped(label)
    return f'<a href="{html.escape(url)}">{escaped(label)}</a>'


def _is_address(url: str) -> bool:
    if not _ADDRESS.match(url) or _CONTROL.search(url) or _HALF.search(url) or _DIRECTING.search(url):
        return False
    try:
        return bool(urlsplit(url).hostname) and len(html.escape(url).encode()) <= _LONGEST_ADDRESS
    except ValueError:  # such as half an IPv6 address
        return False


def begins_right_to_left(text: str) -> bool:
    """Whether the first letter with a direction is read from right to left, or there is none."""
    directions = (unicodedata.bidirectional(letter) for letter in text)
    return next((found in _RIGHT_TO_LEFT for found in directions if found in {"L", *_RIGHT_TO_LEFT}), True)


def quotation(text: str, marks: Iterable[Span]) -> str:
    """``text`` in a block that unfolds, its ``marks`` in bold.

    Where it begins with a Latin word, U+200F goes before it: the report it is from is read from right to left.
    """
    pieces, at = [], 0
    for mark in _merged(marks)[:_MOST_MARKS]:
        pieces += [escaped(text[at : mark.start]), f"<b>{escaped(text[mark.start : mark.end])}</b>"]
        at = mark.end
    pieces.append(escaped(text[at:]))
    direction = "" if begins_right_to_left(text) else "\N{RIGHT-TO-LEFT MARK}"
    return f"<blockquote expandable>{direction}{''.join(pieces)}</blockquote>"


def _merged(marks: Iterable[Span]) -> list[Span]:
    """The same places, in order, none touching another."""
    merged: list[Span] = []
    for mark in sorted(marks, key=lambda span: span.start):
        if merged and mark.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, mark.end))
        else:
            merged.append(mark)
    return merged


def split(text: str, longest: int) -> list[Span]:
    """``text`` in pieces of at most ``longest`` code points that follow one another without a gap.

    They end where a paragraph ends, else a sentence, else a word.
    """
    pieces, start = [], 0
    while len(text) - start > longest:
        end = _last_break(text, start, start + longest)
        pieces.append(Span(start, end))
        start = end
    return [*pieces, Span(start, len(text))] if start < len(text) else pieces


def _last_break(text: str, start: int, limit: int) -> int:
    """The best place in the second half of ``start..limit`` for a piece to end."""
    middle = start + (limit - start) // 2
    for places in (
        _after_each("\n", text, limit),
        _sentence_starts(text, Span(start, limit)),
        _after_each(r"\s", text, limit),
    ):
        if later := [place for place in places if middle < place <= limit]:
            return later[-1]
    return limit


def _after_each(pattern: str, text: str, limit: int) -> Iterator[int]:
    return (found.end() for found in re.finditer(pattern, text[:limit]))


def _sentence_starts(text: str, span: Span) -> Iterator[int]:
    return (sentence.start for sentence in sentences(text, span))
