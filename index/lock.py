"""One builder at a time: a file lock that the operating system frees when its holder dies."""

from __future__ import annotations

import datetime as dt
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import BuildFailed, LibraryLocked


@contextmanager
def building(data: Path) -> Iterator[None]:
    """Holds the build lock of a data folder.

    Raises:
        LibraryLocked: another process holds it; the message says which, and since when.
        BuildFailed: the data folder cannot be made or written to.
    """
    owner_file = data / "build.owner"
    lock = FileLock(data / "build.lock")
    try:
        data.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout:
        raise LibraryLocked(_read(owner_file)) from None
    except OSError as error:
        raise BuildFailed(f"cannot write below {data}: {error}") from error
    try:
        _write(owner_file)
        yield
    finally:
        with suppress(OSError):
            owner_file.unlink()
        lock.release()


def _write(owner_file: Path) -> None:
    since = dt.datetime.now(dt.UTC).strftime("%Y-%m-%d %H:%M:%S UTC")
    with suppress(OSError):  # on a full disk the build itself says so; the lock holds without this file
        owner_file.write_text(f"process {os.getpid()} on {socket.gethostname()}, since {since}", encoding="utf-8")


def _read(owner_file: Path) -> str:
    try:
        return owner_file.read_text(encoding="utf-8") or "owner unknown"
    except OSError:
        return "owner unknown"
