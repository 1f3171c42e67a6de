from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.postgres.generations import PostgresGenerations
from tests.index.postgres.server import fresh_database, generations_in


@pytest.fixture
def address() -> str:
    """The address of a database in which nothing is indexed."""
    return fresh_database()


@pytest.fixture
def generations(address: str) -> Iterator[PostgresGenerations]:
    found = generations_in(address)
    yield found
    found.close()
