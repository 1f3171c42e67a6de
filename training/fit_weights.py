"""Learns the weights of the reader from the training questions; prints them for the source.

    python -m training.fit_embedder FOLDER aaqad --hold-out --into MODEL
    python -m training.fit_weights arcd-train aaqad --folder FOLDER --embedder MODEL --seen aaqad

The reader's weights: listwise softmax over the windows of a question, the right ones being those of the gold
passage that contain a gold answer, each set counting the same. Those in `retrieval.evidence` are of ``arcd-train
aaqad``. Questions whose gold passage is not among the first `NEAR` are left out: of AAQAD's, translated by machine,
that is one half.

Then comes ``training/fit_confidence.py``: confidence depends on what the reader chooses.
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import numpy.typing as npt
import torch
import typer

from index.building import Builder
from index.embedders.static import StaticEmbedder
from index.generations import FileGenerations
from index.library import Library
from index.protocols import Embedder
from retrieval.evaluation import Gold, contains, read_passages, read_questions
from retrieval.evidence import Evidence
from retrieval.finding import find
from retrieval.question import understand
from retrieval.reading import Window
from retrieval.spelling import mend
from training.sets import is_held_out

QUESTIONS = 5_000  # of each set at most, drawn by a seeded shuffle
NEAR = 3
SEED = 2026
Floats = npt.NDArray[np.float64]
Example = tuple[Floats, npt.NDArray[np.bool_]]


@dataclass(frozen=True)
class QuestionSet:
    """A question set with its passages indexed."""

    library: Library
    gold: tuple[Gold, ...]
    rows: dict[str, int]


def load(
    folder: Path, name: str, data: Path, embedder: Embedder, *, most: int = QUESTIONS, held_out: bool = False
) -> QuestionSet:
    """Indexes a set's passages under ``data`` and draws ``most`` of its questions.

    ``held_out``: only those of passages that the embedder has not seen.
    """
    generations = FileGenerations(data)
    Builder(generations, embedder, lambda *_: None).build(read_passages(folder / f"{name}.passages.jsonl"), None)
    library = generations.open_live()
    rows = {record.name: record.row for record in library.documents}
    gold = [each for each in read_questions(folder / f"{name}.questions.jsonl") if each.document in rows]
    if held_out:
        gold = [each for each in gold if is_held_out(rows[each.document])]
    random.Random(SEED).shuffle(gold)
    return QuestionSet(library, tuple(gold[:most]), rows)


def is_right(library: Library, window: Window, gold: Gold) -> bool:
    """Whether a window would show a gold answer."""
    return contains(library.text(window.ranked.passage.document, window.span), gold.answers)


def reader_examples(questions: QuestionSet, embedder: Embedder) -> Iterator[Example]:
    """For each question whose passage is found near the top, the evidence of its windows and which are right."""
    library = questions.library
    for gold in questions.gold:
        windows = find(library, embedder, mend(library, understand(gold.question))).windows
        row = questions.rows[gold.document]
        right = [w.ranked.passage.document == row and is_right(library, w, gold) for w in windows]
        if any(right) and is_near(windows, row):
            yield np.array([window.evidence for window in windows]), np.array(right)


def is_near(windows: Sequence[Window], document: int) -> bool:
    """Whether a passage of ``document`` is one of the first `NEAR` by words and meaning, before they were read."""
    scores = {window.ranked.row: window.ranked.score for window in windows}
    best = max(window.ranked.score for window in windows if window.ranked.passage.document == document)
    return sum(score > best for score in scores.values()) < NEAR


def fit_reader(sets: Sequence[Sequence[Example]], penalty: float = 1e-3) -> Evidence:
    """The weights that make the right windows likely, with an L2 penalty; each set counts the same."""
    weights = torch.zeros(len(Evidence._fields), dtype=torch.float64, requires_grad=True)
    tensors = [[(torch.from_numpy(evidence), torch.from_numpy(right)) for evidence, right in each] for each in sets]
    optimiser = torch.optim.LBFGS([weights], max_iter=100, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        total = torch.stack([_misses(weights, each) for each in tensors]).mean() + penalty * weights.square().sum()
        total.backward()  # type: ignore[no-untyped-call]
        return total

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    return Evidence(*(round(weight, 2) for weight in weights.detach().tolist()))


def _misses(weights: torch.Tensor, examples: Sequence[tuple[torch.Tensor, torch.Tensor]]) -> torch.Tensor:
    """The mean surprise at the right windows of a set's questions."""
    scores = [(evidence @ weights, right) for evidence, right in examples]
    return torch.stack([torch.logsumexp(each, 0) - torch.logsumexp(each[right], 0) for each, right in scores]).mean()


def main(
    names: Annotated[list[str], typer.Argument(help="Question sets")],
    folder: Annotated[Path, typer.Option(help="Where they lie")],
    embedder: Annotated[Path, typer.Option(help="A model trained with --hold-out")],
    seen: Annotated[list[str], typer.Option(help="Sets it was trained on: only what was held out is asked")],
) -> None:
    """Prints the weights."""
    model = StaticEmbedder.load(embedder)
    with tempfile.TemporaryDirectory() as data:
        sets = [load(folder, name, Path(data) / name, model, held_out=name in seen) for name in names]
        typer.echo(fit_reader([list(reader_examples(each, model)) for each in sets]))


if __name__ == "__main__":
    typer.run(main)
