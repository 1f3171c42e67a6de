"""How everything grows with the library: from a thousand passages to a million, in files or in PostgreSQL.

    python -m benchmarks.scale [--sizes 1000,10000,100000,1000000] [--peers bm25s,haystack,txtai,txtai-dense]
        [--peer-python INTERPRETER] [--beside largest] [--database postgresql://…] [--folder FOLDER]

A corpus is made (`benchmarks.corpus`), the smaller sizes are its beginning. Every measurement runs in a process of its
own. After each size everything is written: ``scale.json``, ``scale.md`` and ``scale.svg`` in the folder of results,
where sizes that were measured before stay until they are measured again. In ``--folder`` the corpus and what was built
in files are kept, and taken up by the next run, which then tells the earlier time of building. A database has to be
empty or of an earlier run.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from benchmarks.apart import ROOT, NotMeasured
from benchmarks.keeping import generations_in
from benchmarks.making import workplace
from benchmarks.peers import PEERS
from benchmarks.scale_measuring import CONSOLE, Plan, measure
from benchmarks.scale_report import write

_SIZES: Final = "1000,10000,100000,1000000"
_MADE: Final = re.compile(r"\d{3}/\d{6}\.txt")  # the name of a made document


def main(
    *,
    sizes: Annotated[str, typer.Option(help="About how many passages, with commas between")] = _SIZES,
    questions: Annotated[
        int, typer.Option(min=20, help="How many are asked one by one, and by each number of threads")
    ] = 400,
    beside: Annotated[
        str, typer.Option(help="Measure answers beside a build at the largest size, all or none")
    ] = "largest",
    peers: Annotated[str, typer.Option(help=f"Of {', '.join(PEERS)}, with commas between; or none")] = "bm25s",
    peer_python: Annotated[Path, typer.Option(help="The interpreter that has the peers")] = Path(sys.executable),
    peer_seconds: Annotated[float, typer.Option(help="A peer that needs longer at a size is given up")] = 1800.0,
    database: Annotated[str, typer.Option(help="postgresql://…: generations there, and no peers")] = "",
    folder: Annotated[Path | None, typer.Option(help="Where to work; kept afterwards")] = None,
    results: Annotated[Path, typer.Option(help="Where the report goes")] = ROOT / "benchmarks" / "results",
) -> None:
    """Measures every size, the smallest first, and writes the report after each."""
    wanted = _sizes(sizes)
    others = () if peers == "none" or database else tuple(peers.split(","))
    if unknown := set(others) - set(PEERS):
        raise typer.BadParameter(f"{', '.join(unknown)}: not one of {', '.join(PEERS)}")
    if beside not in ("largest", "all", "none"):
        raise typer.BadParameter(f"--beside is largest, all or none, not {beside}")
    _refuse_others(database)
    at = {"largest": wanted[-1:], "all": wanted, "none": ()}[beside]
    with workplace(folder) as place:
        run(Plan(place, results, wanted, questions, at, database, others, peer_python, peer_seconds))
    CONSOLE.print(f"written: {results / 'scale.md'}")


def _sizes(given: str) -> tuple[int, ...]:
    try:
        sizes = tuple(sorted({int(size) for size in given.split(",")}))
    except ValueError as error:
        raise typer.BadParameter(f"--sizes are numbers with commas between, not {given}") from error
    if sizes[0] < 100:
        raise typer.BadParameter("a size has at least 100 passages")
    return sizes


def _refuse_others(database: str) -> None:
    """Sees to it that nobody's library is replaced."""
    if not database:
        return
    with generations_in(database) as generations:
        number = generations.live()
        if number and not all(map(_MADE.fullmatch, generations.manifest(number).documents)):
            raise typer.BadParameter("the database holds a library that was not made for measuring: give an empty one")


def run(plan: Plan) -> None:
    """Measures every size; one that fails is left out, and so are the larger ones."""
    file = plan.results / "scale.json"
    found: dict[str, dict[str, Any]] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    failed: dict[str, str] = {}
    for size in plan.sizes:
        CONSOLE.log(f"{size:,} passages in {plan.backend}")
        try:
            figures = measure(plan, size, failed)
        except NotMeasured as error:
            raise SystemExit(f"{size:,} passages could not be measured: {error}") from error
        found.setdefault(plan.backend, {})[str(size)] = figures
        write(found, plan.results)


if __name__ == "__main__":
    typer.run(main)
