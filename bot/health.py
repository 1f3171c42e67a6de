"""How the bot and its library are: what administrators ask for, and what they are told of by itself."""

from __future__ import annotations

import platform
import resource
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from bot.state.store import Store
from bot.state.values import Job, JobState
from index.errors import IndexingError
from index.repository import Generations

_SHOWN_FAILURES: Final = 3
_AMONG: Final = 50  # newest jobs that failures are looked for in
_UNFINISHED: Final = (JobState.QUEUED, JobState.BUILDING, JobState.WAITING, JobState.SWITCHING)
_PACKAGES: Final = ("dalil", "python-telegram-bot")


@dataclass(frozen=True, slots=True)
class Answering:
    """The generation that answers. ``built`` is its time as the manifest tells it."""

    number: int
    built: str
    documents: int
    passages: int


@dataclass(frozen=True, slots=True)
class Facts:
    """All that is shown of a system's health. Sizes are bytes; the last failures come first."""

    answering: Answering | None
    free: int
    size: int
    memory: int
    versions: Mapping[str, str]
    unfinished: int
    failures: tuple[Job, ...]


def facts(data: Path, generations: Generations, store: Store) -> Facts:
    """How things are now. Reads files and the state, so call it in a thread.

    Raises:
        StateUnavailable: the state cannot be read.
        OSError: the disk cannot be looked at.
    """
    return Facts(
        answering=_answering(generations),
        free=free_bytes(data),
        size=_size(generations),
        memory=_memory(),
        versions={"python": platform.python_version(), **{name: _version(name) for name in _PACKAGES}},
        unfinished=len(store.jobs.in_state(*_UNFINISHED)),
        failures=tuple(failures(store)[:_SHOWN_FAILURES]),
    )


def free_bytes(data: Path) -> int:
    """What is free on the disk of the data folder, or where it would be made."""
    return shutil.disk_usage(next(each for each in (data.absolute(), *data.absolute().parents) if each.exists())).free


def failures(store: Store) -> list[Job]:
    """The last jobs that failed, the newest first."""
    return [job for job in store.jobs.newest(_AMONG) if job.state is JobState.FAILED]


def _answering(generations: Generations) -> Answering | None:
    live = generations.live()
    try:
        manifest = None if live is None else generations.manifest(live)
    except IndexingError:  # it was tidied away this moment, or is damaged: then the bot says so by itself
        return None
    if manifest is None:
        return None
    return Answering(manifest.number, manifest.built, len(manifest.documents), manifest.passages)


def _size(generations: Generations) -> int:
    try:
        return generations.size()
    except IndexingError:  # a database that does not answer: the bot says so by itself
        return 0


def _memory() -> int:
    """The resident memory of this process, where the system tells it; else the most that it ever was."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return pages * resource.getpagesize()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # run from its source
        return "?"
