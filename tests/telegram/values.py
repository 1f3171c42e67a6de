"""The words of the double: what was asked, what was answered, what a person pressed."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any, TypeAlias

JSON: TypeAlias = dict[str, Any]

ANONYMOUS_ADMINISTRATOR = 1087968824
CHANNEL_SENDER = 136817688
AUTOMATIC_FORWARD = 777000


@dataclass(frozen=True)
class Upload:
    """A file as it came in a multipart request."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True)
class StoredFile:
    """A file that Telegram keeps; `size` may be claimed larger than what is really held, or unknown (None)."""

    file_id: str
    path: str
    content: bytes
    size: int | None
    too_big: bool = False


@dataclass(frozen=True)
class Exchange:
    """One request of a bot and its answer."""

    at: float
    took: float
    bot: str
    method: str
    parameters: JSON
    files: dict[str, Upload]
    status: int
    answer: JSON | None
    fault: str | None
    token_in_query: bool
    token_in_parameters: bool

    @property
    def refused(self) -> bool:
        """Whether the bot caused a 4xx: not one that the test had injected, nor flood control, nor another poller."""
        return self.fault is None and 400 <= self.status < 500 and self.status not in {409, 429}

    @property
    def result(self) -> Any:
        return (self.answer or {}).get("result")

    @property
    def description(self) -> str:
        return str((self.answer or {}).get("description", ""))


@dataclass
class Press:
    """A pressed button: answered or not, when and how."""

    id: str
    data: str
    user_id: int
    bot_id: int
    at: float = field(default_factory=time.time)
    answered_at: float | None = None
    text: str = ""
    alert: bool = False

    @property
    def answered(self) -> bool:
        return self.answered_at is not None


@dataclass(frozen=True)
class ChatAction:
    at: float
    action: str
    thread: int | None


@dataclass(frozen=True)
class Draft:
    at: float
    id: int
    text: str


@dataclass(frozen=True)
class Version:
    """What a message showed from a moment on."""

    at: float
    text: str
    entities: tuple[JSON, ...]
    keyboard: tuple[tuple[JSON, ...], ...]
