"""What speaks for quoting a window, and how much each kind of evidence counts.

The weights were learnt by ``training/fit_weights.py`` on the training questions of ARCD and AAQAD (listwise softmax).
With passage, words, best sentence, number, date, cause, beginning, year and length alone, excerpt@1 on XQuAD-ar /
TyDi-ar was 80.7 / 81.3 and R@1 92.2 / 86.9; with all of these it is 82.2 / 81.4 and 92.8 / 87.6. Left out, because
they did not gain on ARCD, AAQAD and both dev sets alike: negation, commas, the rarest words, words met by few other
passages, the passage's own coverage, what the sentence before meets, squares of shares, the best sentence's share, and
each sentence's inner product with the question under an embedder trained on one half of AAQAD (up to 0.3 points).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from index.analysis import FUNCTION_WORDS
from index.arabic import words
from index.document import Span
from index.library import Library
from retrieval.clues import defines, has_article, is_number, is_year, tells_how_many, tells_when, tells_where, tells_why
from retrieval.matching import Matcher, Met
from retrieval.offices import of_others, offices_in
from retrieval.question import Kind, Question

_NEAR_BEGINNING: Final = 5  # code points; white space or a bullet may come first
_FIRST: Final = 3  # words that start a window
_TOGETHER: Final = 3  # words apart at most that two stand side by side
_HALF: Final = 4.0  # words away at which a word of the question counts half
_SUBJECT: Final = 4  # first words of a sentence, within which the subject of a definition stands,
_DEFINED: Final = 8  # and those within which it goes on «هو …»
_NAMED: Final = 0.4  # share of the question's weight from which the first words name its subject
_RARE: Final = 0.02  # share of passages up to which a word is rare enough to be part of a name


class Evidence(NamedTuple):
    """What speaks for a window, each between 0 and 1 (or no and yes)."""

    passage: float
    """The passage's rank score over the best one."""
    words: float
    """The share of the question met in the window."""
    subject: float
    """The share met in the window or in the heading of its document, which says what all of it is about."""
    order: float
    """The share of the question's pairs of neighbouring words that stand side by side, or nearly, in the same order."""
    number: float
    date: float
    cause: float
    near: float
    """How near the question's words stand to what its kind asks for: a number, a date, a cause, a name, a place."""
    definition: float
    """Whether a sentence begins with what is to be defined (one half) and goes on «هو …»."""
    start: float
    """The share of the question met in its first three words: what follows is about that."""
    beginning: float
    """Whether the window begins its document: reports say there what they are about."""
    other_year: float
    """Whether a year named in the question is missing."""


WEIGHTS: Final = Evidence(
    passage=5.82, words=3.08, subject=3.35, order=0.61, number=1.28, date=1.54, cause=0.44, near=1.81, definition=0.70,
    start=0.93, beginning=0.59, other_year=-0.95,
)  # fmt: skip


class Clues(NamedTuple):
    """What a piece holds that the question's kind asks for, and the years it names."""

    number: bool
    date: bool
    cause: bool
    near: float
    definition: float
    years: frozenset[str]


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence of a passage (or a part of a long one): its place in the document, and what it offers."""

    span: Span
    met: Met
    order: Met
    """Which words of the question stand here a little before the one after them."""
    starts: float
    """The share of the question met in the first three words."""
    tells: float
    """The share met besides years, where the question names one: the sentence with the most of it must be of that year.
    """
    clues: Clues

    def names_other_than(self, years: frozenset[str]) -> bool:
        """Whether it names a year and not all of these."""
        return bool(self.clues.years) and not years <= self.clues.years


class Hit(NamedTuple):
    """A word of a piece that meets one of the question: their numbers, and how far."""

    at: int
    which: int
    how_far: float


class Reader:
    """Reads sentences for one question. Not shared between threads."""

    def __init__(self, library: Library, question: Question, matcher: Matcher) -> None:
        self._library = library
        self._kind = question.kind
        self._asked = frozenset(question.words)
        offices = offices_in(question)
        self._offices = frozenset(at for at, word in enumerate(matcher.words) if word in offices)
        self._times = frozenset(at for at, word in enumerate(matcher.words) if tells_when(word))
        self._matcher = matcher
        self._rare = max(2.0, _RARE * len(library.words))
        self.years = frozenset(filter(is_year, question.words))

    def piece(self, text: str, span: Span) -> Piece:
        """The piece at ``span`` of a document, which is ``text``."""
        spoken = words(text)
        known = self._matcher.known
        hits = [Hit(at, *met) for at, word in enumerate(spoken) for met in known[word]]
        if self._offices:
            others = frozenset(of_others(spoken))
            hits = [hit for hit in hits if hit.at not in others or hit.which not in self._offices]
        starts = self._matcher.coverage(self._met([hit for hit in hits if hit.at < _FIRST]))
        tells = (
            self._matcher.coverage(self._met([hit for hit in hits if hit.which not in self._times]))
            if self.years
            else 0.0
        )
        return Piece(span, self._met(hits), self._order(hits), starts, tells, self._clues(spoken, hits))

    def _met(self, hits: Sequence[Hit]) -> Met:
        met = list(self._matcher.nothing)
        for _, which, how_far in hits:
            met[which] = max(met[which], how_far)
        return tuple(met)

    def _order(self, hits: Sequence[Hit]) -> Met:
        """For each word of the question, 1 where it stands a little before the one after it."""
        order = list(self._matcher.nothing)
        for number, one in enumerate(hits):
            for other in hits[number + 1 :]:
                if other.at - one.at > _TOGETHER:
                    break
                if other.at > one.at and other.which == one.which + 1:
                    order[one.which] = 1.0
        return tuple(order)

    def _clues(self, spoken: Sequence[str], hits: Sequence[Hit]) -> Clues:
        kind = self._kind
        wanted = [at for at in self._wanted(spoken) if spoken[at] not in self._asked]
        return Clues(
            number=kind is Kind.HOW_MANY and bool(wanted),
            date=kind is Kind.WHEN and bool(wanted),
            cause=kind is Kind.WHY and bool(wanted),
            near=self._nearness(hits, wanted) if wanted else 0.0,
            definition=self._definition(spoken, hits) if kind is Kind.DEFINITION else 0.0,
            years=frozenset(filter(is_year, spoken)) if self.years else frozenset(),
        )

    def _wanted(self, spoken: Sequence[str]) -> Iterator[int]:
        """Where words stand that the question's kind asks for."""
        if self._kind is Kind.WHO:
            yield from self._names(spoken)
        elif tells := _TELLS.get(self._kind):
            yield from (at for at, word in enumerate(spoken) if tells(word))

    def _names(self, spoken: Sequence[str]) -> Iterator[int]:
        """Where two rare words without the article stand side by side, which the question does not know."""
        before = False
        for at, word in enumerate(spoken):
            here = self._may_be_name(word)
            if here and before:
                yield at
            before = here

    def _may_be_name(self, word: str) -> bool:
        if has_article(word) or word in FUNCTION_WORDS or is_number(word) or self._matcher.met_by(word):
            return False
        return self._library.words.frequency(word) <= self._rare

    def _nearness(self, hits: Sequence[Hit], wanted: Sequence[int]) -> float:
        """The question's words around the best of the places ``wanted``, each counting less the farther away."""
        best = 0.0
        for place in wanted:
            near = list(self._matcher.nothing)
            for at, which, how_far in hits:
                near[which] = max(near[which], how_far / (1 + abs(at - place) / _HALF))
            best = max(best, self._matcher.coverage(tuple(near)))
        return best

    def _definition(self, spoken: Sequence[str], hits: Sequence[Hit]) -> float:
        subject = self._met([hit for hit in hits if hit.at < _SUBJECT])
        if self._matcher.coverage(subject) <= _NAMED:
            return 0.0
        return 0.5 + 0.5 * any(map(defines, spoken[:_DEFINED]))


_TELLS: Final = {
    Kind.HOW_MANY: tells_how_many,
    Kind.WHEN: tells_when,
    Kind.WHY: tells_why,
    Kind.WHERE: tells_where,
}


class Shares(NamedTuple):
    """The passage's rank score; the shares of the question met in a window, with its document's heading, in order."""

    passage: float
    words: float
    subject: float
    order: float


def together(one: Clues, other: Clues) -> Clues:
    """What neighbouring pieces hold together."""
    return Clues(
        one.number or other.number,
        one.date or other.date,
        one.cause or other.cause,
        max(one.near, other.near),
        max(one.definition, other.definition),
        one.years | other.years,
    )


def evidence_of(shares: Shares, first: Piece, clues: Clues, *, other_year: bool) -> Evidence:
    """The evidence for a window whose ``first`` piece this is."""
    return Evidence(
        passage=shares.passage,
        words=shares.words,
        subject=shares.subject,
        order=shares.order,
        number=float(clues.number),
        date=float(clues.date),
        cause=float(clues.cause),
        near=clues.near,
        definition=clues.definition,
        start=first.starts,
        beginning=float(first.span.start < _NEAR_BEGINNING),
        other_year=float(other_year),
    )
