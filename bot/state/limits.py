"""Limits: token buckets that all processes share."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from bot.state.database import Database, inserting, upsert
from bot.state.tables import limits
from bot.state.values import Taken

ROUNDING: Final = 1e-6  # a bucket refilled in many small steps may lack this much of a token

HELD: Final = "held"


class Limits:
    """One bucket per key. Ids of people and chats in a key stand between colons: ``person:42``, ``chat:-100:7``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take(self, key: str, *, rate_per_minute: float, burst: int, now: float) -> Taken:
        """Takes a token if there is one.

        A bucket begins with ``burst`` tokens and regains ``rate_per_minute`` a minute up to ``burst`` again;
        both are positive.
        """
        with self._database.writing() as connection:
            full = inserting(connection, limits).values(key=key, tokens=burst, at=now, refused=False)
            connection.execute(full.on_conflict_do_nothing())
            found = connection.execute(sa.select(limits).where(limits.c.key == key).with_for_update()).one()
            bucket = _Bucket(found.tokens, found.at, found.refused).refilled(rate_per_minute / 60, burst, now)
            taken, bucket = bucket.taken(rate_per_minute / 60)
            change = sa.update(limits).where(limits.c.key == key)
            connection.execute(change.values(tokens=bucket.tokens, at=bucket.at, refused=bucket.refused))
        return taken

    def hold(self, chat: int, *, until: float) -> None:
        """Telegram wants nothing to be sent to a chat until then."""
        with self._database.writing() as connection:
            upsert(connection, limits, {"key": f"{HELD}:{chat}", "tokens": 0.0, "at": until, "refused": True})

    def holds(self, *, now: float) -> dict[int, float]:
        """The chats that nothing may be sent to, and until when."""
        held = sa.select(limits.c.key, limits.c.at).where(limits.c.key.like(f"{HELD}:%"), limits.c.at > now)
        with self._database.reading() as connection:
            return {int(row.key.partition(":")[2]): row.at for row in connection.execute(held)}

    def held_until(self, chats: Collection[int]) -> float:
        """Until when nothing may be sent to some of these chats; 0 where that was never said."""
        keys = [f"{HELD}:{chat}" for chat in chats]
        with self._database.reading() as connection:
            return connection.scalar(sa.select(sa.func.max(limits.c.at)).where(limits.c.key.in_(keys))) or 0.0

    def purge(self, *, older_than: float) -> int:
        """Deletes buckets last used before that time, which must be full again by now; gives their number."""
        with self._database.writing() as connection:
            return connection.execute(sa.delete(limits).where(limits.c.at < older_than)).rowcount


@dataclass(frozen=True, slots=True)
class _Bucket:
    tokens: float
    at: float
    refused: bool

    def refilled(self, rate: float, burst: int, now: float) -> _Bucket:
        at = now if self.at - now > burst / rate else self.at  # so far ahead was a clock that has been set right since
        tokens = min(float(burst), self.tokens + max(0.0, now - at) * rate)
        return _Bucket(tokens, max(at, now), self.refused and tokens < burst - ROUNDING)

    def taken(self, rate: float) -> tuple[Taken, _Bucket]:
        if self.tokens >= 1 - ROUNDING:
            return Taken(True, 0.0, False), _Bucket(self.tokens - 1, self.at, self.refused)
        wait = math.ceil((1 - self.tokens) / rate * 1000) / 1000  # rounded up: who comes then is let through
        return Taken(False, wait, not self.refused), _Bucket(self.tokens, self.at, True)
