"""What is kept of a reply: how it came about, and where its excerpts stand, but none of the reports' words.

They are quoted anew from the live library whenever they are shown again, so a report that was withdrawn or changed in
the meantime is not quoted any more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias

from pydantic import BaseModel, ConfigDict, ValidationError

from index.document import Span
from index.library import Library
from retrieval.answer import Answer, Circumstances, Excerpt, NotFound, Outcome, Reason, Related, Reply, outcome, quote

Json: TypeAlias = dict[str, Any]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class StoredExcerpt(_Value):
    """Where an excerpt stands. ``document_sha256`` is the report's file's, ``text_sha256`` that of the words quoted.

    The former is None where the report was not in the library any more when the reply was stored.
    """

    document: str
    document_sha256: str | None
    text_sha256: str
    start: int
    end: int
    marks: tuple[tuple[int, int], ...]
    page: int | None
    score: float


class Receipt(_Value):
    """A reply as it is kept; the generation that it was quoted from is among the circumstances."""

    outcome: Outcome
    side_by_side: bool
    reason: Reason | None
    circumstances: Circumstances
    excerpts: tuple[StoredExcerpt, ...]


@dataclass(frozen=True, slots=True)
class Gone:
    """What was quoted is not in the library any more, or not in these words."""


def as_stored(library: Library, reply: Reply) -> Json:
    """``reply`` in plain values that JSON can hold, without what was asked; `restored` and `receipt` read them."""
    excerpts = () if isinstance(reply, NotFound) else reply.excerpts
    value = Receipt(
        outcome=outcome(reply),
        side_by_side=isinstance(reply, Answer) and reply.side_by_side,
        reason=reply.reason if isinstance(reply, NotFound) else None,
        circumstances=reply.circumstances,
        excerpts=tuple(_stored(library, excerpt) for excerpt in excerpts),
    )
    return value.model_dump(mode="json", exclude={"circumstances": {"asked", "understood"}})


def receipt(stored: Json, asked: str, understood: str) -> Receipt:
    """What `as_stored` gave, with what was asked.

    Raises:
        ValueError: it is no stored reply.
    """
    try:
        circumstances = {**stored["circumstances"], "asked": asked, "understood": understood}
        return Receipt.model_validate({**stored, "circumstances": circumstances})
    except (ValidationError, KeyError, TypeError) as error:
        raise ValueError(f"not a stored reply: {error}") from error


def restored(library: Library, kept: Receipt, *, without: frozenset[int] = frozenset()) -> Reply | Gone:
    """The reply of a receipt, with its excerpts quoted from ``library``; those that it has no longer are left out.

    ``without``: rows of documents that are treated as if they were not in the library, as in `Assistant.ask`.
    `Gone` if the excerpt that answered, or every excerpt, would be left out.
    """
    found = [_quoted(library, each, without) for each in kept.excerpts]
    excerpts = tuple(_there(found))
    if kept.outcome == "none":
        return NotFound(kept.circumstances, kept.reason or "not_found")
    if not excerpts or (kept.outcome == "answer" and found[0] is None):
        return Gone()
    if kept.outcome == "related":
        return Related(kept.circumstances, excerpts)
    return Answer(kept.circumstances, excerpts, side_by_side=kept.side_by_side and len(excerpts) > 1)


def _there(found: Iterable[Excerpt | None]) -> Iterable[Excerpt]:
    return (excerpt for excerpt in found if excerpt is not None)


def _stored(library: Library, excerpt: Excerpt) -> StoredExcerpt:
    return StoredExcerpt(
        document=excerpt.document,
        document_sha256=_document_hash(library, excerpt),
        text_sha256=_hash(excerpt.text),
        start=excerpt.span.start,
        end=excerpt.span.end,
        marks=tuple((mark.start, mark.end) for mark in excerpt.marks),
        page=excerpt.page,
        score=excerpt.score,
    )


def _document_hash(library: Library, excerpt: Excerpt) -> str | None:
    """The hash of the file that was quoted; the library may have changed since."""
    record = library.documents.find(excerpt.document)
    if record is None or excerpt.span.end > record.length:
        return None
    is_same = library.documents.text(record, excerpt.span.start, excerpt.span.end) == excerpt.text
    return record.fingerprint.sha256 if is_same else None


def _quoted(library: Library, stored: StoredExcerpt, without: frozenset[int]) -> Excerpt | None:
    record = library.documents.find(stored.document)
    if record is None or record.row in without or record.fingerprint.sha256 != stored.document_sha256:
        return None
    if not 0 <= stored.start < stored.end <= record.length:
        return None
    marks = tuple(Span(start, end) for start, end in stored.marks)
    excerpt = quote(library, record.row, Span(stored.start, stored.end), marks=marks, score=stored.score)
    return excerpt if _hash(excerpt.text) == stored.text_sha256 else None


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
