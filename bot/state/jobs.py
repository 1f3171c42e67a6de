"""Jobs: changes of the library that somebody asked for, one at a time, in the order in which they were asked."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, Final

import sqlalchemy as sa

from bot.state.database import Database
from bot.state.tables import jobs
from bot.state.values import Job, JobState

ENDED: Final = (JobState.DONE, JobState.FAILED, JobState.STOPPED)
OPEN: Final = (JobState.QUEUED, JobState.BUILDING, JobState.WAITING, JobState.SWITCHING)
_UNDER_WAY: Final = (JobState.BUILDING, JobState.SWITCHING, JobState.WAITING)


class Jobs:
    """Every job, until it is purged. A job's state changes only from one that the caller names."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, job: Job) -> None:
        """Puts a job at the end of the queue."""
        row = {field.name: getattr(job, field.name) for field in dataclasses.fields(job)}
        with self._database.writing() as connection:
            connection.execute(sa.insert(jobs).values({**row, "state": job.state.value}))

    def get(self, job: str) -> Job | None:
        """The job with that id, if it is still kept."""
        with self._database.reading() as connection:
            row = connection.execute(sa.select(jobs).where(jobs.c.id == job)).mappings().first()
        return None if row is None else _job(row)

    def newest(self, number: int) -> list[Job]:
        """The last jobs that were asked for, the newest first."""
        query = sa.select(jobs).order_by(jobs.c.asked.desc(), jobs.c.id).limit(number)
        return self._found(query)

    def in_state(self, *states: JobState) -> list[Job]:
        """The jobs in these states, in the order in which they were asked."""
        wanted = jobs.c.state.in_([state.value for state in states])
        return self._found(sa.select(jobs).where(wanted).order_by(jobs.c.asked, jobs.c.id))

    def next(self) -> Job | None:
        """The job whose turn it is; None while another is under way or waits for a decision."""
        if self.in_state(*_UNDER_WAY):
            return None
        return next(iter(self.in_state(JobState.QUEUED)), None)

    def move(self, job: str, before: JobState, after: JobState, **values: Any) -> bool:
        """Changes a job's state, and these values with it; False, and nothing changes, if it was not ``before``."""
        change = sa.update(jobs).where(jobs.c.id == job, jobs.c.state == before.value)
        with self._database.writing() as connection:
            return connection.execute(change.values(state=after.value, **values)).rowcount == 1

    def progress(self, job: str, step: str, done: int, total: int) -> bool:
        """Notes how far a job has come; False if it is not being built any more."""
        building = sa.and_(jobs.c.id == job, jobs.c.state == JobState.BUILDING.value)
        with self._database.writing() as connection:
            change = sa.update(jobs).where(building).values(step=step, done=done, total=total)
            return connection.execute(change).rowcount == 1

    def purge(self, *, older_than: float) -> int:
        """Deletes jobs that ended before that time; gives their number."""
        old = sa.and_(jobs.c.ended < older_than, jobs.c.state.in_([state.value for state in ENDED]))
        with self._database.writing() as connection:
            return connection.execute(sa.delete(jobs).where(old)).rowcount

    def _found(self, query: sa.Select[Any]) -> list[Job]:
        with self._database.reading() as connection:
            return [_job(row) for row in connection.execute(query).mappings()]


def _job(row: Mapping[Any, Any]) -> Job:
    return Job(**{**row, "state": JobState(row["state"])})
