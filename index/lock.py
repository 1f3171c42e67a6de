"""One builder at a time: a file lock that the operating system frees when its holder dies."""

from __future__ import annotations

import datetime as dt
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import LibraryLocked


@contextmanager
def building(data: Path) -> Iterator[None]:
    """Holds the build lock of a data folder.

    Raises:
        LibraryLocked: another process holds it; the message says which, and since when.
    """
    data.mkdir(parents=True, exist_ok=True)
    owner_file = data / "build.owner"
    lock = FileLock(data / "build.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise LibraryLocked(_read(owner_file)) from None
    try:
        since = dt.datetime.now(dt.UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
        owner_file.write_text(f"process {os.getpid()} on {socket.gethostname()}, since {since}", encoding="utf-8")
        yield
    finally:
        owner_file.unlink(missing_ok=True)
        lock.release()


def _read(owner_file: Path) -> str:
    try:
        return owner_file.read_text(encoding="utf-8") or "owner unknown"
    except OSError:
        return "owner unknown"
