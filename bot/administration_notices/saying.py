"""What the messages for administrators have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Literal, TypeAlias

from bot.buttons import Rendered
from bot.markup import escaped, one_line
from bot.phrases import PhraseName, Phrases

LONGEST_NAME: Final = 100  # code points of a file's name or a title in a list
LONGEST_REASON: Final = 300  # code points of why something is not possible, which is not ours
_MINUTE: Final = 60
_UNITS: Final = (
    (10**9, PhraseName.COUNT_GIGABYTES),
    (10**6, PhraseName.COUNT_MEGABYTES),
    (10**3, PhraseName.COUNT_KILOBYTES),
)
_TEN: Final = 10

Plain: TypeAlias = Literal[
    PhraseName.STAGED_READING,
    PhraseName.STAGED_GONE,
    PhraseName.CAPTION_LATE,
    PhraseName.SEND_AS_FILE,
    PhraseName.CHANGE_OTHER,
    PhraseName.JOBS_NONE,
    PhraseName.GENERATION_NONE,
    PhraseName.CANARY_KNOWN,
    PhraseName.CANARY_NO_ANSWER,
    PhraseName.CANARY_NOT_NOW,
    PhraseName.CANARY_REMOVED,
    PhraseName.CANARY_UNKNOWN,
]
"""What is a message by itself."""


def plain(name: Plain, phrases: Phrases) -> Rendered:
    """A message that needs nothing but its words."""
    return Rendered(escaped(phrases.say(name)))


def short(name: str, longest: int = LONGEST_NAME) -> str:
    """A name on one line; something is shown even of one without a visible letter."""
    return one_line(name, longest) or "…"


def span(seconds: float, phrases: Phrases) -> str:
    """A length of time, to the second below a minute and a half, then to the minute."""
    if seconds < 1.5 * _MINUTE:
        return phrases.say(PhraseName.COUNT_SECONDS, count=round(seconds))
    return phrases.say(PhraseName.COUNT_MINUTES, count=round(seconds / _MINUTE))


def sized(count: int, phrases: Phrases) -> str:
    """A number of bytes in the largest unit of which there is at least one, to a tenth below ten of them."""
    unit = next((each for each in _UNITS if count >= each[0]), _UNITS[-1])
    number = count / unit[0]
    return phrases.say(unit[1], number=f"{number:.1f}" if number < _TEN else f"{number:,.0f}")


def listed(facts: Iterable[str], phrases: Phrases) -> str:
    """Facts on one line."""
    return f"{phrases.say(PhraseName.COMMA)} ".join(facts)


def bulleted(lines: Iterable[str], phrases: Phrases) -> Iterator[str]:
    """Each line with a bullet before it, as HTML."""
    beginning = "\N{RIGHT-TO-LEFT MARK}" if phrases.is_right_to_left else ""
    return (f"{beginning}• {escaped(line)}" for line in lines)
