"""Buttons under a message. What they send back carries ids only, so that they work after a restart."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

from bot.phrases import PhraseName, Phrases

MOST_BYTES: Final = 64  # of what a button sends back (Bot API, InlineKeyboardButton.callback_data)
LONGEST_LABEL: Final = 100
"""Code points. Telegram states no limit; a phone shows some 35 of them."""


class ButtonKind(StrEnum):
    """What a press asks for; the argument that goes with it stands behind."""

    PAGE = "page"  # the number of the page
    GOOD = "good"
    BAD = "bad"
    REASON = "reason"  # a `Reason`
    LITERAL = "literal"
    WHY = "why"
    DOCUMENTS = "documents"  # the number of the page; the id is 0
    SAMPLE = "sample"  # the number of the question, which is the button's label; the id is 0
    APPROVE = "approve"  # the id is that of the group
    LEAVE = "leave"  # the id is that of the group
    INVITE = "invite"  # a `Role`; the id is 0
    PEOPLE = "people"  # the number of the page; the id is 0
    DISMISS = "dismiss"  # "ask" or "yes"; the id is that of the person
    AUDIT = "audit"  # the number of the page; the id is 0
    UNANSWERED = "unanswered"  # the number of the page; the id is 0
    FINDING = "finding"  # "added" or "ignored"; the id is that of a question
    QUIET = "quiet"  # "on" or "off"; the id is 0

    # For administrators
    STAGED = "staged"  # the id is that of a staged document; 0: all
    RETITLE = "retitle"  # likewise
    DISCARD = "discard"  # likewise
    REPLACE = "replace"  # likewise; yes or no
    CHANGE = "change"  # the id says what is to change: see bot.handlers.administration.targets
    MAKE = "make"  # likewise; the digest of what was shown
    CANCEL = "cancel"  # likewise
    STOP = "stop"  # the id is that of the job
    SWITCH = "switch"  # likewise
    LIBRARY = "library"  # the number of the page; the id is 0
    DOCUMENT = "document"  # the id stands for the document's name; the number of the page that it was chosen on
    ROLLBACK = "rollback"  # the id is the generation's number; nothing, or the live generation's: do it


class Reason(StrEnum):
    """Why an answer was no good."""

    WRONG_REPORT = "wrong-report"
    OUTDATED = "outdated"
    INCOMPLETE = "incomplete"
    NOT_AN_ANSWER = "not-an-answer"


@dataclass(frozen=True, slots=True)
class Pressed:
    """What a button sends back: ``kind:id:argument``."""

    kind: ButtonKind
    id: str
    argument: str = ""

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}:{self.argument}"


def pressed(data: str) -> Pressed | None:
    """What ``data`` asks for; None if no button of ours sends it."""
    kind, *rest = data.split(":")
    if len(rest) != 2 or kind not in set(ButtonKind):
        return None
    return Pressed(ButtonKind(kind), *rest)


@dataclass(frozen=True, slots=True)
class Button:
    """A label with either ``data``, which is sent back when it is pressed, or the ``url`` that it opens."""

    label: str
    data: str | None = None
    url: str | None = None

    def __post_init__(self) -> None:
        if (self.data is None) == (self.url is None) or not self.label.strip():
            raise ValueError(f"a button needs a label, and either data or a url: {self}")
        if self.data is not None and not 1 <= len(self.data.encode()) <= MOST_BYTES:
            raise ValueError(f"{self.data!r} is longer than the {MOST_BYTES} bytes that a button sends back")


Rows: TypeAlias = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message: ``text`` in Telegram's HTML, and the rows of buttons under it."""

    text: str
    buttons: Rows = ()


def button(label: str, kind: ButtonKind, answer_id: str, argument: object = "") -> Button:
    """A button that sends back what it is for; something is shown even of a label without a visible letter."""
    if all(letter.isspace() or unicodedata.category(letter).startswith("C") for letter in label):
        label = "…"
    shown = label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"
    return Button(shown, data=str(Pressed(kind, answer_id, str(argument))))


def row(phrases: Phrases, *buttons: Button) -> tuple[Button, ...]:
    """Buttons in the order in which they are read: Telegram does not mirror them for right-to-left languages."""
    return buttons[::-1] if phrases.is_right_to_left else buttons


def rating(answer_id: str, phrases: Phrases) -> tuple[Button, ...]:
    """👍 and 👎."""
    return row(
        phrases,
        button(phrases.say(PhraseName.BUTTON_GOOD), ButtonKind.GOOD, answer_id),
        button(phrases.say(PhraseName.BUTTON_BAD), ButtonKind.BAD, answer_id),
    )


def reasons(answer_id: str, phrases: Phrases) -> Rows:
    """Why an answer was no good, two to a row."""
    labels = {
        Reason.WRONG_REPORT: PhraseName.REASON_WRONG_REPORT,
        Reason.OUTDATED: PhraseName.REASON_OUTDATED,
        Reason.INCOMPLETE: PhraseName.REASON_INCOMPLETE,
        Reason.NOT_AN_ANSWER: PhraseName.REASON_NOT_AN_ANSWER,
    }
    every = [button(phrases.say(labels[reason]), ButtonKind.REASON, answer_id, reason) for reason in Reason]
    return row(phrases, *every[:2]), row(phrases, *every[2:])


def with_reasons(rows: Rows, answer_id: str, phrases: Phrases) -> Rows:
    """The buttons under an answer with `reasons` in the place of 👍 and 👎."""
    rated = rating(answer_id, phrases)
    return tuple(each for shown in rows for each in (reasons(answer_id, phrases) if shown == rated else (shown,)))


def approval(group_id: int, phrases: Phrases) -> Rows:
    """Whether the bot may answer in a group."""
    approve = button(phrases.say(PhraseName.BUTTON_APPROVE), ButtonKind.APPROVE, str(group_id))
    leave = button(phrases.say(PhraseName.BUTTON_LEAVE), ButtonKind.LEAVE, str(group_id))
    return (row(phrases, approve, leave),)
