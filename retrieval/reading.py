"""The reader: which sentences of the ranked passages to quote.

Every window (a run of whole sentences short enough for an excerpt) of the best passages is weighed by how its
passage ranks, how much of the question its words meet, and whether it holds what the question's kind asks for.
The weights were learnt on ARCD's training questions by ``training/fit_weights.py`` (listwise softmax): when they
were first fitted, excerpt@1 on XQuAD-ar / TyDi-ar was 80.8 / 80.7 with them, 79.5 / 77.0 with passage and words alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import mul
from typing import Final, NamedTuple

from index.arabic import words
from index.document import Span
from index.library import Library
from index.sentences import cut, sentences
from retrieval.clues import is_year, tells_how_many, tells_when, tells_why
from retrieval.matching import Matcher, Met, both
from retrieval.question import Kind, Question
from retrieval.ranking import Ranked

LONGEST_EXCERPT: Final = 350
"""Code points in an excerpt at most."""

PASSAGES_READ: Final = 6
"""The best passages, from which excerpts are chosen. Reading eight changes no figure of the dev sets by over 0.2 points
and takes a third longer."""


_NEAR_BEGINNING: Final = 5  # code points; white space or a bullet may come first


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
    passage=5.51, words=2.96, sentence=2.22, number=0.98, date=2.03, cause=0.49, length=0.75, beginning=0.44,
    other_year=-0.61,
)  # fmt: skip


class Clues(NamedTuple):
    """What a piece holds that the question's kind asks for, and the years it names."""

    number: bool
    date: bool
    cause: bool
    years: frozenset[str]


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence of a passage (or a part of a long one): its place in the document, and what it offers."""

    span: Span
    met: Met
    coverage: float
    clues: Clues


class Candidate(NamedTuple):
    """A passage to be read: its score over the best one, and what the place of its report meets."""

    ranked: Ranked
    score: float
    place: Met


@dataclass(frozen=True, slots=True)
class Window:
    """What could be quoted: neighbouring pieces of a passage."""

    ranked: Ranked
    span: Span
    met: Met
    evidence: Evidence
    score: float


def read(library: Library, question: Question, matcher: Matcher, ranked: Sequence[Ranked]) -> list[Window]:
    """The windows of the best `PASSAGES_READ` passages, best first."""
    best = ranked[0].score if ranked else 0.0
    years = frozenset(filter(is_year, question.words))
    found: list[Window] = []
    for each in ranked[:PASSAGES_READ]:
        pieces = _pieces(library, question, matcher, each)
        found += _windows(matcher, Candidate(each, each.score / best, _place(library, matcher, each)), pieces, years)
    return sorted(found, key=lambda window: -window.score)


def _place(library: Library, matcher: Matcher, ranked: Ranked) -> Met:
    """What the place of a report meets: all of it is about that place, whether a sentence names it or not."""
    return matcher.met(library.places.words_of(ranked.passage.document))


def _pieces(library: Library, question: Question, matcher: Matcher, ranked: Ranked) -> list[Piece]:
    """The sentences of a passage; one too long for an excerpt comes in parts."""
    text = library.passage_text(ranked.passage)
    start = ranked.passage.span.start
    pieces = []
    for sentence in sentences(text, Span(0, len(text))):
        for part in cut(text, sentence, LONGEST_EXCERPT):
            found = frozenset(words(text[part.start : part.end]))
            met = matcher.met(found)
            span = Span(start + part.start, start + part.end)
            pieces.append(Piece(span, met, matcher.coverage(met), _clues(question, found)))
    return pieces


def _clues(question: Question, found: frozenset[str]) -> Clues:
    new = found.difference(question.words)
    return Clues(
        number=question.kind is Kind.HOW_MANY and any(map(tells_how_many, new)),
        date=question.kind is Kind.WHEN and any(map(tells_when, new)),
        cause=question.kind is Kind.WHY and any(map(tells_why, new)),
        years=frozenset(filter(is_year, found)),
    )


def _windows(
    matcher: Matcher, candidate: Candidate, pieces: Sequence[Piece], years: frozenset[str]
) -> Iterator[Window]:
    for first in range(len(pieces)):
        met = candidate.place
        for last in range(first, len(pieces)):
            chosen = pieces[first : last + 1]
            span = Span(chosen[0].span.start, chosen[-1].span.end)
            if span.end - span.start > LONGEST_EXCERPT:
                break
            met = both(met, chosen[-1].met)
            evidence = _evidence(matcher.coverage(met), chosen, candidate.score, years)
            yield Window(candidate.ranked, span, met, evidence, sum(map(mul, WEIGHTS, evidence)))


def _evidence(words: float, pieces: Sequence[Piece], passage: float, years: frozenset[str]) -> Evidence:
    start, end = pieces[0].span.start, pieces[-1].span.end
    return Evidence(
        passage=passage,
        words=words,
        sentence=max(piece.coverage for piece in pieces),
        number=float(any(piece.clues.number for piece in pieces)),
        date=float(any(piece.clues.date for piece in pieces)),
        cause=float(any(piece.clues.cause for piece in pieces)),
        length=(end - start) / LONGEST_EXCERPT,
        beginning=float(start < _NEAR_BEGINNING),
        other_year=float(not years.issubset(chain.from_iterable(piece.clues.years for piece in pieces)))
        if years
        else 0.0,
    )
