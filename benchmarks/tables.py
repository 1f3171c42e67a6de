"""Tables of the reports, as Markdown and for the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import rich.table
from rich.markup import escape


class Table(NamedTuple):
    """A table of the report."""

    title: str
    columns: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]


def markdown(table: Table) -> str:
    """The table under its title."""
    lines = [table.columns, tuple("---" for _ in table.columns), *table.rows]
    return f"\n### {table.title}\n\n" + "".join(f"| {' | '.join(line)} |\n" for line in lines)


def printed(table: Table, title: str) -> rich.table.Table:
    """The table for the terminal, under ``title``."""
    shown = rich.table.Table(*table.columns, title=title)
    for row in table.rows:
        shown.add_row(*(escape(cell.replace("**", "")) for cell in row))
    return shown
