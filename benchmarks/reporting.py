"""The figures as a table for the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.table import Table

Row = tuple[str, str, str]
"""What was measured, ours, and the peer's."""


def table(figures: dict[str, Any]) -> Table:
    """All figures that a person would compare, ours beside the peer's if there was one."""
    peer = figures.get("peer", {})
    made = Table(title=f"{figures['indexing']['passages']:,} passages in {figures['corpus']['documents']:,} reports")
    made.add_column("")
    made.add_column("dalil", justify="right")
    if peer:
        made.add_column(f"{peer['peer']} ({peer['passages']:,} passages)", justify="right")
    for row in (*_indexing(figures, peer), *_answering(figures, peer), *_ratios(figures)):
        made.add_row(*row[: 3 if peer else 2])
    return made


def _indexing(figures: dict[str, Any], peer: dict[str, Any]) -> Iterator[Row]:
    indexing, again = figures["indexing"], figures["reindexing"]
    yield (
        "indexing, passages/s",
        f"{indexing['passages_a_second']:,.0f}",
        _shown(peer, "passages_a_second", ",.0f"),
    )
    yield "  with few new words, passages/s", f"{figures['indexing_plain']['passages_a_second']:,.0f}", ""
    yield "indexing, s", f"{indexing['seconds']:.1f}", _shown(peer, "seconds", ".1f")
    for step, share in indexing["shares_percent"].items():
        yield f"  {step}", f"{share:.1f} %", ""
    yield "indexing, CPU s", f"{indexing['cpu_seconds']:.1f}", ""
    yield "indexing, peak MB without the workers", _shown(indexing["memory"], "resident_peak_mb", ",.0f"), ""
    yield "again after one change, s", f"{again['seconds']:.1f}", ""
    yield "  passages embedded anew", f"{again['embedded']:,}", ""


def _answering(figures: dict[str, Any], peer: dict[str, Any]) -> Iterator[Row]:
    answers, cold = figures["answering"], figures["cold"]
    yield "opening with checksums, s", f"{answers['open_seconds']:.2f}", ""
    for name in ("p50_ms", "p95_ms", "p99_ms"):
        yield f"a warm answer, {name.replace('_', ' ')}", f"{answers[name]:.1f}", _shown(peer, name, ".1f")
    yield "  of that with a processor, p50 ms", f"{answers['cpu_p50_ms']:.1f}", ""
    for threads in (2, 8):
        yield f"{threads} threads, questions/s", f"{answers[f'threads_{threads}_a_second']:.0f}", ""
    for name in ("resident_mb", "resident_peak_mb", "anonymous_mb", "file_mapped_mb", "proportional_mb"):
        there = _shown(peer.get("memory", {}), name, ",.0f")
        yield (
            f"answering, {name.removesuffix('_mb').replace('_', ' ')} MB",
            _shown(answers["memory"], name, ",.0f"),
            there,
        )
    yield "cold dalil ask, five reports, s", _shown(cold, "median_seconds", ".2f") or cold.get("note", ""), ""
    right = "first_document_right_percent"
    yield "right document first, %", f"{answers[right]:.1f}", _shown(peer, right, ".1f")
    yield "questions", f"{answers['questions']:,}", _shown(peer, "questions", ",")


def _ratios(figures: dict[str, Any]) -> Iterator[Row]:
    for name, ratio in figures.get("ours_over_peer", {}).items():
        yield f"ours over the peer's: {name.replace('_', ' ')}", f"{ratio:.2f}", ""


def _shown(figures: dict[str, Any], name: str, form: str) -> str:
    return format(figures[name], form) if name in figures else ""
