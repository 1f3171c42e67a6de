"""From the order of the eye to the order of reading: the bidirectional algorithm run backwards.

A PDF says where glyphs stand, so an Arabic line is known from left to right as it looks. These
functions give the line as it was typed (Unicode Standard Annex 9 read from its result): Arabic from
right to left, with numbers and Latin words inside it from left to right.

Where two typed lines look the same the annex cannot decide; `_number_leads` does, first by the order
in which the file draws the parts, then by what such codes look like.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

Kind = Literal["R", "L", "E", "A", "S", "-", "%", "B", "N", " "]

MIRRORED = dict(zip("()[]{}<>«»‹›", ")(][}{><»«›‹", strict=True))
OPENING, CLOSING = "([{", ")]}"
EXTENSIONS = re.compile(r"jpe?g|png|gif|pdf|docx?|xlsx?|pptx?|txt|mp[34]|html?|zip", re.IGNORECASE)
_CLASSES: dict[str, Kind] = {
    "R": "R", "AL": "R", "L": "L", "EN": "E", "AN": "A", "CS": "S", "ES": "-", "ET": "%", "WS": " ",
}  # fmt: skip
ADDRESS_END = re.compile(r"(?:https?://|www\.)\S+$")
_LEADING_PERCENT = re.compile(r"(?<![\d%٪])([%٪])(\d+(?:[.,/٫٬]\d+)*)(?![\d%٪])")


class Piece(NamedTuple):
    """A cluster of letters that keeps its inner order, as it stands in the line."""

    text: str
    order: int = 0  # place in the content stream; equal steps of 1 mean "drawn in one go"
    settled: bool = False  # a bracket here is the typed one already
    rtl: bool = False  # known to belong to the right-to-left text


@lru_cache(maxsize=4096)
def kind(text: str) -> Kind:
    """What the first letter of a cluster does to the order of a line."""
    if text[0] in MIRRORED:
        return "B"
    return _CLASSES.get(unicodedata.bidirectional(text[0]), "N")


def logical(pieces: Sequence[Piece], *, rtl: bool, mirrored: bool, before: str = "") -> str:
    """The typed text of a line whose ``pieces`` are given from left to right.

    ``rtl``: the paragraph reads from right to left. ``mirrored``: brackets are named by their look and
    not as typed. ``before``: the paragraph up to this line.
    """
    kinds = [kind(piece.text) for piece in pieces]
    if rtl:
        return fixed_percent("".join(_from_right(pieces, kinds, mirrored=mirrored, before=before)))
    return "".join(_from_left(pieces, kinds, mirrored=mirrored))


def fixed_percent(text: str) -> str:
    """``%93.21`` as ``93.21%``: the sign is typed after its number."""
    return _LEADING_PERCENT.sub(r"\2\1", text)


def bracket_votes(pieces: Sequence[Piece]) -> int:
    """What the brackets of an Arabic paragraph, its ``pieces`` given from the right, say of their names.

    Pairs that open when read so are named as typed (one vote below 0 each), the others by their look.
    """
    votes, waiting = 0, ""
    for piece in pieces:
        if piece.settled or piece.text not in OPENING + CLOSING:
            continue
        if waiting and (waiting in OPENING) != (piece.text in OPENING):
            votes += -1 if waiting in OPENING else 1
            waiting = ""
        else:
            waiting = piece.text
    return votes


def balanced(text: str) -> str:
    """The paragraph with each ``)…(`` that nothing else opens or closes turned into ``(…)``."""
    letters, stray = list(text), -1
    depth = 0
    for at, letter in enumerate(letters):
        if letter == "(":
            if stray >= 0 and ")" not in letters[at + 1 :]:
                letters[stray], letters[at], stray = "(", ")", -1
            else:
                depth += 1
        elif letter == ")" and depth:
            depth -= 1
        elif letter == ")" and not _numbers_an_item(text, at):
            stray = at
    return "".join(letters)


def _numbers_an_item(text: str, at: int) -> bool:
    return len(text[:at].strip()) <= 3


def _from_right(pieces: Sequence[Piece], kinds: Sequence[Kind], *, mirrored: bool, before: str) -> list[str]:
    forward = _forward(pieces, kinds, before=before, mirrored=mirrored)
    typed: list[str] = []
    at = len(pieces) - 1
    while at >= 0:
        start = at
        if forward[at]:
            while start > 0 and forward[start - 1]:
                start -= 1
            typed.extend(piece.text for piece in pieces[start : at + 1])
        else:
            typed.append(_turned(pieces[at], mirrored=mirrored))
        at = start - 1
    return typed


def _from_left(pieces: Sequence[Piece], kinds: Sequence[Kind], *, mirrored: bool) -> list[str]:
    typed: list[str] = []
    at = 0
    while at < len(pieces):
        if kinds[at] != "R":
            typed.append(pieces[at].text)
            at += 1
            continue
        end = at
        for ahead in range(at, len(pieces)):
            if kinds[ahead] == "L":
                break
            if kinds[ahead] == "R":
                end = ahead
        run = slice(at, end + 1)
        typed.extend(_from_right(pieces[run], kinds[run], mirrored=mirrored, before="-"))
        at = end + 1
    return typed


def _turned(piece: Piece, *, mirrored: bool) -> str:
    return MIRRORED.get(piece.text, piece.text) if mirrored and not piece.settled else piece.text


def _forward(pieces: Sequence[Piece], kinds: Sequence[Kind], *, before: str, mirrored: bool) -> list[bool]:
    """Which pieces of a right-to-left line belong to runs that read from left to right."""
    forward = [one in "LEA" for one in kinds]
    for at in range(1, len(kinds) - 1):
        if kinds[at] == "S" and kinds[at - 1] in "EA" and kinds[at + 1] in "EA":
            forward[at] = True
    if not before:
        _join_opening_range(kinds, forward)
    at = 0
    while at < len(kinds):
        if kinds[at] == "L":
            start, end = _latin_run(pieces, kinds, at, mirrored=mirrored)
            end = _with_tail(pieces, kinds, (start, end), before=before)
            forward[start : end + 1] = [True] * (end + 1 - start)
            at = end
        at += 1
    return forward


def _join_opening_range(kinds: Sequence[Kind], forward: list[bool]) -> None:
    """Before the first letter of a paragraph ``2025-2030`` still reads from left to right."""
    for at in range(len(kinds) - 2, 0, -1):
        if kinds[at] in "RL":
            return
        if kinds[at] == "-" and kinds[at - 1] == "E" and kinds[at + 1] == "E" and "R" not in kinds[at:]:
            forward[at] = True


def _latin_run(pieces: Sequence[Piece], kinds: Sequence[Kind], first: int, *, mirrored: bool) -> tuple[int, int]:
    """The first and the last piece of the left-to-right run that holds the Latin letter at ``first``."""
    start, end, at = first, first, first + 1
    while at < len(kinds) and kinds[at] != "R":
        if kinds[at] in "LE" or (kinds[at] == "A" and end == at - 1):
            between = range(end + 1, at)
            if any(pieces[i].rtl for i in between) or not _closes(pieces, first, between, mirrored):
                break
            if kinds[at] == "E" and kinds[end] == "L" and between and _number_leads(pieces, kinds, end, at):
                break
            end = at
        elif kinds[at] == "A":
            break
        at += 1
    if first >= 2 and kinds[first - 2] == "E" and kinds[first - 1] in "S- N" and not pieces[first - 1].rtl:
        start = first - 2
        while start > 0 and (kinds[start - 1] == "E" or (kinds[start - 1] == "S" and kinds[start - 2] == "E")):
            start -= 1
    return start, end


def _closes(pieces: Sequence[Piece], first: int, between: range, mirrored: bool) -> bool:
    """Whether brackets between two Latin words can belong to their run: none closes what opened before."""
    depth = sum((p.text in OPENING) - (p.text in CLOSING) for p in pieces[first : between.start])
    for at in between:
        text = pieces[at].text
        if text in OPENING or text in CLOSING:
            if pieces[at].settled is False and mirrored is False and depth == 0 and text in CLOSING:
                return False
            depth += 1 if text in OPENING else -1
            if depth < 0:
                return False
    return True


def _with_tail(pieces: Sequence[Piece], kinds: Sequence[Kind], run: tuple[int, int], *, before: str) -> int:
    """The last piece of a Latin run with what hangs on it: a per cent sign, its bracket, a cut address."""
    start, end = run
    text = "".join(piece.text for piece in pieces[start : end + 1])
    after = pieces[end + 1].text if end + 1 < len(pieces) else ""
    if after and kinds[end + 1] == "%" and kinds[end] == "E":
        return _with_tail(pieces, kinds, (start, end + 1), before=before)
    opened = sum(text.count(mark) for mark in OPENING) > sum(text.count(mark) for mark in CLOSING)
    if after and after in CLOSING and opened:
        return end + 1
    address = "://" in text or (ADDRESS_END.search(before) and " " not in text)
    if after and after in "-/_=&?" and address and start == 0:
        return end + 1
    return end


def _number_leads(pieces: Sequence[Piece], kinds: Sequence[Kind], latin: int, number: int) -> bool:
    """Whether a line that looks like ``NQ/TW-36`` was typed ``36-NQ/TW`` (and ``COVID-19`` as it looks)."""
    if pieces[number].order < pieces[latin + 1].order < pieces[latin].order:
        return True
    start = latin
    while start > 0 and kinds[start - 1] not in " RB":
        start -= 1
    word = "".join(piece.text for piece in pieces[start : latin + 1])
    joint = "".join(piece.text for piece in pieces[latin + 1 : number])
    if joint == ".":
        return bool(EXTENSIONS.fullmatch(word))
    if joint == "/" or ("/" in word and joint == "-"):
        return not re.match(r"\w/|https?:|www\.", word) and word.count("/") + word.count("-") <= 3
    return False
