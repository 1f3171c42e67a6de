from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.reading import ReadingRoom
from tests.bot.shelf.place import Place


@pytest.fixture(scope="module")
def room() -> Iterator[ReadingRoom]:
    with ReadingRoom(workers=1) as opened:
        yield opened


@pytest.fixture
def place(shelved: Path, tmp_path: Path) -> Place:
    """The same, to be changed."""
    return Place(shutil.copytree(shelved, tmp_path / "data"))
