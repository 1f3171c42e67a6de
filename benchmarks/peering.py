"""Gives a peer our passages and questions, runs it in an interpreter that has it, and sets our figures beside its."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.apart import ROOT, NotMeasured, figures_of
from benchmarks.making import Asked, write_questions
from index.repository import Generations


@dataclass(frozen=True, slots=True)
class Task:
    """The files that hold passages and questions for peers."""

    passages: Path
    questions: Path


def export(generations: Generations, asked: Sequence[Asked], folder: Path, limit: int = 0) -> Task:
    """Writes our passages, the first ``limit`` if that is not 0, and the questions whose documents are among them."""
    library = generations.open_live()
    count = min(limit or len(library.passages), len(library.passages))
    task = Task(folder / "passages.jsonl", folder / "peer.json")
    known = set()
    with task.passages.open("w", encoding="utf-8") as lines:
        for row in range(count):
            passage = library.passages[row]
            name = library.documents.record(passage.document).name
            known.add(name)
            lines.write(json.dumps((name, library.passage_text(passage)), ensure_ascii=False) + "\n")
    write_questions(task.questions, [(text, document) for text, document in asked if document in known])
    return task


def is_installed(python: Path, module: str) -> bool:
    """Whether an interpreter can import a module."""
    return not subprocess.run([str(python), "-c", f"import {module}"], capture_output=True, check=False).returncode


def run_peer(python: Path, peer: str, task: Task, *, seconds: float | None = None) -> dict[str, Any]:
    """What `benchmarks.peers` measures; ``failed`` says why there is nothing."""
    script = ROOT / "benchmarks" / "peers.py"
    command = [str(python), str(script), peer, str(task.passages), str(task.questions)]
    try:
        return figures_of(command, seconds=seconds)
    except NotMeasured as error:
        return {"peer": peer, "failed": str(error)}


def ratios(indexing: dict[str, Any], answers: dict[str, Any], peer: dict[str, Any]) -> dict[str, float]:
    """Ours over the peer's: below 1 is less time, or less memory, than the peer takes."""
    if "failed" in peer:
        return {}
    return {
        "seconds_a_passage_indexing": round(peer["passages_a_second"] / indexing["passages_a_second"], 2),
        "p50": round(answers["p50_ms"] / peer["p50_ms"], 2),
        "p95": round(answers["p95_ms"] / peer["p95_ms"], 2),
        "resident": round(answers["memory"]["resident_mb"] / peer["memory"]["resident_mb"], 2),
    }
