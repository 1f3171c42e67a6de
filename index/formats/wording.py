"""What every format does with the words it found, so that all give the same clean text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.errors import SourceError
from index.reasons import Reason

MANY_LINES = 5
"""A cell of more lines than this is a part of a page laid out with a table, not a figure in a row."""

# Control characters (but for white space), lone surrogates, non-characters, and the characters that
# only tell a program where it may break a line or that a file begins.
_NEVER_SHOWN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff\N{SOFT HYPHEN}\N{ZERO WIDTH NO-BREAK SPACE}]"
)


def one_line(text: str) -> str:
    """``text`` on one line: white space of every kind is one space, none at the ends."""
    return " ".join(_NEVER_SHOWN.sub("", text).split())


def row_lines(cells: Sequence[Sequence[str]], *, nested: bool) -> list[str]:
    """The lines of a table's row, given those of each cell; ``nested``: a cell holds a table.

    A row is one line, its cells parted by " | "; an empty cell keeps its place, so that a figure
    stays under its own heading. A row that only lays out a page gives the lines of its cells.
    """
    if nested or len(cells) == 1 or any(len(cell) > MANY_LINES for cell in cells):
        return [line for cell in cells for line in cell]
    shown = [" ".join(cell) for cell in cells]
    while shown and not shown[-1]:
        shown.pop()
    return [one_line(" | ".join(shown))] if shown else []


def with_letters(text: str, *, name: str) -> str:
    """``text`` itself.

    Raises:
        SourceError: there is not one letter in it.
    """
    if not any(character.isalpha() for character in text):
        raise SourceError(name, Reason.NO_TEXT)
    return text
