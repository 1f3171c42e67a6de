"""Bringing a backup back, on a machine where there is nothing yet. The file may come from anybody."""

from __future__ import annotations

import os
import re
import shutil
import stat
import tempfile
import time
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from bot.backup.contents import ABOUT, DOCUMENTS, GENERATION, READABLE, STAGED, STATE, About
from bot.backup.errors import DangerousBackup, NotABackup, NotEmpty
from bot.jobs.troubles import Kind, Trouble, kept_trouble
from bot.shelf.errors import NotStaged
from bot.shelf.staging import check_staged
from bot.state.copying import check_state
from bot.state.errors import StateError
from bot.state.jobs import OPEN
from bot.state.store import Store
from bot.state.values import JobState
from index.errors import IndexingError
from index.generations import FileGenerations
from index.library import Library

MOST_FILES: Final = 1_000_000
SMALL: Final = 256 * 2**20
MOST_TIMES: Final = 50
"""A backup may unpack to `SMALL` bytes and as many times its own size; ours measured 2 to 10 times."""
_STAGED: Final = re.compile(rf"{STAGED}[0-9a-f]{{10}}/(?:about\.json|content)")
_BLOCK: Final = 1 << 20
_LARGEST_ABOUT: Final = 64 * 2**20  # bytes; it may name each document
_DAMAGE: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Target:
    """Where a backup is brought back to. ``state`` is None where the state is no file."""

    data: Path
    documents: Path
    state: Path | None


def restore(file: Path, target: Target) -> About:
    """Brings a backup back, whole or not at all; gives what it says of itself.

    Where the backup has no index, none is there afterwards: build one of ``target.documents``.

    Raises:
        NotABackup, DangerousBackup, NotEmpty: nothing is changed.
    """
    _check_empty(target)
    target.data.parent.mkdir(parents=True, exist_ok=True)
    with _beside(target.data) as folder:
        try:
            with zipfile.ZipFile(file) as archive:
                about = _about(file, archive)
                _unpack(file, archive, folder)
        except _DAMAGE as error:
            raise NotABackup(file, f"it cannot be unpacked ({error})") from error
        _check(file, folder, about)
        _settle(folder, about, target)
    return about


def _check_empty(target: Target) -> None:
    for place in (target.data, target.documents):
        if place.exists() and (not place.is_dir() or any(place.iterdir())):
            raise NotEmpty(place)
    if target.state is not None and target.state.exists():
        raise NotEmpty(target.state)


@contextmanager
def _beside(data: Path) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix=f".{data.name}-restoring-", dir=data.absolute().parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _about(file: Path, archive: zipfile.ZipFile) -> About:
    try:
        entry = archive.getinfo(ABOUT)
        if entry.file_size > _LARGEST_ABOUT:
            raise DangerousBackup(file, f"{ABOUT} is {entry.file_size:,} bytes large")
        with archive.open(entry) as reading:
            about = About.model_validate_json(reading.read(_LARGEST_ABOUT))
    except (KeyError, ValidationError) as error:
        raise NotABackup(file, f"it holds no {ABOUT} that can be understood") from error
    if about.format not in READABLE:
        raise NotABackup(file, f"its format is {about.format}, this version reads up to {READABLE[-1]}")
    return about


def _unpack(file: Path, archive: zipfile.ZipFile, folder: Path) -> None:
    entries = archive.infolist()
    _check_entries(file, entries)
    allowed = min(SMALL + MOST_TIMES * file.stat().st_size, shutil.disk_usage(folder).free)
    if (total := sum(entry.file_size for entry in entries)) > allowed:
        raise DangerousBackup(file, f"it would unpack to {total:,} bytes, over the limit of {allowed:,}")
    for entry in entries:
        path = folder / entry.filename
        path.parent.mkdir(parents=True, exist_ok=True)
        with archive.open(entry) as reading, path.open("xb") as writing:
            left = entry.file_size
            while block := reading.read(_BLOCK):
                left -= len(block)
                if left < 0:
                    raise DangerousBackup(file, f"{entry.filename!r} is larger than it says")
                writing.write(block)


def _check_entries(file: Path, entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MOST_FILES:
        raise DangerousBackup(file, f"it holds {len(entries):,} files")
    if len({entry.filename for entry in entries}) < len(entries):
        raise DangerousBackup(file, "it holds two files of one name")
    for entry in entries:
        if problem := _problem(entry):
            raise DangerousBackup(file, f"it holds {entry.filename!r}, which {problem}")


def _problem(entry: zipfile.ZipInfo) -> str | None:
    name, kind = entry.filename, stat.S_IFMT(entry.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        return "is no ordinary file"
    if entry.flag_bits & 1:
        return "is encrypted"
    is_part = name in (ABOUT, STATE) or name.startswith((DOCUMENTS, GENERATION)) or _STAGED.fullmatch(name)
    if not is_part:
        return "is not part of a backup"
    parts = name.split("/")
    if any(part in ("", ".", "..") for part in parts) or (os.sep != "/" and os.sep in name):
        return "leads elsewhere"
    if name.startswith(DOCUMENTS) and any(part.startswith(".") for part in parts):
        return "is hidden"
    return None


def _check(file: Path, folder: Path, about: About) -> None:
    """Sees to it that what was unpacked can be used."""
    try:
        check_staged(folder / STAGED)
        if about.with_state:
            check_state(folder / STATE)
            _end_jobs(folder / STATE, about)
        if about.with_index and about.generation is not None:
            Library.open(folder / GENERATION, about.generation)
    except (StateError, IndexingError, NotStaged) as error:
        raise NotABackup(file, str(error)) from error


def _end_jobs(state: Path, about: About) -> None:
    """Ends what was under way: what it was building is not in the backup, and its message is another machine's."""
    trouble = kept_trouble(Trouble(Kind.RESTORED))
    with Store.open(str(state)) as store:
        for job in store.jobs.in_state(*OPEN):
            is_live = job.generation is not None and job.generation == about.generation
            values = {"ended": time.time(), "request": {**job.request, "told": True}}
            if not is_live:
                values |= {"generation": None, "error": "stopped when a backup was restored"}
                values |= {"result": {**job.result, **trouble}}
            store.jobs.move(job.id, job.state, JobState.DONE if is_live else JobState.STOPPED, **values)


def _settle(folder: Path, about: About, target: Target) -> None:
    """Arranges what was unpacked as a data folder, and puts it in place by one rename at the end."""
    (folder / ABOUT).unlink()
    for leftover in folder.glob(f"{STATE}*"):  # what checking it left, too
        if leftover.name != STATE or not about.with_state:
            leftover.unlink()
    if not about.with_index:
        shutil.rmtree(folder / GENERATION, ignore_errors=True)
    if (folder / STAGED).is_dir():
        (folder / "shelf").mkdir()
        (folder / STAGED).rename(folder / "shelf" / "staged")
    (folder / DOCUMENTS).mkdir(exist_ok=True)
    _move(folder / DOCUMENTS, target.documents, target, folder)
    if about.with_state and target.state is not None:
        _move(folder / STATE, target.state, target, folder)
    if about.with_index and about.generation is not None:
        generations = FileGenerations(folder)
        generations.folder(about.generation).parent.mkdir()
        (folder / GENERATION).rename(generations.folder(about.generation))
        generations.switch(about.generation)
    folder.chmod(0o755)
    folder.rename(target.data.absolute())


def _move(source: Path, place: Path, target: Target, folder: Path) -> None:
    """Moves a part to its place: below the folder that becomes the data folder, or elsewhere if a setting says so."""
    inside = place.absolute()
    if inside.is_relative_to(target.data.absolute()):
        inside = folder / inside.relative_to(target.data.absolute())
    if inside != source:
        inside.parent.mkdir(parents=True, exist_ok=True)
        if inside.is_dir():
            inside.rmdir()
        shutil.move(source, inside)
