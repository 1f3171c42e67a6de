from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.bot.jobs.office import Office, until
from tests.index.builds import build
from tests.reports import SEEDS, recombine

WITHOUT_QUESTIONS: Final = shutil.ignore_patterns("questions.toml")


@pytest.fixture
def office(seeds_data: Path, tmp_path: Path) -> Iterator[Office]:
    """The sample reports, indexed and in the documents' folder."""
    shutil.copytree(SEEDS, tmp_path / "data" / "documents", ignore=WITHOUT_QUESTIONS)
    shutil.copytree(seeds_data, tmp_path / "data", dirs_exist_ok=True)
    yield from _opened(tmp_path / "data")


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[Office]:
    """The same sample reports, and so many more in the folder that building them takes seconds."""
    shutil.copytree(SEEDS, tmp_path / "data" / "documents", ignore=WITHOUT_QUESTIONS)
    build(tmp_path / "data", tmp_path / "data" / "documents")
    recombine(tmp_path / "data" / "documents" / "many", 1500, paragraphs=8)
    yield from _opened(tmp_path / "data")


def _opened(data: Path) -> Iterator[Office]:
    opened = Office.open(data)
    yield opened
    until(opened.work_is_over)
    opened.store.close()
