"""Hands a draft its documents, with the words and vectors of their passages."""

from __future__ import annotations

from typing import Self

from index.analysing import BATCH, Analysts, Task
from index.analysis import heading_words
from index.document import Fingerprint, Record
from index.library import Library
from index.preparing import Prepared, stored
from index.protocols import Embedder
from index.recipe import READING
from index.repository import Draft


class GenerationWriter:
    """Takes documents one after the other; passages known to ``base`` keep their vectors."""

    def __init__(self, draft: Draft, embedder: Embedder, base: Library | None) -> None:
        self._draft = draft
        self._embedder = embedder
        self._base = base if base and _gives_the_same_vectors(base, embedder) else None
        former = tuple(base.documents) if base else ()
        self._known = {record.fingerprint.sha256: record for record in former}
        self._unrepeated = {(record.name, record.fingerprint) for record in former}
        self._is_repetition = base is not None and base.manifest.reading == READING
        self._analysts = Analysts(embedder)
        self._tasks: list[Task] = []
        self.names: dict[str, str] = {}
        self.passages = 0
        self.embedded = 0
        self.copied = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._analysts.close()

    def add_all(self, library: Library) -> None:
        """Stores all documents of ``library`` as they are; at once, if it is the base and the draft knows how."""
        if library is not self._base or not self._draft.continues(library):
            for record in library.documents:
                self.add(stored(library, record))
            return
        self.copied = len(library.documents)
        self.names.update(library.manifest.documents)
        self.passages = len(library.passages)
        self._unrepeated.clear()

    def add(self, prepared: Prepared) -> None:
        """Stores a document, and has it analysed when a batch is full."""
        document = prepared.document
        rows = self._draft.add_document(document, prepared.fingerprint, prepared.passages)
        texts = [document.text[span.start : span.end] for span in prepared.passages]
        heading = heading_words(document.about)
        if (known := self._former(prepared)) and self._base:
            self._draft.add_vectors(rows, self._base.passages.vectors(known.passages))
        self._tasks.append(Task(rows, texts, heading, embed=known is None))
        self.names[document.name] = prepared.fingerprint.sha256
        self._note_repetition(document.name, prepared.fingerprint)
        self.passages = rows.stop
        if self.passages - self._tasks[0].rows.start >= BATCH:
            self._analyse()

    def _note_repetition(self, name: str, fingerprint: Fingerprint) -> None:
        if (name, fingerprint) in self._unrepeated:
            self._unrepeated.remove((name, fingerprint))
        else:
            self._is_repetition = False

    @property
    def repeats_base(self) -> bool:
        """Whether exactly the documents of ``base`` were added, read as this version reads."""
        return self._is_repetition and not self._unrepeated

    def _former(self, prepared: Prepared) -> Record | None:
        """The earlier document of the same content whose passages are the same too."""
        record = self._known.get(prepared.fingerprint.sha256)
        if record is None or self._base is None or len(record.passages) != len(prepared.passages):
            return None
        spans = (self._base.passages[row].span for row in record.passages)
        return record if all(a == b for a, b in zip(spans, prepared.passages, strict=True)) else None

    def _analyse(self, *, everything: bool = False) -> None:
        if self._tasks:
            self._analysts.submit(self._tasks)
            self._tasks = []
        for task, found in self._analysts.results(everything=everything):
            for row in found.words:
                self._draft.add_words(row)
            if found.vectors is not None:
                self._draft.add_vectors(task.rows, found.vectors)
                self.embedded += len(task.rows)

    def finish(self) -> None:
        """Has the rest analysed, and hands it to the draft."""
        self._analyse(everything=True)


def _gives_the_same_vectors(base: Library, embedder: Embedder) -> bool:
    """Whether a passage would be read, analysed and embedded now as it was for ``base``."""
    return base.is_searchable_with(embedder) and base.manifest.reading == READING
