from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from index.aliases import Aliases
from index.library import Library
from index.planning import Plan, keeping, plan
from index.sources import find_sources
from tests.index.builds import build
from tests.reports import SEEDS

FIRST, *OTHERS = sorted(path.name for path in SEEDS.glob("*.txt"))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A library with aliases, and a folder that holds one of its documents and a new one."""
    shutil.copytree(SEEDS, tmp_path / "reports")
    (tmp_path / "reports" / "aliases.toml").write_text('"هو تشي منه" = ["سايغون"]', encoding="utf-8")
    build(tmp_path / "data", tmp_path / "reports")
    (tmp_path / "folder").mkdir()
    shutil.copy(SEEDS / FIRST, tmp_path / "folder")
    (tmp_path / "folder" / "new.txt").write_text("تقرير جديد.", encoding="utf-8")
    return tmp_path


def library(place: Path) -> Library:
    return Library.open(place / "data" / "generations" / "000001", 1)


def planned(place: Path) -> Plan:
    return plan(find_sources([place / "folder"], max_bytes=2**20), library(place))


def test_what_has_no_file_stays_unless_it_is_withdrawn(place: Path) -> None:
    changes = keeping(planned(place), library(place), {OTHERS[0], "x.txt"})
    assert (changes.new, changes.removed) == (("new.txt",), (OTHERS[0],))
    assert changes.kept == tuple(OTHERS[1:])
    assert planned(place).removed == tuple(OTHERS)


def test_the_aliases_of_the_library_stay_where_none_lie_beside_the_files(place: Path) -> None:
    assert keeping(planned(place), library(place), ()).aliases == library(place).aliases
    (place / "folder" / "aliases.toml").write_text('"خان هوا" = []', encoding="utf-8")
    changes = keeping(planned(place), library(place), ())
    assert (changes.aliases, changes.same_aliases) == (Aliases((("خان هوا",),)), False)


def test_the_first_library_has_nothing_to_keep(place: Path) -> None:
    first = plan(find_sources([place / "folder"], max_bytes=2**20), None)
    assert keeping(first, None, {"x"}) == first
