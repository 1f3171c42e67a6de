"""Which figures of a size are shown, and how each grows from size to size."""

from __future__ import annotations

import itertools
import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

Figures = Mapping[str, Any]
"""What `benchmarks.scale_measuring.measure` gives."""

_MB: Final = 2.0**-20


@dataclass(frozen=True, slots=True)
class Row:
    """A figure: where it stands, how it is written, and whether its growth tells something."""

    title: str
    path: str
    form: str = ",.1f"
    times: float = 1.0
    grows: bool = True

    def of(self, figures: Figures) -> float | None:
        """The figure of a size; None where it was not measured."""
        found: Any = figures
        for name in self.path.split("."):
            found = found.get(name) if isinstance(found, Mapping) else None
        return None if found is None else float(found) * self.times

    def shown(self, figures: Figures) -> str:
        """The figure as text."""
        found = self.of(figures)
        return "–" if found is None else format(found, self.form)


PASSAGES: Final = Row("passages", "indexing.passages", ",.0f", grows=False)
BUILD: Final = Row("build from nothing, s", "indexing.seconds")
DISK: Final = Row("disk, MB", "indexing.bytes", ",.1f", _MB)
OPENING: Final = Row("opening a generation, s", "answering.open_seconds", ".3f")
RESIDENT: Final = Row("resident memory while answering, MB", "answering.memory.resident_mb", ",.0f")
P50: Final = Row("an answer, p50, ms", "answering.p50_ms")
P95: Final = Row("an answer, p95, ms", "answering.p95_ms")
P99: Final = Row("an answer, p99, ms", "answering.p99_ms")
THREADS: Final = tuple(
    Row(f"questions a second, {count} thread{'s' * (count > 1)}", f"answering.threads_{count}_a_second")
    for count in (1, 2, 8)
)
ADDING: Final = Row("adding 100 documents, up to the switch, s", "adding.seconds")
RIGHT: Final = Row("right report first, %", "answering.first_document_right_percent", ".1f", grows=False)
RECALL: Final = Row("recall@10 of approximate vectors, %", "indexing.recall", ".1f", 100.0, grows=False)

ROWS: Final = (
    PASSAGES,
    BUILD,
    Row("  passages a second", "indexing.passages_a_second", ",.0f", grows=False),
    Row("  largest memory without the workers, MB", "indexing.memory.resident_peak_mb", ",.0f"),
    DISK,
    OPENING,
    RESIDENT,
    Row("  of that its own, not mapped from files, MB", "answering.memory.anonymous_mb", ",.0f"),
    P50,
    P95,
    P99,
    *THREADS,
    Row("  resident memory afterwards, MB", "answering.memory_threads.resident_mb", ",.0f"),
    ADDING,
    Row("  an answer beside such a build, p95, ms", "beside.beside.p95_ms", grows=False),
    Row("  over one with nothing built", "beside.beside_over_alone.p95_ms", ".2f", grows=False),
    RIGHT,
    RECALL,
    Row("load of the machine before", "machine.load_before", ".2f", grows=False),
)


@dataclass(frozen=True, slots=True)
class Growth:
    """How a figure grows with the passages: ``factors`` for a tenfold library, from each size to the next.

    ``exponent``: the slope of the straight line nearest to all sizes in logarithms; 1 is in step with the library.
    """

    factors: tuple[float | None, ...]
    exponent: float


def growth(row: Row, sizes: Sequence[Figures]) -> Growth | None:
    """The growth of a figure that is above zero at two sizes or more."""
    points = [(PASSAGES.of(each), row.of(each)) for each in sizes]
    logs = [(math.log10(count), math.log10(value)) if count and value else None for count, value in points]
    known = [each for each in logs if each]
    if not row.grows or len(known) < 2:
        return None
    factors = tuple(
        10 ** ((after[1] - before[1]) / (after[0] - before[0])) if before and after else None
        for before, after in itertools.pairwise(logs)
    )
    return Growth(factors, statistics.linear_regression([x for x, _ in known], [y for _, y in known]).slope)
