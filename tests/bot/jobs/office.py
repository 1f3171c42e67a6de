"""An administrators' office: a shelf, a state, a queue, and builders in processes of their own."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.composition import Dalil
from bot.jobs.queue import Queue
from bot.settings import Settings
from bot.shelf.staging import Incoming, Staged
from bot.state.store import Store
from bot.state.values import Job, JobState
from index.catalogue import Entry
from tests.bot.shelf.place import REPORT, Place

PATIENCE: Final = 60.0
ENDED: Final = (JobState.DONE, JobState.FAILED, JobState.STOPPED, JobState.WAITING)


@dataclass(frozen=True)
class Office:
    """One data folder; each office is as if it were another process."""

    data: Path
    store: Store
    dalil: Dalil
    queue: Queue

    @classmethod
    def open(cls, data: Path) -> Office:
        dalil = Dalil(Settings(data=data))
        store = Store.open(dalil.state)
        return cls(data, store, dalil, Queue(dalil, store))

    @property
    def place(self) -> Place:
        return Place(self.data)

    def stage(self, text: str = REPORT, name: str = "مدارس.txt", **said: object) -> Staged:
        return self.dalil.shelf.stage(Incoming(text.encode(), name, Entry.model_validate(said)))

    def job(self, job: Job) -> Job:
        found = self.store.jobs.get(job.id)
        assert found is not None
        return found

    def ended(self, job: Job) -> Job:
        """The job, once it is over or somebody has to decide."""
        until(lambda: self.job(job).state in ENDED, lambda: str(self.job(job)))
        return self.job(job)

    def under_way(self, job: Job) -> int:
        """Waits until documents are being read; gives the process that does it."""
        until(lambda: self.job(job).done > 0, lambda: str(self.job(job)))
        owner = (self.data / "build.owner").read_text(encoding="utf-8")
        return int(owner.split()[1])

    def work_is_over(self) -> bool:
        return not self.queue.is_worked_on()


def until(is_so: Callable[[], bool], told: Callable[[], str] = str) -> None:
    """Waits until something is so."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, told()
        time.sleep(0.05)


def processes_of(group: int) -> list[int]:
    """The processes of a group that still live."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        try:
            state, _, of = (path / "stat").read_text().rpartition(")")[2].split()[:3]
        except (OSError, ValueError):
            continue
        if int(of) == group and state != "Z":
            found.append(int(path.name))
    return found


def kill(process: int) -> None:
    os.kill(process, signal.SIGKILL)
