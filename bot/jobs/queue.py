"""What administrators do with jobs: ask, watch, stop, decide."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import bot
from bot.composition import Dalil
from bot.jobs.requests import new_job
from bot.jobs.switching import switch
from bot.jobs.troubles import kept
from bot.shelf.errors import StaleProposal
from bot.shelf.proposing import Change
from bot.state.jobs import OPEN
from bot.state.store import Store
from bot.state.values import Deed, Job, JobState
from index.errors import IndexingError

_PACKAGES: Final = Path(bot.__file__).parents[1]


class Queue:
    """The jobs of one data folder. Any number of processes may use it."""

    def __init__(self, dalil: Dalil, store: Store, *, may_start: Callable[[], bool] = lambda: True) -> None:
        """``may_start``: whether a builder is to be started by this process; else another one sees to it."""
        self._dalil = dalil
        self._store = store
        self._may_start = may_start
        self._builders: list[subprocess.Popen[bytes]] = []

    def ask(self, change: Change, by: int | None) -> Job:
        """Puts a change at the end of the queue and sees to it that somebody works."""
        job = new_job(change, by)
        self.put(job)
        self.start()
        return job

    def put(self, job: Job) -> None:
        """Puts a job at the end of the queue, and no more."""
        staged = {each.id: each.entry.title or each.name for each in self._dalil.shelf.staged()}
        names = {each: staged[each] for each in job.request["publish"] if each in staged}
        job = dataclasses.replace(job, request={**job.request, "names": names})  # for when they are not there any more
        self._store.jobs.add(job)
        self._note("asked", job, job.asked_by)

    def start(self) -> None:
        """Starts a builder, which ends if another works.

        Call it at every start, and now and then while jobs are queued: what a killed builder left is taken up or said
        to be stopped, and what had to wait for a build of somebody else is begun.
        """
        if not self._may_start():
            return
        self._builders = [each for each in self._builders if each.poll() is None]
        settings = self._dalil.settings
        path = os.pathsep.join(filter(None, [str(_PACKAGES), os.environ.get("PYTHONPATH")]))
        environment = {"PYTHONPATH": path, "DALIL_DATA": str(settings.data), "DALIL_STATE": settings.state}
        builder = subprocess.Popen(
            [sys.executable, "-P", "-m", "bot.jobs.builder"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env={**os.environ, **environment},
            start_new_session=True,
        )
        self._builders.append(builder)

    def is_worked_on(self) -> bool:
        """Whether a builder that was started here still runs."""
        return any(each.poll() is None for each in self._builders)

    def before(self, job: Job) -> list[Job]:
        """The jobs that come before a queued one."""
        ahead = self._store.jobs.in_state(*OPEN)
        return [each for each in ahead if (each.asked, each.id) < (job.asked, job.id)]

    def holding(self, staged: str) -> Job | None:
        """The job that is not over and publishes a staged document."""
        return next((each for each in self._store.jobs.in_state(*OPEN) if staged in each.request["publish"]), None)

    def stop(self, job: str, *, by: int | None) -> bool:
        """Ends a job that is queued, being built or waiting; False if it is past that. The live generation stays.

        What is staged stays too. The builder is gone within a second.
        """
        found = self._store.jobs.get(job)
        if found is not None and found.state is JobState.WAITING:
            return self.drop(job, by=by)
        for state in (JobState.QUEUED, JobState.BUILDING):
            if self._store.jobs.move(job, state, JobState.STOPPED, ended=time.time()):
                if found is not None:
                    self._note("stopped", found, by)
                self.start()
                return True
        return False

    def drop(self, job: str, *, by: int | None) -> bool:
        """Decides against the generation of a waiting job; False if it does not wait."""
        found = self._store.jobs.get(job)
        if not self._store.jobs.move(job, JobState.WAITING, JobState.STOPPED, ended=time.time()):
            return False
        if found is not None and found.generation is not None:
            self._dalil.generations.drop(found.generation)
            self._note("dropped", found, by)
        self.start()
        return True

    def switch_anyway(self, job: str, *, by: int | None) -> bool:
        """Makes the generation of a waiting job live, whatever it answers worse; False if it does not wait.

        Raises:
            LibraryLocked: something else is being built; it still waits.
            StaleProposal: the library has changed since it was built; the job has failed.
            IndexingError: the generation is damaged; the job has failed.
        """
        try:
            with self._dalil.generations.building():
                if not self._store.jobs.move(job, JobState.WAITING, JobState.SWITCHING):
                    return False
                self._switch(job, by)
        finally:
            self.start()  # whatever became of it, what comes behind it is not held up by it
        return True

    def _switch(self, job: str, by: int | None) -> None:
        found = self._store.jobs.get(job)
        assert found is not None
        assert found.generation is not None
        self._note("switched anyway", found, by)
        try:
            switch(self._dalil, self._store, found, found.generation)
        except (StaleProposal, IndexingError, OSError) as error:
            values = {
                "ended": time.time(),
                "error": str(error),
                "result": {**found.result, **kept(error, found.request.get("names", {}))},
            }
            self._store.jobs.move(job, JobState.SWITCHING, JobState.FAILED, **values)
            raise

    def _note(self, what: str, job: Job, by: int | None) -> None:
        self._store.audit.note(Deed(time.time(), by, what, None, {"job": job.id, **job.request}))
