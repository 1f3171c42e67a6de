"""Measures one size for `benchmarks.scale`: building, answering, peers, adding documents, answering beside a build."""

from __future__ import annotations

import datetime as dt
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from rich.console import Console

from benchmarks import answering
from benchmarks.apart import measured
from benchmarks.keeping import generations_in
from benchmarks.making import choose_questions, documents_for, linked, read_questions, write_questions, write_reports
from benchmarks.measuring import machine
from benchmarks.peering import export, is_installed, ratios, run_peer
from benchmarks.peers import PEERS
from index.errors import UnknownGeneration

IN_FILES: Final = "files"
IN_POSTGRESQL: Final = "PostgreSQL"
CONSOLE: Final = Console(stderr=True)

ADDED: Final = 100
"""Documents that are added to a library, up to the switch."""

Figures = dict[str, Any]


@dataclass(frozen=True)
class Plan:
    """What is measured, and where."""

    folder: Path
    results: Path
    sizes: tuple[int, ...]
    questions: int
    beside: tuple[int, ...]
    """The sizes at which answers beside a build are measured."""
    database: str
    peers: tuple[str, ...]
    peer_python: Path
    peer_seconds: float

    @property
    def backend(self) -> str:
        """Where the generations are kept, as the results name it."""
        return IN_POSTGRESQL if self.database else IN_FILES


def measure(plan: Plan, size: int, failed: dict[str, str]) -> Figures:
    """All figures of one size; a peer that fails is noted in ``failed``, and not tried at larger sizes.

    Raises:
        NotMeasured: one of our own processes failed.
    """
    where = machine()
    count, every = documents_for(size), plan.folder / "reports"
    write_reports(every, count + ADDED)
    reports = linked(every, count + ADDED, _here(plan, size) / "reports")
    questions = _here(plan, size) / "questions.json"
    asked = choose_questions(reports, count, answering.wanted(plan.questions))
    write_questions(questions, asked)
    place = plan.database or str(_here(plan, size) / "data")
    figures: Figures = {"measured": dt.date.today().isoformat(), "machine": where, "documents": count}
    figures["indexing"] = _indexed(plan, size, place)
    CONSOLE.log("  answering")
    figures["answering"] = measured("benchmarks.answering", place, questions)
    for name, of_peer in _peers(plan, size, place, failed):
        of_peer["ours_over_peer"] = ratios(figures["indexing"], figures["answering"], of_peer)
        figures.setdefault("peers", {})[name] = of_peer
    CONSOLE.log(f"  adding {ADDED} documents")
    figures["adding"] = measured("benchmarks.indexing", reports, place, "--documents", count + ADDED, "--and-back")
    if size in plan.beside:
        CONSOLE.log("  answering beside a build")
        figures["beside"] = measured("benchmarks.beside", reports, place, questions, count + ADDED)
    where["load_after"] = round(os.getloadavg()[0], 2)
    return figures


def _here(plan: Plan, size: int) -> Path:
    """Where the files of a size lie."""
    folder = plan.folder / ("database" if plan.database else "files") / str(size)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _indexed(plan: Plan, size: int, place: str) -> Figures:
    """The figures of building from nothing, or those of an earlier run whose generation is still there."""
    kept = _here(plan, size) / "indexing.json"
    if kept.exists() and not plan.database:
        figures: Figures = json.loads(kept.read_text(encoding="utf-8"))
        with generations_in(place) as generations, suppress(UnknownGeneration):
            generations.switch(figures["generation"])
            CONSOLE.log("  indexing: as built before")
            return figures
    CONSOLE.log("  indexing")
    options = ("--documents", documents_for(size), "--from-nothing")
    figures = measured("benchmarks.indexing", _here(plan, size) / "reports", place, *options)
    kept.write_text(json.dumps(figures), encoding="utf-8")
    return figures


def _peers(plan: Plan, size: int, place: str, failed: dict[str, str]) -> Iterator[tuple[str, Figures]]:
    """Each peer with its figures on the same passages and questions; ``failed`` says why it has none."""
    wanted = [peer for peer in plan.peers if is_installed(plan.peer_python, PEERS[peer].module)]
    for missing in set(plan.peers) - set(wanted):
        CONSOLE.log(f"  {missing} is not installed ({plan.peer_python})")
    if not wanted:
        return
    asked = answering.singly(read_questions(_here(plan, size) / "questions.json"))
    with tempfile.TemporaryDirectory(dir=plan.folder) as folder:
        with generations_in(place) as generations:
            task = export(generations, asked, Path(folder))
        for peer in wanted:
            if peer in failed:
                yield peer, {"peer": peer, "failed": failed[peer]}
                continue
            CONSOLE.log(f"  {peer}")
            found = run_peer(plan.peer_python, peer, task, seconds=plan.peer_seconds)
            if "failed" in found:
                failed[peer] = f"given up at {size:,} passages: {found['failed']}"
            yield peer, found
