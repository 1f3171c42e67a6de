"""How likely it is that the first excerpt answers.

A logistic regression over what the reader found, learnt by ``training/fit_confidence.py`` on the training questions,
each asked with its passage in the library, with it taken out, and of a library of another domain. The signals were
chosen by forward selection among ninety, by what they add on training questions and sets that were held out.

The inner product of the vectors is none of them. An embedder is trained on the same questions, so that it looks far
surer of them than of others: fitted with a trained one, its weight rose from 1 to 12, and ROC area on XQuAD-ar /
TyDi-ar fell from 92.1 / 89.9 to 86.7 / 87.8. And each embedder that may be set has a scale of its own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import reduce
from typing import Final, NamedTuple

from index.analysis import heading_words
from index.library import Library
from retrieval.clues import tells_when
from retrieval.matching import Matcher, Met, both
from retrieval.nearness import asks_nothing_checkable, nearness
from retrieval.question import Question
from retrieval.reading import Window


class Signals(NamedTuple):
    """What confidence is computed from, each about 0 to 1."""

    words: float
    """The share of the question met in the passage or its document's heading: what is missing speaks against it."""
    rare: float
    """The root of how many rare words' worth of the question the window or the heading meets: two names found are
    stronger evidence than one common word, even where that was all that was asked."""
    lead: float
    """By how much the passage's BM25 score is above the mean of the other passages read, over what the question's
    words can score: where the answer is missing, passages on the same subject are about equally good. Those about
    other places or years than the question are left out: that they say the same of those tells nothing. So are
    years that only the report's title or its day tells."""
    near: float
    """How near to the question's words stands what it asks for."""
    open: float
    """1 for questions that ask for nothing that can be checked so."""
    other_year: float
    """1 where a year named in the question is missing, and neither the report's title nor its day tells it."""


INTERCEPT: Final = -6.19
WEIGHTS: Final = Signals(words=2.19, rare=2.32, lead=1.90, near=3.23, open=0.87, other_year=-2.90)

ANSWERS: Final = 0.58
"""Confidence from which the first excerpt is given as the answer: that which 8 % of the training questions without
their passages still reach. On XQuAD-ar / TyDi-ar it is reached by 65 / 72 % of the questions, 91 / 91 % of them
rightly; with the passage taken out, by 2.5 / 8.3 %."""

RELATED: Final = 0.08
"""Confidence from which the closest passages are shown as such; below, the reports do not say. Of the training
questions' right excerpts 1 % lie below; on the dev sets 0.3 / 0.4 points of excerpt@1 are withheld, and what would be
shown for 41 to 55 % of questions of another domain (of which 1.1 / 2.7 % are answered)."""

OF_ANOTHER: Final = 0.5
"""How much of the confidence that an answer needs is left at most where the excerpt is about another place, year or
office than the question: it is never given as the answer."""

_SCORE: Final = 4.0  # BM25 that a word found as a stem and by all its 4-grams brings per unit of its idf, about


def signals(library: Library, question: Question, matcher: Matcher, windows: Sequence[Window]) -> Signals:
    """What speaks for the best of ``windows`` (there is at least one)."""
    best = windows[0]
    document = best.ranked.passage.document
    heading = matcher.met(heading_words(library.documents.record(document).about))
    passage = reduce(both, (each.met for each in windows if each.ranked.row == best.ranked.row), heading)
    return Signals(
        words=matcher.coverage(passage),
        rare=_rare(library, matcher, both(best.met, heading)),
        lead=_lead(matcher, windows),
        near=nearness(question, matcher, library.text(document, best.span)),
        open=float(asks_nothing_checkable(question)),
        other_year=best.evidence.other_year * (not best.is_about),
    )


def _rare(library: Library, matcher: Matcher, met: Met) -> float:
    return math.sqrt(matcher.coverage(met) * matcher.weight / math.log(len(library.words) + 1))


def _lead(matcher: Matcher, windows: Sequence[Window]) -> float:
    best = windows[0].ranked
    others = {each.ranked.row: each.ranked.lexical for each in windows if each.ranked.row != best.row and each.is_about}
    pairs = zip(matcher.words, matcher.idf, strict=True)
    idf = sum(idf for word, idf in pairs if not (windows[0].evidence.other_year and tells_when(word)))
    lead = (best.lexical - sum(others.values()) / max(1, len(others))) / (_SCORE * idf) if idf else 0.0
    return min(lead, 1.0)  # a word that all passages hold may score many times its idf by its 4-grams


def confidence(found: Signals) -> float:
    """The probability that the best window answers, 0 to 1."""
    return 1.0 / (1.0 + math.exp(-INTERCEPT - sum(w * s for w, s in zip(WEIGHTS, found, strict=True))))
