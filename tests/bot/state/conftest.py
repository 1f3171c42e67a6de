from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.state.database import Database, database_url
from bot.state.store import Store
from tests.bot.state.served import Served
from tests.postgres_server import Server


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The database of this file's tests, of either kind; each test uses ids of its own."""
    if request.param == "sqlite":
        yield str(tmp_path_factory.mktemp("state") / "state.db")
        return
    server: Server = request.getfixturevalue("postgres")
    with server.database() as url:
        yield url


@pytest.fixture(scope="module")
def store(place: str) -> Iterator[Store]:
    with Store.open(place) as opened:
        yield opened


@pytest.fixture(scope="module")
def database(store: Store, place: str) -> Iterator[Database]:
    """The same database, to look into its tables."""
    opened = Database(database_url(place))
    yield opened
    opened.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Served]:
    if request.param == "sqlite":
        yield Served(str(tmp_path / "state.sqlite"), tmp_path)
        return
    postgres: Server = request.getfixturevalue("postgres")
    with postgres.database() as url:
        yield Served(url, tmp_path)
