from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.played.people.library import made_library
from tests.bot.played.people.stage import Stage, playing


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a report for officials and two that disagree, beside the sample reports."""
    return made_library(tmp_path_factory.mktemp("library"))


@pytest.fixture(scope="session")
def open_stage(library: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A bot that comes to any group, with privacy mode on as BotFather has it."""
    data = tmp_path_factory.mktemp("open") / "data"
    shutil.copytree(library, data)
    with playing(data) as stage:
        yield stage


@pytest.fixture
def stage(open_stage: Stage) -> Iterator[Stage]:
    with open_stage.in_order():
        yield open_stage


@pytest.fixture(scope="session")
def hearing_stage(library: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A bot that hears all that is said in groups, and that administrators let into each."""
    data = tmp_path_factory.mktemp("hearing") / "data"
    shutil.copytree(library, data)
    with playing(data, privacy=False, DALIL_GROUPS="approved") as stage:
        yield stage


@pytest.fixture
def hearing(hearing_stage: Stage) -> Iterator[Stage]:
    with hearing_stage.in_order():
        yield hearing_stage
