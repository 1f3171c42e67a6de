"""From the lines of a block to paragraphs: wrapped lines joined, each line read in its order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from index.formats.pdf_bidi import ADDRESS_END, Piece, balanced, bracket_votes, kind, logical
from index.formats.pdf_layout import Block
from index.formats.pdf_lines import Line, line_from, pieces_of
from index.formats.text_sanity import is_reversed

PAUSE = 1.22  # times the usual step between lines: more is the space between paragraphs
SAME_SIZE = 0.12  # relative: a heading's letters differ more from the text's
INDENT = 0.9  # of the letter size: a first line begins that much further in
CELL_GAP = 2.0  # of the letter size: parts of a line that far apart are read one by one
ITEM = re.compile(
    r"^(?:[•▪●○◦■□✓–-]|[(\[]?[0-9٠-٩]{1,3}[.)\]،-]|[(\[]?\w[.)\]])(?:\s|$|(?<=[.)])[\u0620-\u064a\[(«\"])"
)
_ARABIC_LETTER = "[\u0620-\u063f\u0641-\u064a\u0671-\u06d3]"
_STRETCH = re.compile(f"(?<={_ARABIC_LETTER})([\u064b-\u0652]*)ـ+(?=[\u064b-\u0652]*{_ARABIC_LETTER})")
_MARKER = re.compile(f'^([0-9٠-٩]{{1,3}}[.)])(?={_ARABIC_LETTER}|[\\[(«"])')
_BACKWARD_LIGATURES = frozenset(("لا", "لأ", "لإ", "لآ"))  # "ال" drawn backwards turns into one of them
_ADDRESS_PART = re.compile(r"^[\w\-./?=&%#:~+@,;!]+$", re.ASCII)
_CUT_AFTER = re.compile(r"\S[-/]$")  # a dash between words has a space before it
_LONE_PREFIX = re.compile(r"(?:^|\s)[وبلكف]$")
_BROKEN_WORD = re.compile(r"[A-Za-zÀ-ỹ]{2}[-‐]$")


class Reading(NamedTuple):
    """How a page is read."""

    rtl: bool  # it is Arabic
    mirrored: bool  # its brackets are named by their look
    guessed: bool  # nothing in the file told how brackets are named, so pairs are put right one by one
    mends: bool  # single lines that were drawn backwards are turned


def is_rtl(lines: Iterable[Line]) -> bool:
    """Whether these lines are Arabic: at least every third word is; an address counts as one word."""
    words = {"R": 0, "L": 0}
    for line in lines:
        last = ""
        for cluster in line.clusters:
            one = kind(cluster.text)
            if one in words and one != last:
                words[one] += 1
            last = "" if one == " " else one if one in words else last
    return words["R"] > 0 and 2 * words["R"] >= words["L"]


def votes_of(groups: Iterable[Sequence[Line]]) -> int:
    """How strongly Arabic paragraphs name brackets by their look (above 0) or as typed (below 0)."""
    return sum(
        bracket_votes([piece for line in group for piece in reversed(pieces_of(line))])
        for group in groups
        if is_rtl(group)
    )


def grouped(block: Block, *, rtl: bool) -> list[list[Line]]:
    """The lines of each paragraph of a block; a table's row is one."""
    if block.row:
        return [list(block.lines)]
    groups: list[list[Line]] = []
    pitch = _pitch(block.lines)
    for at, line in enumerate(block.lines):
        if at and _continues(block.lines[at - 1], line, groups[-1], block, pitch=pitch, rtl=rtl):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def flows_on(block: Block, following: Block, *, rtl: bool) -> bool:
    """Whether the last paragraph of a column goes on at the top of the next one."""
    last, first = block.lines[-1], following.lines[0]
    if block.row or following.row or abs(last.size - first.size) > SAME_SIZE * last.size:
        return False
    end = pieces_of(last)[0 if rtl else -1].text
    if end in ".!?؟" or ITEM.match(_beginning(first, rtl=rtl)):
        return False
    start = following.right - first.x1 if rtl else first.x0 - following.left
    return start < INDENT * first.size and _filled(last, first, block, rtl=rtl)


def _pitch(lines: Sequence[Line]) -> float:
    """The usual step between lines, in letter sizes."""
    steps = [(a.y - b.y) / max(a.size, b.size) for a, b in pairwise(lines) if a.y > b.y]
    close = [step for step in steps if step < 3.5] or steps
    return sorted(close)[len(close) // 4] if close else 1.5


def _continues(above: Line, line: Line, group: Sequence[Line], block: Block, *, pitch: float, rtl: bool) -> bool:
    """Whether ``line`` goes on with the paragraph of ``above``: no pause, no new start, no room left."""
    size = max(above.size, line.size)
    if abs(above.size - line.size) > SAME_SIZE * size or above.y - line.y > PAUSE * pitch * size:
        return False
    if _is_tabular(above) or _is_tabular(line):
        return False
    return not _starts_anew(above, line, group, block, rtl=rtl) and _filled(above, line, block, rtl=rtl)


def _starts_anew(above: Line, line: Line, group: Sequence[Line], block: Block, *, rtl: bool) -> bool:
    indent = (above.x1 - line.x1 if rtl else line.x0 - above.x0) / line.size
    if ITEM.match(_beginning(line, rtl=rtl)) and (abs(indent) > 0.2 or ITEM.match(_beginning(group[0], rtl=rtl))):
        return True
    if not _aligned(block, rtl=rtl):
        return False
    if indent < -INDENT:
        return len(group) > 1  # back to the margin: a hanging indent ends; after one line a first line does
    hangs = len(group) == 1 and ITEM.match(_beginning(above, rtl=rtl))
    return indent > INDENT and not hangs


def _beginning(line: Line, *, rtl: bool) -> str:
    pieces = pieces_of(line)
    return "".join(p.text for p in (reversed(pieces[-8:]) if rtl else pieces[:8]))


def _filled(above: Line, line: Line, block: Block, *, rtl: bool) -> bool:
    """Whether the first word of ``line`` had no room at the end of ``above``."""
    room = above.x0 - block.left if rtl else block.right - above.x1
    if not _aligned(block, rtl=rtl):
        room = (block.right - block.left) - (above.x1 - above.x0)
    first = _first_word_width(line, rtl=rtl)
    return room < first + 0.3 * above.size


def _aligned(block: Block, *, rtl: bool) -> bool:
    """Whether lines start at the margin; in centred text, or Arabic set to the left, they do not."""
    at_right = sum(block.right - line.x1 < 0.5 * line.size for line in block.lines)
    at_left = sum(line.x0 - block.left < 0.5 * line.size for line in block.lines)
    starts, ends = (at_right, at_left) if rtl else (at_left, at_right)
    return starts >= ends and 3 * starts >= len(block.lines)


def _first_word_width(line: Line, *, rtl: bool) -> float:
    pieces = [c for c in line.clusters if c.text != " "]
    ordered = pieces[::-1] if rtl else pieces
    for one, other in pairwise(ordered):
        gap = one.x0 - other.x1 if rtl else other.x0 - one.x1
        if gap > 0.14 * line.size:
            return abs(one.x0 - ordered[0].x1) if rtl else abs(one.x1 - ordered[0].x0)
    return line.x1 - line.x0


def _is_tabular(line: Line) -> bool:
    return len(_cells(line)) > 1


def _cells(line: Line) -> list[Line]:
    """Parts of a line between wide gaps, from left to right; a justified line has no gap so wide."""
    letters = [c for c in line.clusters if c.text != " "]
    gaps = [b.x0 - a.x1 for a, b in pairwise(letters)]
    wide = CELL_GAP * line.size
    spaces = [gap for gap in gaps if gap > 0.16 * line.size]
    if not gaps or max(gaps) < wide or max(gaps) < 2.5 * median(spaces):
        return [line]
    parts: list[list[int]] = [[0]]
    for at, gap in enumerate(gaps, start=1):
        if gap >= wide:
            parts.append([])
        parts[-1].append(at)
    edges = [(letters[p[0]].x0, letters[p[-1]].x1) for p in parts]
    cut = (line_from(c for c in line.clusters if a <= c.x0 <= b) for a, b in edges)
    return [part for part in cut if part]


def is_backwards(lines: Iterable[Line]) -> bool:
    """Whether the Arabic of a whole page was drawn from left to right: then nothing on it can be trusted."""
    return is_reversed(" ".join(line.text[::-1] for line in lines))


def written(lines: Sequence[Line], how: Reading, *, row: bool) -> str:
    """The text of one paragraph, or of one row of a table, without line breaks."""
    rtl = _reads_from_right(lines, page_rtl=how.rtl)
    text = ""
    for line in lines:
        cells = _cells(line)
        for cell in reversed(cells) if rtl else cells:
            pieces = pieces_of(cell)
            part = logical(pieces, rtl=rtl, mirrored=how.mirrored, before=text)
            if rtl and how.mends and is_reversed(part):
                part = _drawn_backwards(pieces) or part
            text = _joined(text, part, wide=row, rtl=rtl)
    text = re.sub(r"\s+", " ", text.replace("\N{SOFT HYPHEN}", "")).strip()
    text = _STRETCH.sub(r"\1", text)
    text = _MARKER.sub(r"\1 ", text) if rtl else text
    return balanced(text) if rtl and how.guessed else text


def _drawn_backwards(pieces: Sequence[Piece]) -> str | None:
    """A line that was drawn from left to right by mistake, as LibreOffice does at some page ends."""
    undone = ("".join(reversed(p.text)) if p.text in _BACKWARD_LIGATURES else p.text for p in pieces)
    text = "".join(undone)
    return None if is_reversed(text) else text


def _reads_from_right(lines: Sequence[Line], *, page_rtl: bool) -> bool:
    """The direction of a paragraph; a Latin one on an Arabic page shows it by its start or its full stop."""
    if is_rtl(lines):
        return True
    if not page_rtl:
        return False
    if next((k for p in reversed(pieces_of(lines[0])) if (k := kind(p.text)) in "RL"), "R") == "R":
        return True
    pieces: list[Piece] = pieces_of(lines[-1])
    return not (len(pieces) > 1 and pieces[-1].text in ".!?:")


def _joined(text: str, part: str, *, wide: bool, rtl: bool) -> str:
    """Two lines of a paragraph as one: with a space, unless a word, a number or an address was cut in two."""
    part = part.strip()
    if not text or not part:
        return text or part
    if wide:
        return f"{text} {part}"
    if text[-1] == "\N{SOFT HYPHEN}" or (not rtl and _BROKEN_WORD.search(text) and part[0].islower()):
        return text[:-1] + part
    if _CUT_AFTER.search(text) or _continues_address(text, part.split(maxsplit=1)[0]):
        return text + part
    if _LONE_PREFIX.search(text) and part[0].isdigit():
        return text + part
    return f"{text} {part}"


def _continues_address(text: str, first: str) -> bool:
    if not (ADDRESS_END.search(text) and _ADDRESS_PART.match(first)):
        return False
    return text[-1] in "_=&?%." or any(mark in first for mark in "-/_=&?")
