"""Measurements that run in processes of their own, so that none bears the memory of another."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent


class NotMeasured(Exception):
    """A measuring process did not come to its end."""


def measured(module: str, *arguments: object) -> dict[str, Any]:
    """What a module of ours prints as its last line, as JSON.

    Raises:
        NotMeasured: it failed.
    """
    return figures_of([sys.executable, "-m", module, *map(str, arguments)])


def figures_of(command: list[str], *, seconds: float | None = None) -> dict[str, Any]:
    """The last line that a command prints, as JSON; it has so many ``seconds``, or as many as it needs.

    Raises:
        NotMeasured: it failed, or took longer.
    """
    try:
        done = subprocess.run(
            command, cwd=ROOT, stdout=subprocess.PIPE, check=False, text=True, encoding="utf-8", timeout=seconds
        )
    except subprocess.TimeoutExpired as error:
        raise NotMeasured(f"it took longer than {seconds:g} s") from error
    if done.returncode:
        raise NotMeasured(f"{' '.join(command[1:3])} ended with {done.returncode}")
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
