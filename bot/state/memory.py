"""The last turns of conversations."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from bot.state.database import Database, upsert
from bot.state.tables import memory
from bot.state.values import JsonObject, MemoryKey


class Memory:
    """One conversation per chat, topic and person: nothing said in one is seen in another."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def turns(self, key: MemoryKey, *, since: float) -> list[JsonObject]:
        """The turns as they were remembered; none if that was before ``since``."""
        query = sa.select(memory.c.turns).where(_is(key), memory.c.remembered >= since)
        with self._database.reading() as connection:
            found = connection.execute(query).first()
        return [] if found is None else list(found.turns)

    def knows(self, key: MemoryKey) -> bool:
        """Whether anything is remembered of a conversation, that it has no turns included."""
        with self._database.reading() as connection:
            return connection.execute(sa.select(memory.c.chat).where(_is(key))).first() is not None

    def remember(self, key: MemoryKey, turns: Sequence[JsonObject], *, now: float) -> None:
        """These are the conversation's turns from now on, in place of all before."""
        row = {"chat": key.chat, "topic": key.topic, "person": key.person, "turns": list(turns), "remembered": now}
        with self._database.writing() as connection:
            upsert(connection, memory, row)

    def forget(self, key: MemoryKey) -> None:
        """The conversation begins anew."""
        with self._database.writing() as connection:
            connection.execute(sa.delete(memory).where(_is(key)))

    def forget_person(self, person: int) -> None:
        """All conversations of a person begin anew."""
        with self._database.writing() as connection:
            connection.execute(sa.delete(memory).where(memory.c.person == person))

    def purge(self, *, older_than: float) -> int:
        """Deletes conversations that ended before that time; gives their number."""
        with self._database.writing() as connection:
            return connection.execute(sa.delete(memory).where(memory.c.remembered < older_than)).rowcount


def _is(key: MemoryKey) -> sa.ColumnElement[bool]:
    return sa.and_(memory.c.chat == key.chat, memory.c.topic == key.topic, memory.c.person == key.person)
