from __future__ import annotations

import time
from collections.abc import Callable

UNHURRIED = 0.05
"""Seconds below which a clock says little."""

TRIES = 3
"""A machine that is busy elsewhere may make one measurement several times too long."""


def spent(work: Callable[[], object]) -> float:
    """Seconds of processor time that the quickest of a few runs of ``work`` takes, at least ``UNHURRIED``."""
    return max(UNHURRIED, min(_once(work) for _ in range(TRIES)))


def _once(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun
