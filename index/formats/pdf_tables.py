"""Tables with drawn edges: the grid of their strokes says which words share a cell."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from index.formats.pdf_glyphs import Rule
from index.formats.pdf_layout import Block, row_of
from index.formats.pdf_lines import Cluster, Line, line_from

SAME_EDGE = 4.5  # points: the two edges between cells that each have their own border
SHORTEST_EDGE = 6.0  # points: shorter strokes are letters and ornaments


@dataclass(frozen=True, slots=True)
class Grid:
    """The edges of one table: ``xs`` from left to right, ``ys`` from bottom to top."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]

    def holds(self, cluster: Cluster) -> bool:
        """Whether the cluster stands inside the table."""
        middle = (cluster.x0 + cluster.x1) / 2
        return self.xs[0] <= middle <= self.xs[-1] and self.ys[0] <= cluster.y <= self.ys[-1]

    def cell(self, cluster: Cluster) -> tuple[int, int]:
        """Row (from the bottom) and column (from the left) of a cluster that the table holds."""
        middle = (cluster.x0 + cluster.x1) / 2
        column = min(max(bisect_left(self.xs, middle) - 1, 0), len(self.xs) - 2)
        return min(max(bisect_left(self.ys, cluster.y) - 1, 0), len(self.ys) - 2), column


def grids_of(rules: Sequence[Rule]) -> list[Grid]:
    """The tables that the strokes of a page draw: at least two columns, or rows of them."""
    long = [r for r in rules if max(r.x1 - r.x0, r.y1 - r.y0) >= SHORTEST_EDGE]
    grids = (_grid(group) for group in _connected(long))
    return [grid for grid in grids if grid and len(grid.xs) > 2]


def rows_of(grid: Grid, lines: Sequence[Line], *, rtl: bool) -> list[Block]:
    """The rows of a table from top to bottom, each one block."""
    cells: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        shares: dict[tuple[int, int], list[Cluster]] = {}
        for cluster in line.clusters:
            shares.setdefault(grid.cell(cluster), []).append(cluster)
        for place, share in shares.items():
            if piece := line_from(share):
                cells.setdefault(place, []).append(piece)
    blocks = []
    for row in reversed(range(len(grid.ys) - 1)):
        block = row_of([cells.get((row, column), []) for column in range(len(grid.xs) - 1)], rtl=rtl)
        if block:
            blocks.append(block)
    return blocks


def part(grid: Grid, lines: Sequence[Line]) -> tuple[list[Line], list[Line], list[Line]]:
    """The lines above the table, inside it and below it."""
    above: list[Line] = []
    inside: list[Line] = []
    below: list[Line] = []
    for line in lines:
        if inner := line_from([c for c in line.clusters if grid.holds(c)]):
            inside.append(inner)
        if outer := line_from([c for c in line.clusters if not grid.holds(c)]):
            (above if line.y > grid.ys[0] else below).append(outer)
    return above, inside, below


def _connected(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Strokes that touch, in groups; a page's strokes come nearly sorted, so groups are few."""
    groups: list[tuple[Rule, list[Rule]]] = []
    for rule in rules:
        touching = [group for group in groups if _touch(group[0], rule)]
        groups = [group for group in groups if not _touch(group[0], rule)]
        members = [rule, *(member for _, found in touching for member in found)]
        boxes = [rule, *(box for box, _ in touching)]
        groups.append((_around(boxes), members))
    return [members for _, members in groups]


def _around(boxes: Sequence[Rule]) -> Rule:
    return Rule(
        min(b.x0 for b in boxes),
        min(b.y0 for b in boxes),
        max(b.x1 for b in boxes),
        max(b.y1 for b in boxes),
    )


def _touch(one: Rule, other: Rule) -> bool:
    return (
        one.x0 - SAME_EDGE <= other.x1
        and other.x0 - SAME_EDGE <= one.x1
        and one.y0 - SAME_EDGE <= other.y1
        and other.y0 - SAME_EDGE <= one.y1
    )


def _grid(rules: Sequence[Rule]) -> Grid | None:
    upright = [r for r in rules if r.y1 - r.y0 > r.x1 - r.x0]
    level = [r for r in rules if r.y1 - r.y0 <= r.x1 - r.x0]
    if len(upright) < 3 or len(level) < 2:
        return None
    xs = _merged([(r.x0 + r.x1) / 2 for r in upright])
    ys = _merged([(r.y0 + r.y1) / 2 for r in level])
    return Grid(xs, ys) if len(xs) > 1 and len(ys) > 1 else None


def _merged(places: Sequence[float]) -> tuple[float, ...]:
    """Edges closer than `SAME_EDGE` as one."""
    merged: list[float] = []
    for place in sorted(places):
        if merged and place - merged[-1] <= SAME_EDGE:
            continue
        merged.append(place)
    return tuple(merged)
