"""Learns the weights of confidence and its thresholds from the training questions; prints them for the source.

    python -m training.fit_embedder FOLDER aaqad --hold-out --into MODEL
    python -m training.fit_confidence arcd-train aaqad --folder FOLDER --embedder MODEL --seen aaqad

A logistic regression on whether the first excerpt answers. Each question is asked of its set's passages, of these
without its own (the others of the article stay), and of the other sets' passages: the last two weigh half as much each,
so that half of all questions can be answered. Sets count equally.

Two kinds of noise are left out. A question that the words of its own passage hardly match (not among the first three
passages, fewer than two content words: «متى توفي؟») was mostly joined with the passage by a machine, or needs it to be
understood. And an excerpt that holds the gold answer although the passage is gone is neither right nor wrong: a third
of ARCD's passages begin like another one.

The thresholds: `ANSWERS` is the least confidence that lets through `PASSING` of the questions whose passage was taken
out, `RELATED` the one below which lie `LOST` of the first excerpts that answer (means over the sets).
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Annotated, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import typer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from index.embedders.static import StaticEmbedder
from index.protocols import Embedder
from retrieval.comparing import choose
from retrieval.confidence import ANSWERS, OF_ANOTHER, Signals, signals
from retrieval.evaluation import Gold
from retrieval.finding import find
from retrieval.measures import Judged, calibration_error, risk_curve
from retrieval.question import understand
from retrieval.spelling import mend
from training.fit_weights import QuestionSet, is_right, load

QUESTIONS: Final = 4_000  # of each set at most
PASSING: Final = 0.08
LOST: Final = 0.01
_FIRST: Final = 3
_FEWEST_WORDS: Final = 2
Floats = npt.NDArray[np.float64]


class Asked(Enum):
    """What a question was asked of."""

    WITH = "with its passage"
    WITHOUT = "without its passage"
    ELSEWHERE = "of another set"


_WEIGHTS: Final[Mapping[Asked, float]] = {Asked.WITH: 1.0, Asked.WITHOUT: 0.5, Asked.ELSEWHERE: 0.5}


class Example(NamedTuple):
    """What was found for a question, and whether the first excerpt answers it.

    ``is_whole``: it is about the place, the year and the office that are asked about; else it is never an answer.
    """

    asked: Asked
    found: Signals
    right: bool
    is_whole: bool = True


class Model(NamedTuple):
    """A fitted confidence."""

    intercept: float
    weights: Signals

    def of(self, examples: Sequence[Example]) -> Floats:
        """The confidence of each example, as it is told to people."""
        told = np.array([each.found for each in examples]) @ np.array(self.weights) + self.intercept
        most = np.array([1.0 if each.is_whole else OF_ANOTHER * ANSWERS for each in examples])
        return np.asarray(np.minimum(1 / (1 + np.exp(-told)), most), np.float64)


def examples(asked_set: QuestionSet, others: Sequence[QuestionSet], embedder: Embedder) -> Iterator[list[Example]]:
    """For each question of a set, what was found with its passage, without it, and elsewhere, in that order."""
    for gold in asked_set.gold:
        row = asked_set.rows[gold.document]
        tried = [
            (Asked.WITH, asked_set, frozenset[int]()),
            (Asked.WITHOUT, asked_set, frozenset([row])),
            *((Asked.ELSEWHERE, other, frozenset[int]()) for other in others),
        ]
        yield [each for trial in tried for each in _example(gold, *trial, embedder)]


def _example(
    gold: Gold, asked: Asked, among: QuestionSet, without: frozenset[int], embedder: Embedder
) -> Iterator[Example]:
    question = mend(among.library, understand(gold.question))
    found = find(among.library, embedder, question, without=without)
    if found.windows:
        right = is_right(among.library, found.windows[0], gold)
        is_whole = choose(among.library, found).is_whole
        yield Example(asked, signals(among.library, found.question, found.matcher, found.windows), right, is_whole)


def clear(asked_set: QuestionSet, embedder: Embedder) -> QuestionSet:
    """The set without the questions that their own passages hardly match."""
    kept = [gold for gold in asked_set.gold if _is_clear(asked_set, gold, embedder)]
    return QuestionSet(asked_set.library, tuple(kept), asked_set.rows)


def _is_clear(asked_set: QuestionSet, gold: Gold, embedder: Embedder) -> bool:
    question = understand(gold.question)
    found = find(asked_set.library, embedder, question)
    by_words = sorted(found.passages, key=lambda each: -each.lexical)
    return len(question.words) >= _FEWEST_WORDS and asked_set.rows[gold.document] in [
        each.passage.document for each in by_words[:_FIRST]
    ]


def doubtless(found: Sequence[Example]) -> list[Example]:
    """The examples of which it is certain whether the excerpt answers."""
    return [each for each in found if each.asked is Asked.WITH or not each.right]


def fit(sets: Sequence[Sequence[Example]]) -> Model:
    """The regression over the examples of each set."""
    weights = [_WEIGHTS[each.asked] / _count(of, each.asked) for of in sets for each in of]
    every = [each for of in sets for each in of]
    model = LogisticRegression(C=1e4, max_iter=5_000)  # hardly any penalty: six weights, thousands of examples
    scale = len(every) / sum(weights)
    model.fit(
        np.array([each.found for each in every]),
        np.array([each.right for each in every]),
        sample_weight=np.array(weights) * scale,
    )
    return Model(round(float(model.intercept_[0]), 2), Signals(*(round(float(each), 2) for each in model.coef_[0])))


def _count(found: Sequence[Example], asked: Asked) -> int:
    return sum(each.asked is asked for each in found)


def thresholds(model: Model, sets: Sequence[Sequence[Example]]) -> tuple[float, float]:
    """`ANSWERS` and `RELATED`, to two places."""
    steps = np.arange(1, 100) / 100
    sure = [(model.of(of), np.array([each.asked is Asked.WITHOUT for each in of]), _rights(of)) for of in sets]
    passing = [np.mean([np.mean(told[gone] >= step) for told, gone, _ in sure]) for step in steps]
    lost = [np.mean([np.mean(told[right] < step) for told, _, right in sure]) for step in steps]
    answers = next(step for step, share in zip(steps, passing, strict=True) if share <= PASSING)
    related = max((step for step, share in zip(steps, lost, strict=True) if share <= LOST), default=0.0)
    return float(answers), float(related)


def _rights(found: Sequence[Example]) -> npt.NDArray[np.bool_]:
    return np.array([each.asked is Asked.WITH and each.right for each in found])


def figures(model: Model, answers: float, related: float, found: Sequence[Example]) -> dict[str, float]:
    """What the model is worth on a set, in percent; calibration and risk over questions with and without."""
    told, right = model.of(found), _rights(found)
    with_it, gone, elsewhere = (np.array([each.asked is asked for each in found]) for asked in Asked)
    own = with_it | gone
    judged = [Judged(float(sure), bool(so)) for sure, so in zip(told[own], right[own], strict=True)]
    return {
        "roc_area": float(roc_auc_score(with_it[own], told[own])) * 100,
        "answered": _percent(told[with_it] >= answers),
        "answered_rightly": _percent(right[with_it & (told >= answers)]),
        "answered_without_passage": _percent(told[gone] >= answers),
        "lost": _percent(right[with_it] & (told[with_it] < related)),
        "elsewhere_none": _percent(told[elsewhere] < related),
        "elsewhere_answered": _percent(told[elsewhere] >= answers),
        "calibration_error": 100 * calibration_error(judged),
        "risk_coverage_area": 100 * float(np.mean([point.risk for point in risk_curve(judged)])),
    }


def _percent(values: npt.NDArray[np.bool_]) -> float:
    return 100 * float(values.mean()) if len(values) else 0.0


def _all(sets: Sequence[QuestionSet], embedder: Embedder) -> Iterator[list[Example]]:
    for each in sets:
        others = [other for other in sets if other is not each]
        yield [example for found in examples(each, others, embedder) for example in found]


def main(
    names: Annotated[list[str], typer.Argument(help="Question sets")],
    folder: Annotated[Path, typer.Option(help="Where they lie")],
    model: Annotated[Path, typer.Option("--embedder", help="A model trained with --hold-out")],
    seen: Annotated[list[str], typer.Option(help="Sets it was trained on: only what was held out is asked")],
    also: Annotated[list[Path] | None, typer.Option(help="FOLDER/NAME of a set to measure on")] = None,
) -> None:
    """Prints intercept, weights and thresholds; and what they are worth on each set."""
    embedder = StaticEmbedder.load(model)
    with tempfile.TemporaryDirectory() as data:
        loaded = [
            load(folder, name, Path(data) / name, embedder, most=QUESTIONS, held_out=name in seen) for name in names
        ]
        found = [doubtless(of) for of in _all([clear(each, embedder) for each in loaded], embedder)]
        fitted = fit(found)
        answers, related = thresholds(fitted, found)
        typer.echo(f"{fitted}\nANSWERS = {answers}, RELATED = {related}")
        paths = also or []
        loaded = [load(path.parent, path.name, Path(data) / path.name, embedder, most=QUESTIONS) for path in paths]
        measured = [*zip(names, found, strict=True), *zip(map(str, paths), _all(loaded, embedder), strict=True)]
    for name, of in measured:
        shares = ", ".join(f"{key} {value:.1f}" for key, value in figures(fitted, answers, related, of).items())
        typer.echo(f"{name}: {shares}")


if __name__ == "__main__":
    typer.run(main)
