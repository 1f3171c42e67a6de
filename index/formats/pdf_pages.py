"""From drawn pages to their text: lines, running heads, columns, tables and paragraphs, in this order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from index.formats.pdf_furniture import Furniture
from index.formats.pdf_glyphs import Drawing
from index.formats.pdf_layout import Block, blocks_of
from index.formats.pdf_lines import Line, lines_of
from index.formats.pdf_paragraphs import Reading, flows_on, grouped, is_backwards, is_rtl, votes_of, written
from index.formats.pdf_tables import Grid, grids_of, part, rows_of


class _Group(NamedTuple):
    """The lines of one paragraph, and how the page around it reads."""

    lines: list[Line]
    row: bool
    page_rtl: bool


class Pages:
    """Lays out the pages of one file; what earlier pages showed helps to read the later ones."""

    def __init__(self) -> None:
        self._furniture = Furniture()
        self._votes = 0  # above 0: this file names brackets by their look
        self._names_letters = False  # then what it does not rename is typed text as it stands

    def texts(self, drawings: Sequence[Drawing]) -> Iterator[str]:
        """The text of each page, a paragraph to a line."""
        mains = [_main_turn(drawing) for drawing in drawings]
        pages = [lines_of(d.turned.get(turn, ())) for d, turn in zip(drawings, mains, strict=True)]
        heights = [d.width if turn % 180 else d.height for d, turn in zip(drawings, mains, strict=True)]
        cleared = self._furniture.cleared(pages, heights)
        self._names_letters = self._names_letters or any(drawing.names_letters for drawing in drawings)
        paragraphs = [
            [*_groups(lines, drawing, turn), *_turned(drawing, turn)]
            for drawing, turn, lines in zip(drawings, mains, cleared, strict=True)
        ]
        self._votes += sum(votes_of(group.lines for group in groups) for groups in paragraphs)
        mirrored = self._votes >= 0 and not self._names_letters
        guessed = self._votes == 0 and not self._names_letters
        for groups, lines in zip(paragraphs, cleared, strict=True):
            mends = not is_backwards(lines)
            texts = (written(g.lines, Reading(g.page_rtl, mirrored, guessed, mends), row=g.row) for g in groups)
            yield "\n".join(text for text in texts if text)


def _groups(lines: Sequence[Line], drawing: Drawing, turn: int) -> list[_Group]:
    rtl = is_rtl(lines)
    grids = sorted(grids_of(drawing.flat_rules(turn)), key=lambda grid: -grid.ys[-1])
    groups: list[_Group] = []
    before: Block | None = None
    for block in _blocks(lines, grids, rtl=rtl):
        first, *others = grouped(block, rtl=rtl)
        if before and block.beside and flows_on(before, block, rtl=rtl):
            groups[-1].lines.extend(first)
        else:
            groups.append(_Group(first, block.row, rtl))
        groups.extend(_Group(other, block.row, rtl) for other in others)
        before = block
    return groups


def _turned(drawing: Drawing, main: int) -> list[_Group]:
    """What is written in other directions than most of the page, such as along the side of a table."""
    others = sorted(drawing.turned.keys() - {main})
    return [g for turn in others for g in _groups(lines_of(drawing.turned[turn]), drawing, turn)]


def _main_turn(drawing: Drawing) -> int:
    return max(drawing.turned, key=lambda turn: (len(drawing.turned[turn]), -turn), default=0)


def _blocks(lines: Sequence[Line], grids: Sequence[Grid], *, rtl: bool) -> list[Block]:
    """The blocks of a page; each table with drawn edges is read where it stands."""
    if not grids:
        return blocks_of(lines, rtl=rtl)
    grid, *others = grids
    above, inside, below = part(grid, lines)
    if not inside:
        return _blocks(lines, others, rtl=rtl)
    return [*blocks_of(above, rtl=rtl), *rows_of(grid, inside, rtl=rtl), *_blocks(below, others, rtl=rtl)]
