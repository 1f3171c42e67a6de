"""Generations on disk: built beside the live one, switched by one atomic rename, kept for going back.

DATA/generations/000007/      a finished generation; nothing in it is ever changed
DATA/generations/.building-…  one being built; a leftover of a killed build is removed by the next
DATA/generations/.waiting-…   one that is finished and was not live yet: somebody has to decide
DATA/generations/.removed-…   one being removed, likewise
DATA/current                  the number of the live generation, replaced atomically
DATA/build.lock               held while building; freed by the system when the builder dies
DATA/switch.lock              held for the moment of a switch, so that going back and building do not collide
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Final

from filelock import FileLock

from index.choosing import intact_before, newest_intact, too_many
from index.disk import settle, size, sync
from index.drafting import FileDraft
from index.errors import BuildFailed, NoGeneration, NothingLive, UnknownGeneration
from index.library import Library
from index.lock import building
from index.manifest import MANIFEST_FILE, Manifest, read_manifest
from index.numbering import Numbered
from index.repository import Draft

_BUILDING: Final = ".building-"
_REMOVED: Final = ".removed-"
_WAITING: Final = ".waiting-"
_NUMBER: Final = re.compile(r"[0-9]{1,9}\n?")


class FileGenerations:
    """The generations under one data folder."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self._folder = data / "generations"
        self._pointer = data / "current"
        self._switching = FileLock(data / "switch.lock")

    def folder(self, number: int) -> Path:
        """Where generation ``number`` lies."""
        return self._folder / f"{number:06d}"

    def numbers(self) -> tuple[int, ...]:
        """The finished generations on disk, ascending."""
        names = [path.name for path in self._folder.glob("[0-9]*")] if self._folder.is_dir() else []
        return tuple(sorted(int(name) for name in names if _NUMBER.fullmatch(name)))

    def waiting(self) -> tuple[int, ...]:
        """The generations that were set aside and not decided on yet, ascending."""
        names = [path.name.removeprefix(_WAITING) for path in self._folder.glob(f"{_WAITING}*")]
        return tuple(sorted(int(name) for name in names if _NUMBER.fullmatch(name)))

    def waiting_folder(self, number: int) -> Path:
        """Where the waiting generation ``number`` lies."""
        return self._folder / f"{_WAITING}{number:06d}"

    def live(self) -> int | None:
        """The number of the live generation; None if the pointer does not name one."""
        try:
            text = self._pointer.read_text()
        except (OSError, ValueError):
            return None
        return int(text) if _NUMBER.fullmatch(text) else None

    def noticed(self) -> int | None:
        """Likewise: the pointer is read in microseconds."""
        return self.live()

    def building(self) -> AbstractContextManager[None]:
        """Holds the build lock of the data folder.

        Raises:
            LibraryLocked: another process holds it.
            BuildFailed: the data folder cannot be made or written to.
        """
        return building(self.data)

    def manifest(self, number: int) -> Manifest:
        """What a kept generation says of itself.

        Raises:
            DamagedGeneration: its manifest is missing or altered.
        """
        return read_manifest(self.folder(number), number)

    def size(self) -> int:
        """The bytes that all generations take, those too that are being built, wait or are being removed."""
        return size(self._folder)

    def size_of(self, number: int) -> int:
        """The bytes that a kept generation takes."""
        return size(self.folder(number))

    def files(self, number: int) -> Mapping[str, Path]:
        """The files of a kept generation by their names below its folder, the manifest first.

        Raises:
            DamagedGeneration: its manifest is missing or altered.
        """
        names = (MANIFEST_FILE, *self.manifest(number).files)
        return {name: self.folder(number) / name for name in names}

    def open_live(self) -> Library:
        """Opens the live generation, also while builders switch and tidy up.

        Raises:
            NoGeneration: nothing is indexed.
            NothingLive: there are generations, but none is marked as live.
            DamagedGeneration: the live generation is missing a file or altered.
        """
        number = self.live()
        if number is None:
            raise NothingLive(str(self._pointer)) if self.numbers() else NoGeneration(str(self.data))
        try:
            return Library.open(self.folder(number), number)
        except Exception:
            if self.live() == number:
                raise
            return self.open_live()  # it was switched, and tidied away, while we opened it

    def open(self, number: int) -> Library:
        """Opens a generation that is kept or waits, for a look at it: its checksums are not compared.

        Raises:
            DamagedGeneration: it is not there, or cannot be opened.
        """
        folder = self.waiting_folder(number) if number in self.waiting() else self.folder(number)
        return Library.open(folder, number, check=False)

    def newest_intact(self) -> Library | None:
        """What a build can take over from: the live generation, or if it is damaged the newest that is not."""
        return newest_intact(self.numbers(), self.live(), self._opened)

    def _opened(self, number: int) -> Library:
        return Library.open(self.folder(number), number)

    def begin(self, dimension: int, *, number: int | None = None) -> Draft:
        """A new draft, of the next number or a given one; leftovers of killed builds go first. Hold the lock.

        Raises:
            BuildFailed: the data folder cannot be written to.
        """
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            for leftover in (*self._folder.glob(f"{_BUILDING}*"), *self._folder.glob(f"{_REMOVED}*")):
                shutil.rmtree(leftover, ignore_errors=True)
            destination = self if number is None else Numbered(self, number)
            return FileDraft(Path(tempfile.mkdtemp(prefix=_BUILDING, dir=self._folder)), dimension, destination)
        except OSError as error:
            raise BuildFailed(f"cannot write below {self.data}: {error}") from error

    def next_number(self) -> int:
        """The number a new generation gets: no number is ever used twice while its files remain."""
        return max((*self.numbers(), *self.waiting(), self.live() or 0)) + 1

    def publish(self, built: Path, number: int) -> None:
        """Makes a finished build generation ``number`` and live, then removes the oldest.

        The generation that was live before is kept even when newer ones exist (it was gone back to).
        """
        settle(built)
        with self._switching:
            previous = self.live()
            built.rename(self.folder(number))
            sync(self._folder)
            self._point_to(number)
            for old in too_many(self.numbers(), number, previous):
                self._remove(old)

    def set_aside(self, built: Path, number: int) -> None:
        """Keeps a finished build as generation ``number``, which nobody answers from until it is admitted."""
        settle(built)
        built.rename(self.waiting_folder(number))
        sync(self._folder)

    def admit(self, number: int) -> None:
        """Makes a waiting generation live, as `publish` does.

        Raises:
            UnknownGeneration: it does not wait.
            DamagedGeneration: a file of it is missing or altered.
        """
        if number not in self.waiting():
            raise UnknownGeneration(number, self.waiting())
        Library.open(self.waiting_folder(number), number)
        self.publish(self.waiting_folder(number), number)

    def take_up(self, numbers: Collection[int], live: int) -> None:
        """Keeps these generations, which wait unless this was begun before; at the end one is live."""
        with self._switching:
            for number in sorted({*numbers} & {*self.waiting()}):
                self.waiting_folder(number).rename(self.folder(number))
            sync(self._folder)
            self._point_to(live)

    def drop(self, number: int) -> None:
        """Removes a waiting generation, if it still waits."""
        self._remove_folder(self.waiting_folder(number), number)

    def switch(self, number: int) -> None:
        """Makes a kept generation the live one: readers see the old or the new, never neither.

        Raises:
            UnknownGeneration: it is not on disk.
            DamagedGeneration: a file of it is missing or altered.
        """
        with self._switching:
            if number not in self.numbers():
                raise UnknownGeneration(number, self.numbers())
            Library.open(self.folder(number), number)
            self._point_to(number)

    def _remove(self, number: int) -> None:
        """Removes a generation; killed half-way, what is left of it is not taken for a generation."""
        self._remove_folder(self.folder(number), number)

    def _remove_folder(self, folder: Path, number: int) -> None:
        doomed = self._folder / f"{_REMOVED}{number}"
        with suppress(OSError):  # what cannot be removed now is removed by a later build
            folder.rename(doomed)
        shutil.rmtree(doomed, ignore_errors=True)

    def _point_to(self, number: int) -> None:
        new = self._pointer.with_name("current.new")
        with new.open("w") as file:
            file.write(f"{number}\n")
            file.flush()
            os.fsync(file.fileno())
        new.replace(self._pointer)
        sync(self.data)

    def before(self, number: int | None) -> int:
        """The newest intact generation older than ``number`` (of all, if it is None): where a rollback goes.

        Raises:
            UnknownGeneration: there is none.
        """
        return intact_before(self.numbers(), number, self._opened)
