"""Progress bars for long work: on a terminal only, and gone when the work is done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars

from bot.terminal import error_console
from index.protocols import Progress

_STEPS: Final = {
    "read": "reading and embedding",
    "index": "indexing vectors",
    "verify": "verifying",
    "ask": "asking",
    "copy": "copying passages",
    "state": "copying the state",
}


@contextmanager
def progress_bars() -> Iterator[Progress]:
    """Gives a callable that shows how far each step has come."""
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    err = error_console()
    with Bars(*columns, console=err, transient=True, disable=not err.is_terminal) as bars:
        tasks: dict[str, TaskID] = {}

        def report(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bars.add_task(_STEPS[step])
            bars.update(tasks[step], completed=done, total=total)

        yield report
