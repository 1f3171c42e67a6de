"""The one use case: a question in, a reply out."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.errors import GenerationGone
from index.library import Library
from index.live import Libraries
from index.protocols import Embedder
from retrieval.answer import Answer, Circumstances, Excerpt, NotFound, Related, Reply, quote
from retrieval.comparing import Chosen, choose, marked
from retrieval.confidence import ANSWERS, OF_ANOTHER, RELATED, confidence, signals
from retrieval.finding import Found, find
from retrieval.language import ARABIC
from retrieval.question import Question, understand
from retrieval.reading import Window
from retrieval.reranking import Reranking
from retrieval.spelling import mend


@dataclass(frozen=True)
class Assistant:
    """Answers questions from one library after the other. Any number of threads may ask at once."""

    live: Libraries
    embedder: Embedder
    reranking: Reranking | None = None

    def ask(self, asked: str, *, without: frozenset[int] = frozenset()) -> Reply:
        """Answers ``asked``, whatever was typed; nothing is raised for a bad question.

        ``without``: rows of documents that are treated as if they were not in the library.
        """
        begun = time.perf_counter()
        try:
            return self._answer(self.live.current(), asked, begun, without)
        except GenerationGone as gone:  # it was removed meanwhile, and another is live
            return self._answer(self.live.reopened(gone), asked, begun, without)

    def _answer(self, library: Library, asked: str, begun: float, without: frozenset[int]) -> Reply:
        question = mend(library, understand(asked), without=without)
        if question.is_empty:
            return NotFound(self._circumstances(library, question, 0.0, begun), "empty")
        if question.language != ARABIC:
            return NotFound(self._circumstances(library, question, 0.0, begun), "language")
        found = find(library, self.embedder, question, without=without, reranking=self.reranking)
        if not found.windows:
            return NotFound(self._circumstances(library, question, 0.0, begun), "not_found")
        chosen = choose(library, found)
        sure = _sure(library, found, _unrivalled(found.windows, chosen) if chosen.side_by_side else found.windows)
        if not chosen.is_whole:
            sure = min(sure, OF_ANOTHER * ANSWERS)
        excerpts = tuple(_quoted(library, found, chosen.windows))
        circumstances = self._circumstances(library, question, sure, begun)
        # What the reader alone would have shown is shown as well where a reranker chose something less likely.
        if sure < RELATED and _sure(library, found, found.as_read) < RELATED:
            return NotFound(circumstances, "not_found")
        if sure < ANSWERS:
            return Related(circumstances, excerpts)
        return Answer(circumstances, excerpts, side_by_side=chosen.side_by_side)

    def search(self, asked: str, *, top: int, without: frozenset[int] = frozenset()) -> list[Excerpt]:
        """The ``top`` best passages, each whole, best first, without judging whether they answer."""
        try:
            return self._search(self.live.current(), asked, top, without)
        except GenerationGone as gone:
            return self._search(self.live.reopened(gone), asked, top, without)

    def _search(self, library: Library, asked: str, top: int, without: frozenset[int]) -> list[Excerpt]:
        question = mend(library, understand(asked), without=without)
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


def _sure(library: Library, found: Found, windows: Sequence[Window]) -> float:
    return confidence(signals(library, found.question, found.matcher, windows))


def _unrivalled(windows: Sequence[Window], chosen: Chosen) -> list[Window]:
    """The first window shown, then ``windows`` without those of the other reports that answer as well.

    That these answer too speaks not against the first.
    """
    first = chosen.windows[0]
    return [first, *(window for window in windows if window.ranked.passage.document not in chosen.others)]


def _quoted(library: Library, found: Found, windows: Iterable[Window]) -> Iterator[Excerpt]:
    for window in windows:
        document, span = window.ranked.passage.document, window.span
        yield quote(library, document, span, marks=marked(library, found, window), score=window.score)
