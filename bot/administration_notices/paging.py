"""Lists in pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.buttons import ButtonKind, Rows, button, row
from bot.markup import escaped
from bot.phrases import PhraseName, Phrases

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Paged(Generic[T]):
    """The page ``number`` of ``count``, both at least 1, with what stands on it."""

    shown: Sequence[T]
    number: int
    count: int

    def line(self, phrases: Phrases) -> list[str]:
        """Which page it is, if there are others."""
        if self.count == 1:
            return []
        return [escaped(phrases.say(PhraseName.PAGE_OF, number=str(self.number), count=str(self.count)))]

    def turning(self, kind: ButtonKind, phrases: Phrases) -> Rows:
        """The buttons to the pages before and after."""
        ways = ((PhraseName.BUTTON_PREVIOUS, self.number - 1), (PhraseName.BUTTON_NEXT, self.number + 1))
        shown = [button(phrases.say(label), kind, "0", to) for label, to in ways if 1 <= to <= self.count]
        return (row(phrases, *shown),) if shown else ()


def paged(every: Sequence[T], number: int, size: int) -> Paged[T]:
    """The page ``number`` (the nearest one if there is none of that number) of pages of ``size``."""
    count = max(1, -(-len(every) // size))
    number = max(1, min(number, count))
    return Paged(every[(number - 1) * size : number * size], number, count)
