"""A file that cannot be written to its end, whichever engine writes it: one line, and the live library stays."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from index.generations import FileGenerations
from tests.bot.command import dalil_on_a_full_disk
from tests.index.builds import build, first_excerpt, names, what_lies_in
from tests.reports import QUESTION, SEEDS, with_sentence


class Case(NamedTuple):
    """Reports that make one file of a generation the largest, the last that was complete, and who complains."""

    fill: Callable[[Path], object]
    larger_than: str
    fails: str
    says: str


def long_reports(folder: Path) -> None:
    for file in sorted(SEEDS.glob("*.txt")):
        (folder / f"long-{file.name}").write_text(file.read_text(encoding="utf-8"), encoding="utf-8")


def short_reports(folder: Path) -> None:
    for number in range(200):
        (folder / f"{number:03}.txt").write_text("تقرير قصير.", encoding="utf-8")


def reports_with_long_titles(folder: Path) -> None:
    short_reports(folder)
    entries = (f'["{file.name}"]\ntitle = "{"تقرير " * 500}"\n' for file in sorted(folder.glob("*.txt")))
    (folder / "catalogue.toml").write_text("".join(entries), encoding="utf-8")


CASES = {
    "nothing at all": Case(long_reports, "", "build.lock", ""),
    "texts": Case(long_reports, "documents.db", "texts.bin", "File too large"),
    "tantivy": Case(long_reports, "texts.bin", "words/*.term", "IO error"),
    "sqlite": Case(reports_with_long_titles, "vectors.npy", "documents.db", "disk"),
    "vectors": Case(short_reports, "documents.db", "vectors.npy", "File too large"),
    "faiss": Case(short_reports, "vectors.npy", "vectors/vectors.faiss", "faiss"),
}


@pytest.fixture
def live(tmp_path: Path) -> Path:
    """A data folder whose live generation answers, and reports beside it."""
    shutil.copytree(SEEDS, tmp_path / "reports")
    build(tmp_path / "data", tmp_path / "reports")
    return tmp_path


@pytest.mark.parametrize("name", CASES)
def test_a_full_disk_stops_the_build_in_one_line_and_harms_nothing(live: Path, name: str) -> None:
    case = CASES[name]
    expected = first_excerpt(live / "data", QUESTION)
    only = live / "only"
    only.mkdir()
    case.fill(only)
    done = dalil_on_a_full_disk(limit(case, live, only), "--data", live / "data", "index", only)
    assert done.code == 1
    message = [line for line in done.err.splitlines() if not line.startswith("WARNING")]
    assert len(message) == 1, done.err
    assert message[0].startswith("dalil: ")
    assert case.says in message[0]
    assert message[0].endswith("the live index is untouched")
    assert first_excerpt(live / "data", QUESTION) == expected
    assert what_lies_in(live / "data") == {"current", "generations/000001"}
    with_sentence(live / "reports" / "004_c9f28eff85eb5bad.txt", "وهذه فقرة جديدة.")
    assert build(live / "data", live / "reports").number == 2
    assert names(live / "data") == {path.name for path in SEEDS.glob("*.txt")}
    assert first_excerpt(live / "data", QUESTION).text == expected.text


def limit(case: Case, live: Path, only: Path) -> int:
    """A size that ``fails`` exceeds and what is written before it does not, as a build elsewhere shows."""
    build(live / "elsewhere", only)
    folder = FileGenerations(live / "elsewhere").folder(1)
    smaller = (folder / case.larger_than).stat().st_size if case.larger_than else 0
    larger = max((path.stat().st_size for path in folder.glob(case.fails)), default=1)
    assert smaller < larger
    return (smaller + larger) // 2 if case.larger_than else 0
