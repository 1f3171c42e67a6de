"""The report of ``benchmarks/scale.py``: Markdown, JSON and the chart."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.pictures import save
from benchmarks.scale_chart import chart
from benchmarks.scale_figures import (
    ADDING,
    BUILD,
    DISK,
    OPENING,
    P50,
    P95,
    P99,
    PASSAGES,
    RESIDENT,
    ROWS,
    THREADS,
    Figures,
    growth,
)
from benchmarks.scale_measuring import IN_FILES, IN_POSTGRESQL
from benchmarks.tables import Table, markdown

Found = Mapping[str, Mapping[str, Figures]]
"""The figures by where generations are kept, and by size."""

_HEAD: Final = """\
# Scale

    python -m benchmarks.scale

writes this report: how everything grows with the library. The reports are made (`benchmarks/corpus.py`) and have ten
passages of about 700 characters each; every question is made from a sentence of one report, names its place and year,
and is asked once. Each part was measured in a process of its own, after the files had been read or written, so that
they were in the system's memory. "Opening" compares all checksums. An approximate vector search is compared with the
exact one when the library is built; – is where nothing is approximate, or nothing was measured.
"""
_PEERS: Final = """
The peers hold passages in memory that are cut already. They read no files, write and verify nothing, quote nothing and
do not say when there is no answer; each runs in a process of its own, in the same run as ours, on the same passages and
questions. "Ours ÷ theirs" above 1 is more time or memory than theirs. txtai-dense searches the vectors of our embedder.
"""
_SERVER: Final = """
Memory is that of the answering process: the server's own is not in it.
"""
_CHART: Final = """
![Time, disk, memory, questions a second and quality by size](scale.svg)
"""


def write(found: Found, folder: Path) -> None:
    """Writes ``scale.md``, ``scale.json`` and ``scale.svg`` into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / ".scale.json"
    unfinished.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    unfinished.replace(folder / "scale.json")  # hours of measuring are in it
    (folder / "scale.md").write_text("".join(_sections(found)), encoding="utf-8")
    save(chart({backend: by_size(sizes) for backend, sizes in found.items()}), folder / "scale.svg")


def by_size(sizes: Mapping[str, Figures]) -> list[Figures]:
    """The figures of all sizes, the smallest first."""
    return [sizes[name] for name in sorted(sizes, key=int)]


def _sections(found: Found) -> Iterator[str]:
    yield _HEAD
    yield _CHART
    for backend, sizes in found.items():
        yield f"\n## In {backend}\n"
        yield _SERVER if backend == IN_POSTGRESQL else ""
        yield from map(markdown, tables(by_size(sizes)))
    if IN_FILES in found and any(each.get("peers") for each in found[IN_FILES].values()):
        yield f"\n## Beside others\n{_PEERS}"
        yield markdown(peers_table(by_size(found[IN_FILES])))
    if both := sorted(found.get(IN_FILES, {}).keys() & found.get(IN_POSTGRESQL, {}).keys(), key=int):
        yield markdown(_compared([(found[IN_FILES][size], found[IN_POSTGRESQL][size]) for size in both]))


def tables(sizes: Sequence[Figures]) -> list[Table]:
    """The figures by size, and how each grows."""
    rows = [(row.title.replace("  ", "– "), *(row.shown(each) for each in sizes)) for row in ROWS]
    rows.append(("measured on", *(each["measured"] for each in sizes)))
    titles = [PASSAGES.shown(each) for each in sizes]
    figures = Table("Figures by size", ("", *(f"{each['documents']:,} reports" for each in sizes)), rows)
    if len(sizes) < 2:
        return [figures]
    steps = [f"{before} → {after}" for before, after in itertools.pairwise(titles)]
    return [figures, Table("How each grows, for ten times the passages", ("", *steps, "exponent"), _growing(sizes))]


def _growing(sizes: Sequence[Figures]) -> list[tuple[str, ...]]:
    rows = []
    for row in ROWS:
        if grown := growth(row, sizes):
            factors = ("–" if factor is None else f"×{factor:.2g}" for factor in grown.factors)
            rows.append((row.title.strip(), *factors, f"{grown.exponent:.2f}"))
    return rows


def peers_table(sizes: Sequence[Figures]) -> Table:
    """Every peer at every size that it bears, and ours over its figures."""
    columns = ("passages", "system", "build, s", "p50, ms", "p95, ms", "resident, MB", "right report first, %")
    ours_over = ("ours ÷ theirs: build", "p50", "p95", "resident")
    rows: list[tuple[str, ...]] = []
    for each in filter(lambda figures: figures.get("peers"), sizes):
        passages, answers = PASSAGES.shown(each), each["answering"]
        rows.append((passages, "**Dalil**", BUILD.shown(each), *_answers(answers), "", "", "", ""))
        rows += [(passages, *_peer(peer)) for peer in each["peers"].values()]
    return Table("Peers on the same passages", (*columns, *ours_over), rows)


def _answers(figures: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        f"{figures['p50_ms']:.1f}",
        f"{figures['p95_ms']:.1f}",
        f"{figures['memory']['resident_mb']:,.0f}",
        f"{figures['first_document_right_percent']:.1f}",
    )


def _peer(peer: Mapping[str, Any]) -> tuple[str, ...]:
    if "failed" in peer:
        return (peer["peer"], peer["failed"], *[""] * 8)
    over = peer["ours_over_peer"]
    named = ("seconds_a_passage_indexing", "p50", "p95", "resident")
    ratios = tuple(f"{over[name]:.2f}" for name in named)
    return (f"{peer['peer']} {peer['version']}", f"{peer['seconds']:,.1f}", *_answers(peer), *ratios)


def _compared(sizes: Sequence[tuple[Figures, Figures]]) -> Table:
    rows = []
    for row in (BUILD, DISK, OPENING, RESIDENT, P50, P95, P99, *THREADS, ADDING):
        pairs = [(row.of(files), row.of(server)) for files, server in sizes]
        rows.append((row.title, *(f"{server / files:.2f}" if files and server else "–" for files, server in pairs)))
    return Table("PostgreSQL ÷ files", ("passages", *(PASSAGES.shown(files) for files, _ in sizes)), rows)
