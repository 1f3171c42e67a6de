from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.scale_figures import BUILD, DISK, PASSAGES, RECALL, RIGHT, growth
from benchmarks.scale_measuring import IN_FILES, IN_POSTGRESQL
from benchmarks.scale_report import write

ANSWERS = {"open_seconds": 0.1, "memory": {"resident_mb": 100.0}, "first_document_right_percent": 95.0}


def figures(passages: int, recall: float | None = None) -> dict[str, Any]:
    """As if building were in step with the library, disk with its square root, and answers took always the same."""
    times = {"p50_ms": 10.0, "p95_ms": 20.0, "p99_ms": 30.0}
    threads = {f"threads_{count}_a_second": 50.0 * count for count in (1, 2, 8)}
    return {
        "measured": "2026-11-22",
        "documents": passages // 10,
        "indexing": {"passages": passages, "seconds": passages / 1000, "bytes": passages**0.5, "recall": recall},
        "answering": {**ANSWERS, **times, **threads},
        "adding": {"seconds": 2.0},
    }


def peer(name: str) -> dict[str, Any]:
    over = {"seconds_a_passage_indexing": 2.0, "p50": 3.0, "p95": 4.0, "resident": 0.5}
    taken = {"seconds": 1.0, "p50_ms": 1.0, "p95_ms": 2.0, "memory": {"resident_mb": 200.0}}
    return {"peer": name, "version": "1.2", "first_document_right_percent": 90.0, **taken, "ours_over_peer": over}


@pytest.fixture
def found() -> dict[str, dict[str, dict[str, Any]]]:
    large = figures(10_000, recall=0.987) | {
        "peers": {"quick": peer("quick"), "slow": {"peer": "slow", "failed": "why"}}
    }
    server = figures(1000)
    server["indexing"]["seconds"] = 4.0
    return {IN_FILES: {"10000": large, "1000": figures(1000)}, IN_POSTGRESQL: {"1000": server}}


def test_growth_is_told_for_ten_times_the_passages() -> None:
    sizes = [figures(1000), figures(2000), figures(200_000)]
    grown = growth(BUILD, sizes)
    assert grown
    assert grown.factors == pytest.approx((10, 10))
    assert grown.exponent == pytest.approx(1)
    flatter = growth(DISK, sizes)
    assert flatter
    assert flatter.factors == pytest.approx((10**0.5, 10**0.5))


def test_what_does_not_tell_by_growing_or_is_missing_has_no_growth() -> None:
    assert growth(RIGHT, [figures(1000), figures(10_000)]) is None
    assert growth(BUILD, [figures(1000)]) is None
    without = figures(10_000)
    del without["adding"], without["indexing"]["seconds"]
    assert growth(BUILD, [figures(1000), without]) is None
    assert PASSAGES.of(without) == 10_000


def test_recall_is_told_where_vectors_are_approximate() -> None:
    assert RECALL.shown(figures(1000)) == "–"
    assert RECALL.shown(figures(1000, recall=0.987)) == "98.7"


def test_the_report_tells_sizes_in_order_growth_peers_and_both_places(found: Any, tmp_path: Path) -> None:
    write(found, tmp_path)
    report = (tmp_path / "scale.md").read_text(encoding="utf-8")
    assert "| passages | 1,000 | 10,000 |" in report
    assert "| build from nothing, s | ×10 | 1.00 |" in report
    assert "| 10,000 | quick 1.2 | 1.0 | 1.0 | 2.0 | 200 | 90.0 | 2.00 | 3.00 | 4.00 | 0.50 |" in report
    assert "| 10,000 | slow | why |" in report
    assert "| build from nothing, s | 4.00 |" in report, "PostgreSQL ÷ files at the size that both have"
    assert "](scale.svg)" in report
    assert json.loads((tmp_path / "scale.json").read_text(encoding="utf-8")) == found


def test_the_same_figures_give_the_same_report_and_chart(found: Any, tmp_path: Path) -> None:
    for place in ("one", "two"):
        write(found, tmp_path / place)
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == ["scale.json", "scale.md", "scale.svg"]
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()
