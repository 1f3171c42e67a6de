"""How much of a text stands in a document of the library already."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from bot.shelf.files import remove, written_beside
from index.arabic import words
from index.library import Library

WORDS_TOGETHER: Final = 5  # a run of five words is rarely in two reports by chance
ONE_IN: Final = 4  # of all runs, told by their hash so that both sides keep the same ones
ENOUGH: Final = 0.5  # share of the runs from which a document is called nearly the same
_PART: Final = 30  # words that are searched for together
_PARTS: Final = 16
_FOUND: Final = 5  # passages looked at for each
_VERSION: Final = "1"  # raised when other runs are kept

Runs = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Likeness:
    """``share`` (0 to 1) of a text stands in the document ``name`` word for word."""

    name: str
    share: float


def nearest_published(text: str, library: Library) -> Likeness | None:
    """The document of ``library`` in which most of ``text`` stands, if it is at least `ENOUGH` of it.

    Only documents are compared that a search for parts of the text finds: half of the text is found by some of them.
    """
    wanted = runs(text)
    found = sorted(_holding_parts(text, library)) if len(wanted) else []
    records = (library.documents.record(row) for row in found)
    return _nearest(
        wanted, ((record.name, runs(library.documents.text(record, 0, record.length))) for record in records)
    )


def _holding_parts(text: str, library: Library) -> set[int]:
    """The rows of the documents that are found first for parts of ``text``, evenly spaced."""
    every = words(text)
    starts = range(0, len(every), max(_PART, len(every) // _PARTS))
    parts = (tuple(dict.fromkeys(every[start : start + _PART])) for start in starts)
    hits = [hit for part in parts for hit in library.words.search(part, top=_FOUND)]
    return {passage.document for passage in library.passages.at([hit.row for hit in hits])} if hits else set()


class Drafts:
    """The runs of words in staged documents, each kept as soon as it is read."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / _VERSION

    def nearest(self, text: str, own: str, others: Mapping[str, str]) -> Likeness | None:
        """The staged document in which most of ``text`` stands, of those that were read; ``text`` counts from now on.

        ``own`` is the checksum of its file; ``others`` are the names of the others by theirs.
        """
        for path in self._folder.glob("*.npy"):
            if path.stem not in {own, *others}:
                remove(path)
        wanted = _kept(runs(text), self._folder / f"{own}.npy")
        read = ((name, _read(self._folder / f"{sha256}.npy")) for sha256, name in others.items())
        return _nearest(wanted, ((name, kept) for name, kept in read if kept is not None))


def _nearest(wanted: Runs, others: Iterable[tuple[str, Runs]]) -> Likeness | None:
    if not len(wanted):
        return None
    common = ((name, np.intersect1d(wanted, kept, assume_unique=True)) for name, kept in others)
    shares = (Likeness(name, len(each) / len(wanted)) for name, each in common)
    found = max(shares, key=lambda each: each.share, default=None)
    return found if found and found.share >= ENOUGH else None


def _read(path: Path) -> Runs | None:
    try:
        return np.frombuffer(path.read_bytes(), np.uint64)
    except (OSError, ValueError):
        return None


def _kept(made: Runs, path: Path) -> Runs:
    path.parent.mkdir(parents=True, exist_ok=True)
    with written_beside(path) as temporary:
        temporary.write_bytes(made.tobytes())
    return made


def runs(text: str) -> Runs:
    """The hashes of one in `ONE_IN` of the text's runs of words, ascending, each once."""
    found = words(text)
    together = (" ".join(found[at : at + WORDS_TOGETHER]) for at in range(len(found) - WORDS_TOGETHER + 1))
    hashes = b"".join(hashlib.blake2b(run.encode(), digest_size=8).digest() for run in together)
    every: Runs = np.frombuffer(hashes, np.uint64)
    kept: Runs = np.unique(every[every % ONE_IN == 0])
    return kept
