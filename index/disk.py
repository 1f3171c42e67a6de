"""Folders on disk: made to last, and measured."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def settle(built: Path) -> None:
    """Makes a finished build last, and fit to be read by others."""
    _sync_tree(built)
    built.chmod(0o755)


def _sync_tree(folder: Path) -> None:
    """Forces files and folders to disk, so that the rename never outruns them."""
    for path in (*folder.rglob("*"), folder):
        sync(path)


def sync(path: Path) -> None:
    """Forces a file, or the names in a folder, to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def size(folder: Path) -> int:
    """The bytes of all files below a folder; none where it is not there."""
    size = 0
    for path in folder.rglob("*"):
        with suppress(OSError):  # it was tidied away this moment
            size += path.stat().st_size if path.is_file() else 0
    return size
