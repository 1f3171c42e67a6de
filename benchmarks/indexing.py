"""Measures indexing in a process of its own: ``python -m benchmarks.indexing FOLDER PLACE`` prints JSON.

PLACE is a data folder or the address of a database. ``--documents N`` takes only the first N documents of FOLDER,
``--from-nothing`` takes nothing over from the live generation, ``--and-back`` makes that live again afterwards, and
``--give-way`` works as the bot's builder does: only when nobody else wants the processor.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from benchmarks.keeping import generations_in
from benchmarks.measuring import memory
from bot.jobs.priority import give_way
from index.building import Builder, Built
from index.embedders import SHIPPED_NAME, load_embedder
from index.errors import SourceError
from index.planning import plan
from index.preparing import AsBefore, Prepared, documents
from index.reading import ReadingRoom
from index.repository import Generations
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


def index(folder: Path, generations: Generations, count: int | None, *, from_nothing: bool) -> dict[str, Any]:
    """Indexes all of ``folder``, or its first ``count`` documents, as ``dalil index`` does; says what took how long."""
    clock, embedder = _Clock(), load_embedder(SHIPPED_NAME)
    begun = time.perf_counter()
    clock.enter("find")
    base = generations.open_live() if generations.live() and not from_nothing else None
    found = find_sources([folder], max_bytes=_LARGEST_FILE)
    clock.enter("plan")
    planned = plan(replace(found, sources=found.sources[:count]), base)
    with generations.building(), ReadingRoom() as room:
        prepared = _apart(documents(planned, base, room, clock.progress), clock)
        built = Builder(generations, embedder, clock.progress).build(prepared, base)
    clock.enter("done")
    seconds = time.perf_counter() - begun
    return {
        **_kept(generations, built),
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


def _kept(generations: Generations, built: Built) -> dict[str, Any]:
    """What a build left: the bytes, and how many of the exact ten nearest vectors its approximate search finds."""
    if built.number is None:
        raise SystemExit("the live generation holds these documents already")
    manifest = generations.manifest(built.number)
    return {
        "generation": built.number,
        "vector_store": manifest.vector_store,
        "bytes": generations.size_of(built.number),
        "recall": getattr(manifest, "recall", None),
    }


def main() -> None:
    """Prints what was measured as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("place")
    parser.add_argument("--documents", type=int)
    for switch in ("--from-nothing", "--and-back", "--give-way"):
        parser.add_argument(switch, action="store_true")
    given = parser.parse_args()
    if given.give_way:
        give_way()
    with generations_in(given.place) as generations:
        before = generations.live()
        figures = index(given.folder, generations, given.documents, from_nothing=given.from_nothing)
        if given.and_back and before is not None:
            generations.switch(before)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
