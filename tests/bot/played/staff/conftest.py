from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.played.people.stage import ADMINISTRATOR, Stage, playing
from tests.telegram.people import Person


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
