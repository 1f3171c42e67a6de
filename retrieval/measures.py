"""Figures from the trials of a question set: ranking, excerpts, outcomes, and how far confidence can be believed.

Shares are percentages. An excerpt is *right* when a gold answer stands in it; a question is *answered rightly*
when its first excerpt is right.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Final, NamedTuple

import numpy as np

from retrieval.answer import Outcome
from retrieval.question import Kind

RANKS: Final = 10
"""How far down a ranking a document counts as found."""

BINS: Final = 10
"""Bins of equal width into which confidence is cut to be compared with the share right."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One question's results; the names that end in ``without`` are those with its document taken out.

    ``rank`` and ``dense_rank`` (by vectors alone) of its document are from 1, None beyond the tenth; ``seconds`` are
    those of `Assistant.ask` with the document in.
    """

    kind: Kind
    rank: int | None
    dense_rank: int | None
    in_first: bool
    in_any: bool
    outcome: Outcome
    confidence: float
    outcome_without: Outcome
    confidence_without: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Measured:
    """All figures; shares are percentages, latencies milliseconds of `Assistant.ask`."""

    passages: int
    questions: int
    recall_at_1: float
    recall_at_5: float
    recall_at_10: float
    mrr_at_10: float
    dense_at_1: float
    dense_at_10: float
    excerpt_at_1: float
    excerpt_at_3: float
    roc_area: float
    risk_area: float
    calibration_error: float
    calibration_error_mixed: float
    answered: float
    answered_rightly: float
    answered_without_passage: float
    latency_p50: float
    latency_p95: float

    def as_dict(self) -> dict[str, float]:
        """The figures by name."""
        return asdict(self)


class Judged(NamedTuple):
    """A confidence, and whether the first excerpt was right."""

    confidence: float
    right: bool


class Bin(NamedTuple):
    """Excerpts about equally sure: how many, their mean confidence, and the share of them that is right (0 to 1)."""

    size: int
    confidence: float
    right: float


class Risk(NamedTuple):
    """The share of questions that is answered if the surest are, and the share of those that is wrong (0 to 1)."""

    coverage: float
    risk: float


def summary(passages: int, trials: Sequence[Trial]) -> Measured:
    """All figures of ``trials`` (there is at least one), asked of ``passages`` passages."""
    recall = {f"recall_at_{top}": recall_at([each.rank for each in trials], top) for top in (1, 5, RANKS)}
    dense = {f"dense_at_{top}": recall_at([each.dense_rank for each in trials], top) for top in (1, RANKS)}
    answered = [each for each in trials if each.outcome == "answer"]
    milliseconds = [1000 * each.seconds for each in trials]
    return Measured(
        passages=passages,
        questions=len(trials),
        **recall,
        mrr_at_10=mrr([each.rank for each in trials]),
        **dense,
        excerpt_at_1=percent(each.in_first for each in trials),
        excerpt_at_3=percent(each.in_any for each in trials),
        roc_area=_roc_area(trials),
        risk_area=float(np.mean([point.risk for point in risk_curve(as_asked(trials))])),
        calibration_error=calibration_error(as_asked(trials)),
        calibration_error_mixed=calibration_error(mixed(trials)),
        answered=percent(each.outcome == "answer" for each in trials),
        answered_rightly=percent(each.in_first for each in answered),
        answered_without_passage=percent(each.outcome_without == "answer" for each in trials),
        latency_p50=float(np.percentile(milliseconds, 50)),
        latency_p95=float(np.percentile(milliseconds, 95)),
    )


def percent(true: Iterable[bool]) -> float:
    """How many of a hundred are true; 0 of none."""
    values = list(true)
    return 100 * sum(values) / len(values) if values else 0.0


def recall_at(ranks: Sequence[int | None], top: int) -> float:
    """The share of questions whose document is among the ``top`` first."""
    return percent(rank is not None and rank <= top for rank in ranks)


def mrr(ranks: Sequence[int | None]) -> float:
    """The mean of 1 / rank, × 100; a document beyond the tenth counts 0."""
    return 100 * sum(1 / rank for rank in ranks if rank is not None and rank <= RANKS) / len(ranks)


def as_asked(trials: Iterable[Trial]) -> list[Judged]:
    """The first excerpts of the questions, all of which can be answered."""
    return [Judged(each.confidence, each.in_first) for each in trials]


def mixed(trials: Sequence[Trial]) -> list[Judged]:
    """Those and the first excerpts with the document taken out, none of which is right: half cannot be answered."""
    return [*as_asked(trials), *(Judged(each.confidence_without, False) for each in trials)]


def risk_curve(judged: Iterable[Judged]) -> list[Risk]:
    """A point for each number of questions answered, the surest first; among equally sure ones the wrong first.

    The mean of the risks is the area under the curve (El-Yaniv and Wiener, "On the foundations of noise-free
    selective classification", 2010): 0 is best, and what answers at random has its share of wrong excerpts.
    """
    ordered = sorted(judged, key=lambda each: (-each.confidence, each.right))
    wrong = np.cumsum([not each.right for each in ordered])
    return [Risk(done / len(ordered), int(wrong[done - 1]) / done) for done in range(1, len(ordered) + 1)]


def reliability(judged: Iterable[Judged]) -> list[Bin]:
    """The bins of equal width that hold anything, from unsure to sure."""
    rows: list[list[Judged]] = [[] for _ in range(BINS)]
    for each in judged:
        rows[min(int(each.confidence * BINS), BINS - 1)].append(each)
    return [_bin(row) for row in rows if row]


def calibration_error(judged: Sequence[Judged]) -> float:
    """The expected calibration error, 0 to 1: |confidence − share right| of the bins, weighted by what they hold."""
    return sum(each.size * abs(each.confidence - each.right) for each in reliability(judged)) / len(judged)


def _bin(row: Sequence[Judged]) -> Bin:
    return Bin(
        size=len(row),
        confidence=sum(each.confidence for each in row) / len(row),
        right=sum(each.right for each in row) / len(row),
    )


def _roc_area(trials: Sequence[Trial]) -> float:
    """How often a question is surer with its document than one is without; as sure counts half."""
    absent = np.sort([each.confidence_without for each in trials])
    present = [each.confidence for each in trials]
    less, up_to = (np.searchsorted(absent, present, side=side) for side in ("left", "right"))
    return float((less + up_to).mean() / (2 * len(trials)))
