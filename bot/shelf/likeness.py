"""How much of a text stands in a document of the library already."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from bot.shelf.files import remove, written_beside
from index.arabic import words
from index.document import Record
from index.library import Library

WORDS_TOGETHER: Final = 5  # a run of five words is rarely in two reports by chance
ONE_IN: Final = 4  # of all runs, told by their hash so that both sides keep the same ones
ENOUGH: Final = 0.5  # share of the runs from which a document is called nearly the same
_VERSION: Final = "1"  # raised when other runs are kept

Runs = npt.NDArray[np.uint64]


@dataclass(frozen=True, slots=True)
class Likeness:
    """``share`` (0 to 1) of a text stands in the document ``name`` word for word."""

    name: str
    share: float


class Sketches:
    """The runs of words in each document of the library, kept by the checksum of its file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / _VERSION

    def nearest(self, text: str, library: Library) -> Likeness | None:
        """The document in which most of ``text`` stands, if it is at least `ENOUGH` of it."""
        wanted = runs(text)
        if not len(wanted):
            return None
        found = max(self._shares(wanted, library), key=lambda each: each.share, default=None)
        self._tidy(library)
        return found if found and found.share >= ENOUGH else None

    def _shares(self, wanted: Runs, library: Library) -> Iterator[Likeness]:
        for record in library.documents:
            common = np.intersect1d(wanted, self._of(record, library), assume_unique=True)
            yield Likeness(record.name, len(common) / len(wanted))

    def _tidy(self, library: Library) -> None:
        """Removes what is kept of documents that the library does not hold."""
        known = {record.fingerprint.sha256 for record in library.documents}
        for path in self._folder.glob("*.npy"):
            if path.stem not in known:
                remove(path)

    def _of(self, record: Record, library: Library) -> Runs:
        path = self._folder / f"{record.fingerprint.sha256}.npy"
        try:
            return np.frombuffer(path.read_bytes(), np.uint64)
        except (OSError, ValueError):
            made = runs(library.documents.text(record, 0, record.length))
        self._folder.mkdir(parents=True, exist_ok=True)
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
