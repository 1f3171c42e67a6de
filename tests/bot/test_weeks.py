from __future__ import annotations

import datetime as dt
import itertools
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.weeks import DAYS, WEEK, Weekly, week_before, week_until, weekly

CAIRO, UTC = ZoneInfo("Africa/Cairo"), ZoneInfo("UTC")
SUNDAY_AT_EIGHT = Weekly(6, dt.time(8))
WEEKLY = st.builds(Weekly, st.integers(0, 6), st.times().map(lambda time: time.replace(second=0, microsecond=0)))
MOMENTS = st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2100, 1, 1), timezones=st.just(UTC)).map(
    lambda moment: moment.astimezone(CAIRO)  # so that there was such a moment: clocks leap over midnight there
)


def test_a_day_and_a_time_are_understood() -> None:
    assert weekly("sunday 08:00") == SUNDAY_AT_EIGHT
    assert weekly("monday 23:59") == Weekly(0, dt.time(23, 59))


@pytest.mark.parametrize("text", ["", "sunday", "08:00", "sunday 8:00", "sunday 24:00", "sun 08:00", "sunday 08:00 "])
def test_nothing_else_is(text: str) -> None:
    with pytest.raises(ValueError, match="is not a day and a time"):
        weekly(text)


@given(WEEKLY, MOMENTS)
def test_the_last_time_lies_less_than_a_week_back_on_that_day_at_that_time(each: Weekly, now: dt.datetime) -> None:
    last = each.last(now)
    assert last <= now < last + WEEK
    assert (last.weekday(), last.time()) == (each.day, each.time)


def test_a_moment_that_has_just_come_is_the_last_one() -> None:
    now = dt.datetime(2026, 7, 26, 8, tzinfo=UTC)
    assert SUNDAY_AT_EIGHT.last(now) == now
    assert SUNDAY_AT_EIGHT.last(now - dt.timedelta(seconds=1)) == now - WEEK


@given(MOMENTS)
def test_weeks_have_seven_days_one_after_another_and_leave_nothing_out(now: dt.datetime) -> None:
    week = week_before(now.date(), CAIRO)
    assert [edge.time() for edge in week.edges] == [dt.time()] * 8
    assert week.days[-1] == now.date() - dt.timedelta(days=1)
    assert week.before.edges[-1] == week.edges[0]
    for each in (week, week_until(now)):
        assert len(each.days) == len(DAYS)
        assert {later - day for day, later in zip(each.days, each.days[1:], strict=False)} == {dt.timedelta(days=1)}
        assert list(each.seconds) == sorted(each.seconds)


def test_a_week_until_now_is_set_beside_one_of_the_same_length() -> None:
    week = week_until(dt.datetime(2026, 7, 22, 9, 30, tzinfo=CAIRO))
    assert (week.days[0], week.days[-1]) == (dt.date(2026, 7, 16), dt.date(2026, 7, 22))
    assert week.before.edges[-1] == dt.datetime(2026, 7, 15, 9, 30, tzinfo=CAIRO)


def test_a_day_is_as_long_as_it_is_where_the_clock_is_changed() -> None:
    seconds = week_before(dt.date(2026, 4, 26), CAIRO).seconds  # summer time began there on 24 April 2026
    lengths = [(end - start) / 3600 for start, end in itertools.pairwise(seconds)]
    assert sorted(lengths) == [23, *[24] * 6]
