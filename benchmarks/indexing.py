"""Measures indexing in a process of its own: ``python -m benchmarks.indexing FOLDER DATA`` prints JSON."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.measuring import Figures, memory
from index.building import Builder
from index.embedders import SHIPPED_NAME, load_embedder
from index.errors import SourceError
from index.generations import FileGenerations
from index.lock import building
from index.planning import plan
from index.preparing import AsBefore, Prepared, documents
from index.reading import ReadingRoom
from index.sources import find_sources

_LARGEST_FILE = 1 << 26  # bytes


@dataclass
class _Clock:
    """Adds up the seconds of each step of a build."""

    seconds: dict[str, float] = field(default_factory=dict)
    _step: str = "find"
    _since: float = field(default_factory=time.perf_counter)

    def enter(self, step: str) -> str:
        """Begins ``step`` and gives the one that ended."""
        now, former = time.perf_counter(), self._step
        self.seconds[former] = self.seconds.get(former, 0.0) + now - self._since
        self._step, self._since = step, now
        return former

    def progress(self, step: str, done: int, total: int) -> None:
        """What `Builder` reports: its steps, and that the last one is done."""
        match step, done == total:
            case "index", False:
                self.enter("finish words and vectors")
            case "index", True:
                self.enter("checksums")
            case "verify", False:
                self.enter("verify")
            case "verify", True:
                self.enter("switch")


def _apart(
    prepared: Iterable[Prepared | AsBefore | SourceError], clock: _Clock
) -> Iterator[Prepared | AsBefore | SourceError]:
    """``prepared``, the work of preparing counted apart."""
    clock.enter("read and cut")
    for each in prepared:
        clock.enter("store, analyse and index")
        yield each
        clock.enter("read and cut")
    clock.enter("store, analyse and index")


def index(folder: Path, data: Path) -> dict[str, float | Figures]:
    """Indexes all of ``folder`` as ``dalil index`` does, and says what took how long."""
    generations, clock = FileGenerations(data), _Clock()
    embedder = load_embedder(SHIPPED_NAME)
    begun = time.perf_counter()
    clock.enter("find")
    base = generations.open_live() if generations.live() else None
    found = find_sources([folder], max_bytes=_LARGEST_FILE)
    clock.enter("plan")
    planned = plan(found, base)
    with building(data), ReadingRoom() as room:
        prepared = _apart(documents(planned, base, room, clock.progress), clock)
        built = Builder(generations, embedder, clock.progress).build(prepared, base)
    clock.enter("done")
    seconds = time.perf_counter() - begun
    return {
        "documents": built.documents,
        "passages": built.passages,
        "embedded": built.embedded,
        "seconds": round(seconds, 3),
        "cpu_seconds": round(sum(os.times()[:4]), 3),  # the workers' too
        "passages_a_second": round(built.passages / seconds, 1),
        "shares_percent": {
            step: round(100 * spent / seconds, 1) for step, spent in clock.seconds.items() if spent > 0.001 * seconds
        },
        "memory": memory(),
    }


if __name__ == "__main__":
    print(json.dumps(index(Path(sys.argv[1]), Path(sys.argv[2]))))
