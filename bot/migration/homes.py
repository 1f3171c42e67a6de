"""Where a library is kept: in files, or on a server; and who uses it there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from bot.migration.errors import BotRunning
from bot.state.transferring import is_in_use, is_there
from index.repository import Generations


@dataclass(frozen=True)
class Home:
    """One place. ``name`` is what people are told of it; ``state`` a path or a URL, None where it is none of ours."""

    name: str
    generations: Generations
    state: str | None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is kept here."""
        return not (self.generations.numbers() or self.generations.waiting() or self.has_state)

    @property
    def has_state(self) -> bool:
        """Whether the bot has remembered something here."""
        return self.state is not None and is_there(self.state)

    def refuse_bots(self) -> None:
        """Sees to it that no bot shares this place.

        Raises:
            BotRunning: one does.
        """
        if self.state is not None and is_in_use(self.state):
            raise BotRunning(self.name)


@contextmanager
def nobody_else(source: Home, target: Home, data: Path) -> Iterator[None]:
    """No bot serves the files in ``data`` meanwhile, and nobody builds in either place.

    Raises:
        BotRunning: a bot uses one of both.
        LibraryLocked: somebody builds in one of both.
        BuildFailed: a place cannot be reached or written.
    """
    with source.generations.building(), target.generations.building(), _no_bot_in(data):
        for home in (source, target):
            home.refuse_bots()
        yield


@contextmanager
def _no_bot_in(data: Path) -> Iterator[None]:
    """No bot serves the files of a folder meanwhile: one that is started waits."""
    serving = FileLock(data / "bot.lock", timeout=0)
    try:
        serving.acquire()
    except Timeout:
        raise BotRunning(str(data)) from None
    try:
        yield
    finally:
        serving.release()
