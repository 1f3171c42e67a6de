"""The chart of ``benchmarks/scale.py``: six pictures over the number of passages, in logarithms."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from benchmarks.pictures import finish
from benchmarks.scale_figures import (
    ADDING,
    BUILD,
    DISK,
    OPENING,
    P50,
    P95,
    P99,
    PASSAGES,
    RECALL,
    RESIDENT,
    RIGHT,
    THREADS,
    Figures,
    Row,
)

_COLOURS: Final = ("#0072b2", "#d55e00", "#e69f00", "#009e73", "#cc79a7", "#999999", "#56b4e9", "#000000")
"""Colours that colour-blind people tell apart (Okabe and Ito, 2008)."""
_STYLES: Final[tuple[Literal["-", "--", ":"], ...]] = ("-", "--", ":")
_GREY: Final = "#444444"


class _Line(NamedTuple):
    """A figure of ours, and the row of a peer's figures that stands beside it."""

    label: str
    ours: Row
    peer: Row | None = None


class _Panel(NamedTuple):
    title: str
    lines: tuple[_Line, ...]
    is_percent: bool = False


_PANELS: Final = (
    _Panel("build from nothing (s)", (_Line("all passages", BUILD, Row("", "seconds")),)),
    _Panel("opening and adding (s)", (_Line("adding 100 documents", ADDING), _Line("opening", OPENING))),
    _Panel(
        "room (MB)", (_Line("disk", DISK), _Line("memory while answering", RESIDENT, Row("", "memory.resident_mb")))
    ),
    _Panel(
        "an answer (ms)",
        (_Line("p50", P50, Row("", "p50_ms")), _Line("p95", P95, Row("", "p95_ms")), _Line("p99", P99)),
    ),
    _Panel("questions a second", tuple(_Line(row.title.rpartition(", ")[2], row) for row in THREADS)),
    _Panel(
        "quality (%)",
        (
            _Line("right report first", RIGHT, Row("", "first_document_right_percent")),
            _Line("recall@10 of approximate vectors", RECALL),
        ),
        is_percent=True,
    ),
)


def chart(found: Mapping[str, Sequence[Figures]]) -> Figure:
    """Every backend and every peer over the passages; a colour for each, a kind of line for each figure."""
    figure = Figure(figsize=(12, 7.4), layout="constrained")
    systems = [*found, *dict.fromkeys(name for sizes in found.values() for each in sizes for name in _peers(each))]
    colours = dict(zip(systems, itertools.cycle(_COLOURS), strict=False))
    for axes, panel in zip(figure.subplots(2, 3).flat, _PANELS, strict=True):
        for style, line in zip(_STYLES, panel.lines, strict=False):
            for system, points in _points(found, line):
                axes.plot(*zip(*points, strict=True), style, marker="o", markersize=3.5, color=colours[system])
        _frame(axes, panel)
    handles = [Line2D([], [], color=colours[system], linewidth=3) for system in systems]
    names = [f"Dalil in {system}" if system in found else system for system in systems]
    figure.legend(handles, names, loc="outside lower center", ncols=len(systems) or 1, frameon=False)
    return figure


def _points(found: Mapping[str, Sequence[Figures]], line: _Line) -> Iterator[tuple[str, list[tuple[float, float]]]]:
    """The systems that have this figure, and where it stands at each size."""
    for backend, sizes in found.items():
        if ours := _known((PASSAGES.of(each), line.ours.of(each)) for each in sizes):
            yield backend, ours
        peers = dict.fromkeys(name for each in sizes for name in _peers(each))
        for peer in peers if line.peer else ():
            row = line.peer
            of_peer = [(PASSAGES.of(each), row.of(_peers(each).get(peer, {}))) for each in sizes if row]
            if theirs := _known(iter(of_peer)):
                yield peer, theirs


def _known(points: Iterator[tuple[float | None, float | None]]) -> list[tuple[float, float]]:
    return [(count, value) for count, value in points if count and value]


def _peers(figures: Figures) -> Mapping[str, Figures]:
    peers: Mapping[str, Figures] = figures.get("peers", {})
    return peers


def _plain(value: float, _: float) -> str:
    return f"{value:,.0f}" if value >= 1 else f"{value:g}"


def _frame(axes: Axes, panel: _Panel) -> None:
    axes.set_xscale("log")
    if not panel.is_percent:
        axes.set_yscale("log")
        lowest, highest = (math.log10(end) for end in axes.get_ylim())
        if highest - lowest < 1:  # less than a decade would be labelled in its midst
            axes.set_ylim(10 ** math.floor(lowest), 10 ** math.ceil(highest))
        axes.yaxis.set_major_formatter(_plain)
    axes.xaxis.set_major_formatter(_plain)
    axes.set(title=panel.title, xlabel="passages")
    handles = [
        Line2D([], [], color=_GREY, linestyle=style, label=line.label)
        for style, line in zip(_STYLES, panel.lines, strict=False)
    ]
    finish(axes, handles)
