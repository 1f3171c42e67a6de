"""One search, from a question to windows in order: what `ask`, `search` and the training scripts share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from index.library import Library
from index.protocols import Embedder
from retrieval.matching import Matcher
from retrieval.preferring import POOL, about_first, preferred, told
from retrieval.question import Question
from retrieval.ranking import Ranked, rank
from retrieval.reading import FEWEST_READ, PASSAGES_READ, Window, read
from retrieval.reranking import Reranking
from retrieval.subject import Subject, subject_of


@dataclass(frozen=True, slots=True)
class Found:
    """Passages and windows for a question, both best first; ``as_read`` are the windows before any reranking.

    ``question`` has the names of known places as the library spells them; its words are without them.
    """

    question: Question
    subject: Subject
    matcher: Matcher
    passages: tuple[Ranked, ...]
    windows: tuple[Window, ...]
    as_read: tuple[Window, ...]


def find(
    library: Library,
    embedder: Embedder,
    question: Question,
    *,
    top: int = PASSAGES_READ,
    without: frozenset[int] = frozenset(),
    reranking: Reranking | None = None,
) -> Found:
    """Ranks, reads and, if so set, reranks.

    ``without``: rows of documents that are treated as if they were not there.

    The passages that were read are put in the order of their best windows: a passage with the answer in one sentence
    outranks one with its words scattered (when this was first measured, R@1 on XQuAD-ar / TyDi-ar went from 91.2 / 86.2
    to 91.9 / 86.3).
    """
    question, subject = subject_of(library, question)
    matcher = Matcher(library, question.words)
    vector = embedder.embed_question(question.standard)
    pool = max(top, POOL if subject.places else PASSAGES_READ)
    names = [name for place in subject.places for name in library.places.names(place)]
    ranked = rank(library, question.words, vector, top=pool, without=without, names=names)
    if subject.places:
        ranked = preferred(library, subject, ranked, read=PASSAGES_READ)
    # What a reranker would put first may lie far behind.
    fewest = PASSAGES_READ if reranking else FEWEST_READ
    as_read = read(library, question, matcher, ranked, fewest=fewest)
    if subject.places or subject.years:
        as_read = about_first(library, subject, as_read, told(subject, question))
    windows = reranking.reorder(library, question, as_read) if reranking else as_read
    passages = tuple(_by_best_window(ranked, windows)[:top])
    return Found(question, subject, matcher, passages, tuple(windows), tuple(as_read))


def _by_best_window(ranked: Sequence[Ranked], windows: Sequence[Window]) -> list[Ranked]:
    """Passages that were read in the order of their best windows, with their scores; then the others, scored below."""
    best: dict[int, Ranked] = {}
    for window in windows:
        best.setdefault(window.ranked.row, window.ranked._replace(score=window.score))
    lowest = min((each.score for each in best.values()), default=1.0)
    unread = [each for each in ranked if each.row not in best]
    scores = accumulate((lowest * each.score for each in unread), min)  # their order puts other documents first
    return [*best.values(), *(each._replace(score=score) for each, score in zip(unread, scores, strict=True))]
