"""Question sets as training data."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Pairs:
    """Passages, questions, and the number of each question's passage."""

    passages: tuple[str, ...]
    questions: tuple[str, ...]
    gold: tuple[int, ...]


def read_pairs(folder: Path, names: Sequence[str]) -> Pairs:
    """All of FOLDER/NAME.passages.jsonl and NAME.questions.jsonl.

    Questions that their passage does not answer are among them: they ask about it all the same.
    """
    passages: dict[tuple[str, str], str] = {}
    asked: list[tuple[str, tuple[str, str]]] = []
    for name in names:
        passages |= {(name, each["id"]): each["text"] for each in _lines(folder / f"{name}.passages.jsonl")}
        asked += [(each["question"], (name, each["passage"])) for each in _lines(folder / f"{name}.questions.jsonl")]
    places = {key: place for place, key in enumerate(passages)}
    return Pairs(
        tuple(passages.values()), tuple(text for text, _ in asked), tuple(places[passage] for _, passage in asked)
    )


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line)
