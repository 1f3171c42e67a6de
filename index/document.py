"""The values of the index: frozen, and right by construction."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

Audience: TypeAlias = Literal["public", "officials"]


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a `Format` gets out of one file.

    ``text`` is kept for good and quoted from. ``page_starts`` holds the offset (in code points)
    at which each page begins, ascending from 0; it is empty where the format has no pages.
    The other fields are what the file itself says about the report, ``None`` where it is silent.
    """

    text: str
    page_starts: tuple[int, ...] = ()
    title: str | None = None
    published: dt.date | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What a reader is told of a document beside its text: the material of a citation."""

    title: str
    place: str | None = None
    published: dt.date | None = None
    url: str | None = None
    audience: Audience = "public"


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of code points in a document's text; never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")


@dataclass(frozen=True, slots=True)
class Document:
    """A file's text with what is known about it. ``name`` is its path below the indexed folder."""

    name: str
    text: str = field(repr=False)
    about: About
    page_starts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a stored document was made from: unchanged when both parts are.

    ``sha256`` is the file's, in hexadecimal; ``entry`` is its entry in the catalogue, as JSON.
    """

    sha256: str
    entry: str


@dataclass(frozen=True, slots=True)
class Record:
    """A stored document without its text. ``length``: its code points; ``passages``: its rows in the index."""

    row: int
    name: str
    fingerprint: Fingerprint
    about: About
    page_starts: tuple[int, ...]
    length: int
    passages: range

    def page_at(self, offset: int) -> int | None:
        """The page (from 1) that holds ``offset``; None where the format has no pages."""
        return bisect_right(self.page_starts, offset) or None


class Passage(NamedTuple):
    """A row of the index: a span of the document in row ``document``."""

    document: int
    span: Span
