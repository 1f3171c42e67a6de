"""What is remembered of a conversation: its last turns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, TypeAlias

Json: TypeAlias = dict[str, Any]

REMEMBERED: Final = 5
"""Turns that are looked back upon; people seldom follow up anything but the last question or the one before."""

FORGOTTEN_AFTER: Final = 30 * 60
"""Seconds after which a turn is not followed up any more, unless the caller says otherwise."""


class Part(Enum):
    """What a follow-up replaced in the earlier question, or took over from it."""

    YEAR = "year"
    PLACE = "place"
    INDICATOR = "indicator"
    PREDICATE = "predicate"
    REFERENT = "referent"
    QUESTION_WORD = "question word"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Turn:
    """A question that was asked, completed if it was a follow-up, and what the reply quoted first.

    ``at`` is in seconds since 1970. ``place`` is that of the quoted report, ``years`` are those the excerpt speaks of,
    ``person`` is what the excerpt calls the person or body it is about.
    """

    question: str
    at: float
    document: str | None = None
    place: str | None = None
    years: tuple[str, ...] = ()
    person: str | None = None

    def as_json(self) -> Json:
        """The turn in plain values that JSON can hold; `from_json` gives the turn back."""
        return {
            "question": self.question,
            "at": self.at,
            "document": self.document,
            "place": self.place,
            "years": list(self.years),
            "person": self.person,
        }

    @classmethod
    def from_json(cls, value: Json) -> Turn:
        """The turn that `as_json` gave; what later versions may add is left out.

        Raises:
            ValueError: it is no turn.
        """
        texts = [value.get(name) for name in ("document", "place", "person")]
        years = value.get("years", [])
        question, at = value.get("question"), value.get("at")
        if not isinstance(question, str) or isinstance(at, bool) or not isinstance(at, (int, float)):
            raise ValueError('a turn needs {"question", "at"}: a text and seconds')
        if not all(each is None or isinstance(each, str) for each in texts) or not _are_texts(years):
            raise ValueError("what a turn quoted has to be texts")
        document, place, person = texts
        return cls(question, float(at), document, place, tuple(years), person)


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


@dataclass(frozen=True, slots=True)
class Completed:
    """A question as it is to be asked, and what was replaced in it; nothing if it was complete by itself."""

    question: str
    replaced: tuple[Part, ...] = ()

    @property
    def is_follow_up(self) -> bool:
        """Whether the question was completed from earlier turns."""
        return bool(self.replaced)


def living(turns: Sequence[Turn], *, now: float, forgotten_after: float = FORGOTTEN_AFTER) -> list[Turn]:
    """The turns that may be followed up, newest first; ``turns`` has the newest last."""
    recent = [turn for turn in turns if now - turn.at <= forgotten_after]
    return recent[: -REMEMBERED - 1 : -1]
