"""A library in which everything occurs, moves of it, and a move in a process of its own that is killed.

``python -m tests.bot.migration.libraries DATA ADDRESS STEP N``: moves, and is killed at the n-th report of that step of
its progress; of the step ``switch``, in which nothing is reported, at its beginning.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from bot.migration.homes import Home
from bot.migration.moving import Migrated, Mover
from bot.state.database import Database, database_url
from bot.state.store import Store
from index.generations import FileGenerations
from index.protocols import Progress
from index.repository import Generations
from tests.bot.state.material import contents, fill
from tests.index.builds import build, build_aside, quiet, shipped
from tests.index.postgres.server import generations_in
from tests.reports import QUESTION, SEEDS, with_sentence

WITHDRAWN: Final = "extra.txt"
LIVE: Final = 3
PERSON: Final = 42


def make_library(data: Path) -> None:
    """Generations 2 to 4, the third live; the one before has a report that was withdrawn; a fifth waits. And a state.

    2  with the extra report            kept
    3  without it                       live, gone back to
    4  with another sentence            kept
    5  with one more                    waits
    """
    reports = shutil.copytree(SEEDS, data / "documents")
    extra = reports / WITHDRAWN
    for sentence in ("تقرير إضافي عن الميناء.", "وهو كبير جدًا.", None, "تقرير ثالث."):
        if sentence is None:
            extra.unlink()
        else:
            extra.write_text(sentence, encoding="utf-8")
        build(data, reports)
    FileGenerations(data).switch(LIVE)
    with_sentence(extra, "وهذه جملة أخرى.")
    build_aside(data, reports)
    Store.open(str(data / "state.sqlite")).close()
    with closing(Database(database_url(str(data / "state.sqlite")))) as database:
        fill(database, PERSON, PERSON, QUESTION)


def files(data: Path) -> Home:
    return Home(str(data), FileGenerations(data), str(data / "state.sqlite"))


def server(address: str) -> Home:
    return Home("the server", generations_in(address), address)


def move(source: Home, target: Home, data: Path, progress: Progress = quiet) -> Migrated:
    return Mover(source, target, data, shipped, [], progress).move()


def rows(place: str) -> dict[str, list[dict[str, Any]]]:
    """All rows of all tables, in one order."""
    with closing(Database(database_url(place))) as database:
        return {name: sorted(found, key=repr) for name, found in contents(database).items()}


def essence(generations: Generations) -> tuple[object, ...]:
    """What a keeper of generations holds, whatever it is made of."""
    every = [generations.open(number) for number in (*generations.numbers(), *generations.waiting())]
    held = [
        (
            library.manifest.number,
            library.manifest.built,
            library.manifest.documents,
            library.aliases,
            [library.documents.document(record) for record in library.documents],
            [library.passages[row] for row in range(len(library.passages))],
            library.passages.vectors(range(len(library.passages))).tobytes(),
        )
        for library in every
    ]
    return generations.live(), generations.numbers(), generations.waiting(), held


class Killed:
    """Ends the process at the ``number``-th report of a step."""

    def __init__(self, step: str, number: int) -> None:
        self._step = step
        self._left = number

    def __call__(self, step: str, done: int, total: int) -> None:
        self._left -= step == self._step
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def what_lies_in(data: Path) -> dict[str, bytes]:
    """All files but the locks, and what SQLite keeps beside its own."""
    passing = (".lock", "-shm", "-wal")
    return {
        path.relative_to(data).as_posix(): path.read_bytes()
        for path in data.rglob("*")
        if path.is_file() and not path.name.endswith(passing)
    }


def main() -> None:
    data, address, step, number = Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4])
    killed = Killed(step, number)
    Mover._switch = lambda *_: killed("switch", 0, 0)  # type: ignore[method-assign]
    move(files(data), server(address), data, killed)


if __name__ == "__main__":
    main()
