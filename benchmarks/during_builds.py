"""Answers while the library is being updated, beside answers while nothing is built.

``python -m benchmarks.during_builds [--documents 1000] [--rounds 3]``: each round asks at a steady pace, first with
nothing else going on, then while the real builder (a process of its own at the lowest priority) embeds that many new
documents of ten passages, until answers come from the new generation. Both sides come from the same process in the
same minute, so that their ratio holds on any machine.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.table import Table

from benchmarks.corpus import PASSAGES_A_DOCUMENT, Made, documents
from benchmarks.measuring import Figures, machine, percentiles
from bot.composition import Dalil
from bot.jobs.queue import Queue
from bot.settings import Settings
from bot.shelf.proposing import Change
from bot.state.jobs import ENDED
from bot.state.store import Store
from bot.state.values import Job, JobState
from retrieval.assistant import Assistant

RESULT: Final = Path(__file__).parent / "results" / "during-builds.json"
SEEDS: Final = Path(__file__).parents[1] / "seeds"
PACE: Final = 0.04  # seconds from one question to the next: 25 a second, as many as Telegram takes answers
ALONE: Final = 15.0  # seconds of each round in which nothing is built
WARMING: Final = 100  # questions before any time is taken


@dataclass
class Asking:
    """Questions that are asked one after the other, each once."""

    assistant: Assistant
    questions: Iterator[str]
    alone: list[float] = field(default_factory=list)
    beside: list[float] = field(default_factory=list)

    def ask(self, into: list[float]) -> None:
        """Asks one, and waits until the next is due."""
        begun = time.perf_counter()
        self.assistant.ask(next(self.questions))
        spent = time.perf_counter() - begun
        into.append(spent)
        time.sleep(max(0.0, PACE - spent))


def main() -> int:
    """Measures, prints and writes down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    where = machine()
    with tempfile.TemporaryDirectory() as folder:
        rounds = [*_rounds(Path(folder), options.documents, options.rounds)]
    measured = _measured(rounds, options.documents * PASSAGES_A_DOCUMENT, where)
    Console().print(_table(measured))
    RESULT.write_text(json.dumps(asdict(measured), indent=2) + "\n", encoding="utf-8")
    return 0


@dataclass(frozen=True)
class Round:
    """Seconds that answers took, and that the build went on."""

    alone: list[float]
    beside: list[float]
    build: float


def _rounds(folder: Path, count: int, rounds: int) -> Iterator[Round]:
    dalil = Dalil(Settings(data=folder / "data"))
    made = documents(SEEDS, count * (rounds + 1))
    questions = _write(dalil, made, count)
    with Store.open(dalil.state) as store:
        queue = Queue(dalil, store)
        _wait(store, queue.ask(Change(), None))
        asking = Asking(dalil.assistant, _repeated(questions))
        for _ in range(WARMING):
            asking.ask([])
        for _ in range(rounds):
            asking.alone, asking.beside = [], []
            until = time.monotonic() + ALONE
            while time.monotonic() < until:
                asking.ask(asking.alone)
            _write(dalil, made, count)
            yield Round(asking.alone, asking.beside, _asked_beside(asking, store, queue.ask(Change(), None)))


def _write(dalil: Dalil, made: Iterator[Made], count: int) -> list[str]:
    """Puts further documents into the documents' folder; gives their questions."""
    questions = []
    for _ in range(count):
        each = next(made)
        file = dalil.shelf.documents / each.name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(each.text, encoding="utf-8")
        questions.append(each.question.text)
    return questions


def _repeated(questions: list[str]) -> Iterator[str]:
    while True:
        yield from questions


def _asked_beside(asking: Asking, store: Store, job: Job) -> float:
    """Asks until answers come from what the job has built; gives the seconds of that."""
    begun, found = time.perf_counter(), job
    while found.state not in ENDED or asking.assistant.live.current().manifest.number != found.generation:
        found = store.jobs.get(job.id) or job
        if found.state in (JobState.FAILED, JobState.STOPPED):
            raise SystemExit(f"the build came to nothing: {found.error}")
        asking.ask(asking.beside)
    return time.perf_counter() - begun


def _wait(store: Store, job: Job) -> None:
    while (store.jobs.get(job.id) or job).state is not JobState.DONE:
        time.sleep(0.2)


@dataclass(frozen=True)
class Measured:
    """Milliseconds of answers by percentile, and what they are of."""

    machine: dict[str, str | float]
    passages_embedded: int
    questions_alone: int
    questions_beside: int
    alone: Figures
    beside: Figures
    beside_over_alone: Figures
    p95_ratio_of_rounds: list[float]
    build_seconds: list[float]


def _measured(rounds: list[Round], passages: int, where: dict[str, str | float]) -> Measured:
    every_alone = [each for part in rounds for each in part.alone]
    every_beside = [each for part in rounds for each in part.beside]
    alone, beside = percentiles(every_alone), percentiles(every_beside)
    return Measured(
        machine=where,
        passages_embedded=passages,
        questions_alone=len(every_alone),
        questions_beside=len(every_beside),
        alone=alone,
        beside=beside,
        beside_over_alone={name: round(beside[name] / alone[name], 2) for name in alone},
        p95_ratio_of_rounds=[
            round(percentiles(part.beside)["p95_ms"] / percentiles(part.alone)["p95_ms"], 2) for part in rounds
        ],
        build_seconds=[round(part.build, 1) for part in rounds],
    )


def _table(measured: Measured) -> Table:
    made = Table(title=f"Answering while {measured.passages_embedded:,} passages are embedded")
    for column in ("", "nothing built", "beside a build", "ratio"):
        made.add_column(column, justify="right" if column else "left")
    for name, ratio in measured.beside_over_alone.items():
        shown = (f"{measured.alone[name]:.1f}", f"{measured.beside[name]:.1f}", f"{ratio:.2f}")
        made.add_row(name.replace("_", " "), *shown)
    made.add_row("questions", f"{measured.questions_alone:,}", f"{measured.questions_beside:,}", "")
    made.add_row("p95, by round", "", "", ", ".join(map(str, measured.p95_ratio_of_rounds)))
    made.add_row("build, s", "", ", ".join(map(str, measured.build_seconds)), "")
    return made


if __name__ == "__main__":
    sys.exit(main())
