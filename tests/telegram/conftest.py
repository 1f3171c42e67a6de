from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.telegram.accounts import Account
from tests.telegram.double import Double
from tests.telegram.people import Person


@pytest.fixture
def double() -> Iterator[Double]:
    with Double() as double:
        yield double


@pytest.fixture
def bot(double: Double) -> Account:
    return double.bot()


@pytest.fixture
def person(double: Double, bot: Account) -> Person:
    """Somebody who has started the bot, and whose /start was read."""
    person = double.person()
    person.starts(bot)
    bot.pending.clear()
    return person
