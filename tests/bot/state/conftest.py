from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.state.database import Database, database_url
from bot.state.store import Store


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of this file's tests; each uses ids of its own."""
    return tmp_path_factory.mktemp("state") / "state.db"


@pytest.fixture(scope="module")
def store(place: Path) -> Iterator[Store]:
    with Store.open(str(place)) as opened:
        yield opened


@pytest.fixture(scope="module")
def database(store: Store, place: Path) -> Iterator[Database]:
    """The same database, to look into its tables."""
    opened = Database(database_url(str(place)))
    yield opened
    opened.close()
