"""A second opinion on which window to quote: that of a model which reads question and window together.

The windows, their spans and what speaks for them stay as the reader found them; only their order changes. So
confidence is still computed from what its weights were learnt on, now for the window that the model put first:
where it prefers a window that words and ranking speak against, confidence is low, and the outcome `related`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from index.library import Library
from index.protocols import Reranker
from retrieval.question import Question
from retrieval.reading import Window


@dataclass(frozen=True)
class Reranking:
    """A reranker, and how many windows it is shown."""

    reranker: Reranker
    windows: int

    def reorder(self, library: Library, question: Question, windows: Sequence[Window]) -> list[Window]:
        """The best ``self.windows`` that do not overlap, as the reranker orders them; then the others as they were.

        Of windows that overlap, the reader has chosen where to begin and end, and the reranker sees its choice: that
        shows it more places of more passages (with sixteen that may overlap, a gold answer is among them for
        97.5 / 96.8 % of the questions of XQuAD-ar / ARCD's training part; with sixteen that do not, 98.2 / 97.5 %, as
        many as with all windows).

        Scores say places, not opinions: the first window has the score that the reader's first one had, and so on,
        so that they fall and can be compared with those of windows that were not shown.
        """
        shown = apart(windows, self.windows)
        texts = [library.text(each.ranked.passage.document, each.span) for each in shown]
        opinions = self.reranker.scores(question.understood, texts) if texts else []
        order = sorted(range(len(shown)), key=lambda at: -opinions[at])  # equals stay in the reader's order
        ordered = [shown[at] for at in order]
        kept = {(each.ranked.row, each.span) for each in shown}
        ordered += [each for each in windows if (each.ranked.row, each.span) not in kept]
        return [each._replace(score=place.score) for each, place in zip(ordered, windows, strict=True)]


def apart(windows: Iterable[Window], most: int) -> list[Window]:
    """The best windows of which no two overlap, ``most`` at most."""
    chosen: list[Window] = []
    for window in windows:
        if len(chosen) == most:
            break
        if not any(_overlap(window, other) for other in chosen):
            chosen.append(window)
    return chosen


def _overlap(one: Window, other: Window) -> bool:
    same = one.ranked.passage.document == other.ranked.passage.document
    return same and one.span.start < other.span.end and other.span.start < one.span.end
