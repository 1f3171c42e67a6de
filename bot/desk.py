"""The desk where questions are taken: limits, memory, the assistant, and a receipt for each answer."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial
from typing import Final, TypeVar

from bot.address import Asker
from bot.composition import Dalil
from bot.receipts import Gone, Receipt, as_stored, receipt, restored
from bot.staff import Staff
from bot.state.store import Store
from bot.state.values import MemoryKey, Role, StoredAnswer, Taken, new_answer_id
from bot.unanswered.noting import note_reply
from index.document import About
from index.errors import NoGeneration
from index.library import Library
from retrieval.answer import Reply
from retrieval.assistant import Assistant
from retrieval.conversation import Said, ask, turn_of
from retrieval.covering import Coverage, coverage
from retrieval.turns import Completed, Turn

_MINUTE: Final = 60.0
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Told:
    """An answer as it was kept, and as it can be shown."""

    kept: StoredAnswer
    said: Said


class Desk:
    """Takes questions from any number of chats at once; answering happens in threads, one a processor."""

    def __init__(self, dalil: Dalil, store: Store) -> None:
        self._dalil = dalil
        self._settings = dalil.settings
        self._store = store
        self._staff = Staff(store, dalil.settings.admins)
        self._offers: dict[tuple[int, frozenset[int]], Coverage] = {}
        self._threads = ThreadPoolExecutor(os.cpu_count(), thread_name_prefix="dalil-answers")

    def close(self) -> None:
        """Waits for the answers that are being looked for."""
        self._threads.shutdown()

    async def assistant(self) -> Assistant | None:
        """The assistant; None as long as nothing is indexed."""
        try:
            return await self._in_thread(lambda: self._dalil.assistant)
        except NoGeneration:
            return None

    def take(self, asker: Asker) -> Taken:
        """Counts a question against the limits of its person and, in groups, of its chat."""
        settings, now = self._settings, time.time()
        limits = [(f"person:{asker.person}", settings.person_per_minute)] if asker.person else []
        if asker.scope == "group":
            limits.append((f"chat:{asker.chat}", settings.chat_per_minute))
        taken = Taken(allowed=True, retry_after=0.0, first_refusal=False)
        for key, rate in limits:
            taken = self._store.limits.take(key, rate_per_minute=rate, burst=max(1, round(rate)), now=now)
            if not taken.allowed:
                return taken if asker.scope == "private" else self._told_in_group(asker, taken, now)
        return taken

    def _told_in_group(self, asker: Asker, refused: Taken, now: float) -> Taken:
        """A group is told once, however many people and limits there are."""
        is_due = (
            refused.first_refusal
            and self._store.limits.take(f"told:{asker.chat}", rate_per_minute=1, burst=1, now=now).allowed
        )
        return replace(refused, first_refusal=is_due)

    def role(self, person: int | None) -> Role:
        """What a person may do."""
        return Role.CITIZEN if person is None else self._staff.role(person)

    async def answer(
        self,
        assistant: Assistant,
        asker: Asker,
        question: str,
        message: int | None,
        *,
        after: StoredAnswer | Alone | None = None,
    ) -> Told:
        """Answers a question, completed from what the person asked before, and keeps the answer.

        ``after``: the answer that the question replies to, which then stands for what was asked before.
        """
        return await self._in_thread(self._answer, assistant, asker, question, message, after)

    def _answer(
        self, assistant: Assistant, asker: Asker, question: str, message: int | None, after: StoredAnswer | Alone | None
    ) -> Told:
        now = time.time()
        library = assistant.live.current()
        turns = self._turns(library, asker, after, now)
        said, turns = ask(
            assistant,
            question,
            turns,
            now=now,
            without=self.withheld(library, asker),
            forgotten_after=_MINUTE * self._settings.memory_minutes,
        )
        if asker.person:
            self._store.memory.remember(key_of(asker), [each.as_json() for each in turns], now=now)
        kept = _kept(library, asker, question, message, said, now)
        self._store.answers.add(kept)
        note_reply(self._store, kept, said.reply)
        return Told(kept, said)

    def _turns(
        self, library: Library, asker: Asker, after: StoredAnswer | Alone | None, now: float
    ) -> tuple[Turn, ...]:
        if isinstance(after, StoredAnswer):
            reply = self.again(library, asker, after)
            turn = None if isinstance(reply, Gone) else turn_of(library, Completed(after.understood), reply, now=now)
            return (turn,) if turn else ()
        if after is Alone.ALONE or asker.person is None:
            return ()
        since = now - _MINUTE * self._settings.memory_minutes
        return tuple(map(Turn.from_json, self._store.memory.turns(key_of(asker), since=since)))

    def may_see(self, asker: Asker, kept: StoredAnswer) -> bool:
        """Whether an answer may be shown to this person: their own, a group's; administrators see all."""
        if kept.scope == "group" or (asker.person is not None and kept.person == asker.person):
            return True
        return asker.scope == "private" and self.role(asker.person) is Role.ADMINISTRATOR

    async def receipt(self, asker: Asker, kept: StoredAnswer) -> Receipt:
        """How an answer came about, without excerpts of documents that are withheld from this person by now."""
        whole, assistant = receipt(kept.reply, kept.asked, kept.understood), await self.assistant()
        if assistant is None:
            return whole
        library = assistant.live.current()
        hidden = self.withheld(library, asker)
        found = ((each, library.documents.find(each.document)) for each in whole.excerpts)
        shown = tuple(each for each, record in found if record is None or record.row not in hidden)
        return whole.model_copy(update={"excerpts": shown})

    def again(self, library: Library, asker: Asker, kept: StoredAnswer) -> Reply | Gone:
        """An answer that was given, quoted anew for this person here."""
        kept_reply = receipt(kept.reply, kept.asked, kept.understood)
        return restored(library, kept_reply, without=self.withheld(library, asker))

    def withheld(self, library: Library, asker: Asker) -> frozenset[int]:
        """The documents that are not searched for this person here."""
        is_trusted = asker.scope == "private" and self.role(asker.person) is not Role.CITIZEN
        return frozenset() if is_trusted else library.for_officials

    def documents(self, assistant: Assistant, asker: Asker) -> list[About]:
        """What is told of the documents that this person may read here."""
        library = assistant.live.current()
        withheld = self.withheld(library, asker)
        return [record.about for record in library.documents if record.row not in withheld]

    def administrators(self) -> list[int]:
        """The ids of all administrators."""
        return sorted(each.person for each in self._staff.all() if each.role is Role.ADMINISTRATOR)

    async def offer(self, assistant: Assistant, asker: Asker) -> Coverage:
        """What to tell somebody whose question the reports do not answer."""
        return await self._in_thread(self._offer, assistant, asker)

    def _offer(self, assistant: Assistant, asker: Asker) -> Coverage:
        library = assistant.live.current()
        without = self.withheld(library, asker)
        key = library.manifest.number, without
        if key not in self._offers:  # finding examples asks some dozens of questions
            self._offers = {key: coverage(assistant, without=without), **dict(list(self._offers.items())[:1])}
        return self._offers[key]

    async def _in_thread(self, work: Callable[..., T], *arguments: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._threads, partial(work, *arguments))


class Alone(Enum):
    """A question that is not completed, whatever was asked before."""

    ALONE = "alone"


def completed_from(kept: StoredAnswer) -> str | None:
    """The question as it was completed from earlier ones; None if it was not, or it is forgotten."""
    return kept.understood if kept.is_follow_up and kept.understood else None


def key_of(asker: Asker) -> MemoryKey:
    """Under which a conversation is remembered."""
    return MemoryKey(asker.chat, asker.topic or 0, asker.person or 0)


def _kept(library: Library, asker: Asker, asked: str, message: int | None, said: Said, now: float) -> StoredAnswer:
    circumstances, reply = said.reply.circumstances, as_stored(library, said.reply)
    return StoredAnswer(
        id=new_answer_id(),
        chat=asker.chat,
        topic=asker.topic or 0,
        person=asker.person,
        question_message=message,
        answer_message=None,
        asked=asked,
        understood=circumstances.understood,
        outcome=reply["outcome"],
        confidence=circumstances.confidence,
        generation=circumstances.generation,
        reply=reply,
        scope=asker.scope,
        is_follow_up=said.completed.is_follow_up,
        created=now,
    )
