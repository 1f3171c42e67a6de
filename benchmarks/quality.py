"""How good the answers are: figures and marks, the ranking beside other systems, and how far confidence holds.

    python -m benchmarks.quality FOLDER [--embedder shipped] [--ways]

FOLDER holds question sets: ``NAME.passages.jsonl`` and ``NAME.questions.jsonl``, as `dalil eval` reads them. The marks
and what is known of other systems stand in ``benchmarks/quality.toml``; peers that are installed are measured anew.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console

from benchmarks.quality_measuring import measure, read_references
from benchmarks.quality_report import marks_table, ranking_table, write
from benchmarks.tables import printed
from index.errors import IndexingError
from retrieval.evaluation import QuestionSetError

HERE: Final = Path(__file__).parent


def main(
    folder: Annotated[Path, typer.Argument(help="Where the question sets lie", exists=True, file_okay=False)],
    *,
    embedder: Annotated[str, typer.Option(help="As DALIL_EMBEDDER")] = "shipped",
    results: Annotated[Path, typer.Option(help="Where the report goes")] = HERE / "results",
    marks: Annotated[Path, typer.Option(help="The marks, and what other systems reach")] = HERE / "quality.toml",
    ways: Annotated[bool, typer.Option("--ways", help="Ask every question in ten ways of typing too")] = False,
) -> None:
    """Measures all question sets, prints the tables and writes the report."""
    console = Console(width=140)
    try:
        with tempfile.TemporaryDirectory(prefix="dalil-quality-") as place:
            measured = measure(folder, read_references(marks), embedder, Path(place), with_ways=ways)
    except (QuestionSetError, IndexingError, OSError) as error:
        raise SystemExit(f"not measured: {error}") from error
    if not measured:
        raise SystemExit(f"not measured: {folder} holds no *.passages.jsonl")
    for result in measured:
        for table in (marks_table(result), ranking_table(result)):
            console.print(printed(table, f"{result.reference.title}: {table.title.lower()}"))
    options = ("" if embedder == "shipped" else f" --embedder {embedder}") + (" --ways" if ways else "")
    write(measured, results, f"benchmarks.quality FOLDER{options}", embedder)
    console.print(f"written: {results / 'quality.md'}")


if __name__ == "__main__":
    typer.run(main)
