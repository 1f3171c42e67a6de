from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.postgres.generations import PostgresGenerations
from tests.index.builds import build_in
from tests.index.postgres.server import fresh_database, generations_in, make_copy
from tests.reports import SEEDS, with_sentence

CHANGED = "حدث تغيير في المقاطعة."
Change = Callable[[], int | None]


@pytest.fixture
def address() -> str:
    """The address of a database in which nothing is indexed."""
    return fresh_database()


@pytest.fixture
def generations(address: str) -> Iterator[PostgresGenerations]:
    found = generations_in(address)
    yield found
    found.close()


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    return made_reports(tmp_path)


def made_reports(folder: Path) -> Path:
    shutil.copytree(SEEDS, folder / "reports")
    (folder / "reports" / "extra.txt").write_text("تقرير إضافي.", encoding="utf-8")
    return folder / "reports"


@pytest.fixture
def change(generations: PostgresGenerations, reports: Path) -> Change:
    """Changes a report and builds; gives the number of what was built."""

    def build() -> int | None:
        with_sentence(reports / "extra.txt", CHANGED)
        return build_in(generations, reports).number

    return build


@pytest.fixture(scope="module")
def built_thrice(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a database with three generations, the third live."""
    reports, address = made_reports(tmp_path_factory.mktemp("thrice")), fresh_database()
    generations = generations_in(address)
    for number in (1, 2, 3):
        with_sentence(reports / "extra.txt", CHANGED)
        assert build_in(generations, reports).number == number
    generations.close()
    return address


@pytest.fixture
def three(address: str, reports: Path, built_thrice: str) -> None:
    """Three generations of the reports, the third live."""
    make_copy(address, built_thrice)
    for _ in range(3):
        with_sentence(reports / "extra.txt", CHANGED)
