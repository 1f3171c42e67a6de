"""Processes that share a database: who lives, who has which duty, and what is left by who died."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.remembering import Remembered, take_over
from bot.state.presence import Duty, Presence
from bot.state.store import Store
from tests.postgres_server import Server

BOT = 5
DUTIES = (Duty.LEADING, Duty.POLLING)


@pytest.fixture
def url(postgres: Server) -> Iterator[str]:
    with postgres.database() as url:
        yield url


@pytest.fixture
def shared(url: str) -> Iterator[Store]:
    with Store.open(url) as store:
        yield store


def nothing() -> None:
    """Nobody needs to be woken."""


def soon(seen: Callable[[], object]) -> None:
    deadline = time.monotonic() + 10
    while not seen():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def here(store: Store, *duties: Duty, bot: int = BOT, woken: Callable[[], object] = nothing) -> Presence:
    presence = store.presence(bot)
    presence.begin(duties, woken)
    soon(lambda: presence.is_here)
    return presence


def test_a_file_is_not_shared(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "state.db")) as store:
        assert not store.is_shared


def test_of_those_that_strive_for_a_duty_one_has_it_and_the_next_when_that_one_ends(shared: Store) -> None:
    first = here(shared, *DUTIES)
    soon(lambda: all(map(first.has, DUTIES)))
    second, of_another_bot = here(shared, Duty.LEADING), here(shared, Duty.LEADING, bot=BOT + 1)
    soon(lambda: of_another_bot.has(Duty.LEADING))
    assert not second.has(Duty.LEADING)
    first.end()
    soon(lambda: second.has(Duty.LEADING))
    assert not first.has(Duty.LEADING)
    assert not second.has(Duty.POLLING)
    for each in (second, of_another_bot):
        each.end()


def test_only_of_the_living_is_nothing_taken(shared: Store) -> None:
    one, other = here(shared), here(shared)
    for update_id, owner in enumerate((one, other), 1):
        shared.updates.add(BOT, update_id, update_id, "", now=1.0)
        shared.updates.claim(BOT, owner.number, most=1)
    numbers = {one.number, other.number}
    assert shared.updates.owners(BOT) == numbers
    assert shared.updates.gone(numbers) == set()
    one.end()
    soon(lambda: shared.updates.gone(numbers) == {one.number})
    assert shared.updates.free(BOT, other.number, only_if_gone=True) == 0
    assert shared.updates.free(BOT, one.number, only_if_gone=True) == 1
    assert [each.update_id for each in shared.updates.claim(BOT, other.number, most=9)] == [1]
    other.end()


def test_a_server_that_restarts_leaves_everybody_their_number(shared: Store, postgres: Server) -> None:
    one = here(shared, Duty.LEADING)
    soon(lambda: one.has(Duty.LEADING))
    number = one.number
    postgres.cut()
    soon(lambda: not one.has(Duty.LEADING))
    soon(lambda: one.has(Duty.LEADING) and one.is_here)
    assert one.number == number
    assert shared.updates.gone({number}) == set()
    one.end()


def test_a_stored_update_wakes_the_others_at_once(shared: Store) -> None:
    woken: list[float] = []
    presence = here(shared, woken=lambda: woken.append(time.monotonic()))
    waits = []
    for update_id in range(5):
        time.sleep(0.15)
        begun = time.monotonic()
        shared.updates.add(BOT, update_id, 1, "", now=1.0)
        soon(lambda begun=begun: woken[-1] > begun)
        waits.append(woken[-1] - begun)
    assert sorted(waits)[2] < 0.15  # without being told it would be seen after half a second
    presence.end()


def test_what_was_kept_in_a_file_is_brought_into_the_state_once(shared: Store, tmp_path: Path) -> None:
    file = tmp_path / "told.json"
    remembered = Remembered(shared)
    take_over(file, shared)
    remembered.put("generation", 7)
    file.write_text(json.dumps({"generation": 5, "disk is full": True}), encoding="utf-8")
    take_over(file, shared)
    assert (remembered.get("generation"), remembered.get("disk is full")) == (7, True)
    assert remembered.get("failed builds told until") is None
    assert not file.exists()
    file.write_text("no JSON", encoding="utf-8")
    take_over(file, shared)
