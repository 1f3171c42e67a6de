"""Measures follow-up questions: dialogues over the sample reports and over made ones, and questions that stand alone.

    python -m benchmarks.follow_ups [--failures] [QUESTIONS.jsonl …]

A follow-up counts as completed rightly if the question as understood has all that the dialogue says it must have, and
nothing that it must not; a complete question, if it was left alone. Every step is asked in the conversation as it went
before, so an error early in a dialogue costs the later steps too. Of every question set given (the files that `dalil
eval` reads), pairs of neighbouring questions are asked as if they were one conversation, as they are and with «و» put
before the second; all are complete. So are those of the dialogues and the sample questions, paired at random.
"""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.console import Console
from rich.table import Table

from index.arabic import fold
from index.building import Builder
from index.embedders import load_embedder
from index.generations import FileGenerations
from index.live import LiveLibrary
from index.planning import plan
from index.preparing import documents
from index.reading import ReadingRoom
from index.sources import find_sources
from retrieval.answer import NotFound
from retrieval.assistant import Assistant
from retrieval.conversation import Conversation, Said
from retrieval.evaluation import read_questions
from retrieval.following import complete
from retrieval.turns import Turn

DIALOGUES: Final = Path(__file__).parent / "dialogues"
SEEDS: Final = Path(__file__).parents[1] / "seeds"
REPORTS: Final = {"seeds": SEEDS, "made": DIALOGUES / "reports"}
HALVES: Final = ("train", "dev")
PAIRS: Final = 3_000
BETWEEN: Final = 20.0  # seconds between two questions
NOW: Final = 1_750_000_000.0  # June 2025

Step = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One step of a dialogue as it went. ``is_right_document`` is None where the dialogue names no document."""

    dialogue: str
    step: Step
    is_first: bool
    understood: str
    is_right: bool
    is_right_document: bool | None

    @property
    def is_follow_up(self) -> bool:
        """Whether the step is a follow-up, by the dialogue."""
        return not self.step.get("alone", False)


def assistant_of(folder: Path, data: Path) -> Assistant:
    """Answers from the reports in a folder."""
    embedder, generations = load_embedder("shipped"), FileGenerations(data)
    changes = plan(find_sources([folder], max_bytes=2**20), None)
    with ReadingRoom() as room:
        prepared = documents(changes, None, room, lambda step, done, total: None)
        Builder(generations, embedder, lambda step, done, total: None).build(prepared, None, aliases=changes.aliases)
    return Assistant(LiveLibrary(generations, embedder), embedder)


def dialogues(half: str) -> list[dict[str, Any]]:
    """The dialogues of a half: each has an id, which reports it is about, and its steps."""
    lines = (DIALOGUES / f"{half}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def held(assistant: Assistant, dialogue: dict[str, Any]) -> Iterator[Outcome]:
    """Holds a dialogue."""
    conversation = Conversation(assistant)
    for at, step in enumerate(dialogue["steps"]):
        said = conversation.ask(step["ask"], now=NOW + at * BETWEEN)
        understood = said.completed.question
        right = not said.completed.is_follow_up if step.get("alone") else has_all(step, understood)
        yield Outcome(dialogue["id"], step, at == 0, understood, right, _document_is_right(step, said))


def has_all(step: Step, understood: str) -> bool:
    """Whether a completed question has what it must (one of several, where «/» is between), and nothing it must not."""
    text = fold(understood)
    has = all(any(fold(one.strip()) in text for one in each.split("/")) for each in step["has"])
    return has and not any(fold(each) in text for each in step.get("lacks", ()))


def _document_is_right(step: Step, said: Said) -> bool | None:
    if "document" not in step:
        return None
    return not isinstance(said.reply, NotFound) and said.reply.excerpts[0].document == step["document"]


def left_alone(assistant: Assistant, pairs: Sequence[tuple[str, str]]) -> tuple[int, list[str]]:
    """How many second questions of pairs are left alone, and how the others were completed."""
    library = assistant.live.current()
    changed = []
    for first, second in pairs:
        completed = complete(library, second, [Turn(first, NOW)], now=NOW + BETWEEN)
        if completed.is_follow_up:
            changed.append(f"{first} | {second} → {completed.question}")
    return len(pairs) - len(changed), changed


def neighbours(questions: Sequence[str], *, before: str = "") -> list[tuple[str, str]]:
    """Pairs of questions that follow each other in a set, mostly about the same text; ``before`` the second, «و»."""
    return [(first, before + second) for first, second in pairwise(questions)]


def _share(right: Sequence[bool | None]) -> str:
    known = [each for each in right if each is not None]
    return f"{sum(known)} / {len(known)} ({100 * sum(known) / len(known):.1f} %)" if known else ""


def _row(name: str, outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    follow_ups = [each for each in outcomes if each.is_follow_up]
    new = [each for each in outcomes if not each.is_follow_up and not each.is_first]
    return (
        name,
        _share([each.is_right for each in follow_ups]),
        _share([each.is_right_document for each in follow_ups]),
        _share([each.is_right for each in new]),
        _share([each.is_right_document for each in outcomes if not each.is_follow_up]),
    )


def _failed(outcomes: Sequence[Outcome]) -> Iterator[str]:
    for each in outcomes:
        wrong = ["completed" if each.is_follow_up else "left alone"] if not each.is_right else []
        wrong += ["document"] if each.is_right_document is False and each.is_follow_up else []
        if wrong:
            yield f"{each.dialogue} not {' nor '.join(wrong)}: {each.step['ask']} → {each.understood}"


def main(
    questions: Annotated[
        list[Path] | None, typer.Argument(exists=True, dir_okay=False, metavar="QUESTIONS.jsonl")
    ] = None,
    *,
    failures: Annotated[bool, typer.Option("--failures", help="List what went wrong")] = False,
) -> None:
    """Prints the table."""
    out = Console(soft_wrap=True, highlight=False, markup=False)
    with tempfile.TemporaryDirectory() as folder:
        assistants = {name: assistant_of(reports, Path(folder) / name) for name, reports in REPORTS.items()}
        table = Table(
            "", "follow-ups completed", "… right document first", "new questions left alone", "… right document"
        )
        wrong: list[str] = []
        for half in HALVES:
            outcomes = [each for held_ in dialogues(half) for each in held(assistants[held_["reports"]], held_)]
            table.add_row(*_row(half, outcomes))
            wrong += _failed(outcomes)
        for name, pairs in _complete_pairs(questions or []):
            alone, changed = left_alone(assistants["seeds"], pairs)
            table.add_row(name, "", "", f"{alone} / {len(pairs)} ({100 * alone / len(pairs):.1f} %)", "")
            wrong += changed
    out.print(table)
    if failures:
        out.print("\n".join(wrong))


def _complete_pairs(files: Sequence[Path]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    alone = [each["ask"] for half in HALVES for one in dialogues(half) for each in one["steps"] if each.get("alone")]
    pairs = list(permutations(dict.fromkeys(alone), 2))
    yield "dialogues and seeds", random.Random(7).sample(pairs, k=PAIRS)
    for file in files:
        questions = [each.question for each in read_questions(file)]
        yield file.name, neighbours(questions)
        yield f"{file.name} after «و»", neighbours(questions, before="و")


if __name__ == "__main__":
    typer.run(main)
