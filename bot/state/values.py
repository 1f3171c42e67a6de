"""What the store takes and gives: frozen values. Times are seconds since 1970, as the caller's clock tells them."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, Literal, TypeAlias

JsonObject: TypeAlias = dict[str, Any]  # what stands in it is the caller's affair
ChatKind = Literal["private", "group", "supergroup", "channel"]
Outcome = Literal["answer", "related", "none"]
Scope = Literal["private", "group"]
Verdict = Literal["up", "down"]

FIRST_STEP: Final = "read"
ID_LETTERS: Final = 10  # 60 random bits: not to be guessed, and short in callback data (64 bytes) and deep links (64)


class Role(StrEnum):
    """What a person may do; who is not known is a citizen."""

    CITIZEN = "citizen"
    OFFICIAL = "official"
    ADMINISTRATOR = "administrator"


class Approval(StrEnum):
    """Whether the bot may speak in a chat, where administrators decide it."""

    APPROVED = "approved"
    WAITING = "waiting"
    LEFT = "left"


class JobState(StrEnum):
    """Where a job stands. One that is `SWITCHING` is decided and cannot be stopped any more."""

    QUEUED = "queued"
    BUILDING = "building"
    WAITING = "waiting"
    SWITCHING = "switching"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Job:
    """A change of the library that somebody asked for (None: at the terminal).

    ``request`` and ``result`` are the caller's; ``done`` of ``total`` parts of ``step`` are finished.
    """

    id: str
    kind: str
    asked_by: int | None
    asked: float
    request: JsonObject
    state: JobState = JobState.QUEUED
    attempts: int = 0
    step: str | None = None
    done: int = 0
    total: int = 0
    begun: float | None = None
    ended: float | None = None
    generation: int | None = None
    result: JsonObject = field(default_factory=dict)
    error: str | None = None

    def seconds_left(self, now: float) -> float | None:
        """How long the first step goes on if it goes on as it did; None where that cannot be told.

        When the later ones, which are shorter, began is not known.
        """
        if self.state is not JobState.BUILDING or self.begun is None or not self.done or self.step != FIRST_STEP:
            return None
        return max(0.0, (now - self.begun) / self.done * (self.total - self.done))


@dataclass(frozen=True, slots=True)
class StoredUpdate:
    """An update that is not done.

    If an answer was begun to be sent, it may be in the chat, as a message newer than ``begun_after``.
    """

    bot: int
    update_id: int
    chat: int | None
    payload: str
    received: float
    begun_after: int | None


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat as it was last seen; ``approval`` is None where nobody has to decide."""

    id: int
    kind: ChatKind
    title: str
    approval: Approval | None = None
    greeted_at: float | None = None
    blocked_at: float | None = None


@dataclass(frozen=True, slots=True)
class MemoryKey:
    """Whose conversation: a person's, in one topic (0 outside topics) of one chat."""

    chat: int
    topic: int
    person: int


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """The receipt of an answer.

    ``person`` is None and ``asked`` and ``understood`` are empty once that person asked to be forgotten;
    the messages are None while nothing is sent, and after the group became another chat. ``seconds`` passed from the
    question to its answer standing in the chat; None where that is not known, or nobody asked anew.
    """

    id: str
    chat: int
    topic: int
    person: int | None
    question_message: int | None
    answer_message: int | None
    asked: str
    understood: str
    outcome: Outcome
    confidence: float | None
    generation: int
    reply: JsonObject
    scope: Scope
    is_follow_up: bool
    created: float
    seconds: float | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many people found an answer good, and how many did not."""

    up: int
    down: int


@dataclass(frozen=True, slots=True)
class Taken:
    """Whether a limit lets something through; if not, in how many seconds it will.

    ``first_refusal`` is true once until the limit is wholly recovered: so long there is nothing new to say.
    """

    allowed: bool
    retry_after: float
    first_refusal: bool


@dataclass(frozen=True, slots=True)
class Invitation:
    """A role for whoever opens it first: made by whom (None: at the terminal), used by whom if it was."""

    role: Role
    made_by: int | None
    expires: float
    used_by: int | None


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that somebody with rights did: who (None: at the terminal), what, and to whom if to anybody."""

    at: float
    who: int | None
    what: str
    whom: int | None = None
    details: JsonObject = field(default_factory=dict)


class Finding(StrEnum):
    """What became of a question that was not answered well."""

    OPEN = "open"
    ADDED = "added"  # an administrator has added a report for it
    IGNORED = "ignored"
    ANSWERED = "answered"  # a later generation answers it


Complaint = Literal["none", "related", "down"]


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that was not answered well. ``asker`` tells the questions of one person from those of others.

    ``person`` is only known while they may be told; ``shown`` is the place of the excerpt that they found wanting.
    """

    id: str
    asked: float
    question: str
    outcome: Complaint
    shown: str | None
    asker: str
    person: int | None
    state: Finding


def new_answer_id() -> str:
    """A fresh id of letters, digits, ``-`` and ``_``, which nobody can guess."""
    return secrets.token_urlsafe(ID_LETTERS)[:ID_LETTERS]
