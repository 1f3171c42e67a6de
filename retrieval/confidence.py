"""How likely it is that the first excerpt answers.

A logistic regression over what the reader found, learnt by ``training/fit_weights.py`` on the training questions,
each asked with its passage in the library, with it taken out, and of a library of another domain.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

from index.analysis import heading_words
from index.library import Library
from retrieval.matching import Matcher, both
from retrieval.question import Kind, Question
from retrieval.reading import Window


class Signals(NamedTuple):
    """What confidence is computed from, each about 0 to 1."""

    words: float
    """The share of the question met in the window or its document's heading."""
    lead: float
    """By how much the passage outranks the best one of another document."""
    dense: float
    """The inner product of question and passage."""
    kind: float
    """Whether the window holds what the question's kind asks for (1 for kinds that ask for nothing special)."""


INTERCEPT: Final = -5.67
WEIGHTS: Final = Signals(words=3.37, lead=1.77, dense=4.61, kind=1.00)

ANSWERS: Final = 0.40
"""Confidence from which the first excerpt is given as the answer. On XQuAD-ar / TyDi-ar that is 46 / 68 % of the
questions, 93 / 91 % of them rightly; with the passage taken out, 1.3 / 8.8 % are still answered."""

RELATED: Final = 0.03
"""Confidence from which the closest passages are shown as such; below, the reports do not say. It withholds
0.3 / 0.1 points of excerpt@1 on the dev sets, and what would be shown for 27 to 31 % of questions of another domain
(of which 1.5 / 0.3 % are answered)."""


def signals(library: Library, question: Question, matcher: Matcher, windows: Sequence[Window]) -> Signals:
    """What speaks for the best of ``windows`` (there is at least one)."""
    best = windows[0]
    document = best.ranked.passage.document
    heading = matcher.met(heading_words(library.documents.record(document).about))
    other = next((each for each in windows if each.ranked.passage.document != document), None)
    evidence = best.evidence
    asks = question.kind in (Kind.HOW_MANY, Kind.WHEN, Kind.WHY)
    return Signals(
        words=matcher.coverage(both(best.met, heading)),
        lead=1.0 - (other.ranked.score / best.ranked.score if other and best.ranked.score else 0.0),
        dense=best.ranked.dense,
        kind=max(evidence.number, evidence.date, evidence.cause) if asks else 1.0,
    )


def confidence(found: Signals) -> float:
    """The probability that the best window answers, 0 to 1."""
    return 1.0 / (1.0 + math.exp(-INTERCEPT - sum(w * s for w, s in zip(WEIGHTS, found, strict=True))))
