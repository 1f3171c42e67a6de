"""The reader: which sentences of the ranked passages to quote.

Every window (a run of whole sentences short enough for an excerpt) of the best passages is weighed by how its
passage ranks, how much of the question its words meet, and whether it holds what the question's kind asks for
(`retrieval.evidence`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import mul
from typing import Final, NamedTuple

from index.analysis import heading_words
from index.document import Span
from index.library import Library
from index.sentences import cut, sentences
from retrieval.evidence import WEIGHTS, Evidence, Piece, Reader, Shares, evidence_of, together
from retrieval.matching import Matcher, Met, both
from retrieval.question import Question
from retrieval.ranking import Ranked
from retrieval.subject import Told

LONGEST_EXCERPT: Final = 350
"""Code points in an excerpt at most."""

PASSAGES_READ: Final = 6
"""The best passages, from which excerpts are chosen. Reading eight or ten gains no more than 0.2 points on any figure
of the dev sets and takes longer."""


FEWEST_READ: Final = 3
_FAR_BEHIND: Final = 0.6


class Candidate(NamedTuple):
    """A passage to be read: its score over the best one, and what the heading of its report meets."""

    ranked: Ranked
    score: float
    heading: Met


class Window(NamedTuple):
    """What could be quoted: neighbouring pieces of a passage.

    ``telling`` is the piece that meets most of a question besides the year it names: what it says is what was asked.
    ``is_about``: the places and years of the question, as far as it was looked at.
    """

    ranked: Ranked
    span: Span
    telling: Span
    met: Met
    evidence: Evidence
    score: float
    strays: int = 0
    """How many of the pieces name other years only."""
    is_about: bool = True

    @property
    def told(self) -> Told:
        """What tells whether it is about the places and years of a question."""
        return Told(self.ranked.passage, self.span, self.telling)


def read(
    library: Library, question: Question, matcher: Matcher, ranked: Sequence[Ranked], *, fewest: int = FEWEST_READ
) -> list[Window]:
    """The windows of the best passages, best first, the longest first of those equally good.

    ``fewest`` passages are read in any case, up to `PASSAGES_READ` of those that are not far behind the first.

    What is equally good meets the same words, so the longest shows most of what stands around them; but sentences of
    other years than the one asked about mislead. Counted as evidence instead, length favours passages of long
    sentences: that costs a point of R@1 on ARCD's training questions.
    """
    best = ranked[0].score if ranked else 0.0
    reader = Reader(library, question, matcher)
    found: list[Window] = []
    for each in _worth_reading(ranked, fewest):
        document = each.passage.document
        # All of a report is about its heading, whether a sentence names it or not.
        heading = matcher.met(heading_words(library.documents.record(document).about))
        candidate = Candidate(each, each.score / best, heading)
        found += _windows(matcher, candidate, _pieces(library, reader, each), reader.years)
    return sorted(found, key=lambda window: (-window.score, window.strays, window.span.start - window.span.end))


def _worth_reading(ranked: Sequence[Ranked], fewest: int) -> Iterator[Ranked]:
    for at, each in enumerate(ranked[:PASSAGES_READ]):
        if at < fewest or each.score >= _FAR_BEHIND * ranked[0].score:
            yield each


def _pieces(library: Library, reader: Reader, ranked: Ranked) -> list[Piece]:
    """The sentences of a passage; one too long for an excerpt comes in parts."""
    text = library.passage_text(ranked.passage)
    start = ranked.passage.span.start
    return [
        reader.piece(text[part.start : part.end], Span(start + part.start, start + part.end))
        for sentence in sentences(text, Span(0, len(text)))
        for part in cut(text, sentence, LONGEST_EXCERPT)
    ]


def _windows(
    matcher: Matcher, candidate: Candidate, pieces: Sequence[Piece], years: frozenset[str]
) -> Iterator[Window]:
    for number, first in enumerate(pieces):
        met, order, clues, telling, strays = matcher.nothing, matcher.nothing, first.clues, first, 0
        for last in pieces[number:]:
            if last.span.end - first.span.start > LONGEST_EXCERPT:
                break
            met, order, clues = both(met, last.met), both(order, last.order), together(clues, last.clues)
            if years:
                telling = last if last.tells > telling.tells else telling
                strays += last.names_other_than(years)
            subject = matcher.coverage(both(met, candidate.heading))
            shares = Shares(candidate.score, matcher.coverage(met), subject, matcher.order(order))
            other_year = bool(years) and (not years <= clues.years or telling.names_other_than(years))
            evidence = evidence_of(shares, first, clues, other_year=other_year)
            span = Span(first.span.start, last.span.end)
            score = sum(map(mul, WEIGHTS, evidence))
            yield Window(candidate.ranked, span, telling.span, met, evidence, score, strays)
