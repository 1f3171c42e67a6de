"""Where generations are kept, as all others see it: which there are, which is live, and how one is made.

A generation is never changed once it is finished. It is live, kept for going back, or waits for a decision.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from index.aliases import Aliases
from index.document import Document, Fingerprint, Span
from index.library import Library
from index.manifest import Manifest
from index.protocols import LexicalRow


class Contents(NamedTuple):
    """What a draft says of itself for its manifest: its number, its kinds of stores, its files with their SHA-256.

    ``recall``: as in the manifest.
    """

    number: int
    vector_store: str
    recall: float | None
    lexical_store: str
    files: Mapping[str, str]


class Draft(Protocol):
    """A generation that is being written: nobody reads it. Its calls come in the order in which they stand here."""

    def continues(self, library: Library) -> bool:
        """Takes over all that ``library`` holds, a kept generation in the same place; False if it knows no such way.

        What is added then comes behind it.
        """
        ...

    def add_document(self, document: Document, fingerprint: Fingerprint, passages: Sequence[Span]) -> range:
        """Stores the next document, and gives the rows that its passages take."""
        ...

    def add_words(self, row: LexicalRow) -> None:
        """Stores what the next passage is found under."""
        ...

    def add_vectors(self, rows: Sequence[int], vectors: npt.NDArray[np.floating]) -> None:
        """Sets the vectors of ``rows``, shape (len(rows), dimension); batches may come in any order."""
        ...

    def write(self, aliases: Aliases) -> None:
        """Writes everything out.

        Raises:
            ValueError: a passage has no vector, or one that is no number.
        """
        ...

    def contents(self) -> Contents:
        """What was written."""
        ...

    def seal(self, manifest: Manifest) -> Library:
        """Writes the manifest; gives the finished generation, opened so that it can be checked."""
        ...

    def publish(self) -> None:
        """Makes it live, then removes the oldest of those kept."""
        ...

    def set_aside(self) -> None:
        """Lets it wait until it is admitted or dropped."""
        ...

    def discard(self) -> None:
        """Removes what was written, unless it was published or set aside."""
        ...


class Generations(Protocol):
    """The generations of one library. Any number of processes may use them."""

    def numbers(self) -> tuple[int, ...]:
        """The finished generations that are kept, ascending."""
        ...

    def waiting(self) -> tuple[int, ...]:
        """The generations that were set aside and not decided on yet, ascending."""
        ...

    def live(self) -> int | None:
        """The number of the live generation, this moment; None if none is marked as live."""
        ...

    def noticed(self) -> int | None:
        """The live generation as it was heard of, at most a second ago; costs microseconds."""
        ...

    def building(self) -> AbstractContextManager[None]:
        """Holds the build lock: one builds at a time, and a lock whose holder dies is free.

        Raises:
            LibraryLocked: another process holds it; the message says which, and since when.
            BuildFailed: it cannot be taken.
        """
        ...

    def open_live(self) -> Library:
        """Opens the live generation, also while builders switch and tidy up.

        Raises:
            NoGeneration: nothing is indexed.
            NothingLive: there are generations, but none is marked as live.
            DamagedGeneration: something of the live generation is missing or altered.
        """
        ...

    def open(self, number: int) -> Library:
        """Opens a generation that is kept or waits, for a look at it: its checksums are not compared.

        Raises:
            DamagedGeneration: it is not there, or cannot be opened.
        """
        ...

    def newest_intact(self) -> Library | None:
        """What a build can take over from: the live generation, or if it is damaged the newest that is not."""
        ...

    def before(self, number: int | None) -> int:
        """The newest intact generation older than ``number`` (of all, if it is None): where a rollback goes.

        Raises:
            UnknownGeneration: there is none.
        """
        ...

    def manifest(self, number: int) -> Manifest:
        """What a kept generation says of itself.

        Raises:
            DamagedGeneration: its manifest is missing or altered.
        """
        ...

    def size(self) -> int:
        """The bytes that all generations take."""
        ...

    def size_of(self, number: int) -> int:
        """The bytes that a kept generation takes."""
        ...

    def files(self, number: int) -> Mapping[str, Path]:
        """The files of a kept generation by their names; none where generations are no files.

        Raises:
            DamagedGeneration: its manifest is missing or altered.
        """
        ...

    def begin(self, dimension: int, *, number: int | None = None) -> Draft:
        """A new draft for vectors of ``dimension`` numbers; leftovers of killed builds go first. Hold the lock.

        ``number`` is the generation's, which must not be there; None: the next that is free.

        Raises:
            BuildFailed: it cannot be written.
        """
        ...

    def admit(self, number: int) -> None:
        """Makes a waiting generation live, as `Draft.publish` does.

        Raises:
            UnknownGeneration: it does not wait.
            DamagedGeneration: something of it is missing or altered.
        """
        ...

    def take_up(self, numbers: Collection[int], live: int) -> None:
        """Keeps these generations, which wait, and makes one of them live at the very end. Hold the lock.

        Where there was none before, nobody answers from any of them until all are kept.

        Raises:
            BuildFailed: one of them is not there any more.
        """
        ...

    def drop(self, number: int) -> None:
        """Removes a waiting generation, if it still waits."""
        ...

    def switch(self, number: int) -> None:
        """Makes a kept generation the live one: readers see the old or the new, never neither.

        Raises:
            UnknownGeneration: it is not kept.
            DamagedGeneration: something of it is missing or altered.
        """
        ...
