"""How a staged document came: each message that brought it, and what they say of it in all.

What is said last holds, but nobody widens the audience that somebody else has narrowed. What is said of one document of
an album holds for the others where they say nothing themselves; if one of them is for officials, all of them are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, Final

from pydantic import BaseModel, ConfigDict

from bot.shelf.errors import CaptionError, Fault
from index.catalogue import Entry

_OF_ALL: Final = ("place", "published", "audience")  # what is said of one document of an album is of all
_SIZE: Final = 6  # bytes: among a million albums two have the same hash once in 500 shelves


class Misread(BaseModel):
    """A line of a caption that was not understood."""

    model_config = ConfigDict(frozen=True)

    line: int
    fault: Fault
    problem: str

    @classmethod
    def of(cls, error: CaptionError) -> Misread:
        """The same, to be kept."""
        return cls(line=error.line, fault=error.fault, problem=error.problem)

    @property
    def error(self) -> CaptionError:
        """The same, to be told."""
        return CaptionError(self.line, self.fault, self.problem)


class Sending(BaseModel):
    """A message that brought a document. ``album`` stands for the album that it was part of.

    ``file`` is what Telegram calls the file. ``shown`` is our message that shows what came; ``told`` says whether it
    shows it already.
    """

    model_config = ConfigDict(frozen=True)

    chat: int
    message: int
    by: int | None = None
    album: str | None = None
    file: str = ""
    language: str | None = None
    said: Entry = Entry()
    fault: Misread | None = None
    shown: int | None = None
    told: bool = False

    @property
    def group(self) -> str:
        """The same for all that came together and is shown in one message: hexadecimal, 12 digits."""
        return self.album or _hashed(f"{self.chat}/message/{self.message}")

    @property
    def is_closed(self) -> bool:
        """Whether it wants the document for officials only."""
        return self.fault is not None or self.said.audience == "officials"

    def is_same(self, other: Sending) -> bool:
        """Whether both are one message."""
        return (self.chat, self.message) == (other.chat, other.message)


def album_of(chat: int, group: str | None) -> str | None:
    """What stands for an album of a chat: hexadecimal, 12 digits; None for what came by itself."""
    return None if group is None else _hashed(f"{chat}/{group}")


def _hashed(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=_SIZE).hexdigest()


def agreed(sendings: Sequence[Sending], mates: Iterable[Sending], decided: Entry) -> Entry:
    """What is said of a document that came so. ``mates`` brought the others of its albums.

    ``decided`` is what somebody said of it afterwards, which holds whatever the messages say.
    """
    told: dict[str, Any] = {}
    closed = open_fault(sendings) is not None
    for mate in mates:
        told = {**{name: value for name, value in fields(mate.said).items() if name in _OF_ALL}, **told}
        closed = closed or mate.is_closed
    told |= _own(sendings)
    if closed:
        told["audience"] = "officials"
    return Entry.model_validate(told | fields(decided))


def open_fault(sendings: Sequence[Sending]) -> Misread | None:
    """The first line that was not understood, and that who wrote it has not written anew since."""
    for at, each in enumerate(sendings):
        later = (other for other in sendings[at + 1 :] if other.by == each.by and other.said.model_fields_set)
        if each.fault and not any(later):
            return each.fault
    return None


def still_decided(decided: Entry, sending: Sending) -> Entry:
    """What was decided of a document, without what this message says otherwise: it may close it, and not open it."""
    before = fields(decided)
    kept = {name: value for name, value in before.items() if name not in sending.said.model_fields_set}
    if before.get("audience") == "officials":
        kept["audience"] = "officials"
    elif sending.is_closed:
        kept.pop("audience", None)
    return Entry.model_validate(kept)


def fields(entry: Entry) -> dict[str, Any]:
    """What an entry says."""
    return entry.model_dump(exclude_unset=True, exclude_none=True)


def _own(sendings: Sequence[Sending]) -> dict[str, Any]:
    told: dict[str, Any] = {}
    closer: int | None = None
    for each in sendings:
        said = fields(each.said)
        widens = said.get("audience") == "public"
        is_closed_by_other = told.get("audience") == "officials" and closer != each.by
        if widens and (each.by != sendings[0].by or is_closed_by_other):
            del said["audience"]
        elif said.get("audience") == "officials":
            closer = each.by
        told |= said
    return told
