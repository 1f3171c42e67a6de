"""Doing jobs: build, ask the canary questions, switch. Whoever does them holds the build lock."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.composition import Dalil
from bot.jobs.foreseeing import planned
from bot.jobs.reporting import Reporter
from bot.jobs.requests import MOST_ATTEMPTS, Result, change_of
from bot.jobs.switching import switch
from bot.jobs.troubles import kept, kept_cause
from bot.shelf.errors import CannotBePublished, ShelfError, StaleProposal
from bot.shelf.proposing import Proposal
from bot.shelf.questions import Canary, worse_answered
from bot.state.store import Store
from bot.state.values import Job, JobState
from index.building import Builder, Built
from index.errors import IndexingError, SourceError
from index.library import Library
from index.preparing import documents

_LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True)
class Worker:
    """Does the jobs of one data folder."""

    dalil: Dalil
    store: Store
    reporter: Reporter

    def recover(self) -> None:
        """Takes up what killed processes left: nobody else can be building, for we hold the lock."""
        self.dalil.shelf.recover()
        for job in self.store.jobs.in_state(JobState.BUILDING, JobState.SWITCHING):
            state, values = self._after_death(job)
            self.store.jobs.move(job.id, job.state, state, **values)
        decided = {job.generation for job in self.store.jobs.in_state(JobState.WAITING)}
        for number in set(self.dalil.generations.waiting()) - decided:
            self.dalil.generations.drop(number)

    def work(self) -> None:
        """Does one job after the other until none is left."""
        while job := self.store.jobs.next():
            if not self.store.jobs.move(
                job.id, JobState.QUEUED, JobState.BUILDING, begun=time.time(), attempts=job.attempts + 1
            ):
                continue  # it was stopped this moment
            self.reporter.watch(job.id)
            try:
                self._do(job)
            finally:
                self.reporter.rest()

    def _after_death(self, job: Job) -> tuple[JobState, dict[str, object]]:
        """Where a job goes whose process died."""
        if job.generation is not None and job.generation == self.dalil.generations.live():
            return JobState.DONE, {"ended": time.time()}
        if job.result.get("failed") and job.generation in self.dalil.generations.waiting():
            return JobState.WAITING, {}
        if job.attempts < MOST_ATTEMPTS:
            return JobState.QUEUED, {"step": None, "done": 0, "total": 0, "generation": None}
        return JobState.STOPPED, {"ended": time.time(), "error": f"its process died {job.attempts} times"}

    def _do(self, job: Job) -> None:
        try:
            self._build(job)
        except StaleProposal as error:
            again = job.attempts + 1 < MOST_ATTEMPTS
            self._end(job, JobState.QUEUED if again else JobState.FAILED, error)
        except (IndexingError, ShelfError, OSError) as error:
            self._end(job, JobState.FAILED, error)
        except Exception as error:
            _LOG.exception("job %s failed", job.id)
            self._end(job, JobState.FAILED, error)

    def _end(self, job: Job, state: JobState, error: Exception) -> None:
        values: dict[str, object] = {"generation": None} if state is JobState.QUEUED else {"ended": time.time()}
        text = str(error) or type(error).__name__
        if state is JobState.FAILED:
            found = self.store.jobs.get(job.id)
            values["result"] = {**(found or job).result, **kept(error, job.request.get("names", {}))}
        for before in (JobState.BUILDING, JobState.SWITCHING):
            self.store.jobs.move(job.id, before, state, error=text, **values)

    def _build(self, job: Job) -> None:
        begun, base = time.perf_counter(), self.dalil.generations.newest_intact()
        canaries = self.dalil.shelf.questions.all()
        with self.dalil.shelf.propose(change_of(job), base) as proposal:
            built = self._built(proposal, base)
            if built.number is not None:
                self.dalil.shelf.note(built.number, proposal)
        result = _result(built, time.perf_counter() - begun)
        if built.number is None:
            self.store.jobs.move(
                job.id, JobState.BUILDING, JobState.DONE, ended=time.time(), result={**result, "unchanged": True}
            )
            return
        failed = self._failed(canaries, built.number, base)
        after = JobState.WAITING if failed else JobState.SWITCHING
        values = {"generation": built.number, "result": {**result, "failed": failed}}
        if self.store.jobs.move(job.id, JobState.BUILDING, after, **values) and not failed:
            switch(self.dalil, self.store, job, built.number)

    def _built(self, proposal: Proposal, base: Library | None) -> Built:
        dalil, progress = self.dalil, self.reporter.progress
        changes = planned(dalil, proposal, base)
        with dalil.reading_room() as room:
            builder = Builder(dalil.generations, dalil.embedder, progress)
            built = builder.build_aside(documents(changes, base, room, progress), base, aliases=changes.aliases)
        refused = (*changes.refused, *built.refused)
        if lost := _lost(proposal, refused):
            if built.number is not None:
                dalil.generations.drop(built.number)
            raise CannotBePublished(lost.name, lost.cause)
        return Built(built.number, built.documents, built.passages, built.embedded, refused)

    def _failed(self, canaries: Sequence[Canary], number: int, base: Library | None) -> list[str]:
        """The questions that the new generation answers worse than the one it was built upon."""
        if base is None or not canaries or not base.is_searchable_with(self.dalil.embedder):
            return []
        new = self.dalil.generations.open(number)
        worse = worse_answered(canaries, self.dalil.assistant_from(new), self.dalil.assistant_from(base))
        return [canary.text for canary in worse]


def _lost(proposal: Proposal, refused: Sequence[SourceError]) -> SourceError | None:
    """The first document that was to be published and was not taken."""
    wanted = set(proposal.names.values())
    return next((error for error in refused if error.name in wanted), None)


def _result(built: Built, seconds: float) -> Result:
    return {
        "documents": built.documents,
        "passages": built.passages,
        "embedded": built.embedded,
        "seconds": round(seconds, 3),
        "refused": [
            {"document": error.name, "reason": error.reason, "cause": kept_cause(error.cause)}
            for error in built.refused
        ],
    }
