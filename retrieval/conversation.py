"""Conversations: each question completed from the earlier ones, answered, and remembered."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field, replace
from typing import Final

from index.analysis import FUNCTION_WORDS
from index.arabic import words
from index.library import Library
from retrieval.answer import Answer, Excerpt, NotFound, Reply
from retrieval.assistant import Assistant
from retrieval.earlier import Earlier
from retrieval.following import SMALL_TALK, complete, without_what_goes_on
from retrieval.parts import sentence
from retrieval.question import understand
from retrieval.replacing import NOT_NAMED
from retrieval.turns import FORGOTTEN_AFTER, REMEMBERED, Completed, Turn
from retrieval.wording import bare
from retrieval.years import years_in

CONVERSATIONS: Final = 1_000
"""Conversations that are remembered at once; the one that was silent longest is forgotten first."""


@dataclass(frozen=True, slots=True)
class Said:
    """A reply, and the question as it was completed before it was asked."""

    reply: Reply
    completed: Completed


def turn_of(library: Library, completed: Completed, reply: Reply, *, now: float) -> Turn | None:
    """What to remember of a question and its reply; None for what nobody follows up: thanks, other languages."""
    if isinstance(reply, NotFound) and reply.reason != "not_found":
        return None
    question = completed.question
    if not completed.is_follow_up:
        question, _ = without_what_goes_on(understand(question).standard)
    if all(map(_is_small, words(question))):
        return None
    if isinstance(reply, NotFound):
        return Turn(question, now)
    first = reply.excerpts[0]
    years = tuple(sorted(years_in(first.text) or years_in(first.about.title)))
    person = _person(library, first) if isinstance(reply, Answer) else None
    return Turn(question, now, first.document, first.about.place, years, person)


def _is_small(word: str) -> bool:
    return word in SMALL_TALK or word in FUNCTION_WORDS or NOT_NAMED.fullmatch(bare(word)) is not None


def _person(library: Library, excerpt: Excerpt) -> str | None:
    """Whom an excerpt names first by a role («نائب رئيس اللجنة»)."""
    return Earlier(Turn("", 0.0), sentence(library, excerpt.text), 0.0).person_named()


def ask(
    assistant: Assistant,
    asked: str,
    turns: tuple[Turn, ...],
    *,
    now: float,
    without: frozenset[int] = frozenset(),
    forgotten_after: float = FORGOTTEN_AFTER,
) -> tuple[Said, tuple[Turn, ...]]:
    """Answers ``asked``, completed from ``turns`` (newest last); gives the turns to remember from then on as well.

    ``without``: as in `Assistant.ask`. Turns older than ``forgotten_after`` seconds are not followed up.
    """
    library = assistant.live.current()
    completed = complete(library, asked, turns, now=now, forgotten_after=forgotten_after)
    reply = assistant.ask(completed.question, without=without)
    if completed.is_follow_up:
        reply = _as_asked(reply, asked)
    turn = turn_of(library, completed, reply, now=now)
    return Said(reply, completed), (*turns, turn)[-REMEMBERED:] if turn else turns


def _as_asked(reply: Reply, asked: str) -> Reply:
    """A reply to a completed question that says what was typed; what it ``understood`` is the completed question."""
    return replace(reply, circumstances=replace(reply.circumstances, asked=asked))


@dataclass
class Conversation:
    """One person's conversation. Not to be shared between threads."""

    assistant: Assistant
    turns: tuple[Turn, ...] = ()

    def ask(self, asked: str, *, now: float) -> Said:
        """Answers ``asked``, completed from the turns before it if it follows them up."""
        said, self.turns = ask(self.assistant, asked, self.turns, now=now)
        return said

    def forget(self) -> None:
        """Begins anew."""
        self.turns = ()


@dataclass
class Conversations:
    """Many conversations, each under a name; of ``most`` at once."""

    assistant: Assistant
    most: int = CONVERSATIONS
    _turns: OrderedDict[str, tuple[Turn, ...]] = field(default_factory=OrderedDict)

    def ask(self, asked: str, *, name: str | None, now: float) -> Said:
        """Answers ``asked`` within the conversation ``name``; without one, nothing is remembered."""
        if name is None:
            return ask(self.assistant, asked, (), now=now)[0]
        said, turns = ask(self.assistant, asked, self._turns.pop(name, ()), now=now)
        self._turns[name] = turns
        while len(self._turns) > self.most:
            self._turns.popitem(last=False)
        return said
