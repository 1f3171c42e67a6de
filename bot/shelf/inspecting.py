"""Reading a staged document at once, as a build would, to say what will become of it."""

from __future__ import annotations

from dataclasses import dataclass, field
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
from retrieval.language import ARABIC, language_of

Concern = Literal["reversed", "no_text_layer", "near", "not_arabic", "empty", "too_large", "unreadable"]

LINES_SHOWN: Final = 5
_LONGEST_LINE: Final = 200  # code points


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something an administrator should know. ``reason`` is of a file that cannot be read, ``like`` of a near one."""

    concern: Concern
    reason: str = ""
    like: Likeness | None = None

    @property
    def prevents(self) -> bool:
        """Whether the document cannot be published as it is."""
        return bool(self.reason)


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
    def problem(self) -> str | None:
        """Why it cannot be published, if it cannot."""
        return next((doubt.reason for doubt in self.doubts if doubt.prevents), None)


def inspected(staged: Staged, extracted: Extracted | SourceError) -> Inspection:
    """What there is to say of a staged document, likeness to others left out."""
    if isinstance(extracted, SourceError):
        return Inspection(staged, doubts=(_refusal(extracted),))
    prepared = prepare(staged.name, extracted, staged.entry, Fingerprint(staged.sha256, staged.entry.fingerprint()))
    if isinstance(prepared, SourceError):
        return Inspection(staged, text=extracted.text, doubts=(Doubt("empty", prepared.reason),))
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


def _refusal(error: SourceError) -> Doubt:
    match error:
        case NoTextLayer():
            return Doubt("no_text_layer", error.reason)
        case ReversedText():
            return Doubt("reversed", error.reason)
        case _ if "no text" in error.reason or "is empty" in error.reason:
            return Doubt("empty", error.reason)
        case _:
            return Doubt("unreadable", error.reason)


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
