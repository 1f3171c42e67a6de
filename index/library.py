"""An opened generation: documents, passages, vectors and words, kept in step by their row numbers."""

from __future__ import annotations

import os
import sqlite3
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from index.aliases import Aliases, stored_aliases
from index.document import Passage, Span
from index.errors import DamagedGeneration, EmbedderMismatch, OutdatedGeneration
from index.manifest import Manifest, read_manifest, verify
from index.places import Places
from index.protocols import DocumentStore, Embedder, Hit, LexicalStore, Passages, Vectors, VectorStore
from index.recipe import SEARCHING
from index.stores import LEXICAL_STORES, VECTOR_STORES
from index.stores.documents import FileDocuments
from index.stores.passages import FilePassages

VECTORS_FOLDER: Final = "vectors"
WORDS_FOLDER: Final = "words"

_WORTH_A_THREAD: Final = 20_000
"""Passages from which a search by meaning takes longer than handing it to another thread (0.1 ms) by far."""


@dataclass(frozen=True)
class Library:
    """One generation, open for reading from any number of threads."""

    manifest: Manifest
    documents: DocumentStore
    passages: Passages
    vectors: VectorStore
    words: LexicalStore
    aliases: Aliases

    @classmethod
    def open(cls, folder: Path, number: int, *, check: bool = True) -> Library:
        """Opens the generation in ``folder``, comparing all checksums if ``check``.

        Raises:
            DamagedGeneration: something is missing or altered.
        """
        manifest = read_manifest(folder, number)
        if check:
            verify(folder, manifest)
        try:
            passages = FilePassages(folder)
            library = cls(
                manifest=manifest,
                documents=FileDocuments(folder),
                passages=passages,
                vectors=VECTOR_STORES[manifest.vector_store].open(folder / VECTORS_FOLDER, passages.vectors_of),
                words=LEXICAL_STORES[manifest.lexical_store].open(folder / WORDS_FOLDER),
                aliases=stored_aliases(folder),
            )
            library.check_counts()
        except (OSError, ValueError, RuntimeError, KeyError, sqlite3.Error) as error:
            raise DamagedGeneration(number, f"it cannot be opened: {error}") from error
        return library

    @cached_property
    def places(self) -> Places:
        """The places of the documents. Made when first asked for; two threads at once may both make it, alike."""
        return Places(self.documents.places(), self.aliases)

    @cached_property
    def for_officials(self) -> frozenset[int]:
        """The rows of the documents that not everybody may read."""
        return frozenset(self.documents.rows_for("officials"))

    @cached_property
    def _beside(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="dalil-vectors")

    def nearest(self, vector: Vectors, *, top: int) -> Future[list[Hit]]:
        """The ``top`` rows with the nearest vectors, searched for while the caller goes on (in a large library).

        At 100,000 passages, searching by words meanwhile makes a warm answer 5 % quicker, with both processors busy.
        """
        if len(self.vectors) >= _WORTH_A_THREAD:
            return self._beside.submit(self.vectors.search, vector, top=top)
        done: Future[list[Hit]] = Future()
        done.set_result(self.vectors.search(vector, top=top))
        return done

    def check_counts(self) -> None:
        """All parts hold the same passages, or a citation could name the wrong document.

        Raises:
            DamagedGeneration: they do not.
        """
        counts = {
            "manifest": self.manifest.passages,
            "passages": len(self.passages),
            "vectors": self.passages.stored_vectors(),
            "vector store": len(self.vectors),
            "lexical store": len(self.words),
        }
        if len(set(counts.values())) > 1 or len(self.documents) != len(self.manifest.documents):
            raise DamagedGeneration(self.manifest.number, f"its parts disagree: {counts}")

    def refuse_stranger(self, embedder: Embedder) -> None:
        """Sees to it that questions are analysed and embedded as the passages were.

        Raises:
            OutdatedGeneration: the words were folded by another version of Dalil.
            EmbedderMismatch: another model made the vectors.
        """
        if self.manifest.searching != SEARCHING:
            raise OutdatedGeneration(self.manifest.number)
        if embedder.identity != self.manifest.embedder:
            raise EmbedderMismatch(self.manifest.embedder, embedder.identity)

    def is_searchable_with(self, embedder: Embedder) -> bool:
        """Whether questions analysed and embedded now find what was indexed then."""
        return self.manifest.searching == SEARCHING and self.manifest.embedder == embedder.identity

    def passage_text(self, passage: Passage) -> str:
        """The words of a passage: a slice of its document."""
        return self.text(passage.document, passage.span)

    def text(self, document: int, span: Span) -> str:
        """A slice of the document in row ``document``."""
        return self.documents.text(self.documents.record(document), span.start, span.end)
