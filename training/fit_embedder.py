"""Trains the shipped embedder on question sets, from nothing; the same on every machine with the same libraries.

    python -m training.fit_embedder FOLDER NAME…       # FOLDER/NAME.passages.jsonl, NAME.questions.jsonl

1. A vocabulary of stems and parts of stems, counted on the passages (`training.vocabulary`).
2. A beginning that already knows spelling: each piece has a random direction of its own plus those of its character
   4-grams, by inverse document frequency to the power of 0.8.
3. Training in twice the dimensions: questions and crops of passages shall be nearest to their passages among all
   passages of a batch (softmax over scaled cosines; Henderson et al. 2017; crops after Lee et al. 2019).
4. The principal components of all texts, as many as the model has dimensions.

`training/LOG.md` tells what was tried, with figures.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

import numpy as np
import numpy.typing as npt
import torch
import typer
from torch.nn.functional import cross_entropy, embedding_bag, normalize

from index.embedders.pieces import CONTINUED, pieces, stems
from index.embedders.static import SHIPPED
from training.publishing import publish
from training.sets import Pairs, read_pairs
from training.vocabulary import vocabulary

SIZE: Final = 14_500
DIMENSION: Final = 640
SEED: Final = 2026
STEPS: Final = 160
_BATCH: Final = 512  # texts that ask: questions and crops
_CROPS: Final = 0.25  # share of crops among them
_CROP: Final = (5, 16)  # pieces
_RATE: Final = 0.003
_SCALE: Final = 20.0
_IDF_POWER: Final = 0.8
_GRAM: Final = 4
_GRAM_BUCKETS: Final = 1 << 16
_FLATTENED: Final = 0.1  # power of its variance by which each component is divided

Rows = list[npt.NDArray[np.int64]]


def main(
    folder: Annotated[Path, typer.Argument(help="where the question sets lie")],
    names: Annotated[list[str], typer.Argument(help="question sets")],
    *,
    into: Annotated[Path, typer.Option(help="the model's folder")] = SHIPPED,
    hold_out: Annotated[bool, typer.Option(help="keep every fifth passage for learning other weights")] = False,
) -> None:
    """Trains, and writes the model's files."""
    fit(read_pairs(folder, names, hold_out=hold_out), into)


def fit(pairs: Pairs, into: Path, *, size: int = SIZE, dimension: int = DIMENSION, steps: int = STEPS) -> None:
    """Trains a model of ``size`` pieces and writes it ``into`` a folder."""
    torch.set_num_threads(1)  # so that sums are always taken in one order
    known = vocabulary(pairs.passages, size)
    passages, questions = (_rows(texts, known) for texts in (pairs.passages, pairs.questions))
    table = _trained(_beginning(known, passages, 2 * dimension), Examples(passages, questions, pairs.gold), steps)
    publish(known, _components(table, [*passages, *questions], dimension), into)


def _rows(texts: Sequence[str], known: dict[str, int]) -> Rows:
    return [
        np.array([piece for stem in reversed(stems(text)) for piece in pieces(stem, known)] or [0]) for text in texts
    ]


def _beginning(known: dict[str, int], passages: Rows, dimension: int) -> torch.Tensor:
    """The table before training, shape (len(known), dimension)."""
    chance = np.random.Generator(np.random.PCG64(SEED))
    own = chance.standard_normal((len(known), dimension), np.float32)
    shared = chance.standard_normal((_GRAM_BUCKETS, dimension), np.float32)
    grams = [_grams(piece) for piece in known]
    weights = _idf([np.unique(row) for row in passages], len(known)) ** _IDF_POWER
    held = [np.unique(np.concatenate([grams[piece] for piece in np.unique(row)])) for row in passages]
    gram_weights = _idf(held, _GRAM_BUCKETS) ** _IDF_POWER
    table = own * weights[:, np.newaxis]
    for piece, rows in enumerate(grams):
        if len(rows):
            table[piece] += (shared[rows] * gram_weights[rows, np.newaxis]).sum(0) / math.sqrt(len(rows))
    table[0] = 0
    return torch.from_numpy((table / math.sqrt(dimension)).astype(np.float32))


def _grams(piece: str) -> npt.NDArray[np.int64]:
    """The buckets of a piece's character 4-grams; single letters have none."""
    plain = piece.removeprefix(CONTINUED)
    edged = f"_{plain}_"
    every = [edged[at : at + _GRAM] for at in range(len(edged) - _GRAM + 1)] if len(plain) > 1 else []
    return np.array([zlib.crc32(gram.encode()) % _GRAM_BUCKETS for gram in every], np.int64)


def _idf(held: Sequence[npt.NDArray[np.int64]], size: int) -> npt.NDArray[np.float64]:
    counts = np.bincount(np.concatenate(held), minlength=size)
    return np.log1p((len(held) - counts + 0.5) / (counts + 0.5))


@dataclass(frozen=True)
class Examples:
    """Passages and questions as rows of pieces, and the passage of each question."""

    passages: Rows
    questions: Rows
    gold: Sequence[int]

    def batches(self) -> Iterator[tuple[Rows, Rows, list[int]]]:
        """Endlessly: texts that ask, passages, and which of the passages belongs to each text."""
        chance = np.random.Generator(np.random.PCG64(SEED + 1))
        waiting: list[int] = []
        asked = int(_BATCH * (1 - _CROPS))
        while True:
            if len(waiting) < asked:
                waiting = chance.permutation(len(self.questions)).tolist()
            chosen, waiting = waiting[:asked], waiting[asked:]
            asking = [self.questions[number] for number in chosen]
            wanted = [self.gold[number] for number in chosen]
            shown = {number: self.passages[number] for number in wanted}
            for number in chance.permutation(len(self.passages))[: _BATCH - asked].tolist():
                if crop := self._crop(number, chance):
                    asking.append(crop[0])
                    wanted.append(number)
                    shown.setdefault(number, crop[1])
            places = {number: place for place, number in enumerate(shown)}
            yield asking, list(shown.values()), [places[number] for number in wanted]

    def _crop(self, number: int, chance: np.random.Generator) -> tuple[npt.NDArray[np.int64], ...] | None:
        """A few neighbouring pieces of a passage (half of the time not all of them), and mostly the passage without."""
        row, length = self.passages[number], int(chance.integers(*_CROP))
        if len(row) <= _CROP[1]:
            return None
        start = int(chance.integers(0, len(row) - length))
        crop = row[start : start + length]
        if chance.random() < 0.5:
            crop = crop[chance.random(length) < 0.7]
        rest = np.concatenate([row[:start], row[start + length :]]) if chance.random() < 0.7 else row
        return (crop, rest) if len(crop) else None


def _trained(table: torch.Tensor, examples: Examples, steps: int) -> torch.Tensor:
    weights = torch.nn.Parameter(table)
    optimiser = torch.optim.Adam([weights], lr=_RATE)
    for step, (asking, shown, wanted) in zip(range(steps), examples.batches(), strict=False):
        for group in optimiser.param_groups:
            group["lr"] = _RATE * min(1.0, (steps - step) / (0.7 * steps))
        scores = _SCALE * _vectors(weights, asking) @ _vectors(weights, shown).T
        loss = cross_entropy(scores, torch.tensor(wanted))
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
        typer.echo(f"step {step + 1} of {steps}: loss {loss.item():.3f}")
    return weights.detach()


def _vectors(table: torch.Tensor, rows: Rows) -> torch.Tensor:
    """The vectors of texts, of length 1, shape (len(rows), dimension)."""
    starts = torch.tensor([0, *np.cumsum([len(row) for row in rows[:-1]])])
    return normalize(embedding_bag(torch.from_numpy(np.concatenate(rows)), table, starts, mode="sum"))


def _components(table: torch.Tensor, rows: Rows, dimension: int) -> npt.NDArray[np.float16]:
    """The table in the principal components of the texts' vectors, common ones a little weakened."""
    vectors = torch.cat([_vectors(table, rows[at : at + _BATCH]) for at in range(0, len(rows), _BATCH)])
    variances, directions = torch.linalg.eigh(vectors.T @ vectors / len(vectors))
    chosen, strongest = directions.flip(1)[:, :dimension], variances.flip(0)[:dimension].clamp_min(1e-9)
    turned = (table @ chosen) * strongest**-_FLATTENED
    scaled: npt.NDArray[np.float16] = (turned / turned.norm(dim=1).mean()).numpy().astype(np.float16)
    return scaled


if __name__ == "__main__":
    typer.run(main)
