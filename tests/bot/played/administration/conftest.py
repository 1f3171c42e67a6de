from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.bot.played.administration.rooms import Room, room
from tests.bot.played.people.stage import ADMINISTRATOR, Stage, playing
from tests.index.builds import build
from tests.reports import SEEDS, recombine
from tests.telegram.people import Person

WITHOUT_QUESTIONS: Final = shutil.ignore_patterns("questions.toml")


@pytest.fixture
def office(seeds_data: Path, tmp_path: Path) -> Iterator[Room]:
    """The sample reports, indexed and in the documents' folder."""
    shutil.copytree(SEEDS, tmp_path / "data" / "documents", ignore=WITHOUT_QUESTIONS)
    shutil.copytree(seeds_data, tmp_path / "data", dirs_exist_ok=True)
    with room(tmp_path / "data") as opened:
        yield opened


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[Room]:
    """The same, and so many more reports in the folder that building them takes seconds."""
    shutil.copytree(SEEDS, tmp_path / "data" / "documents", ignore=WITHOUT_QUESTIONS)
    build(tmp_path / "data", tmp_path / "data" / "documents")
    recombine(tmp_path / "data" / "documents" / "many", 1500, paragraphs=8)
    with room(tmp_path / "data") as opened:
        yield opened


@pytest.fixture(scope="session")
def staff_stage(seeds_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A bot with one administrator by its settings."""
    data = tmp_path_factory.mktemp("staff") / "data"
    shutil.copytree(seeds_data, data)
    with playing(data) as stage:
        yield stage


@pytest.fixture
def stage(staff_stage: Stage) -> Iterator[Stage]:
    with staff_stage.in_order():
        yield staff_stage


@pytest.fixture(scope="session")
def administrator(staff_stage: Stage) -> Person:
    """Who is an administrator by the settings, and has started the bot."""
    person = staff_stage.double.person("منى", id=ADMINISTRATOR)
    staff_stage.reply_to(person.starts())
    return person


@pytest.fixture
def citizen(stage: Stage) -> Person:
    """Who has started the bot."""
    person = stage.newcomer("سعاد")
    stage.reply_to(person.starts())
    return person
