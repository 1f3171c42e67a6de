"""Weeks by the clock of a place: when the digest is due, and between which moments its days lie."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEK: Final = dt.timedelta(days=len(DAYS))
_WEEKLY: Final = re.compile(rf"({'|'.join(DAYS)}) ([01]\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class Weekly:
    """A moment of every week: the day (0: Monday) and the time."""

    day: int
    time: dt.time

    def last(self, now: dt.datetime) -> dt.datetime:
        """When it was last, at ``now`` or before; by the clock by which ``now`` is told."""
        past = (now.weekday() - self.day) % len(DAYS)
        found = dt.datetime.combine(now.date() - dt.timedelta(days=past), self.time, now.tzinfo)
        return found if found <= now else found - WEEK


def weekly(text: str) -> Weekly:
    """What a text such as ``sunday 08:00`` says.

    Raises:
        ValueError: it is not of that form.
    """
    found = _WEEKLY.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is not a day and a time such as sunday 08:00")
    return Weekly(DAYS.index(found[1]), dt.time(int(found[2]), int(found[3])))


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days, which lie between these eight moments; the last one may not be over."""

    edges: tuple[dt.datetime, ...]

    @property
    def days(self) -> tuple[dt.date, ...]:
        """The seven days."""
        return tuple(edge.date() for edge in self.edges[:-1])

    @property
    def seconds(self) -> tuple[float, ...]:
        """The eight moments in seconds since 1970."""
        return tuple(edge.timestamp() for edge in self.edges)

    @property
    def before(self) -> Week:
        """The same days of the week before, up to the same time of day."""
        return Week(tuple(edge - WEEK for edge in self.edges))


def week_before(day: dt.date, zone: ZoneInfo) -> Week:
    """The seven whole days before a day."""
    return Week(tuple(_midnight(day - dt.timedelta(days=past), zone) for past in range(len(DAYS), -1, -1)))


def week_until(now: dt.datetime) -> Week:
    """Today until now, and the six days before; by the clock by which ``now`` is told."""
    starts = (_midnight(now.date() - dt.timedelta(days=past), now.tzinfo) for past in range(len(DAYS) - 1, -1, -1))
    return Week((*starts, now))


def _midnight(day: dt.date, zone: dt.tzinfo | None) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), zone)
