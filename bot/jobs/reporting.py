"""Tells the state how far a build has come, and ends the process once its job is stopped."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Final

from bot.state.errors import StateError
from bot.state.store import Store
from bot.state.values import JobState

EVERY: Final = 0.3  # seconds: so long a stop may take, and so fresh is what people see
_LOG: Final = logging.getLogger(__name__)


class Reporter:
    """Watches one job after the other from a thread of its own.

    The thread has the priority of the one that makes the reporter: one that waits for a processor while it holds the
    database would keep others waiting too.
    """

    def __init__(self, store: Store, end: Callable[[], object]) -> None:
        """``end`` is called when the job that is being built is stopped."""
        self._store = store
        self._end = end
        self._job: str | None = None
        self._latest: tuple[str, int, int] | None = None
        threading.Thread(target=self._watch, daemon=True, name="reporter").start()

    def watch(self, job: str) -> None:
        """From now on this job is built."""
        self._latest = None
        self._job = job

    def progress(self, step: str, done: int, total: int) -> None:
        """Takes note of how far the build has come; costs nothing."""
        self._latest = (step, done, total)

    def rest(self) -> None:
        """Nothing is built for now."""
        self._job = None

    def _watch(self) -> None:
        told: tuple[str, int, int] | None = None
        while True:
            time.sleep(EVERY)
            job, latest = self._job, self._latest
            if job is None:
                continue
            try:
                if latest is not None and latest != told:
                    self._store.jobs.progress(job, *latest)
                    told = latest
                found = self._store.jobs.get(job)
            except StateError as error:  # the build goes on; whoever looks sees no progress
                _LOG.warning("the progress of a job cannot be told: %s", error)
                continue
            if found is None or found.state is JobState.STOPPED:
                self._end()
