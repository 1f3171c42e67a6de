"""Documents that were sent in and are not published yet: any administrator sees those of all."""

from __future__ import annotations

import hashlib
import re
import secrets
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Final

from filelock import FileLock
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from bot.shelf.errors import NotStaged, TooLarge
from bot.shelf.files import TEMPORARY, copied, remove, write, written_beside
from bot.shelf.kinds import kind_of
from bot.shelf.naming import safe_name, unique_name
from bot.shelf.sendings import Misread, Sending, open_fault
from index.catalogue import Entry
from index.formats import FORMATS
from index.reasons import Cause, Reason

_CONTENT: Final = "content"
_ABOUT: Final = "about.json"
_ID: Final = re.compile(r"[0-9a-f]{10}")
_HEAD: Final = 4096  # bytes that tell a file's kind


def _told(problem: object) -> object:
    """A problem as it is kept now; it was a sentence once."""
    return Cause.of(Reason.TOLD, text=problem) if isinstance(problem, str) else problem


def _said(entry: object) -> object:
    """An entry as it is kept now: only what was said. Once all of it was kept, with the audience that nobody said."""
    if not isinstance(entry, dict) or None not in entry.values():
        return entry
    return {name: value for name, value in entry.items() if value is not None and value != "public"}


class Staged(BaseModel):
    """A document that was sent in. ``by`` is the person who sent it (None: at the terminal), ``at`` when.

    ``entry`` is what is said of it in all: by the messages that brought it, and of it afterwards (``decided``).
    """

    model_config = ConfigDict(frozen=True)

    id: str
    name: str
    suffix: str
    size: int
    sha256: str
    entry: Annotated[Entry, BeforeValidator(_said)]
    by: int | None
    at: float
    sendings: tuple[Sending, ...] = ()
    decided: Entry = Entry()
    replaces: str | None = None
    """The document in whose place this one is to stand."""
    passages: int | None = None
    """How many passages it will be, once it was looked at."""
    problem: Annotated[Cause | None, BeforeValidator(_told)] = None
    """Why it cannot be published, if it cannot."""
    is_doubtful: bool = False
    """Whether there is something that an administrator should know of it."""
    inherits_officials: bool = False
    """Whether it is for officials because the document is whose place it takes."""

    @property
    def is_for_officials(self) -> bool:
        """Whether it is, as far as was seen when it was last looked at."""
        return self.entry.audience == "officials" or (self.replaces is not None and self.inherits_officials)

    @property
    def misread(self) -> Misread | None:
        """What was not understood of its captions, unless somebody has said since what is to hold."""
        return None if self.decided.model_fields_set else open_fault(self.sendings)

    def sent_in(self, group: str) -> tuple[Sending, ...]:
        """The messages of a group that brought it."""
        return tuple(each for each in self.sendings if each.group == group)


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file as it came: its bytes, or where they are; the name it claims; what was said of it; who sent it.

    What came in a message says so in ``sending``, which then tells what was said of it.
    """

    content: bytes | Path
    name: str
    entry: Entry = field(default_factory=Entry)
    by: int | None = None
    sending: Sending | None = None


class Staging:
    """The folder of staged documents. Any process may use it at any time; each is there whole or not at all."""

    def __init__(self, folder: Path, *, max_bytes: int) -> None:
        self._folder = folder
        self._max_bytes = max_bytes
        self._changing = FileLock(folder / ".lock")

    def add(self, incoming: Incoming) -> Staged:
        """Takes a file in.

        Raises:
            TooLarge: it is over the limit.
            OSError: it cannot be read or written.
        """
        content = incoming.content
        size = len(content) if isinstance(content, bytes) else content.stat().st_size
        if size > self._max_bytes:
            raise TooLarge(incoming.name, size, self._max_bytes)
        staged_id = secrets.token_hex(5)
        with written_beside(self._folder / staged_id) as folder:
            folder.mkdir(parents=True)
            sha256 = _kept(content, folder / _CONTENT)
            suffix = kind_of(_head(folder / _CONTENT), incoming.name)
            name = unique_name(safe_name(incoming.name, suffix), [each.name for each in self.all()])
            staged = Staged(
                id=staged_id, name=name, suffix=suffix, size=size, sha256=sha256,
                entry=incoming.entry, by=incoming.by, at=time.time(),
            )  # fmt: skip
            if incoming.sending:
                staged = staged.model_copy(update={"sendings": (incoming.sending,)})
            (folder / _ABOUT).write_text(_kept_as(staged), encoding="utf-8")
        return staged

    def get(self, staged_id: str) -> Staged:
        """The staged document with that id.

        Raises:
            NotStaged: there is none.
        """
        if not _ID.fullmatch(staged_id):
            raise NotStaged(staged_id)
        try:
            return Staged.model_validate_json((self._folder / staged_id / _ABOUT).read_bytes())
        except (OSError, ValidationError) as error:
            raise NotStaged(staged_id) from error

    def content(self, staged: Staged) -> Path:
        """Where the bytes of a staged document are."""
        return self._folder / staged.id / _CONTENT

    def copy(self, staged: Staged, folder: Path) -> list[Path]:
        """Copies a staged document into a new folder; gives the copies."""
        folder.mkdir(parents=True)
        return [Path(shutil.copyfile(self._folder / staged.id / name, folder / name)) for name in (_ABOUT, _CONTENT)]

    def all(self) -> list[Staged]:
        """Everything staged, in the order in which it came."""
        found = []
        for path in self._folder.glob("[0-9a-f]*") if self._folder.is_dir() else ():
            try:
                found.append(self.get(path.name))
            except NotStaged:  # it was discarded this moment
                continue
        return sorted(found, key=lambda each: (each.at, each.id))

    def change(self, staged_id: str, **values: Any) -> Staged:
        """Changes what is known of a staged document.

        Raises:
            NotStaged: there is none.
        """
        with self._changing:
            return self.put(self.get(staged_id).model_copy(update=values))

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Nobody else changes what is staged meanwhile; whoever wants to waits."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._changing:
            yield

    def put(self, staged: Staged) -> Staged:
        """Takes the place of what was known of it. Hold the lock since that was read.

        Raises:
            NotStaged: there is none.
        """
        try:
            write(self._folder / staged.id / _ABOUT, _kept_as(staged))
        except FileNotFoundError:
            raise NotStaged(staged.id) from None
        return staged

    def discard(self, staged_id: str) -> None:
        """Removes a staged document.

        Raises:
            NotStaged: there is none.
        """
        self.get(staged_id)
        doomed = self._folder / f"{TEMPORARY}{secrets.token_hex(8)}"
        with self._changing:
            try:
                (self._folder / staged_id).rename(doomed)
            except FileNotFoundError:
                raise NotStaged(staged_id) from None
        remove(doomed)

    def tidy(self, is_old: Callable[[Path], bool]) -> None:
        """Removes what killed processes left half-written."""
        for leftover in self._folder.glob(f"{TEMPORARY}*"):
            if is_old(leftover):
                remove(leftover)


def _kept_as(staged: Staged) -> str:
    """As it is written down: only what was said, so that the rest can still be said by others."""
    return staged.model_dump_json(exclude_unset=True)


def check_staged(folder: Path) -> None:
    """Sees to it that what lies in a folder, whoever made it, is what `Staging` would have made.

    Raises:
        NotStaged: something in it is not.
    """
    staging = Staging(folder, max_bytes=0)
    for path in folder.iterdir() if folder.is_dir() else ():
        staged = staging.get(path.name)
        is_named = staged.id == path.name and staged.suffix in FORMATS
        if (
            not is_named
            or safe_name(staged.name, staged.suffix) != staged.name
            or not staging.content(staged).is_file()
        ):
            raise NotStaged(path.name)


def digest(staged: Staged, sha256: str) -> str:
    """The same as long as what is published of a document is: its content, its name, what is said of it.

    What only looking at it has shown (`Staged.passages`, `Staged.problem`) does not count.
    """
    said = staged.model_dump_json(include={"name", "suffix", "entry", "replaces"})
    return hashlib.sha256(f"{sha256}\n{said}".encode()).hexdigest()


def _kept(content: bytes | Path, target: Path) -> str:
    if isinstance(content, Path):
        return copied(content, target)
    target.write_bytes(content)
    return hashlib.sha256(content).hexdigest()


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_HEAD)
