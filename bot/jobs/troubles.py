"""What a change of the library came to grief over, as it is kept with the job: codes and values, no sentences."""

from __future__ import annotations

import errno
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from types import MappingProxyType
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from bot.shelf.errors import CannotBePublished, NotStaged, QuestionsError, StaleProposal, UnknownDocument
from bot.state.values import Job, JsonObject
from index.errors import (
    AliasesError,
    BuildFailed,
    CatalogueError,
    DamagedGeneration,
    DocumentLost,
    EmbedderMismatch,
    LibraryLocked,
    ModelUnavailable,
    NothingToIndex,
    OutdatedGeneration,
    SourceError,
    UnknownGeneration,
)
from index.reasons import Cause, Reason, Value

KEPT: Final = "trouble"
"""The key of a trouble in the result of a job."""


class Kind(StrEnum):
    """What came in the way."""

    UNPUBLISHABLE = "unpublishable"  # name; the cause says why
    BESIDE = "beside"  # name of a file beside the documents; the cause says why
    NOTHING_TO_INDEX = "nothing-to-index"
    NOT_STAGED = "not-staged"
    GONE = "gone"  # name of what is not staged any more
    UNKNOWN_DOCUMENT = "unknown-document"  # name
    STALE = "stale"
    RESTORED = "restored"  # it was under way in a backup that was brought back
    BUSY = "busy"
    LOST_DOCUMENT = "lost-document"  # name
    DAMAGED = "damaged"  # number
    UNKNOWN_GENERATION = "unknown-generation"
    OTHER_MODEL = "other-model"
    NO_MODEL = "no-model"  # name, text
    NO_ROOM = "no-room"
    NO_MEMORY = "no-memory"
    SYSTEM = "system"  # text: the words of what failed


@dataclass(frozen=True, slots=True)
class Trouble:
    """A kind with its values, by their names; ``cause`` is of those that lie in one file."""

    kind: Kind
    values: tuple[tuple[str, Value], ...] = ()
    cause: Cause | None = None

    @classmethod
    def of(cls, kind: Kind, **values: Value) -> Trouble:
        """A kind with the values that belong to it."""
        return cls(kind, tuple(values.items()))


_PLAIN: Final[Mapping[type[BaseException], Kind]] = {
    NotStaged: Kind.NOT_STAGED,
    StaleProposal: Kind.STALE,
    NothingToIndex: Kind.NOTHING_TO_INDEX,
    LibraryLocked: Kind.BUSY,
    UnknownGeneration: Kind.UNKNOWN_GENERATION,
    EmbedderMismatch: Kind.OTHER_MODEL,
    OutdatedGeneration: Kind.OTHER_MODEL,
    MemoryError: Kind.NO_MEMORY,
}
_CAUSE: Final = TypeAdapter(Cause)
_TROUBLE: Final = TypeAdapter(Trouble)


def trouble_of(error: BaseException, names: Mapping[str, str] = MappingProxyType({})) -> Trouble:
    """What an error says, in a code; what is not ours is said in its own words.

    ``names``: what staged documents, by id, are called for people.
    """
    match error:
        case NotStaged(staged=staged) if staged in names:
            return Trouble.of(Kind.GONE, name=names[staged])
        case CannotBePublished(name=name, cause=cause) | SourceError(name=name, cause=cause):
            return Trouble(Kind.UNPUBLISHABLE, (("name", name),), cause)
        case NothingToIndex(refused=(first, *_)):
            return trouble_of(first)
        case CatalogueError(name=path, cause=cause) | AliasesError(name=path, cause=cause):
            return Trouble(Kind.BESIDE, (("name", PurePath(path).name),), cause)
        case QuestionsError(name=path, cause=cause):
            return Trouble(Kind.BESIDE, (("name", PurePath(path).name),), cause)
        case UnknownDocument(name=name):
            return Trouble.of(Kind.UNKNOWN_DOCUMENT, name=name)
        case DocumentLost(name=name):
            return Trouble.of(Kind.LOST_DOCUMENT, name=name)
        case DamagedGeneration(number=number):
            return Trouble.of(Kind.DAMAGED, number=number)
        case ModelUnavailable(name=name, reason=text):
            return Trouble.of(Kind.NO_MODEL, name=name, text=text)
        case BuildFailed(__cause__=BaseException() as inner):
            return trouble_of(inner)
        case OSError(errno=errno.ENOSPC | errno.EDQUOT):
            return Trouble(Kind.NO_ROOM)
        case _ if type(error) in _PLAIN:
            return Trouble(_PLAIN[type(error)])
    return Trouble.of(Kind.SYSTEM, text=str(error) or type(error).__name__)


def kept(error: BaseException, names: Mapping[str, str] = MappingProxyType({})) -> JsonObject:
    """What goes into the result of a job that failed; ``names`` as for `trouble_of`."""
    return kept_trouble(trouble_of(error, names))


def kept_trouble(trouble: Trouble) -> JsonObject:
    """What goes into the result of a job that came to grief over this."""
    return {KEPT: _TROUBLE.dump_python(trouble, mode="json")}


def trouble_in(job: Job) -> Trouble:
    """Why a job failed; of one that an older version kept, its sentence."""
    try:
        return _TROUBLE.validate_python(job.result.get(KEPT))
    except ValidationError:
        return Trouble.of(Kind.SYSTEM, text=job.error or "?")


def kept_cause(cause: Cause) -> JsonObject:
    """A cause as JSON."""
    found: JsonObject = _CAUSE.dump_python(cause, mode="json")
    return found


def cause_in(refused: Mapping[str, Any]) -> Cause:
    """Why a file was not taken; of one that an older version kept, its sentence."""
    try:
        return _CAUSE.validate_python(refused.get("cause"))
    except ValidationError:
        return Cause.of(Reason.TOLD, text=str(refused.get("reason", "?")))
