"""Answers while documents are added to a library of any size, beside answers while nothing is built.

``python -m benchmarks.beside FOLDER PLACE QUESTIONS.json DOCUMENTS`` prints figures as JSON. The live generation in
PLACE holds fewer than the first DOCUMENTS of FOLDER; a process that gives way, as the bot's builder does, adds the
others. Questions are asked at a steady pace until answers come from the new generation; then the old one is live again.
"""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from benchmarks.apart import ROOT
from benchmarks.during_builds import ALONE, WARMING, Asking
from benchmarks.keeping import generations_in
from benchmarks.making import read_questions
from benchmarks.measuring import percentiles
from index.embedders import SHIPPED_NAME, load_embedder
from index.live import LiveLibrary
from index.repository import Generations
from retrieval.assistant import Assistant

LONGEST: Final = 900.0  # seconds of asking beside a build, which need not end: asking keeps it from the processor


def measure(generations: Generations, asked: Sequence[str], build: Sequence[str], alone: float) -> dict[str, Any]:
    """Asks for ``alone`` seconds, then while the command ``build`` changes the library."""
    embedder = load_embedder(SHIPPED_NAME)
    assistant = Assistant(LiveLibrary(generations, embedder), embedder)
    asking = Asking(assistant, itertools.cycle(asked))
    for _ in range(min(WARMING, len(asked))):
        asking.ask([])
    until = time.monotonic() + alone
    while time.monotonic() < until:
        asking.ask(asking.alone)
    before = assistant.live.current().manifest.number
    with _building(build) as builder:
        seconds = _ask_beside(asking, builder, before)
    generations.switch(before)
    nothing, beside = percentiles(asking.alone), percentiles(asking.beside)
    return {
        "questions_alone": len(asking.alone),
        "questions_beside": len(asking.beside),
        "alone": nothing,
        "beside": beside,
        "beside_over_alone": {name: round(beside[name] / nothing[name], 2) for name in nothing},
        "build_seconds": seconds,
    }


@contextmanager
def _building(command: Sequence[str]) -> Iterator[subprocess.Popen[bytes]]:
    """A builder, which has done what it wanted at the end of the block, or is ended there with its workers."""
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, start_new_session=True) as builder:
        try:
            yield builder
        except BaseException:
            _end(builder)
            raise


def _ask_beside(asking: Asking, builder: subprocess.Popen[bytes], before: int) -> float | None:
    """Asks until answers come from another generation; gives the seconds of that, None if they were too many."""
    begun = time.perf_counter()
    while asking.assistant.live.current().manifest.number == before:
        asking.ask(asking.beside)
        if builder.poll():
            raise SystemExit(f"the build ended with {builder.returncode}")
        if time.perf_counter() - begun > LONGEST:
            _end(builder)
            return None
    return round(time.perf_counter() - begun, 3)


def _end(builder: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):
        os.killpg(builder.pid, signal.SIGKILL)


def main(folder: str, place: str, questions: str, count: str) -> None:
    """Prints what was measured as JSON."""
    build = [sys.executable, "-m", "benchmarks.indexing", folder, place, "--documents", count, "--give-way"]
    asked = [text for text, _ in read_questions(Path(questions))]
    with generations_in(place) as generations:
        print(json.dumps(measure(generations, asked, build, ALONE)))


if __name__ == "__main__":
    main(*sys.argv[1:])
