"""A generation that is being written as files, in a folder beside the finished ones."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.aliases import Aliases
from index.document import Document, Fingerprint, Span
from index.library import VECTORS_FOLDER, WORDS_FOLDER, Library
from index.manifest import Manifest, checksums
from index.protocols import LexicalRow, LexicalWriter
from index.recall import ENOUGH, recall_of
from index.repository import Contents
from index.stores import LEXICAL_KIND, LEXICAL_STORES, VECTOR_STORES, vector_kind
from index.stores.documents import DocumentWriter
from index.stores.passages import PassageWriter


class Destination(Protocol):
    """Where finished folders lie, and where this one goes."""

    def folder(self, number: int) -> Path:
        """Where a kept generation lies."""
        ...

    def next_number(self) -> int:
        """The number that a new generation gets."""
        ...

    def publish(self, built: Path, number: int) -> None:
        """Makes it generation ``number``, and live."""
        ...

    def set_aside(self, built: Path, number: int) -> None:
        """Makes it generation ``number``, which waits."""
        ...


class FileDraft:
    """Files of a generation, written side by side so that their row numbers agree."""

    def __init__(self, folder: Path, dimension: int, destination: Destination) -> None:
        """Writes into ``folder``, an existing empty directory."""
        self._folder = folder
        self._destination = destination
        self._dimension = dimension
        self._count = 0
        self._continued: Manifest | None = None
        self._vector_kind = ""
        self._recall: float | None = None
        self._number = 0

    @cached_property
    def _documents(self) -> DocumentWriter:
        return DocumentWriter(self._folder)

    @cached_property
    def _passages(self) -> PassageWriter:
        return PassageWriter(self._folder, self._dimension)

    @cached_property
    def _words(self) -> LexicalWriter:
        (self._folder / WORDS_FOLDER).mkdir(exist_ok=True)
        return LEXICAL_STORES[LEXICAL_KIND].create(self._folder / WORDS_FOLDER)

    def continues(self, library: Library) -> bool:
        """Copies all files of ``library`` that what is added can be written behind: every writer goes on from there."""
        if library.manifest.lexical_store != LEXICAL_KIND:
            return False
        former = self._destination.folder(library.manifest.number)
        for name in library.manifest.files:
            if not name.startswith(f"{VECTORS_FOLDER}/"):
                (self._folder / name).parent.mkdir(exist_ok=True)
                shutil.copyfile(former / name, self._folder / name)
        self._count = len(library.documents)
        self._continued = library.manifest
        return True

    def add_document(self, document: Document, fingerprint: Fingerprint, passages: Sequence[Span]) -> range:
        """Stores the next document, and gives the rows that its passages take."""
        rows = self._passages.add(self._count, passages)
        self._documents.add(document, fingerprint, rows)
        self._count += 1
        return rows

    def add_words(self, row: LexicalRow) -> None:
        """Stores what the next passage is found under."""
        self._words.add(row)

    def add_vectors(self, rows: Sequence[int], vectors: npt.NDArray[np.floating]) -> None:
        """Sets the vectors of ``rows``."""
        self._passages.add_vectors(rows, vectors)

    def write(self, aliases: Aliases) -> None:
        """Writes everything out.

        Raises:
            ValueError: a passage has no vector, or one that is no number.
        """
        aliases.write(self._folder)
        self._documents.finish()
        self._words.finish()
        vectors = self._passages.finish()
        self._vector_kind = vector_kind(*vectors.shape)
        (self._folder / VECTORS_FOLDER).mkdir()
        self._recall = self._build_vectors(vectors, self._former_vectors())

    def _build_vectors(self, vectors: npt.NDArray[np.float16], former: Path | None) -> float | None:
        """Makes the store that they are found by; gives its recall, unless it finds all."""
        kind, folder = VECTOR_STORES[self._vector_kind], self._folder / VECTORS_FOLDER
        kind.build(vectors, folder, former=former)
        if kind.is_exact:
            return None
        recall = recall_of(kind.open(folder, lambda rows: vectors[rows].astype(np.float32)), vectors)
        if former and recall < ENOUGH:  # what was learnt of the former vectors does not fit these
            return self._build_vectors(vectors, None)
        return recall

    def _former_vectors(self) -> Path | None:
        """Where the vectors that were taken over lie in a store of the same kind."""
        if self._continued is None or self._continued.vector_store != self._vector_kind:
            return None
        return self._destination.folder(self._continued.number) / VECTORS_FOLDER

    def contents(self) -> Contents:
        """What was written, with the checksums of all files."""
        self._number = self._destination.next_number()
        files = [path.relative_to(self._folder).as_posix() for path in self._folder.rglob("*") if path.is_file()]
        digests = checksums(self._folder, files)
        return Contents(self._number, self._vector_kind, self._recall, LEXICAL_KIND, digests)

    def seal(self, manifest: Manifest) -> Library:
        """Writes the manifest, the last file; opens the generation, comparing all checksums."""
        manifest.write(self._folder)
        return Library.open(self._folder, manifest.number)

    def publish(self) -> None:
        """Makes it live."""
        self._destination.publish(self._folder, self._number)

    def set_aside(self) -> None:
        """Lets it wait."""
        self._destination.set_aside(self._folder, self._number)

    def discard(self) -> None:
        """Removes the folder, unless it went to where it belongs."""
        self.__dict__.pop("_words", None)  # its threads would go on creating files
        with suppress(OSError):  # a full disk does not take what is buffered
            self._passages.close()
        shutil.rmtree(self._folder, ignore_errors=True)
