"""Reading a staged document at once, as a build would, to say what will become of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final, Literal

from bot.shelf.likeness import Likeness
from bot.shelf.lines import one_line
from bot.shelf.staging import Staged
from index.arabic import words
from index.cleaning import clean
from index.document import About, Extracted, Fingerprint, Span
from index.errors import NoTextLayer, ReversedText, SourceError
from index.formats.text_sanity import is_reversed
from index.preparing import Prepared, prepare
from index.reasons import Cause, Reason
from retrieval.language import ARABIC, language_of

Concern = Literal["reversed", "no_text_layer", "same", "near", "waiting", "wider", "not_arabic", "empty", "unreadable"]

LINES_SHOWN: Final = 5
_LONGEST_LINE: Final = 200  # code points
_EMPTY: Final = (Reason.EMPTY, Reason.NO_TEXT)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something an administrator should know. ``cause`` is of a file that cannot be read, ``like`` of a near one.

    "same": all of it is published already; "near": much of it is; "waiting": much of it stands in another staged one;
    "wider": it takes the place of one for officials, and is for everybody.
    """

    concern: Concern
    cause: Cause | None = None
    like: Likeness | None = None

    @property
    def prevents(self) -> bool:
        """Whether the document cannot be published as it is."""
        return self.cause is not None


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a staged document is. ``about`` is None where nothing could be read; ``pages`` where there are none."""

    staged: Staged
    about: About | None = None
    pages: int | None = None
    words: int = 0
    passages: int = 0
    language: str | None = None
    first_lines: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    text: str = field(default="", repr=False)

    @property
    def like(self) -> Likeness | None:
        """The document of the library whose place it may take."""
        return next((doubt.like for doubt in self.doubts if doubt.concern in ("same", "near")), None)

    @property
    def problem(self) -> Cause | None:
        """Why it cannot be published, if it cannot."""
        return next((doubt.cause for doubt in self.doubts if doubt.cause), None)


def inspected(staged: Staged, extracted: Extracted | SourceError) -> Inspection:
    """What there is to say of a staged document, likeness to others left out."""
    if isinstance(extracted, SourceError):
        return Inspection(staged, doubts=(_refusal(extracted),))
    prepared = prepare(staged.name, extracted, staged.entry, Fingerprint(staged.sha256, staged.entry.fingerprint()))
    if isinstance(prepared, SourceError):
        return Inspection(staged, text=extracted.text, doubts=(Doubt("empty", prepared.cause),))
    text, language = extracted.text, _language(prepared)
    return Inspection(
        staged=staged,
        about=prepared.document.about,
        pages=len(extracted.page_starts) or None,
        words=len(words(text)),
        passages=len(prepared.passages),
        language=language,
        first_lines=_first_lines(text),
        doubts=tuple(_doubts(text, language)),
        text=text,
    )


def compared(seen: Inspection, published: Likeness | None, waiting: Likeness | None) -> Inspection:
    """An inspection that also says what the document is like."""
    doubts = seen.doubts
    if published and published.share == 1:
        doubts = (Doubt("same", like=published), *doubts)
    elif published:
        doubts = (*doubts, Doubt("near", like=published))
    if waiting:
        doubts = (*doubts, Doubt("waiting", like=waiting))
    return replace(seen, doubts=doubts)


def _refusal(error: SourceError) -> Doubt:
    match error:
        case NoTextLayer():
            return Doubt("no_text_layer", error.cause)
        case ReversedText():
            return Doubt("reversed", error.cause)
        case _ if error.cause.reason in _EMPTY:
            return Doubt("empty", error.cause)
        case _:
            return Doubt("unreadable", error.cause)


def _doubts(text: str, language: str | None) -> list[Doubt]:
    found = [Doubt("reversed")] if is_reversed(text) else []
    return found if language == ARABIC else [*found, Doubt("not_arabic")]


def _language(prepared: Prepared) -> str | None:
    """The language of the longest passage: titles and tables tell little."""
    longest: Span = max(prepared.passages, key=lambda span: span.end - span.start)
    return language_of(prepared.document.text[longest.start : longest.end])


def _first_lines(text: str) -> tuple[str, ...]:
    lines = (one_line(text[line.start : line.end]) for line in clean(text).lines[:LINES_SHOWN])
    return tuple(line if len(line) <= _LONGEST_LINE else f"{line[:_LONGEST_LINE]}…" for line in lines)
