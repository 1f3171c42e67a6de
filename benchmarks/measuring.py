"""What is measured how: memory from ``/proc``, percentiles, the machine."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, TypeVar

Figures = dict[str, float]
"""What was measured, by name with its unit at the end: ``p50_ms``, ``resident_mb``."""

_Result = TypeVar("_Result")
_PROC: Final = Path("/proc/self")
_STATUS: Final = {
    "VmRSS": "resident_mb",
    "VmHWM": "resident_peak_mb",
    "RssAnon": "anonymous_mb",
    "RssFile": "file_mapped_mb",
}


def memory() -> Figures:
    """The memory of this process in MB (2**20 bytes); empty where there is no ``/proc``.

    ``anonymous_mb`` is the process's own; ``file_mapped_mb`` the system may drop and read again, and share.
    """
    figures = _read(_PROC / "status", _STATUS)
    return figures | _read(_PROC / "smaps_rollup", {"Pss": "proportional_mb"})


def free_memory() -> int:
    """The bytes that this machine could give to a process now; 0 where there is no ``/proc``."""
    found = _read(Path("/proc/meminfo"), {"MemAvailable": "available"})
    return int(found.get("available", 0) * 2**20)


def _read(path: Path, names: dict[str, str]) -> Figures:
    try:
        lines = path.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return {}
    fields = (line.split() for line in lines)
    return {names[words[0][:-1]]: round(int(words[1]) / 1024, 1) for words in fields if words[0][:-1] in names}


def percentiles(seconds: Sequence[float]) -> Figures:
    """The median and the slow end of some times, in milliseconds."""
    cut = statistics.quantiles(seconds, n=100, method="inclusive")
    return {f"p{percent}_ms": round(1000 * cut[percent - 1], 3) for percent in (50, 95, 99)}


def timed(work: Callable[[], _Result]) -> tuple[_Result, float]:
    """What ``work`` gives, and the seconds it took."""
    begun = time.perf_counter()
    return work(), time.perf_counter() - begun


def machine() -> dict[str, str | float]:
    """Where the figures come from. A load near the count of processors: others were at work too."""
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "processors": os.cpu_count() or 1,
        "load_before": round(os.getloadavg()[0], 2),
    }
