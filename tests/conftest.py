from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

from tests.bot.command import dalil
from tests.index.tiny_cross_encoder import CrossRecipe, make_cross_encoder
from tests.postgres_server import Server, server
from tests.reports import SEEDS

settings.register_profile("unhurried", deadline=None)  # a busy machine takes long over a single example
settings.load_profile("unhurried")


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests see the defaults, whatever is set on the machine that runs them."""
    for name in list(os.environ):
        if name.startswith(("DALIL_", "TELEGRAM_")):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def liking(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cross-encoder that prefers texts with a certain word."""
    return make_cross_encoder(tmp_path_factory.mktemp("liking") / "liking", CrossRecipe(likes=True))


@pytest.fixture(scope="session")
def seeds_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample reports indexed. Look, do not touch: copy it to change it."""
    data = tmp_path_factory.mktemp("seeds") / "data"
    done = dalil("--data", data, "index", SEEDS)
    assert done.code == 0, done.err
    return data


@pytest.fixture(scope="session")
def postgres() -> Server:
    """A PostgreSQL server; where there is none the test is skipped."""
    return server()
