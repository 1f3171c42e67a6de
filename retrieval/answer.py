"""All that Dalil may say to a question: an answer, the closest passages, or that the reports do not say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias, assert_never

from index.document import About, Span
from index.library import Library

Outcome: TypeAlias = Literal["answer", "related", "none"]
Reason: TypeAlias = Literal["not_found", "language", "empty"]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A quotation: the slice ``span`` of a stored document. Made by `quote` only, so it cannot misquote.

    ``marks`` are the spans within ``text`` that answer; ``page`` counts from 1, None where there are no pages.
    """

    document: str
    about: About
    page: int | None
    span: Span
    text: str
    marks: tuple[Span, ...]
    score: float

    def __post_init__(self) -> None:
        if len(self.text) != self.span.end - self.span.start or any(mark.end > len(self.text) for mark in self.marks):
            raise ValueError(f"not the slice {self.span} of {self.document}")


def quote(library: Library, row: int, span: Span, *, marks: tuple[Span, ...], score: float) -> Excerpt:
    """The excerpt ``span`` of the document in ``row``, cut out of its stored text."""
    record = library.documents.record(row)
    return Excerpt(
        document=record.name,
        about=record.about,
        page=record.page_at(span.start),
        span=span,
        text=library.documents.text(record, span.start, span.end),
        marks=marks,
        score=score,
    )


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is true of a reply whatever its outcome. ``elapsed`` is in seconds."""

    asked: str
    understood: str
    language: str | None
    is_cut: bool
    confidence: float
    generation: int
    embedder: str
    elapsed: float


@dataclass(frozen=True, slots=True)
class Answer:
    """The reports answer, in the first excerpt.

    ``side_by_side``: each excerpt is of another report, and they answer differently.
    """

    circumstances: Circumstances
    excerpts: tuple[Excerpt, ...]
    side_by_side: bool = False


@dataclass(frozen=True, slots=True)
class Related:
    """The closest passages, which need not answer."""

    circumstances: Circumstances
    excerpts: tuple[Excerpt, ...]


@dataclass(frozen=True, slots=True)
class NotFound:
    """There is nothing to quote, for ``reason``."""

    circumstances: Circumstances
    reason: Reason


Reply: TypeAlias = Answer | Related | NotFound


def outcome(reply: Reply) -> Outcome:
    """The name of a reply's outcome."""
    match reply:
        case Answer():
            return "answer"
        case Related():
            return "related"
        case NotFound():
            return "none"
        case _:
            assert_never(reply)
