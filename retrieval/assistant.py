"""The one use case: a question in, a reply out."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from index.library import Library
from index.live import LiveLibrary
from index.protocols import Embedder
from retrieval.answer import Answer, Circumstances, Excerpt, NotFound, Related, Reply, quote
from retrieval.confidence import ANSWERS, RELATED, confidence, signals
from retrieval.finding import Found, find
from retrieval.language import ARABIC
from retrieval.marks import marks
from retrieval.question import Question, understand
from retrieval.reading import Window
from retrieval.reranking import Reranking, apart

EXCERPTS: Final = 3
"""Excerpts in a reply at most."""


@dataclass(frozen=True)
class Assistant:
    """Answers questions from the live library. Any number of threads may ask at once."""

    live: LiveLibrary
    embedder: Embedder
    reranking: Reranking | None = None

    def ask(self, asked: str, *, without: frozenset[int] = frozenset()) -> Reply:
        """Answers ``asked``, whatever was typed; nothing is raised for a bad question.

        ``without``: rows of documents that are treated as if they were not in the library.
        """
        begun = time.perf_counter()
        library = self.live.current()
        question = understand(asked)
        if question.is_empty:
            return NotFound(self._circumstances(library, question, 0.0, begun), "empty")
        if question.language != ARABIC:
            return NotFound(self._circumstances(library, question, 0.0, begun), "language")
        found = find(library, self.embedder, question, without=without, reranking=self.reranking)
        sure = _sure(library, question, found, found.windows)
        excerpts = tuple(_excerpts(library, question, found))
        circumstances = self._circumstances(library, question, sure, begun)
        # What the reader alone would have shown is shown as well where a reranker chose something less likely.
        if not excerpts or (sure < RELATED and _sure(library, question, found, found.as_read) < RELATED):
            return NotFound(circumstances, "not_found")
        return Answer(circumstances, excerpts) if sure >= ANSWERS else Related(circumstances, excerpts)

    def search(self, asked: str, *, top: int, without: frozenset[int] = frozenset()) -> list[Excerpt]:
        """The ``top`` best passages, each whole, best first, without judging whether they answer."""
        library = self.live.current()
        question = understand(asked)
        if not question.words:
            return []
        found = find(library, self.embedder, question, top=top, without=without, reranking=self.reranking)
        return [
            quote(library, each.passage.document, each.passage.span, marks=(), score=each.score)
            for each in found.passages
        ]

    def _circumstances(self, library: Library, question: Question, sure: float, begun: float) -> Circumstances:
        return Circumstances(
            asked=question.asked,
            understood=question.understood,
            language=question.language,
            is_cut=question.is_cut,
            confidence=sure,
            generation=library.manifest.number,
            embedder=library.manifest.embedder,
            elapsed=time.perf_counter() - begun,
        )


def _sure(library: Library, question: Question, found: Found, windows: Sequence[Window]) -> float:
    return confidence(signals(library, question, found.matcher, windows)) if windows else 0.0


def _excerpts(library: Library, question: Question, found: Found) -> Iterable[Excerpt]:
    for window in apart(found.windows, EXCERPTS):
        document, span = window.ranked.passage.document, window.span
        text = library.text(document, span)
        yield quote(library, document, span, marks=marks(library, question, found.matcher, text), score=window.score)
