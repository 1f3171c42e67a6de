"""Which files the documents' folder held before and after each step, and the content of those that changed."""

from __future__ import annotations

import os
import secrets
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from bot.shelf.files import TEMPORARY, checksum, copied, remove, sync, write, written_beside

Files = Mapping[str, str]
"""The SHA-256 of each file's content, by its path below the folder."""


class Step(BaseModel):
    """A change of the documents' folder that belongs to a generation.

    ``upon`` is the generation that was live when it was proposed (None: nothing was indexed).
    """

    model_config = ConfigDict(frozen=True)

    upon: int | None
    before: dict[str, str]
    after: dict[str, str]
    staged: tuple[str, ...] = ()
    """The staged documents that it publishes."""
    digests: dict[str, str] = {}
    """What each of them was: see `bot.shelf.staging.digest`."""

    def differing(self) -> set[str]:
        """The files that it brings, replaces or takes away."""
        names = self.before.keys() | self.after.keys()
        return {name for name in names if self.before.get(name) != self.after.get(name)}


class Objects:
    """Contents of files by their checksums; copies, so that nobody changes them by changing a document in place."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, sha256: str) -> Path:
        """Where that content is, if it is kept."""
        return self._folder / sha256

    def keep(self, source: Path) -> str:
        """Keeps a copy of a file; gives the checksum of what was kept."""
        self._folder.mkdir(parents=True, exist_ok=True)
        temporary = self._folder / f"{TEMPORARY}{secrets.token_hex(8)}"
        try:
            sha256 = copied(source, temporary)
            sync(temporary)
            temporary.replace(self.path(sha256))
            sync(self._folder)
        finally:
            remove(temporary)
        return sha256

    def keep_text(self, text: str) -> str:
        """Keeps a text as a file."""
        self._folder.mkdir(parents=True, exist_ok=True)
        temporary = self._folder / f"{TEMPORARY}{secrets.token_hex(8)}"
        try:
            temporary.write_text(text, encoding="utf-8")
            return self.keep(temporary)
        finally:
            remove(temporary)

    def drop_all_but(self, needed: Collection[str]) -> None:
        """Removes every other content."""
        for path in self._folder.iterdir() if self._folder.is_dir() else ():
            if path.name not in needed:
                remove(path)


class Records:
    """The step that each generation is the result of, as far as it came about on the shelf."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, generation: int, step: Step) -> None:
        """Notes what a generation was built from."""
        self._folder.mkdir(parents=True, exist_ok=True)
        write(self._folder / f"{generation:06d}", step.model_dump_json())

    def get(self, generation: int) -> Step | None:
        """The step that made a generation."""
        return read_step(self._folder / f"{generation:06d}")

    def files(self, generation: int | None) -> dict[str, str] | None:
        """What the folder held when that generation was last live, as far as it is known."""
        later = (self.get(number) for number in reversed(self.numbers()))
        last_seen = next((step.before for step in later if step and step.upon == generation), None)
        own = None if generation is None else self.get(generation)
        return own.after if last_seen is None and own else last_seen

    def numbers(self) -> list[int]:
        """The generations that there are records of, ascending."""
        return sorted(int(path.name) for path in self._folder.glob("[0-9]*") if path.name.isdecimal())

    def drop_all_but(self, generations: Collection[int]) -> set[str]:
        """Forgets other generations; gives the checksums of what the remaining ones changed."""
        needed: set[str] = set()
        for number in self.numbers():
            if number not in generations:
                remove(self._folder / f"{number:06d}")
            elif step := self.get(number):
                for name in step.differing():
                    needed |= {digest for digest in (step.before.get(name), step.after.get(name)) if digest}
        return needed


def read_step(path: Path) -> Step | None:
    """A step that was written there, whole; None if there is none."""
    try:
        return Step.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None


def files_in(folder: Path) -> dict[str, str]:
    """Every file below a folder that could be a document or tells of some, with its checksum.

    Hidden ones, and those that cannot be read, are passed over.
    """
    found = {}
    for path in _walked(folder):
        try:
            found[path.relative_to(folder).as_posix()] = checksum(path)
        except OSError:
            continue
    return found


def _walked(folder: Path) -> Iterator[Path]:
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        shown = (Path(here, name) for name in sorted(names) if not name.startswith("."))
        yield from (path for path in shown if path.is_file() and _is_text(str(path)))


def _is_text(name: str) -> bool:
    """Whether a name's bytes are UTF-8; a build refuses others and says so."""
    return not any("\ud800" <= character <= "\udfff" for character in name)


MISSING: Final = ""


def checksum_now(path: Path) -> str:
    """The checksum of a file; `MISSING` if there is none."""
    try:
        return checksum(path)
    except OSError:
        return MISSING


def put_in_place(folder: Path, name: str, content: Path | None) -> None:
    """Makes the file ``name`` in ``folder`` a copy of ``content``, or takes it away if that is None."""
    target = folder / name
    if content is None:
        target.unlink(missing_ok=True)
        if target.parent.is_dir():
            sync(target.parent)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with written_beside(target) as temporary:
        copied(content, temporary)
