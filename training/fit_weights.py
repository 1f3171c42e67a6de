"""Learns the weights of the reader from the training questions; prints them for the source.

    python -m training.fit_weights NAME… --folder FOLDER      # FOLDER/NAME.passages.jsonl, NAME.questions.jsonl

Listwise softmax over the windows of a question, the right ones being those of the gold passage that contain a gold
answer. Then comes ``training/fit_confidence.py``: confidence depends on what the reader chooses.
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
from index.embedders import SHIPPED_NAME, load_embedder
from index.generations import Generations
from index.library import Library
from index.protocols import Embedder
from retrieval.evaluation import Gold, contains, read_passages, read_questions
from retrieval.finding import find
from retrieval.question import understand
from retrieval.reading import Evidence, Window

QUESTIONS = 1_500  # of each set, drawn by a seeded shuffle, so that no set drowns the others
SEED = 2026
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class QuestionSet:
    """A question set with its passages indexed."""

    library: Library
    gold: tuple[Gold, ...]
    rows: dict[str, int]


def load(folder: Path, name: str, data: Path, embedder: Embedder, *, most: int = QUESTIONS) -> QuestionSet:
    """Indexes a set's passages under ``data`` and draws ``most`` of its questions."""
    generations = Generations(data)
    Builder(generations, embedder, lambda *_: None).build(read_passages(folder / f"{name}.passages.jsonl"), None)
    library = generations.open_live()
    rows = {record.name: record.row for record in library.documents}
    gold = [each for each in read_questions(folder / f"{name}.questions.jsonl") if each.document in rows]
    random.Random(SEED).shuffle(gold)
    return QuestionSet(library, tuple(gold[:most]), rows)


def is_right(library: Library, window: Window, gold: Gold) -> bool:
    """Whether a window would show a gold answer."""
    return contains(library.text(window.ranked.passage.document, window.span), gold.answers)


def reader_examples(sets: Sequence[QuestionSet], embedder: Embedder) -> Iterator[tuple[Floats, npt.NDArray[np.bool_]]]:
    """For each question that can be answered, the evidence of its windows and which of them are right."""
    for each in sets:
        for gold in each.gold:
            windows = find(each.library, embedder, understand(gold.question)).windows
            row = each.rows[gold.document]
            right = [w.ranked.passage.document == row and is_right(each.library, w, gold) for w in windows]
            if any(right):
                yield np.array([window.evidence for window in windows]), np.array(right)


def fit_reader(examples: Sequence[tuple[Floats, npt.NDArray[np.bool_]]], penalty: float = 1e-3) -> Evidence:
    """The weights that make the right windows likely, with an L2 penalty."""
    weights = torch.zeros(len(Evidence._fields), dtype=torch.float64, requires_grad=True)
    tensors = [(torch.from_numpy(evidence), torch.from_numpy(right)) for evidence, right in examples]
    optimiser = torch.optim.LBFGS([weights], max_iter=100, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        misses = [
            torch.logsumexp(evidence @ weights, 0) - torch.logsumexp((evidence @ weights)[right], 0)
            for evidence, right in tensors
        ]
        total = torch.stack(misses).mean() + penalty * weights.square().sum()
        total.backward()  # type: ignore[no-untyped-call]
        return total

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    return Evidence(*(round(weight, 2) for weight in weights.detach().tolist()))


def main(
    names: Annotated[list[str], typer.Argument(help="Question sets")],
    folder: Annotated[Path, typer.Option(help="Where they lie")],
) -> None:
    """Prints the weights."""
    embedder = load_embedder(SHIPPED_NAME)
    with tempfile.TemporaryDirectory() as data:
        sets = [load(folder, name, Path(data) / name, embedder) for name in names]
        typer.echo(fit_reader(list(reader_examples(sets, embedder))))


if __name__ == "__main__":
    typer.run(main)
