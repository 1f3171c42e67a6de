"""Where sentences end.

A full stop ends a sentence only where a reader would pause: not inside 93.21 or 1.2.3, not after an
abbreviation by letters (د. for doctor, أ.د. for professor, ص.ب.) or a list number, not inside an address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from index.document import Span

_CLOSING: Final = "\"'”’»)\\]}"
_STOPS: Final = ".!?؟؛;…。"
# What may begin a match stands first, so that the search runs to the next such character. Addresses of other kinds
# need no pattern: their full stops stand before a Latin letter or a figure, and so end nothing.
_PAUSE: Final = re.compile(
    rf"[{_STOPS}hHwW](?:(?<=[{_STOPS}])[{_STOPS}]*[{_CLOSING}]*|"
    r"(?<=[hH])[tT][tT][pP][sS]?://\S*[A-Za-z0-9_/]|(?<=[wW])[wW][wW]\.\S*[A-Za-z0-9_/])"
)
_ABBREVIATION: Final = re.compile(
    r"(?:^|[\s(«\"“])(?:و?(?:[\u0621-\u064A]\.)*[\u0621-\u064A]|(?:[A-Za-z]\.)*[A-Za-z]|"
    r"Dr|Mr|Mrs|Ms|Prof|St|No|vs|Inc|Ltd|Co|Jr|Sr|Gen|Col)$"
)
_LIST_NUMBER: Final = re.compile(r"[0-9\u0660-\u0669]{1,3}$")
_NEWLINE: Final = re.compile("\n")
_MIDDLE_STOP: Final = re.compile(r"\w{2}[.؟!] +\w")
_NARROWEST: Final = 40  # characters in the widest line of wrapped prose,
_WIDEST: Final = 130  # at least and at most: terminals, e-mails and typewriters
_CLAUSE: Final = re.compile(r"[،,:؛;)\]»]\s+|\s[-–—]\s+")
_SPACE: Final = re.compile(r"\s+")


def sentences(text: str, span: Span) -> list[Span]:
    """The sentences of ``text[span]``: in order, without the white space around them.

    The end of a line ends a sentence too, unless the text was wrapped at a fixed width.
    """
    return [sentence for line in _lines(text, span) for sentence in _in_line(text, line)]


def _lines(text: str, span: Span) -> Iterator[Span]:
    """The lines of ``text[span]``; where lines are only wrapped, the paragraphs they make up."""
    ends = [match.start() for match in _NEWLINE.finditer(text, span.start, span.end)] + [span.end]
    wrapped = _wrapped_width(text[span.start : span.end].split("\n")) if len(ends) > 2 else None
    start = line_start = span.start
    for end in ends:
        if wrapped is None or end - line_start < wrapped or text[end : end + 2] == "\n\n" or end == span.end:
            if line := trim(text, start, end):
                yield line
            start = end
        line_start = end + 1


def _wrapped_width(lines: list[str]) -> int | None:
    """The length from which a line was broken by an editor, not by the author; None if none was.

    Wrapped prose is narrow, even in width, and has sentences ending in the middle of lines.
    """
    lengths = [len(line.strip()) for line in lines if line.strip()]
    widest = max(lengths, default=0)
    full = sum(length >= 0.7 * widest for length in lengths[:-1])
    if not _NARROWEST <= widest <= _WIDEST or len(lengths) < 3 or full < 0.6 * (len(lengths) - 1):
        return None
    return int(0.7 * widest) if any(_MIDDLE_STOP.search(line) for line in lines) else None


def _in_line(text: str, line: Span) -> Iterator[Span]:
    start = line.start
    for match in _PAUSE.finditer(text, line.start, line.end):
        if match.group()[0] not in _STOPS or not _ends_here(text, start, match, line.end):
            continue  # an address, or a stop inside a sentence
        if found := trim(text, start, match.end()):
            yield found
        start = match.end()
    if rest := trim(text, start, line.end):
        yield rest


def _ends_here(text: str, start: int, match: re.Match[str], line_end: int) -> bool:
    """Whether the punctuation of ``match`` ends the sentence that began at ``start``."""
    after = text[match.end() : match.end() + 1] if match.end() < line_end else ""
    if match.group()[0] != ".":
        return True
    stop = match.start()
    before = text[max(start, stop - 12) : stop]
    list_number = stop - start < 5 and _LIST_NUMBER.match(before.lstrip())
    if match.group() == "." and (list_number or _ABBREVIATION.search(before)):
        return not after
    return not after or after.isspace() or _space_forgotten(before[-1:], after)


def _space_forgotten(before: str, after: str) -> bool:
    """A full stop between a letter or figure and an Arabic letter: no number, no address, a slip."""
    return before.isalnum() and "\u0621" <= after <= "\u064a"


def trim(text: str, start: int, end: int) -> Span | None:
    """``text[start:end]`` without white space at its ends; None if nothing is left."""
    begun = text[start:end].lstrip()
    trimmed = begun.rstrip()
    start = end - len(begun)
    return Span(start, start + len(trimmed)) if trimmed else None


def cut(text: str, span: Span, longest: int) -> Iterator[Span]:
    """``span`` in pieces of at most ``longest`` code points: at clause ends, else at word ends."""
    start = span.start
    while span.end - start > longest:
        end = _last_break(text, start, start + longest)
        if piece := trim(text, start, end):
            yield piece
        start = end
    if rest := trim(text, start, span.end):
        yield rest


def _last_break(text: str, start: int, limit: int) -> int:
    """The best place in the second half of ``start..limit`` to end a piece."""
    middle = start + (limit - start) // 2
    for pattern in (_CLAUSE, _SPACE):
        places = [match.end() for match in pattern.finditer(text, middle, limit)]
        if places:
            return places[-1]
    return limit
