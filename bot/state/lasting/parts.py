"""The parts of a state that lasts, but for its updates: each does what the part of its name does."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

import sqlalchemy as sa

from bot.state.answers import Answers
from bot.state.chats import Chats
from bot.state.database import Database
from bot.state.feedback import Feedback
from bot.state.lasting.calls import call
from bot.state.lasting.outage import Outage
from bot.state.limits import Limits
from bot.state.memory import Memory
from bot.state.people import People
from bot.state.store import Store
from bot.state.unanswered import Asking, UnansweredQuestions
from bot.state.values import Approval, Chat, ChatKind, JsonObject, MemoryKey, Role, StoredAnswer, Taken, Verdict


class LastingAnswers(Answers):
    """Receipts: of two that are found, here and in the replica, the newer one."""

    def __init__(self, database: Database, outage: Outage) -> None:
        super().__init__(database)
        self._outage = outage

    def add(self, answer: StoredAnswer) -> None:
        """As it is said there."""
        self._outage.write(
            partial(super().add, answer), lambda here: here.answers.add(answer), call("answers.add", answer)
        )

    def sent(self, answer: str, message: int, *, seconds: float | None = None) -> None:
        """As it is said there."""

        def here(store: Store) -> None:
            copy_answer(self._outage, store, answer)
            store.answers.sent(answer, message, seconds=seconds)

        said = call("answers.sent", answer, message, seconds=seconds)
        self._outage.write(partial(super().sent, answer, message, seconds=seconds), here, said)

    def _newest(self, condition: sa.ColumnElement[bool]) -> StoredAnswer | None:
        def either(here: Store, replica: Store) -> StoredAnswer | None:
            found = [each.answers._newest(condition) for each in (here, replica)]
            return max((each for each in found if each), key=lambda each: each.created, default=None)

        return self._outage.read(partial(super()._newest, condition), either)


class LastingFeedback(Feedback):
    """What people think of answers, those of before the outage too."""

    def __init__(self, database: Database, outage: Outage) -> None:
        super().__init__(database)
        self._outage = outage

    def give(self, answer: str, person: int, verdict: Verdict, *, now: float) -> bool:
        """As it is said there; what the person said before the outage is not known."""

        def here(store: Store) -> bool:
            copy_answer(self._outage, store, answer)
            return store.feedback.give(answer, person, verdict, now=now)

        said = call("feedback.give", answer, person, verdict, now=now)
        return self._outage.write(partial(super().give, answer, person, verdict, now=now), here, said)

    def why(self, answer: str, person: int, reason: str) -> bool:
        """As it is said there; True also if it is not known whether they found it wanting before the outage."""
        said = call("feedback.why", answer, person, reason)
        return self._outage.write(partial(super().why, answer, person, reason), lambda _: True, said)


class LastingMemory(Memory):
    """The last turns; what is remembered here goes before what the replica knows."""

    def __init__(self, database: Database, outage: Outage) -> None:
        super().__init__(database)
        self._outage = outage

    def turns(self, key: MemoryKey, *, since: float) -> list[JsonObject]:
        """As it is said there."""

        def either(here: Store, replica: Store) -> list[JsonObject]:
            return (here if here.memory.knows(key) else replica).memory.turns(key, since=since)

        return self._outage.read(partial(super().turns, key, since=since), either)

    def remember(self, key: MemoryKey, turns: Sequence[JsonObject], *, now: float) -> None:
        """As it is said there."""
        said = call("memory.remember", key, list(turns), now=now)
        usual = partial(super().remember, key, turns, now=now)
        self._outage.write(usual, lambda here: here.memory.remember(key, turns, now=now), said)

    def forget(self, key: MemoryKey) -> None:
        """As it is said there."""
        said = call("memory.forget", key)  # here it is kept that there are no turns, for the replica still has them
        self._outage.write(partial(super().forget, key), lambda here: here.memory.remember(key, [], now=0.0), said)


class LastingUnanswered(UnansweredQuestions):
    """Questions that were not answered well; while the server is lost they are only added to."""

    def __init__(self, database: Database, outage: Outage) -> None:
        super().__init__(database)
        self._outage = outage

    def note(self, question: str, asking: Asking, *, now: float) -> None:
        """As it is said there."""
        said = call("unanswered.note", question, asking, now=now)
        self._outage.write(partial(super().note, question, asking, now=now), lambda _: None, said)


class LastingPeople(People):
    """Roles and languages can be read; while the server is lost nothing of them is changed."""

    def __init__(self, database: Database, outage: Outage) -> None:
        super().__init__(database)
        self._outage = outage

    def role(self, user: int) -> Role:
        """As the replica knows it."""
        return self._outage.read(partial(super().role, user), lambda _, replica: replica.people.role(user))

    def all_with_roles(self) -> dict[int, Role]:
        """As the replica knows them."""
        return self._outage.read(super().all_with_roles, lambda _, replica: replica.people.all_with_roles())


class LastingLimits(Limits):
    """Limits; while the server is lost each process has its own, which are forgotten afterwards."""

    def __init__(self, database: Database, outage: Outage) -> None:
        super().__init__(database)
        self._outage = outage

    def take(self, key: str, *, rate_per_minute: float, burst: int, now: float) -> Taken:
        """As it is said there."""
        options: dict[str, Any] = {"rate_per_minute": rate_per_minute, "burst": burst, "now": now}
        return self._outage.write(partial(super().take, key, **options), lambda here: here.limits.take(key, **options))

    def hold(self, chat: int, *, until: float) -> None:
        """As it is said there."""
        self._outage.write(partial(super().hold, chat, until=until), lambda here: here.limits.hold(chat, until=until))

    def holds(self, *, now: float) -> dict[int, float]:
        """Those that are known here or to the replica."""

        def either(here: Store, replica: Store) -> dict[int, float]:
            return {**replica.limits.holds(now=now), **here.limits.holds(now=now)}

        return self._outage.read(partial(super().holds, now=now), either)

    def held_until(self, chats: Any) -> float:
        """What is known here."""
        return self._outage.read(partial(super().held_until, chats), lambda here, _: here.limits.held_until(chats))


class LastingChats(Chats):
    """Chats; one that is changed while the server is lost is known here from then on."""

    def __init__(self, database: Database, outage: Outage) -> None:
        super().__init__(database)
        self._outage = outage

    def get(self, chat: int) -> Chat | None:
        """As it is said there."""

        def either(here: Store, replica: Store) -> Chat | None:
            return here.chats.get(chat) or replica.chats.get(chat)

        return self._outage.read(partial(super().get, chat), either)

    def joined(self, chat: int, kind: ChatKind, title: str, *, approval: Approval | None) -> Chat:
        """As it is said there."""
        found: Chat = self._changed("joined", chat, kind, title, approval=approval)
        return found

    def greeted(self, chat: int, *, now: float) -> bool:
        """As it is said there."""
        return bool(self._changed("greeted", chat, now=now))

    def approve(self, chat: int) -> bool:
        """As it is said there."""
        return bool(self._changed("approve", chat))

    def left(self, chat: int) -> bool:
        """As it is said there."""
        return bool(self._changed("left", chat))

    def blocked(self, chat: int, *, now: float) -> None:
        """As it is said there."""
        self._changed("blocked", chat, now=now)

    def unblocked(self, chat: int) -> None:
        """As it is said there."""
        self._changed("unblocked", chat)

    def waiting(self) -> list[Chat]:
        """As it is said there."""

        def either(here: Store, replica: Store) -> list[Chat]:
            known = {each.id: each for each in (*replica.chats.waiting(), *here.chats.waiting())}
            decided = {chat for chat in known if (now := here.chats.get(chat)) and now.approval is not Approval.WAITING}
            return [known[chat] for chat in sorted(known.keys() - decided)]

        return self._outage.read(super().waiting, either)

    def migrate(self, old: int, new: int) -> None:
        """As it is said there; what was said in the former group before the outage is known again after it."""
        self._changed("migrate", old, new)

    def migrated(self, old: int) -> int | None:
        """As it is said there."""

        def either(here: Store, replica: Store) -> int | None:
            found = here.chats.migrated(old)
            return replica.chats.migrated(old) if found is None else found

        return self._outage.read(partial(super().migrated, old), either)

    def _changed(self, name: str, chat: int, *arguments: Any, **options: Any) -> Any:
        said = call(f"chats.{name}", chat, *arguments, **options)

        def here(store: Store) -> Any:
            if store.chats.get(chat) is None and (known := self._outage.replica.chats.get(chat)) is not None:
                store.chats.put(known)
            return said.done_in(store)

        return self._outage.write(partial(getattr(Chats, name), self, chat, *arguments, **options), here, said)


def copy_answer(outage: Outage, here: Store, answer: str) -> None:
    """Sees to it that an answer of before the outage is known here, if the replica knows it."""
    if here.answers.get(answer) is None and (known := outage.replica.answers.get(answer)) is not None:
        here.answers.add(known)
