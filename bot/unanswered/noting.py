"""Taking note of questions that were not answered well."""

from __future__ import annotations

from dataclasses import dataclass

from bot.receipts import receipt
from bot.state.store import Store
from bot.state.unanswered import Asking
from bot.state.values import StoredAnswer
from bot.unanswered.asking_again import place
from retrieval.answer import NotFound, Related, Reply


@dataclass(frozen=True, slots=True)
class Complaining:
    """Who found an answer wanting, and whether in their private chat."""

    person: int
    in_private: bool


def note_reply(store: Store, kept: StoredAnswer, reply: Reply) -> None:
    """Keeps a question whose reply was no answer, as it was completed; none of somebody who is not known."""
    is_nothing = isinstance(reply, NotFound) and reply.reason == "not_found"
    if kept.person is None or not (is_nothing or isinstance(reply, Related)):
        return
    asking = Asking("none" if is_nothing else "related", kept.person, in_private=kept.scope == "private")
    store.unanswered.note(kept.understood, asking, now=kept.created)


def note_complaint(store: Store, kept: StoredAnswer, by: Complaining, *, now: float) -> None:
    """Keeps the question of an answer that somebody found wanting; nothing if the question is forgotten."""
    if not kept.understood:
        return
    excerpts = receipt(kept.reply, kept.asked, kept.understood).excerpts
    shown = place(excerpts[0].document, excerpts[0].start, excerpts[0].end) if excerpts else None
    is_theirs = by.in_private and kept.person == by.person
    asking = Asking("down", by.person, in_private=is_theirs, shown=shown if kept.outcome == "answer" else None)
    store.unanswered.note(kept.understood, asking, now=now)
