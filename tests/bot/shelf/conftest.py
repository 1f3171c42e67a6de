from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.reading import ReadingRoom
from tests.bot.shelf.place import Place
from tests.index.builds import build
from tests.reports import SEEDS


@pytest.fixture(scope="module")
def room() -> Iterator[ReadingRoom]:
    with ReadingRoom(workers=1) as opened:
        yield opened


@pytest.fixture(scope="session")
def shelved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample reports in its documents' folder, indexed. Copy it to change it."""
    data = tmp_path_factory.mktemp("shelved") / "data"
    shutil.copytree(SEEDS, data / "documents")
    build(data, data / "documents")
    return data


@pytest.fixture
def place(shelved: Path, tmp_path: Path) -> Place:
    """The same, to be changed."""
    return Place(shutil.copytree(shelved, tmp_path / "data"))
