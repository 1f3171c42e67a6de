"""Which of the kept generations is taken: to build upon, to go back to, to be removed."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Final

from index.errors import DamagedGeneration, UnknownGeneration
from index.library import Library

KEPT: Final = 3
"""How many generations are kept; the live one is always among them."""

_LOG: Final = logging.getLogger(__name__)

Open = Callable[[int], Library]
"""Opens the generation of a number; raises `DamagedGeneration`."""


def newest_intact(numbers: Iterable[int], live: int | None, opened: Open) -> Library | None:
    """The live generation, or if it is damaged the newest that is not."""
    ordered = sorted(numbers, key=lambda each: (each == live, each), reverse=True)
    return next(filter(None, (_intact(number, opened) for number in ordered)), None)


def intact_before(numbers: Iterable[int], number: int | None, opened: Open) -> int:
    """The newest intact generation older than ``number`` (of all, if it is None).

    Raises:
        UnknownGeneration: there is none.
    """
    kept = tuple(sorted(numbers))
    for older in reversed(kept):
        if (number is None or older < number) and _intact(older, opened):
            return older
    raise UnknownGeneration(None, kept)


def too_many(numbers: Iterable[int], live: int, previous: int | None) -> list[int]:
    """The oldest of those kept, so that `KEPT` stay: the live one, and the one that was live before, even if older."""
    others = sorted(set(numbers) - {live}, key=lambda each: (each == previous, each))
    return others[: -(KEPT - 1)]


def _intact(number: int, opened: Open) -> Library | None:
    try:
        return opened(number)
    except DamagedGeneration as error:
        _LOG.warning("%s", error)
        return None
