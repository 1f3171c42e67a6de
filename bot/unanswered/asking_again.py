"""After a new generation: which questions it answers that none before did, and who is to be told."""

from __future__ import annotations

from dataclasses import dataclass

from bot.state.store import Store
from bot.state.unanswered import TOLD_FOR
from bot.state.values import Finding, Unanswered
from retrieval.answer import Answer, Excerpt
from retrieval.assistant import Assistant


@dataclass(frozen=True, slots=True)
class Found:
    """A question that is answered now. ``person`` asked it in private not long ago and is to be told (None: nobody)."""

    question: str
    person: int | None
    reply: Answer


def ask_again(store: Store, assistant: Assistant, *, now: float) -> list[Found]:
    """Asks every open question anew, as somebody without rights, and marks those that are answered.

    One that a report was added for and that is still not answered is open as before.

    Each is found once: who is to be told is not known to the state any more when this returns. So nobody is ever told
    twice; if the process is killed before it has told them, nobody is.
    """
    found, waiting = [], []
    for each in store.unanswered.open():
        reply = assistant.ask(each.question, without=assistant.live.current().for_officials)
        if isinstance(reply, Answer) and _is_new(each, reply):
            found.append((each, Found(each.question, _to_be_told(each, now), reply)))
        elif each.state is Finding.ADDED:
            waiting.append(each.id)
    store.unanswered.mark([each.id for each, _ in found], Finding.ANSWERED)
    store.unanswered.mark(waiting, Finding.OPEN)
    return [answered for _, answered in found]


def place_of(excerpt: Excerpt) -> str:
    """Where an excerpt stands, to tell whether the next answer is another one."""
    return place(excerpt.document, excerpt.span.start, excerpt.span.end)


def place(document: str, start: int, end: int) -> str:
    """The same for an excerpt of which only that is known."""
    return f"{start}:{end}:{document}"


def _is_new(each: Unanswered, reply: Answer) -> bool:
    return each.shown is None or each.shown != place_of(reply.excerpts[0])


def _to_be_told(each: Unanswered, now: float) -> int | None:
    return each.person if now - each.asked <= TOLD_FOR else None
