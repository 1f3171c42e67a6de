from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.state.store import Store
from bot.state.values import Taken
from tests.bot.state.material import go, numbers, started

BEGIN = 1_800_000_000.0  # a time of the size that clocks show: floats are coarser there
RATES = st.floats(0.1, 1000)
BURSTS = st.integers(1, 10)


def key() -> str:
    return f"person:{next(numbers)}"


@settings(deadline=None)
@given(rate=RATES, burst=BURSTS, waits=st.lists(st.floats(0, 100), min_size=1, max_size=40))
def test_no_more_is_let_through_than_the_burst_and_what_time_gives_back(
    store: Store, rate: float, burst: int, waits: list[float]
) -> None:
    who, now, times = key(), BEGIN, []
    for wait in waits:
        now += wait
        if store.limits.take(who, rate_per_minute=rate, burst=burst, now=now).allowed:
            times.append(now)
    for first in range(len(times)):
        for last in range(first, len(times)):
            assert last - first + 1 <= burst + rate / 60 * (times[last] - times[first]) + 1e-4


@settings(deadline=None)
@given(rate=RATES, burst=BURSTS, early=st.floats(0.01, 0.9))
def test_who_comes_when_told_is_let_through_and_not_much_earlier(
    store: Store, rate: float, burst: int, early: float
) -> None:
    who, other = key(), key()
    for each in (who, other):
        for _ in range(burst):
            assert store.limits.take(each, rate_per_minute=rate, burst=burst, now=BEGIN).allowed
    refused = store.limits.take(who, rate_per_minute=rate, burst=burst, now=BEGIN)
    assert not refused.allowed
    assert store.limits.take(who, rate_per_minute=rate, burst=burst, now=BEGIN + refused.retry_after).allowed
    soon = BEGIN + 60 / rate * early
    assert not store.limits.take(other, rate_per_minute=rate, burst=burst, now=soon).allowed


@pytest.mark.parametrize("rate", [0.3, 1, 6, 7, 11, 60])
def test_a_person_at_exactly_the_pace_is_not_refused(store: Store, rate: float) -> None:
    who = key()
    times = [BEGIN + 60 / rate * number for number in range(50)]
    assert all(store.limits.take(who, rate_per_minute=rate, burst=1, now=now).allowed for now in times)


def test_a_flood_is_told_once_until_it_has_wholly_ended(store: Store) -> None:
    who = key()
    flood = [store.limits.take(who, rate_per_minute=6, burst=3, now=BEGIN + second) for second in range(60)]
    assert sum(taken.allowed for taken in flood) == 8
    assert [second for second, taken in enumerate(flood) if taken.first_refusal] == [3]
    after = [store.limits.take(who, rate_per_minute=6, burst=3, now=BEGIN + 200) for _ in range(5)]
    assert [taken.first_refusal for taken in after] == [False, False, False, True, False]


def test_limits_are_apart(store: Store) -> None:
    one, other = key(), key()
    for who in (one, other):
        assert store.limits.take(who, rate_per_minute=1, burst=1, now=BEGIN) == Taken(True, 0.0, False)
    assert store.limits.take(one, rate_per_minute=1, burst=1, now=BEGIN) == Taken(False, 60.0, True)


def test_a_clock_that_goes_back_a_little_gives_nothing_away(store: Store) -> None:
    who = key()
    times = [BEGIN, BEGIN - 30, BEGIN, BEGIN - 30, BEGIN]
    assert [store.limits.take(who, rate_per_minute=1, burst=1, now=now).allowed for now in times] == [True] + [
        False
    ] * 4


def test_a_clock_that_was_a_year_ahead_refuses_nobody_for_a_year(store: Store) -> None:
    who = key()
    store.limits.take(who, rate_per_minute=1, burst=1, now=BEGIN + 365 * 86_400)
    assert store.limits.take(who, rate_per_minute=1, burst=1, now=BEGIN).retry_after == 60
    assert store.limits.take(who, rate_per_minute=1, burst=1, now=BEGIN + 60).allowed


def test_buckets_that_nobody_uses_are_deleted(store: Store) -> None:
    who = key()
    store.limits.take(who, rate_per_minute=1, burst=1, now=1.0)
    assert store.limits.purge(older_than=1.5) == 1
    assert store.limits.take(who, rate_per_minute=1, burst=1, now=1.5).allowed


def test_processes_share_a_limit(tmp_path: Path) -> None:
    said = go([started("taking", tmp_path / "state.db", number) for number in range(3)])
    assert sum(words[:30].count("True") for words in said) == 20


def test_what_telegram_forbids_is_remembered_until_then(store: Store) -> None:
    one, other = next(numbers), -next(numbers)
    store.limits.hold(one, until=BEGIN + 5)
    store.limits.hold(other, until=BEGIN + 60)
    store.limits.hold(one, until=BEGIN + 30)
    held = {chat: until for chat, until in store.limits.holds(now=BEGIN).items() if chat in (one, other)}
    assert held == {one: BEGIN + 30, other: BEGIN + 60}
    assert one not in store.limits.holds(now=BEGIN + 30)
