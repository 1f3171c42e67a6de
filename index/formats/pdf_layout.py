"""In which order the lines of a page are read: columns one after the other, tables row by row.

A block is a run of lines that belong under each other. Columns of prose are told from tables by
their lines: prose fills the width of its column, cells do not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import TypeAlias

from index.formats.pdf_lines import Cluster, Line, line_from

Interval: TypeAlias = tuple[float, float]

GUTTER = 0.8  # of the letter size: narrower gaps are spaces of a justified line
FEWEST_COLUMN_LINES = 3
FILLED = 0.7  # of a column's width; a line of prose that long was broken by the margin
MARKER_WIDTH = 2.6  # of the letter size: numbers and bullets of a list stand in no column of their own


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stand under each other, between the margins ``left`` and ``right``; or a table's row."""

    lines: tuple[Line, ...]
    left: float
    right: float
    row: bool = False  # cells of one row of a table, in reading order: one line of text
    beside: bool = False  # the first block of a column that follows another column


def blocks_of(lines: Sequence[Line], *, rtl: bool) -> list[Block]:
    """The lines of a page or of a column, from top to bottom, as blocks in reading order."""
    blocks: list[Block] = []
    plain: list[Line] = []
    at = 0
    while at < len(lines):
        end, gutters = _side_by_side(lines, at)
        if not gutters:
            plain.append(lines[at])
            at += 1
            continue
        columns = _split(lines[at:end], gutters)
        blocks.extend(_stack(plain))
        plain = []
        if _is_prose(lines[at:end], columns):
            for place, column in enumerate(reversed(columns) if rtl else columns):
                first, *others = blocks_of(column, rtl=rtl)
                blocks.extend([replace(first, beside=place > 0), *others])
        else:
            blocks.extend(_rows(lines[at:end], gutters, rtl=rtl))
        at = end
    return [*blocks, *_stack(plain)]


def row_of(cells: Sequence[Sequence[Line]], *, rtl: bool) -> Block | None:
    """One row of a table: its cells, given from left to right, in reading order."""
    ordered = [line for cell in (reversed(cells) if rtl else cells) for line in cell]
    if not ordered:
        return None
    return Block(tuple(ordered), min(line.x0 for line in ordered), max(line.x1 for line in ordered), row=True)


def _stack(lines: Sequence[Line]) -> list[Block]:
    if not lines:
        return []
    return [Block(tuple(lines), min(line.x0 for line in lines), max(line.x1 for line in lines))]


def _side_by_side(lines: Sequence[Line], first: int) -> tuple[int, list[Interval]]:
    """Where the run of lines from ``first`` that leave gutters free ends, and those gutters, if any."""
    free = _gaps(lines[first])
    if len(free) < 3 and not _one_sided_start(lines, first):
        return first + 1, []
    best: tuple[int, list[Interval]] = (first + 1, [])
    left, right = lines[first].x0, lines[first].x1
    for at in range(first + 1, len(lines)):
        free = _common(free, _gaps(lines[at]), 0.6 * lines[at].size)
        left, right = min(left, lines[at].x0), max(right, lines[at].x1)
        inner = [gap for gap in free if gap[0] > left and gap[1] < right]
        if not free or (best[1] and not inner):
            break
        found = [gap for gap in inner if _parts(lines[first : at + 1], gap)]
        if found:
            best = (at + 1, found)
        elif best[1]:
            break
    end, gutters = best
    return (_without_tail(lines, first, end, gutters), gutters) if gutters else (first + 1, [])


def _one_sided_start(lines: Sequence[Line], first: int) -> bool:
    """Whether the next lines could stand beside this one, as columns on different baselines do."""
    if first + 1 >= len(lines):
        return False
    line, below = lines[first], lines[first + 1]
    apart = max(line.x0 - below.x1, below.x0 - line.x1)
    return apart > GUTTER * line.size or len(_gaps(below)) > 2


def _gaps(line: Line) -> list[Interval]:
    """The empty stretches of a line wide enough for a gutter, the margins on both sides among them."""
    gaps: list[Interval] = []
    reached = -10_000.0
    for cluster in line.clusters:
        if cluster.text == " ":
            continue
        if cluster.x0 - reached > GUTTER * line.size:
            gaps.append((reached, cluster.x0))
        reached = max(reached, cluster.x1)
    return [*gaps, (reached, 10_000.0)]


def _common(one: Sequence[Interval], other: Sequence[Interval], least: float) -> list[Interval]:
    both = ((max(a[0], b[0]), min(a[1], b[1])) for a in one for b in other)
    return [gap for gap in both if gap[1] - gap[0] >= least]


def _parts(lines: Sequence[Line], gutter: Interval) -> bool:
    """Whether enough lines stand on each side of the gutter, beside each other and not list numbers."""
    left, right = _split(lines, [gutter])
    if min(len(left), len(right)) < FEWEST_COLUMN_LINES:
        return False
    if min(_width(left), _width(right)) < MARKER_WIDTH * median(line.size for line in lines):
        return False
    shared = min(left[0].y, right[0].y) - max(left[-1].y, right[-1].y)
    return shared >= 0.6 * min(left[0].y - left[-1].y, right[0].y - right[-1].y)


def _without_tail(lines: Sequence[Line], first: int, end: int, gutters: Sequence[Interval]) -> int:
    """The end of a run without lines of one side that follow only after a pause."""
    middle = gutters[0]
    pitch = median(a.y - b.y for a, b in zip(lines[first:end], lines[first + 1 : end], strict=False))
    while end - first > FEWEST_COLUMN_LINES:
        last, above = lines[end - 1], lines[end - 2]
        one_sided = last.x0 >= middle[1] or last.x1 <= middle[0]
        if not (one_sided and above.y - last.y > 1.5 * pitch):
            break
        end -= 1
    return end


def _split(lines: Sequence[Line], gutters: Sequence[Interval]) -> list[list[Line]]:
    """The lines cut at the gutters: one list for each column, from left to right."""
    edges = [sum(gutter) / 2 for gutter in sorted(gutters)]
    columns: list[list[Line]] = [[] for _ in range(len(edges) + 1)]
    for line in lines:
        shares: list[list[Cluster]] = [[] for _ in columns]
        for cluster in line.clusters:
            middle = (cluster.x0 + cluster.x1) / 2
            shares[sum(middle > edge for edge in edges)].append(cluster)
        for column, share in zip(columns, shares, strict=True):
            if piece := line_from(share):
                column.append(piece)
    return columns


def _width(lines: Sequence[Line]) -> float:
    return max(line.x1 for line in lines) - min(line.x0 for line in lines)


def _is_prose(lines: Sequence[Line], columns: Sequence[Sequence[Line]]) -> bool:
    """Whether every column holds running text: many letters to a line, and lines that reach across it.

    Lines of columns that do not share their baselines are no rows of a table either.
    """
    if any(len(c) < FEWEST_COLUMN_LINES or median(len(x.clusters) for x in c) < 14 for c in columns):
        return False
    shared = sum(len(column) for column in columns) - len(lines)
    if shared < 0.5 * len(lines):
        return True
    full = [sum(line.x1 - line.x0 >= FILLED * _width(column) for line in column) for column in columns]
    return all(count >= 0.5 * len(column) for count, column in zip(full, columns, strict=True))


def _rows(lines: Sequence[Line], gutters: Sequence[Interval], *, rtl: bool) -> list[Block]:
    """A table without drawn edges: a row for each line; a line without its first cell continues the row."""
    rows: list[list[list[Line]]] = []
    above: Line | None = None
    for line in lines:
        cells = _split([line], gutters)
        leading = cells[-1] if rtl else cells[0]
        near = above is not None and above.y - line.y < 1.5 * line.size
        if rows and not leading and near:
            for kept, more in zip(rows[-1], cells, strict=True):
                kept.extend(more)
        else:
            rows.append(cells)
        above = line
    return [block for cells in rows if (block := row_of(cells, rtl=rtl))]
