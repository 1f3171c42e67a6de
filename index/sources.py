"""Finding the files to index, and saying of each that cannot be taken why."""

from __future__ import annotations

import errno
import math
import os
import re
import stat
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.errors import SourceError
from index.formats import FORMATS
from index.reasons import Cause, Reason

_PASSED_OVER = frozenset({"catalogue.toml", "aliases.toml", "questions.toml"})  # beside documents, and none

# Control characters, line separators, marks that turn the direction of what follows, and the
# surrogates Python puts where the bytes of a name are not UTF-8.
_HARMFUL = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be read. ``name`` is its path below the indexed folder, ``size`` in bytes."""

    name: str
    path: Path
    suffix: str
    size: int


@dataclass(frozen=True, slots=True)
class Found:
    """What lies under the given paths, both sorted by name."""

    sources: tuple[Source, ...]
    refused: tuple[SourceError, ...]


def find_sources(paths: Sequence[Path], *, max_bytes: int) -> Found:
    """The files under ``paths`` of a kind that can be indexed, at most ``max_bytes`` large.

    Files and folders whose name begins with a dot, the lock files of Office (~$…), catalogue.toml, aliases.toml and
    questions.toml are passed over. Links are followed, after everything that is really there; each folder and each
    file is taken once. Every other file that is not taken is in ``refused``; nothing is raised for it.
    """
    search = _Search(max_bytes)
    for path in paths:
        search.take(path)
    sources = sorted(search.sources.values(), key=lambda source: source.name)
    return Found(tuple(sources), tuple(sorted(search.refused.values(), key=lambda error: error.name)))


def shown(name: str) -> str:
    r"""A file's name with every character that could harm a terminal written out, such as ``\u202e``."""
    return _HARMFUL.sub(lambda found: found.group().encode("unicode_escape").decode("ascii"), name)


class _Refusal(Exception):
    """A file or folder is not taken."""

    def __init__(self, cause: Cause) -> None:
        super().__init__(cause)
        self.cause = cause


@dataclass
class _Search:
    """The state of one search."""

    max_bytes: int
    sources: dict[str, Source] = field(default_factory=dict)
    refused: dict[tuple[str, Cause], SourceError] = field(default_factory=dict)
    _files: set[str] = field(default_factory=set)
    _folders: set[tuple[int, int]] = field(default_factory=set)

    def take(self, given: Path) -> None:
        """Take a path the operator gave: one file, or everything in a folder."""
        links = self._walk(given, given)
        while links:
            links = [further for link in links for further in self._walk(link, given)]

    def _walk(self, start: Path, given: Path) -> list[Path]:
        """Take everything from ``start`` on but the links, which are given back in their order."""
        links: list[Path] = []
        waiting = [start]  # not recursion: folders can be nested deeper than Python can recurse
        while waiting:
            path = waiting.pop()
            if path != start and _is_link(path):
                links.append(path)
                continue
            try:
                waiting.extend(reversed(self._take_one(path, given)))
            except _Refusal as refusal:
                self._refuse(path, given, refusal.cause)
            except OSError as error:
                self._refuse(path, given, _why(error, is_link=_is_link(path)))
            except ValueError:  # a NUL in a path that was given
                self._refuse(path, given, Cause(Reason.NO_PATH))
        return links

    def _take_one(self, path: Path, given: Path) -> list[Path]:
        """Take a file, or give what is in a folder."""
        if path != given and _HARMFUL.search(path.name):
            raise _Refusal(Cause(Reason.UNSHOWABLE_NAME))
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            return self._entries(path, status)
        if path.name in _PASSED_OVER or path.name.startswith("~$"):
            return []
        self._take_file(path, given, status)
        return []

    def _entries(self, folder: Path, status: os.stat_result) -> list[Path]:
        if _is_link(folder) and folder.parent.resolve().is_relative_to(folder.resolve()):
            raise _Refusal(Cause(Reason.LINK_TO_ITS_FOLDER))
        if (status.st_dev, status.st_ino) in self._folders:
            return []
        self._folders.add((status.st_dev, status.st_ino))
        return sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))

    def _take_file(self, path: Path, given: Path, status: os.stat_result) -> None:
        name = _name(path, given)
        real = os.path.realpath(path)
        if real in self._files:
            return
        self._check(path, status)
        if _HARMFUL.search(name):
            raise _Refusal(Cause(Reason.UNSHOWABLE_NAME))
        if name in self.sources:
            other = shown(str(self.sources[name].path))
            raise _Refusal(Cause.of(Reason.SAME_NAME, other=other))
        self._files.add(real)
        self.sources[name] = Source(name, path, path.suffix.lower(), status.st_size)

    def _check(self, path: Path, status: os.stat_result) -> None:
        if not stat.S_ISREG(status.st_mode):
            raise _Refusal(Cause(Reason.NOT_ORDINARY))
        if path.suffix.lower() not in FORMATS:
            raise _Refusal(Cause.of(Reason.UNKNOWN_KIND, known=", ".join(sorted(FORMATS))))
        if status.st_size > self.max_bytes:
            size, limit = _megabytes(status.st_size), _megabytes(self.max_bytes)
            raise _Refusal(Cause.of(Reason.TOO_LARGE, size=size, limit=limit))
        if not os.access(path, os.R_OK):
            raise _Refusal(Cause(Reason.NO_PERMISSION))

    def _refuse(self, path: Path, given: Path, cause: Cause) -> None:
        name = str(path) if path == given else _name(path, given)
        error = SourceError(shown(name), cause.reason, **dict(cause.values))
        self.refused[error.name, cause] = error


def _name(path: Path, given: Path) -> str:
    return path.name if path == given else path.relative_to(given).as_posix()


def _is_link(path: Path) -> bool:
    return os.path.islink(path)  # noqa: PTH114 (Path.is_symlink raises where the folder is closed to us)


def _why(error: OSError, *, is_link: bool) -> Cause:
    if isinstance(error, FileNotFoundError):
        return Cause(Reason.LINK_TO_NOTHING if is_link else Reason.MISSING)
    if is_link and error.errno == errno.ELOOP:
        return Cause(Reason.LINK_TO_ITSELF)
    if error.errno == errno.EACCES:
        return Cause(Reason.NO_PERMISSION)
    return Cause.of(Reason.CANNOT_BE_OPENED, text=(error.strerror or type(error).__name__).lower())


def _megabytes(size: int) -> str:
    """A size in MB, rounded up to a tenth so that a file over the limit never looks equal to it."""
    return f"{math.ceil(size / 2**20 * 10) / 10:g}"
