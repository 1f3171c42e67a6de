"""Why something is not possible, in the language of who asks; what is not ours is shown in its own words."""

from __future__ import annotations

from typing import Final

from bot.administration_notices.saying import LONGEST_NAME, LONGEST_REASON
from bot.jobs.troubles import Kind, Trouble, trouble_in
from bot.markup import one_line
from bot.phrases import PhraseName, Phrases
from bot.state.values import Job
from index.reasons import Cause, Reason, Value

_COUNTED: Final = frozenset({"count", "seconds"})
_FOREIGN: Final = "text"
"""The value that holds the words of a system or a library, which are read from left to right."""

REASONS: Final[dict[Reason, PhraseName]] = {
    Reason.EMPTY: PhraseName.REASON_EMPTY,
    Reason.NO_TEXT: PhraseName.REASON_NO_TEXT,
    Reason.NOTHING_TO_SEARCH: PhraseName.REASON_NO_TEXT,
    Reason.LOCKED: PhraseName.REASON_LOCKED,
    Reason.CUT_OFF: PhraseName.REASON_CUT_OFF,
    Reason.NOT_TEXT: PhraseName.REASON_NOT_TEXT,
    Reason.DAMAGED_TEXT: PhraseName.REASON_DAMAGED_TEXT,
    Reason.UNKNOWN_ENCODING: PhraseName.REASON_UNKNOWN_ENCODING,
    Reason.EITHER_ENCODING: PhraseName.REASON_EITHER_ENCODING,
    Reason.WRONG_ENCODING: PhraseName.REASON_WRONG_ENCODING,
    Reason.NOT_WORD: PhraseName.REASON_NOT_WORD,
    Reason.OLD_WORD: PhraseName.REASON_OLD_WORD,
    Reason.DAMAGED_XML: PhraseName.REASON_DAMAGED_WORD,
    Reason.DAMAGED_PART: PhraseName.REASON_DAMAGED_WORD,
    Reason.STRANGE_PART: PhraseName.REASON_STRANGE_PART,
    Reason.STRANGE_PACKING: PhraseName.REASON_STRANGE_PACKING,
    Reason.UNPACKS_TO_TOO_MUCH: PhraseName.REASON_UNPACKS_TO_TOO_MUCH,
    Reason.PACKED_TOO_TIGHTLY: PhraseName.REASON_PACKED_TOO_TIGHTLY,
    Reason.NOT_PDF: PhraseName.REASON_NOT_PDF,
    Reason.DAMAGED_PDF: PhraseName.REASON_DAMAGED_PDF,
    Reason.TOO_DEEP: PhraseName.REASON_TOO_DEEP,
    Reason.NO_PAGES: PhraseName.REASON_NO_PAGES,
    Reason.TOO_MANY_PAGES: PhraseName.REASON_TOO_MANY_PAGES,
    Reason.SCANNED: PhraseName.REASON_SCANNED,
    Reason.WITHOUT_LETTERS: PhraseName.REASON_WITHOUT_LETTERS,
    Reason.DAMAGED_PAGE: PhraseName.REASON_DAMAGED_PAGE,
    Reason.CROWDED_PAGE: PhraseName.REASON_CROWDED_PAGE,
    Reason.UNNAMED_LETTERS: PhraseName.REASON_UNNAMED_LETTERS,
    Reason.UNKNOWN_CODING: PhraseName.REASON_UNKNOWN_CODING,
    Reason.REVERSED: PhraseName.REASON_REVERSED,
    Reason.UNKNOWN_KIND: PhraseName.REASON_UNKNOWN_KIND,
    Reason.TOO_MUCH_MEMORY: PhraseName.REASON_TOO_MUCH_MEMORY,
    Reason.TOO_SLOW: PhraseName.REASON_TOO_SLOW,
    Reason.READER_FAILED: PhraseName.REASON_READER_FAILED,
    Reason.READER_CRASHED: PhraseName.REASON_READER_FAILED,
    Reason.READER_NOT_STARTED: PhraseName.REASON_READER_NOT_STARTED,
    Reason.READING_STOPPED: PhraseName.REASON_READING_STOPPED,
    Reason.CANNOT_BE_OPENED: PhraseName.REASON_CANNOT_BE_OPENED,
    Reason.CANNOT_BE_READ: PhraseName.REASON_CANNOT_BE_OPENED,
    Reason.MISSING: PhraseName.REASON_MISSING,
    Reason.NO_PERMISSION: PhraseName.REASON_NO_PERMISSION,
    Reason.NO_PATH: PhraseName.REASON_MISSING,
    Reason.UNSHOWABLE_NAME: PhraseName.REASON_UNSHOWABLE_NAME,
    Reason.SAME_NAME: PhraseName.REASON_SAME_NAME,
    Reason.NOT_ORDINARY: PhraseName.REASON_NOT_ORDINARY,
    Reason.TOO_LARGE: PhraseName.REASON_TOO_LARGE,
    Reason.LINK_TO_NOTHING: PhraseName.REASON_LINK_TO_NOTHING,
    Reason.LINK_TO_ITSELF: PhraseName.REASON_LINK_TO_ITSELF,
    Reason.LINK_TO_ITS_FOLDER: PhraseName.REASON_LINK_TO_ITS_FOLDER,
    Reason.NOT_UNDERSTOOD: PhraseName.REASON_NOT_UNDERSTOOD,
    Reason.NO_LETTERS: PhraseName.REASON_NO_LETTERS,
    Reason.TWO_PLACES: PhraseName.REASON_TWO_PLACES,
    Reason.TOLD: PhraseName.TROUBLE_SYSTEM,
}
TROUBLES: Final[dict[Kind, PhraseName]] = {
    Kind.UNPUBLISHABLE: PhraseName.TROUBLE_UNPUBLISHABLE,
    Kind.BESIDE: PhraseName.TROUBLE_BESIDE,
    Kind.NOTHING_TO_INDEX: PhraseName.TROUBLE_NOTHING_TO_INDEX,
    Kind.NOT_STAGED: PhraseName.TROUBLE_NOT_STAGED,
    Kind.GONE: PhraseName.TROUBLE_GONE,
    Kind.UNKNOWN_DOCUMENT: PhraseName.TROUBLE_UNKNOWN_DOCUMENT,
    Kind.STALE: PhraseName.TROUBLE_STALE,
    Kind.RESTORED: PhraseName.TROUBLE_RESTORED,
    Kind.BUSY: PhraseName.JOB_BUSY,
    Kind.LOST_DOCUMENT: PhraseName.TROUBLE_LOST_DOCUMENT,
    Kind.DAMAGED: PhraseName.TROUBLE_DAMAGED,
    Kind.UNKNOWN_GENERATION: PhraseName.TROUBLE_UNKNOWN_GENERATION,
    Kind.OTHER_MODEL: PhraseName.TROUBLE_OTHER_MODEL,
    Kind.NO_MODEL: PhraseName.TROUBLE_NO_MODEL,
    Kind.NO_ROOM: PhraseName.TROUBLE_NO_ROOM,
    Kind.NO_MEMORY: PhraseName.TROUBLE_NO_MEMORY,
    Kind.SYSTEM: PhraseName.TROUBLE_SYSTEM,
}


def reason(cause: Cause, phrases: Phrases) -> str:
    """Why a file cannot be taken, and what to do about it: a sentence."""
    return phrases.say(REASONS[cause.reason], **_shown(cause.values))


def trouble(met: Trouble, phrases: Phrases) -> str:
    """Why a change cannot be made: a sentence."""
    values = _shown(met.values)
    if met.cause is not None:
        values["reason"] = reason(met.cause, phrases)
    return phrases.say(TROUBLES[met.kind], **values)


def failure(job: Job, phrases: Phrases) -> str:
    """Why a job failed."""
    return trouble(trouble_in(job), phrases)


def _shown(values: tuple[tuple[str, Value], ...]) -> dict[str, Value]:
    return {name: _one(name, value) for name, value in values}


def _one(name: str, value: Value) -> Value:
    if name in _COUNTED and isinstance(value, int):
        return value
    if name == _FOREIGN:
        words = one_line(str(value), LONGEST_REASON) or "?"
        return f"\N{LEFT-TO-RIGHT ISOLATE}{words}\N{POP DIRECTIONAL ISOLATE}"
    return one_line(str(value), LONGEST_NAME) or "…"
