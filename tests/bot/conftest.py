from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.bot.places import LAST, index
from tests.index.builds import build
from tests.reports import SEEDS, with_sentence


@pytest.fixture(scope="session")
def shelved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample reports in its documents' folder, indexed. Copy it to change it."""
    data = tmp_path_factory.mktemp("shelved") / "data"
    shutil.copytree(SEEDS, data / "documents")
    build(data, data / "documents")
    return data


@pytest.fixture
def place(seeds_data: Path, tmp_path: Path) -> Path:
    """Reports, and a data folder in which they are indexed."""
    shutil.copytree(SEEDS, tmp_path / "reports")
    shutil.copytree(seeds_data, tmp_path / "data")
    return tmp_path


@pytest.fixture
def two(place: Path) -> Path:
    """The same with a second generation."""
    with_sentence(place / "reports" / LAST, "وهذه فقرة جديدة.")
    assert index(place).code == 0
    return place
