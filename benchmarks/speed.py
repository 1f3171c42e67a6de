"""How fast and how large: indexing, opening, answering, a cold question; a peer on the same passages.

    python -m benchmarks.speed [--passages 100000] [--questions 400] [--peer haystack|txtai|bm25s|none]

Every part runs in a process of its own, one after the other: none bears the memory of another.
The table goes to the terminal, all figures go to ``benchmarks/results/speed.json``.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.console import Console

from benchmarks import answering
from benchmarks.apart import ROOT, NotMeasured, measured
from benchmarks.keeping import generations_in
from benchmarks.making import (
    SEEDS,
    choose_questions,
    documents_for,
    read_questions,
    workplace,
    write_questions,
    write_reports,
)
from benchmarks.measuring import machine, timed
from benchmarks.peering import export, is_installed, ratios, run_peer
from benchmarks.peers import PEERS
from benchmarks.reporting import table

RESULTS: Final = ROOT / "benchmarks" / "results" / "speed.json"
_COLD_RUNS: Final = 5
_COLD_QUESTION: Final = "ما مرتبة لونغ آن في مؤشر التحول الرقمي سنة ٢٠٢٠؟"
_DALIL: Final = "from bot.cli import main; main()"
_CONSOLE: Final = Console()

Figures = dict[str, Any]


def main(
    *,
    passages: Annotated[int, typer.Option(min=100, help="How many passages the made corpus has, about")] = 100_000,
    questions: Annotated[int, typer.Option(min=20, help="How many questions are asked one by one")] = 400,
    peer: Annotated[str, typer.Option(help=f"{', '.join(PEERS)} or none")] = "bm25s",
    peer_python: Annotated[Path, typer.Option(help="The interpreter that has the peer")] = Path(sys.executable),
    peer_passages: Annotated[int, typer.Option(help="Give the peer only so many passages; 0 is all")] = 0,
    folder: Annotated[Path | None, typer.Option(help="Where to work; kept afterwards")] = None,
    results: Annotated[Path, typer.Option(help="The JSON file")] = RESULTS,
) -> None:
    """Makes a corpus, measures everything on it, prints a table and writes JSON."""
    if peer not in {*PEERS, "none"}:
        raise typer.BadParameter(f"{peer} is not one of {', '.join(PEERS)}, none")
    figures: Figures = {"measured": dt.date.today().isoformat(), "machine": machine()}
    with workplace(folder) as place:
        figures["corpus"] = _make(place, passages, questions)
        figures["indexing_plain"] = _run("benchmarks.indexing", place / "plain", place / "plain-data")
        figures["indexing"] = _run("benchmarks.indexing", place / "reports", place / "data")
        _change_one(place / "reports")
        figures["reindexing"] = _run("benchmarks.indexing", place / "reports", place / "data")
        figures["answering"] = _run("benchmarks.answering", place / "data", place / "questions.json")
        figures["cold"] = _cold(place)
        if peer != "none":
            figures["peer"] = _beside(place, peer, peer_python, peer_passages)
            if figures["peer"]:
                figures["ours_over_peer"] = ratios(figures["indexing"], figures["answering"], figures["peer"])
    figures["machine"]["load_after"] = round(os.getloadavg()[0], 2)
    results.parent.mkdir(parents=True, exist_ok=True)
    results.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    _CONSOLE.print(table(figures))


def _make(place: Path, passages: int, questions: int) -> Figures:
    """Writes the reports, as many in which only names, years and figures vary, and the questions."""
    count = documents_for(passages)
    size = write_reports(place / "reports", count)
    write_reports(place / "plain", count, replaced=0.0)
    asked = choose_questions(place / "reports", count, answering.wanted(questions))
    write_questions(place / "questions.json", asked)
    return {"documents": count, "bytes": size, "questions": len(asked)}


def _change_one(reports: Path) -> None:
    """Takes the last line off the first report."""
    path = min(reports.rglob("*.txt"))
    path.write_text(path.read_text(encoding="utf-8").rstrip().rpartition("\n")[0] + "\n", encoding="utf-8")


def _run(module: str, *arguments: Path) -> Figures:
    _CONSOLE.log(module)
    try:
        return measured(module, *arguments)
    except NotMeasured as error:
        raise SystemExit(f"not measured: {error}") from error


def _beside(place: Path, peer: str, python: Path, limit: int) -> Figures:
    """The peer's figures, if this interpreter has it."""
    if not is_installed(python, PEERS[peer].module):
        _CONSOLE.log(f"{peer} is not installed ({python}): measured without a peer")
        return {}
    asked = answering.singly(read_questions(place / "questions.json"))
    with generations_in(str(place / "data")) as generations:
        task = export(generations, asked, place, limit)
    _CONSOLE.log(peer)
    return run_peer(python, peer, task)


def _cold(place: Path) -> Figures:
    """Seconds from starting ``dalil ask`` to its end, with the five sample reports indexed."""
    if not (ROOT / "bot" / "cli.py").exists():
        return {"note": "skipped: there is no command line in bot/ yet"}
    environment = {name: value for name, value in os.environ.items() if not name.startswith("DALIL_")}
    environment |= {"DALIL_DATA": str(place / "seeds"), "PYTHONPATH": str(ROOT)}
    dalil = [sys.executable, "-c", _DALIL]

    def call(*arguments: str) -> str:
        done = subprocess.run(
            [*dalil, *arguments], cwd=place, env=environment, stdout=subprocess.PIPE, check=True, text=True
        )
        return done.stdout

    call("index", str(SEEDS))
    runs = [timed(lambda: call("ask", "--json", _COLD_QUESTION))[1] for _ in range(_COLD_RUNS)]
    return {"median_seconds": round(statistics.median(runs), 3), "slowest_seconds": round(max(runs), 3)}


if __name__ == "__main__":
    typer.run(main)
