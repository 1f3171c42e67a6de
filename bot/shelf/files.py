"""Files and folders that are there whole or not at all, whenever the process is killed."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

TEMPORARY: Final = ".dalil-"
"""How the names of half-written files begin; files so called are passed over everywhere."""
_BLOCK: Final = 1 << 20


@contextmanager
def written_beside(path: Path) -> Iterator[Path]:
    """A name to write a file or folder under; it becomes ``path`` at the end, or is gone if anything fails.

    The folder of ``path`` must be there.
    """
    temporary = path.with_name(f"{TEMPORARY}{secrets.token_hex(8)}")
    try:
        yield temporary
        for part in (*temporary.rglob("*"), temporary) if temporary.is_dir() else (temporary,):
            sync(part)
        temporary.replace(path)
        sync(path.parent)
    finally:
        remove(temporary)


def write(path: Path, text: str) -> None:
    """Writes a text file."""
    with written_beside(path) as temporary:
        temporary.write_text(text, encoding="utf-8")


def copied(source: Path, target: Path) -> str:
    """Copies a file's content; gives the SHA-256 of what was copied, in hexadecimal."""
    digest = hashlib.sha256()
    with source.open("rb", buffering=0) as reading, target.open("wb") as writing:
        while block := reading.read(_BLOCK):
            digest.update(block)
            writing.write(block)
    return digest.hexdigest()


def checksum(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def remove(path: Path) -> None:
    """Removes a file or folder, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Forces a file or folder to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
