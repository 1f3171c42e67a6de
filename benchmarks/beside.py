"""Answers while documents are added to a library of any size, beside answers while nothing is built.

``python -m benchmarks.beside FOLDER PLACE QUESTIONS.json DOCUMENTS`` prints figures as JSON. The live generation in
PLACE holds fewer than the first DOCUMENTS of FOLDER; a process that gives way, as the bot's builder does, adds the
others. Questions are asked at a steady pace until answers come from the new generation; then the old one is live again.
"""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks.apart import ROOT
from benchmarks.during_builds import ALONE, WARMING, Asking
from benchmarks.keeping import generations_in
from benchmarks.making import read_questions
from benchmarks.measuring import percentiles
from index.embedders import SHIPPED_NAME, load_embedder
from index.live import LiveLibrary
from retrieval.assistant import Assistant


def measure(place: str, asked: Sequence[str], building: Sequence[str], *, alone: float = ALONE) -> dict[str, Any]:
    """Asks for ``alone`` seconds, then while the command ``building`` changes the library."""
    generations, embedder = generations_in(place), load_embedder(SHIPPED_NAME)
    assistant = Assistant(LiveLibrary(generations, embedder), embedder)
    asking = Asking(assistant, itertools.cycle(asked))
    for _ in range(min(WARMING, len(asked))):
        asking.ask([])
    until = time.monotonic() + alone
    while time.monotonic() < until:
        asking.ask(asking.alone)
    before = assistant.live.current().manifest.number
    seconds = _ask_beside(asking, building, before)
    generations.switch(before)
    nothing, beside = percentiles(asking.alone), percentiles(asking.beside)
    return {
        "questions_alone": len(asking.alone),
        "questions_beside": len(asking.beside),
        "alone": nothing,
        "beside": beside,
        "beside_over_alone": {name: round(beside[name] / nothing[name], 2) for name in nothing},
        "build_seconds": round(seconds, 3),
    }


def _ask_beside(asking: Asking, building: Sequence[str], before: int) -> float:
    """Asks until answers come from another generation; gives the seconds of that."""
    begun = time.perf_counter()
    with subprocess.Popen(building, cwd=ROOT, stdout=subprocess.DEVNULL) as builder:
        while asking.assistant.live.current().manifest.number == before:
            asking.ask(asking.beside)
            if builder.poll():
                raise SystemExit(f"the build ended with {builder.returncode}")
        return time.perf_counter() - begun


def main(folder: str, place: str, questions: str, count: str) -> None:
    """Prints what was measured as JSON."""
    indexing = [sys.executable, "-m", "benchmarks.indexing", folder, place, "--documents", count, "--give-way"]
    print(json.dumps(measure(place, [text for text, _ in read_questions(Path(questions))], indexing)))


if __name__ == "__main__":
    main(*sys.argv[1:])
