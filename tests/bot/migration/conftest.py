from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.bot.migration.libraries import make_library
from tests.index.postgres.server import fresh_database


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library in which everything occurs. Copy it to change it."""
    data = tmp_path_factory.mktemp("made") / "data"
    make_library(data)
    return data


@pytest.fixture
def data(made: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return shutil.copytree(made, tmp_path / "data")


@pytest.fixture
def state_alone(made: Path, tmp_path: Path) -> Path:
    """A library in which nothing was ever indexed."""
    (tmp_path / "alone").mkdir()
    shutil.copy(made / "state.sqlite", tmp_path / "alone")
    return tmp_path / "alone"


@pytest.fixture
def address() -> str:
    """The address of a database in which nothing is kept."""
    return fresh_database()
