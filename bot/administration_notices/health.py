"""How the system is, alarms, and what is said with a backup."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Final

from bot.administration_notices.reasons import failure
from bot.administration_notices.saying import sized
from bot.buttons import Rendered
from bot.health import Facts
from bot.markup import bold, escaped, one_line
from bot.phrases import PhraseName, Phrases
from bot.state.values import Job

_LONGEST: Final = 300  # code points of an error, or of a list of names
BY_HAND: Final = "dalil backup"


def status(facts: Facts, faults: int, phrases: Phrases) -> Rendered:
    """The answer to ``/status``; ``faults``: updates that could not be handled since the start."""
    lines = [*_library(facts, phrases)]
    lines.append(phrases.say(PhraseName.STATUS_DISK, free=sized(facts.free, phrases), size=sized(facts.size, phrases)))
    lines.append(phrases.say(PhraseName.STATUS_MEMORY, size=sized(facts.memory, phrases)))
    versions = ", ".join(f"{name} {number}" for name, number in facts.versions.items())
    lines.append(phrases.say(PhraseName.STATUS_VERSIONS, versions=versions))
    lines.append(phrases.say(PhraseName.STATUS_QUEUE, number=str(facts.unfinished)))
    lines.append(phrases.say(PhraseName.STATUS_FAULTS, number=str(faults)))
    for job in facts.failures:
        at = dt.datetime.fromtimestamp(job.ended or job.asked, dt.UTC)
        lines.append(phrases.say(PhraseName.STATUS_FAILED, day=f"{at:%Y-%m-%d %H:%M}", problem=failure(job, phrases)))
    return Rendered("\n".join([bold(phrases.say(PhraseName.STATUS_HEADING)), *map(escaped, lines)]))


def disk_is_full(free: int, phrases: Phrases) -> Rendered:
    """That little room is left."""
    return Rendered(escaped(phrases.say(PhraseName.ALARM_DISK, free=sized(free, phrases))))


def build_failed(job: Job, phrases: Phrases) -> Rendered:
    """That a change of the library came to nothing."""
    return Rendered(escaped(phrases.say(PhraseName.ALARM_BUILD, problem=failure(job, phrases))))


def backup_caption(elsewhere: Sequence[str], phrases: Phrases, *, with_index: bool) -> str:
    """What is said under a backup, plain; ``elsewhere``: reports that it has only in its index."""
    said = [phrases.say(PhraseName.BACKUP_WHOLE if with_index else PhraseName.BACKUP_WITHOUT_INDEX)]
    if elsewhere and not with_index:
        names = one_line("، ".join(elsewhere), _LONGEST)
        said.append(phrases.say(PhraseName.BACKUP_INCOMPLETE, names=names))
    return "\n".join(said)


def backup_too_large(size: int, phrases: Phrases) -> Rendered:
    """That a backup has to be made at the terminal."""
    return Rendered(escaped(phrases.say(PhraseName.BACKUP_TOO_LARGE, size=sized(size, phrases), command=BY_HAND)))


def no_room_for_backup(free: int, phrases: Phrases) -> Rendered:
    """That there is no room to make one."""
    return Rendered(escaped(phrases.say(PhraseName.BACKUP_NO_ROOM, free=sized(free, phrases))))


def _library(facts: Facts, phrases: Phrases) -> Iterator[str]:
    answering = facts.answering
    if answering is None:
        yield phrases.say(PhraseName.NOTHING_INDEXED)
        return
    day = one_line(answering.built[:16].replace("T", " "), _LONGEST)
    yield phrases.say(PhraseName.STATUS_GENERATION, number=str(answering.number), day=day)
    documents, passages = f"{answering.documents:,}", f"{answering.passages:,}"
    yield phrases.say(PhraseName.STATUS_DOCUMENTS, documents=documents, passages=passages)
