"""``python -m bot.jobs.builder``: does the queued jobs of DALIL_DATA, then ends.

Any number may be started: one works, the others end with exit code 3.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import time
from contextlib import ExitStack
from typing import Final

from bot.composition import Dalil
from bot.jobs.priority import give_way
from bot.jobs.reporting import Reporter
from bot.jobs.working import Worker
from bot.settings import SettingsError, read_settings
from bot.state.errors import StateError
from bot.state.store import Store
from bot.state.values import JobState
from index.errors import IndexingError, LibraryLocked

_TRIES: Final = 6
_PAUSE: Final = 0.5  # seconds, more than a stopped builder needs to end
_LOG: Final = logging.getLogger(__name__)


def main() -> int:
    """Works until nothing is queued; the exit code is that of ``dalil``."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        dalil = Dalil(read_settings())
        with Store.open(dalil.state) as store:
            return _work(dalil, store)
    except LibraryLocked:
        return 3
    except (SettingsError, StateError, IndexingError, OSError) as error:
        _LOG.error("%s", error)
        return 1


def _work(dalil: Dalil, store: Store) -> int:
    if os.getpgrp() != os.getpid():  # so that ending ourselves ends the readers and analysts, and nobody else
        os.setpgid(0, 0)
    worker = Worker(dalil, store, Reporter(store, _end))
    give_way()
    with _alone(dalil, store):
        worker.recover()
    while store.jobs.next():  # again after the lock is free: who queued a job meanwhile found it taken
        with _alone(dalil, store):
            worker.work()
    return 0


def _alone(dalil: Dalil, store: Store) -> ExitStack:
    """Holds the build lock; waits a moment for a builder whose job was stopped."""
    stack, tries = ExitStack(), 0
    while True:
        try:
            stack.enter_context(dalil.generations.building())
            return stack
        except LibraryLocked:
            tries += 1
            if tries == _TRIES or store.jobs.in_state(JobState.BUILDING):
                raise
            time.sleep(_PAUSE)


def _end() -> None:
    """Ends this process and all that it started, at once: what a build leaves is removed by the next."""
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main())
