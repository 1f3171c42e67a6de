"""Following a job at the terminal until it is over."""

from __future__ import annotations

import time
from typing import Final

from bot.jobs.queue import Queue
from bot.progress import progress_bars
from bot.state.jobs import ENDED
from bot.state.store import Store
from bot.state.values import Job, JobState
from bot.terminal import error_console

_EVERY: Final = 0.1  # seconds
_AGAIN: Final = 2.0  # seconds after which a builder is started again if none works


def follow(queue: Queue, store: Store, wanted: Job) -> Job:
    """Asks for a job and waits until it is over or somebody has to decide; an interrupt stops it."""
    queue.put(wanted)
    try:
        return _watched(queue, store, wanted)
    except KeyboardInterrupt:
        queue.stop(wanted.id, by=None)
        raise


def _watched(queue: Queue, store: Store, wanted: Job) -> Job:
    started, said = -_AGAIN, False
    with progress_bars() as report:
        while True:
            job = store.jobs.get(wanted.id)
            if job is None or job.state in (*ENDED, JobState.WAITING):
                return job or wanted
            if job.step:
                report(job.step, job.done, job.total)
            if job.state is JobState.QUEUED and not queue.is_worked_on() and time.monotonic() - started > _AGAIN:
                if started > 0 and not said:
                    error_console().print(_reason(queue, job))
                    said = True
                queue.start()
                started = time.monotonic()
            time.sleep(_EVERY)


def _reason(queue: Queue, job: Job) -> str:
    before = queue.before(job)
    waiting = [each for each in before if each.state is JobState.WAITING]
    if waiting:
        return f"job {waiting[0].id} waits for a decision first: see  dalil jobs"
    return "another build is running: waiting for it"
