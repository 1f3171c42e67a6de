"""What an update would change, how far it has come, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.administration_notices.reasons import failure, reason, trouble
from bot.administration_notices.saying import bulleted, listed, short, span
from bot.administration_notices.staged import NONE
from bot.buttons import Button, ButtonKind, Rendered, Rows, button, row
from bot.jobs.foreseeing import Foreseen
from bot.jobs.requests import MOST_ATTEMPTS
from bot.jobs.troubles import Kind, Trouble, cause_in, trouble_in
from bot.markup import bold, escaped, isolated
from bot.phrases import PhraseName, Phrases
from bot.state.values import Job, JobState
from index.catalogue import Entry
from index.reasons import Cause

_NAMES_SHOWN: Final = 5  # of each kind of change: 15 names and 2 reasons with their headings are within a message
_LONGEST: Final = 60  # code points of such a name, which count twice each beyond U+FFFF
_REFUSED_FORESEEN: Final = 2  # with their reasons, under all other names
_REFUSED_TOLD: Final = 4  # by themselves
_LONGEST_REASON: Final = 200
_LONGEST_QUESTION: Final = 150
_BAR: Final = 12  # squares
_QUESTIONS_SHOWN: Final = 10
_STEPS: Final = {
    "read": PhraseName.STEP_READ,
    "index": PhraseName.STEP_INDEX,
    "verify": PhraseName.STEP_VERIFY,
}


def foreseen(change: Foreseen, target: str, digest: str, phrases: Phrases) -> Rendered:
    """What would change; a press of the first button has it built."""
    lines = [bold(phrases.say(PhraseName.CHANGE_HEADING))]
    kinds = (
        (phrases.say(PhraseName.CHANGE_NEW, number=f"{len(change.new):,}"), change.new),
        (phrases.say(PhraseName.CHANGE_CHANGED, number=f"{len(change.changed):,}"), change.changed),
        (phrases.say(PhraseName.CHANGE_REMOVED, number=f"{len(change.removed):,}"), change.removed),
    )
    for heading, names in kinds:
        if names:
            lines += [escaped(heading), *_some(tuple(_told(each, change, phrases) for each in names), phrases)]
    if change.refused:
        lines.append(escaped(phrases.say(PhraseName.CHANGE_REFUSED, number=f"{len(change.refused):,}")))
        lines += _refused(tuple((error.name, error.cause) for error in change.refused), _REFUSED_FORESEEN, phrases)
    if change.orphans:
        lines.append(escaped(phrases.say(PhraseName.CHANGE_ORPHANS, number=f"{len(change.orphans):,}")))
    lines.append(escaped(phrases.say(PhraseName.CHANGE_UNCHANGED, number=f"{len(change.unchanged):,}")))
    back = button(phrases.say(PhraseName.BUTTON_BACK), ButtonKind.CANCEL, target)
    if not (change.new or change.changed or change.removed):
        return Rendered("\n".join([*lines, escaped(phrases.say(PhraseName.CHANGE_NOTHING))]), ((back,),))
    lines += map(escaped, _cost(change, phrases))
    build = button(phrases.say(PhraseName.BUTTON_BUILD), ButtonKind.MAKE, target, digest)
    return Rendered("\n".join(lines), (row(phrases, build, back),))


def _told(name: str, change: Foreseen, phrases: Phrases) -> str:
    """A document by its title, or by its file's name if nobody gave it one, and whether it is for officials."""
    said = change.said.get(name, Entry())
    closed = [phrases.say(PhraseName.FOR_OFFICIALS_ONLY)] if said.audience == "officials" else []
    return listed([short(said.title or name, _LONGEST), *closed], phrases)


def _some(names: tuple[str, ...], phrases: Phrases) -> Iterator[str]:
    yield from bulleted(names[:_NAMES_SHOWN], phrases)
    if len(names) > _NAMES_SHOWN:
        yield escaped(phrases.say(PhraseName.AND_OTHERS))


def _refused(files: tuple[tuple[str, Cause], ...], most: int, phrases: Phrases) -> Iterator[str]:
    told = (
        f"{isolated(short(name, _LONGEST))}: {short(reason(cause, phrases), _LONGEST_REASON)}"
        for name, cause in files[:most]
    )
    yield from bulleted(told, phrases)
    if len(files) > most:
        yield escaped(phrases.say(PhraseName.AND_OTHERS))


def _cost(change: Foreseen, phrases: Phrases) -> Iterator[str]:
    passages = phrases.say(PhraseName.COUNT_PASSAGES, count=change.embedded)
    yield phrases.say(PhraseName.CHANGE_PASSAGES, passages=passages)
    if change.seconds is None:
        yield phrases.say(PhraseName.CHANGE_TIME_UNKNOWN)
    else:
        yield phrases.say(PhraseName.CHANGE_TIME, span=span(max(1.0, change.seconds), phrases))


def impossible(met: Trouble, target: str, phrases: Phrases) -> Rendered:
    """A change cannot be made; from here one goes on to all that waits, or back."""
    every = button(phrases.say(PhraseName.BUTTON_STAGED), ButtonKind.STAGED, NONE)
    back = button(phrases.say(PhraseName.BUTTON_BACK), ButtonKind.CANCEL, target)
    said = escaped(phrases.say(PhraseName.CHANGE_IMPOSSIBLE, reason=trouble(met, phrases)))
    return Rendered(said, (row(phrases, every, back),))


def progress(job: Job, now: float, phrases: Phrases, *, before: int = 0, undecided: bool = False) -> Rendered:
    """How an update stands; ``before`` others come first, of which one waits for a decision if ``undecided``."""
    match job.state:
        case JobState.QUEUED:
            lines = [phrases.say(PhraseName.JOB_BEHIND, count=before)]
            lines += [phrases.say(PhraseName.JOB_BEHIND_DECISION)] if undecided else []
            return Rendered(escaped("\n".join(lines)), ((_stop(job, phrases),),))
        case JobState.BUILDING:
            return Rendered("\n".join(map(escaped, _under_way(job, now, phrases))), ((_stop(job, phrases),),))
        case JobState.WAITING:
            return _undecided(job, phrases)
        case JobState.SWITCHING:
            return Rendered(escaped(phrases.say(PhraseName.JOB_SWITCHING)))
        case JobState.DONE:
            return Rendered("\n".join(_done(job, phrases)), _onwards(job, phrases))
        case JobState.STOPPED if trouble_in(job).kind is Kind.RESTORED:
            return Rendered(escaped(failure(job, phrases)))
        case JobState.STOPPED:
            is_dead = job.error is not None and job.attempts >= MOST_ATTEMPTS
            said = phrases.say(PhraseName.JOB_INTERRUPTED if is_dead else PhraseName.JOB_STOPPED)
            return Rendered(escaped(said), _onwards(job, phrases))
        case JobState.FAILED:
            said = phrases.say(PhraseName.JOB_FAILED, reason=failure(job, phrases))
            return Rendered(escaped(said), _onwards(job, phrases))


def held(standing: Rendered, phrases: Phrases) -> Rendered:
    """That an update holds a file, above how that update stands."""
    told = escaped(phrases.say(PhraseName.STAGED_UNDER_WAY))
    return Rendered(f"{told}\n{standing.text}", standing.buttons)


def _stop(job: Job, phrases: Phrases) -> Button:
    return button(phrases.say(PhraseName.BUTTON_STOP), ButtonKind.STOP, job.id)


def _onwards(job: Job, phrases: Phrases) -> Rows:
    """Where to go once an update is over: to the library, or to the files that still wait."""
    if job.state is JobState.DONE:
        return ((button(phrases.say(PhraseName.BUTTON_DOCUMENTS), ButtonKind.LIBRARY, "0", 1),),)
    return ((button(phrases.say(PhraseName.BUTTON_STAGED), ButtonKind.STAGED, NONE),),)


def _under_way(job: Job, now: float, phrases: Phrases) -> Iterator[str]:
    step = _STEPS.get(job.step or "")
    if step is None:
        yield phrases.say(PhraseName.JOB_BEGUN)
        return
    yield phrases.say(step)
    done = min(job.done, job.total)
    full = _BAR * done // max(1, job.total)
    yield f"{'▓' * full}{'░' * (_BAR - full)} {done / max(1, job.total):.0%}"
    yield phrases.say(PhraseName.JOB_COUNT, number=str(done), total=str(job.total))
    left = job.seconds_left(now)
    if left is not None and done < job.total:
        yield phrases.say(PhraseName.JOB_LEFT, span=span(left, phrases))


def _undecided(job: Job, phrases: Phrases) -> Rendered:
    failed = [str(each) for each in job.result.get("failed", [])]
    lines = [bold(phrases.say(PhraseName.JOB_WORSE, count=len(failed)))]
    lines += bulleted((short(each, _LONGEST_QUESTION) for each in failed[:_QUESTIONS_SHOWN]), phrases)
    if len(failed) > _QUESTIONS_SHOWN:
        lines.append(escaped(phrases.say(PhraseName.AND_OTHERS)))
    lines.append(escaped(phrases.say(PhraseName.JOB_DECIDE)))
    switch = button(phrases.say(PhraseName.BUTTON_SWITCH), ButtonKind.SWITCH, job.id)
    drop = button(phrases.say(PhraseName.BUTTON_CANCEL), ButtonKind.STOP, job.id)
    return Rendered("\n".join(lines), (row(phrases, switch, drop),))


def _done(job: Job, phrases: Phrases) -> Iterator[str]:
    if job.generation is None:
        yield escaped(phrases.say(PhraseName.JOB_UNCHANGED))
    else:
        yield escaped(phrases.say(PhraseName.JOB_DONE, number=str(job.generation)))
    result = job.result
    if "documents" in result:
        documents = phrases.say(PhraseName.COUNT_DOCUMENTS, count=int(result["documents"]))
        passages = phrases.say(PhraseName.COUNT_PASSAGES, count=int(result["passages"]))
        yield escaped(phrases.say(PhraseName.JOB_HOLDS, facts=listed([documents, passages], phrases)))
        yield escaped(phrases.say(PhraseName.JOB_TOOK, span=span(max(1.0, result["seconds"]), phrases)))
    if refused := result.get("refused"):
        yield escaped(phrases.say(PhraseName.JOB_REFUSED))
        yield from _refused(tuple((str(each["document"]), cause_in(each)) for each in refused), _REFUSED_TOLD, phrases)
