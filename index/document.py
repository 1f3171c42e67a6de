"""The values of the index: frozen, and right by construction."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

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
