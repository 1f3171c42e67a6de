"""Question sets as training data."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final


@dataclass(frozen=True)
class Pairs:
    """Passages, questions, and the number of each question's passage."""

    passages: tuple[str, ...]
    questions: tuple[str, ...]
    gold: tuple[int, ...]


_FOLDS: Final = 5


def is_held_out(place: int) -> bool:
    """Whether the passage at this place of its set is kept from an embedder that other weights shall be learnt with.

    On what it was trained on, an embedder is surer than it will ever be again.
    """
    return place % _FOLDS == 0


def read_pairs(folder: Path, names: Sequence[str], *, hold_out: bool = False) -> Pairs:
    """All of FOLDER/NAME.passages.jsonl and NAME.questions.jsonl, or all but what `is_held_out`.

    Questions that their passage does not answer are among them: they ask about it all the same.
    """
    passages: dict[tuple[str, str], str] = {}
    asked: list[tuple[str, tuple[str, str]]] = []
    for name in names:
        for place, each in enumerate(_lines(folder / f"{name}.passages.jsonl")):
            if not (hold_out and is_held_out(place)):
                passages[name, each["id"]] = each["text"]
        asked += [(each["question"], (name, each["passage"])) for each in _lines(folder / f"{name}.questions.jsonl")]
    places = {key: place for place, key in enumerate(passages)}
    kept = [(text, places[passage]) for text, passage in asked if passage in places]
    return Pairs(tuple(passages.values()), tuple(text for text, _ in kept), tuple(gold for _, gold in kept))


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line)
