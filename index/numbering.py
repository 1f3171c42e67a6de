"""A number that a generation is given beforehand: one that is copied keeps the number which it has elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from index.drafting import Destination


@dataclass(frozen=True, slots=True)
class Numbered:
    """Where a finished folder goes under a number that was chosen."""

    destination: Destination
    number: int

    def folder(self, number: int) -> Path:
        """Where a kept generation lies."""
        return self.destination.folder(number)

    def next_number(self) -> int:
        """That number."""
        return self.number

    def publish(self, built: Path, number: int) -> None:
        """Makes it that generation, and live."""
        self.destination.publish(built, number)

    def set_aside(self, built: Path, number: int) -> None:
        """Makes it that generation, which waits."""
        self.destination.set_aside(built, number)
