"""Working only when nobody else wants the processor or the disk."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import Final

_LOWEST: Final = 19


def give_way() -> None:
    """Lets every other process go first; what this thread starts from now on does so too.

    On Linux the idle policy gives way on the disk as well.
    """
    with suppress(OSError, AttributeError):
        os.nice(_LOWEST)
    with suppress(OSError, AttributeError):
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
