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
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from rich.console import Console

from benchmarks import answering, corpus, peers
from benchmarks.measuring import machine, timed
from benchmarks.reporting import table
from index.generations import FileGenerations

ROOT: Final = Path(__file__).resolve().parent.parent
SEEDS: Final = ROOT / "seeds"
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
    peer: Annotated[str, typer.Option(help=f"{', '.join(peers.PEERS)} or none")] = "bm25s",
    peer_python: Annotated[Path, typer.Option(help="The interpreter that has the peer")] = Path(sys.executable),
    peer_passages: Annotated[int, typer.Option(help="Give the peer only so many passages; 0 is all")] = 0,
    folder: Annotated[Path | None, typer.Option(help="Where to work; kept afterwards")] = None,
    results: Annotated[Path, typer.Option(help="The JSON file")] = RESULTS,
) -> None:
    """Makes a corpus, measures everything on it, prints a table and writes JSON."""
    if peer not in {*peers.PEERS, "none"}:
        raise typer.BadParameter(f"{peer} is not one of {', '.join(peers.PEERS)}, none")
    figures: Figures = {"measured": dt.date.today().isoformat(), "machine": machine()}
    with _workplace(folder) as place:
        figures["corpus"] = _make(place, passages, questions)
        _make_plain(place, passages)
        figures["indexing_plain"] = _run("benchmarks.indexing", place / "plain", place / "plain-data")
        figures["indexing"] = _run("benchmarks.indexing", place / "reports", place / "data")
        _change_one(place / "reports")
        figures["reindexing"] = _run("benchmarks.indexing", place / "reports", place / "data")
        figures["answering"] = _run("benchmarks.answering", place / "data", place / "questions.json")
        figures["cold"] = _cold(place)
        if peer != "none":
            _export(place, peer_passages)
            figures["peer"] = _run_peer(peer_python, peer, place)
            figures["ours_over_peer"] = _ratios(figures) if figures["peer"] else {}
    figures["machine"]["load_after"] = round(os.getloadavg()[0], 2)
    results.parent.mkdir(parents=True, exist_ok=True)
    results.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    _CONSOLE.print(table(figures))


@contextmanager
def _workplace(folder: Path | None) -> Iterator[Path]:
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
    else:
        with tempfile.TemporaryDirectory(prefix="dalil-speed-") as temporary:
            yield Path(temporary)


def _make(place: Path, passages: int, questions: int) -> Figures:
    """Writes the reports and the questions, evenly spaced over the documents that there are."""
    count = max(1, passages // corpus.PASSAGES_A_DOCUMENT)
    wanted = answering.WARMING + questions * (1 + len(answering.THREADS))
    asked, characters = [], 0
    for at, made in enumerate(corpus.documents(SEEDS, count)):
        path = place / "reports" / made.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made.text, encoding="utf-8")
        characters += len(made.text)
        if at * wanted // count != (at + 1) * wanted // count:
            asked.append((made.question.text, made.question.document))
    (place / "questions.json").write_text(json.dumps(asked, ensure_ascii=False), encoding="utf-8")
    return {"documents": count, "characters": characters, "questions": len(asked)}


def _make_plain(place: Path, passages: int) -> None:
    """Writes as many reports in which only names, years and figures vary."""
    for made in corpus.documents(SEEDS, max(1, passages // corpus.PASSAGES_A_DOCUMENT), replaced=0.0):
        path = place / "plain" / made.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made.text, encoding="utf-8")


def _change_one(reports: Path) -> None:
    """Takes the last line off the first report."""
    path = min(reports.rglob("*.txt"))
    path.write_text(path.read_text(encoding="utf-8").rstrip().rpartition("\n")[0] + "\n", encoding="utf-8")


def _run(module: str, *arguments: Path) -> Figures:
    _CONSOLE.log(module)
    return _figures([sys.executable, "-m", module, *map(str, arguments)])


def _run_peer(python: Path, peer: str, place: Path) -> Figures:
    if subprocess.run([str(python), "-c", f"import {peer}"], capture_output=True, check=False).returncode:
        _CONSOLE.log(f"{peer} is not installed ({python}): measured without a peer")
        return {}
    _CONSOLE.log(peer)
    script = ROOT / "benchmarks" / "peers.py"
    return _figures([str(python), str(script), peer, str(place / "passages.jsonl"), str(place / "peer.json")])


def _figures(command: list[str]) -> Figures:
    """The last line that a command prints, as JSON."""
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=False, text=True, encoding="utf-8")
    if done.returncode:
        raise SystemExit(f"not measured: {' '.join(command)} ended with {done.returncode}")
    found: Figures = json.loads(done.stdout.splitlines()[-1])
    return found


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


def _export(place: Path, limit: int) -> None:
    """Our passages for the peer, and the questions asked one by one whose documents are among them."""
    library = FileGenerations(place / "data").open_live()
    count = min(limit or len(library.passages), len(library.passages))
    known = set()
    with (place / "passages.jsonl").open("w", encoding="utf-8") as lines:
        for row in range(count):
            passage = library.passages[row]
            name = library.documents.record(passage.document).name
            known.add(name)
            lines.write(json.dumps((name, library.passage_text(passage)), ensure_ascii=False) + "\n")
    every = json.loads((place / "questions.json").read_text(encoding="utf-8"))
    asked = every[answering.WARMING :: 1 + len(answering.THREADS)]
    chosen = [(text, document) for text, document in asked if document in known]
    (place / "peer.json").write_text(json.dumps(chosen, ensure_ascii=False), encoding="utf-8")


def _ratios(figures: Figures) -> dict[str, float]:
    """Ours over the peer's: below 1 is less time, or less memory, than the peer takes."""
    ours, other = figures["indexing"], figures["peer"]
    answers = figures["answering"]
    return {
        "seconds_a_passage_indexing": round(other["passages_a_second"] / ours["passages_a_second"], 2),
        "p50": round(answers["p50_ms"] / other["p50_ms"], 2),
        "resident": round(answers["memory"]["resident_mb"] / other["memory"]["resident_mb"], 2),
    }


if __name__ == "__main__":
    typer.run(main)
