"""Telegram's flood control, as its FAQ states it: off until a test turns it on."""

from __future__ import annotations

import math
import time
from collections import defaultdict, deque
from dataclasses import dataclass, field

from tests.telegram.accounts import Account
from tests.telegram.errors import Refused, too_many_requests

IN_FLIGHT = 0.25  # seconds after a 429 in which a request may have been on its way already


@dataclass(frozen=True)
class Rate:
    """At most `count` requests in any window of `seconds`."""

    count: int
    seconds: float


@dataclass(frozen=True)
class Rates:
    """None means no limit. The figures are those of Telegram's FAQ for bots; the burst is ours, it names none."""

    group: Rate | None = Rate(20, 60)
    private: Rate | None = Rate(5, 5)
    overall: Rate | None = Rate(30, 1)


NO_LIMITS = Rates(None, None, None)


def is_counted(method: str) -> bool:
    """Whether a method puts something into a chat: sends and edits, not signs of activity."""
    sends = method.startswith(("send", "edit", "forward", "copy"))
    return sends and method not in {"sendchataction", "sendmessagedraft"}


@dataclass
class FloodControl:
    """Counts what each bot sent, and notes who sends again too early."""

    rates: Rates = NO_LIMITS
    early: list[str] = field(default_factory=list)
    _sent: dict[tuple[int, int], deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def check(self, bot: Account, method: str, chat_id: int) -> None:
        """Count one request.

        Raises:
            Refused: 429 with the seconds to wait.
        """
        if not is_counted(method):
            return
        self._note_early(bot, method, chat_id)
        for_chat = self.rates.private if chat_id > 0 else self.rates.group
        watched = [(key, rate) for key, rate in ((chat_id, for_chat), (0, self.rates.overall)) if rate is not None]
        now = time.time()
        for key, rate in watched:
            times = self._sent[bot.id, key]
            while times and times[0] <= now - rate.seconds:
                times.popleft()
            if len(times) >= rate.count:
                raise self.flooded(bot, key, math.ceil(times[0] + rate.seconds - now))
        for key, _ in watched:
            self._sent[bot.id, key].append(now)

    def flooded(self, bot: Account, chat_id: int, seconds: int) -> Refused:
        """The refusal, remembered so that an early return is noticed."""
        now = time.time()
        bot.must_wait[chat_id] = now, now + max(1, seconds)
        return too_many_requests(max(1, seconds))

    def _note_early(self, bot: Account, method: str, chat_id: int) -> None:
        now = time.time()
        for key in (chat_id, 0):
            told_at, until = bot.must_wait.get(key, (0.0, 0.0))
            if told_at + IN_FLIGHT < now < until:
                self.early.append(f"{method} to {chat_id} came {until - now:.1f} s before retry_after had passed")
