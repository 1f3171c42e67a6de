"""The reader: which sentences of the ranked passages to quote.

Every window (a run of whole sentences short enough for an excerpt) of the best passages is weighed by how its
passage ranks, how much of the question its words meet, and whether it holds what the question's kind asks for.
The weights were learnt on ARCD's training questions by ``training/fit_weights.py`` (listwise softmax): excerpt@1 on
XQuAD-ar / TyDi-ar is 80.8 / 80.7 with them, 79.5 / 77.0 with passage and words alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from index.analysis import analysed
from index.document import Span
from index.library import Library
from index.sentences import cut, sentences
from retrieval.clues import any_new, is_year, tells_how_many, tells_when, tells_why
from retrieval.matching import Matcher, Met, both
from retrieval.question import Kind, Question
from retrieval.ranking import Ranked

LONGEST_EXCERPT: Final = 350
"""Code points in an excerpt at most."""

PASSAGES_READ: Final = 8
"""The best passages, from which excerpts are chosen; the answer is among them for 98.9 / 95.7 % of the dev sets."""


class Evidence(NamedTuple):
    """What speaks for a window, each between 0 and 1 (or no and yes)."""

    passage: float
    """The passage's rank score over the best one."""
    words: float
    """The share of the question met in the window."""
    sentence: float
    """The share met in its best sentence."""
    number: float
    date: float
    cause: float
    length: float
    beginning: float
    """Whether the window begins its document: reports say there what they are about."""
    other_year: float
    """Whether a year named in the question is missing."""


WEIGHTS: Final = Evidence(
    passage=5.41, words=3.08, sentence=2.43, number=1.04, date=2.14, cause=0.48, length=0.77, beginning=0.44,
    other_year=-0.59,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence of a passage (or a part of a long one): its place in the document and its words."""

    span: Span
    words: tuple[str, ...]
    met: Met


@dataclass(frozen=True, slots=True)
class Window:
    """What could be quoted: neighbouring pieces of a passage."""

    ranked: Ranked
    pieces: tuple[Piece, ...]
    met: Met
    evidence: Evidence

    @property
    def span(self) -> Span:
        """Where the window lies in its document."""
        return Span(self.pieces[0].span.start, self.pieces[-1].span.end)

    @property
    def score(self) -> float:
        """The evidence, weighed."""
        return sum(weight * each for weight, each in zip(WEIGHTS, self.evidence, strict=True))


def read(library: Library, question: Question, matcher: Matcher, ranked: Sequence[Ranked]) -> list[Window]:
    """The windows of the best `PASSAGES_READ` passages, best first."""
    best = ranked[0].score if ranked else 0.0
    found = [
        window
        for each in ranked[:PASSAGES_READ]
        for window in _windows(question, matcher, each, _pieces(library, matcher, each), best)
    ]
    return sorted(found, key=lambda window: -window.score)


def _pieces(library: Library, matcher: Matcher, ranked: Ranked) -> list[Piece]:
    """The sentences of a passage; one too long for an excerpt comes in parts."""
    text = library.passage_text(ranked.passage)
    start = ranked.passage.span.start
    pieces = []
    for sentence in sentences(text, Span(0, len(text))):
        for part in cut(text, sentence, LONGEST_EXCERPT):
            words = analysed(text[part.start : part.end])
            pieces.append(Piece(Span(start + part.start, start + part.end), words, matcher.met(words)))
    return pieces


def _windows(
    question: Question, matcher: Matcher, ranked: Ranked, pieces: Sequence[Piece], best: float
) -> Iterator[Window]:
    for first in range(len(pieces)):
        met = matcher.nothing
        for last in range(first, len(pieces)):
            chosen = tuple(pieces[first : last + 1])
            if chosen[-1].span.end - chosen[0].span.start > LONGEST_EXCERPT:
                break
            met = both(met, chosen[-1].met)
            yield Window(ranked, chosen, met, _evidence(question, matcher, ranked.score / best, chosen, met))


def _evidence(question: Question, matcher: Matcher, passage: float, pieces: Sequence[Piece], met: Met) -> Evidence:
    words = [word for piece in pieces for word in piece.words]
    asked = frozenset(question.words)
    span = Span(pieces[0].span.start, pieces[-1].span.end)
    return Evidence(
        passage=passage,
        words=matcher.coverage(met),
        sentence=max(matcher.coverage(piece.met) for piece in pieces),
        number=float(question.kind is Kind.HOW_MANY and any_new(words, asked, tells_how_many)),
        date=float(question.kind is Kind.WHEN and any_new(words, asked, tells_when)),
        cause=float(question.kind is Kind.WHY and any_new(words, asked, tells_why)),
        length=(span.end - span.start) / LONGEST_EXCERPT,
        beginning=float(span.start < _NEAR_BEGINNING),
        other_year=float(any(is_year(word) and word not in words for word in asked)),
    )


_NEAR_BEGINNING: Final = 5  # code points; white space or a bullet may come first
