"""``dalil eval``."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Final

import typer
from rich.table import Table

from bot.composition import Dalil
from bot.progress import progress_bars
from bot.terminal import console
from retrieval.evaluation import QuestionSetError
from retrieval.evaluation import evaluate as measure

ROWS: Final = {
    "passages": "passages in the index",
    "questions": "questions asked",
    "recall_at_1": "R@1 (%): the question's document ranks first",
    "recall_at_5": "R@5 (%)",
    "recall_at_10": "R@10 (%)",
    "mrr_at_10": "MRR@10 (× 100)",
    "dense_at_1": "dense alone, R@1 (%): ranked by the embedder's vectors only",
    "dense_at_10": "dense alone, R@10 (%)",
    "excerpt_at_1": "excerpt@1 (%): a gold answer in the first excerpt shown",
    "excerpt_at_3": "excerpt@3 (%): in one of the three",
    "roc_area": "answerable or not: area under the ROC curve",
    "risk_area": "area under the risk-coverage curve: 0 if the surer excerpts are always the right ones",
    "calibration_error": "expected calibration error: how far confidence is from the share right",
    "calibration_error_mixed": "… where half the questions cannot be answered",
    "answered": "outcome answer (% of questions)",
    "answered_rightly": "… of these right (%)",
    "answered_without_passage": "passage taken out, still answer (%)",
    "latency_p50": "latency p50 (ms)",
    "latency_p95": "latency p95 (ms)",
}
_THOUSANDTHS: Final = {"roc_area", "risk_area", "calibration_error", "calibration_error_mixed"}  # between 0 and 1


def evaluate(dalil: Dalil, passages: Path, questions: Path, *, as_json: bool) -> int:
    """Prints the figures of a question set."""
    try:
        with tempfile.TemporaryDirectory(prefix="dalil-eval-") as folder, progress_bars() as report:
            measured = measure(passages, questions, dalil.embedder, Path(folder), report, reranking=dalil.reranking)
    except QuestionSetError as error:
        typer.echo(f"dalil: {error}", err=True)
        return 2
    if as_json:
        sys.stdout.write(json.dumps(measured.as_dict(), indent=2) + "\n")
        return 0
    table = Table(box=None, show_header=False)
    for name, value in measured.as_dict().items():
        table.add_row(ROWS[name], shown(name, value))
    console().print(table)
    return 0


def shown(name: str, value: float) -> str:
    """A figure of `Measured` as a person reads it."""
    if isinstance(value, int):
        return str(value)
    return f"{value:.3f}" if name in _THOUSANDTHS else f"{value:.1f}"
