"""Faults that a test injects into the next requests of a method."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["too many", "server error", "bad gateway", "dropped", "half-open", "slow"]


@dataclass(frozen=True)
class Fault:
    """What goes wrong; `applied` says whether Telegram carried the request out before its answer was lost."""

    kind: Kind
    seconds: float = 0
    applied: bool = False


def too_many(retry_after: int = 1) -> Fault:
    """429 with `retry_after`."""
    return Fault("too many", retry_after)


def server_error() -> Fault:
    """500 with an answer in JSON."""
    return Fault("server error")


def bad_gateway() -> Fault:
    """502 with a page of HTML, as a proxy in front of Telegram writes it."""
    return Fault("bad gateway")


def dropped(*, applied: bool = False) -> Fault:
    """The connection is reset instead of an answer."""
    return Fault("dropped", applied=applied)


def half_open() -> Fault:
    """The request is accepted and never answered."""
    return Fault("half-open")


def slow(seconds: float) -> Fault:
    """Carried out at once, answered late."""
    return Fault("slow", seconds, applied=True)


@dataclass
class Faults:
    """The faults that wait for their requests, in the order they were asked for."""

    _waiting: list[tuple[str, Fault]] = field(default_factory=list)

    def add(self, method: str, fault: Fault, *, times: int = 1) -> None:
        """For the next `times` requests of a method; "*" is every method but getUpdates, "file" a download."""
        self._waiting += [(method.lower(), fault)] * times

    def take(self, method: str) -> Fault | None:
        """The fault that this request meets, if any."""
        for place, (name, fault) in enumerate(self._waiting):
            if name == method or (name == "*" and method not in {"getupdates", "file"}):
                del self._waiting[place]
                return fault
        return None

    def clear(self) -> None:
        self._waiting.clear()

    @property
    def left(self) -> int:
        """How many have not met a request yet."""
        return len(self._waiting)
