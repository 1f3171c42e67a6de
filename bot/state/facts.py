"""Facts by name: what was done about the library and must not be done again."""

from __future__ import annotations

from typing import TypeAlias

import sqlalchemy as sa

from bot.state.database import Database, inserting, upsert
from bot.state.tables import facts

Fact: TypeAlias = str | int | float | bool | None


class Facts:
    """What all processes that share the state know."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, name: str) -> Fact:
        """The fact of that name; None if there is none."""
        with self._database.reading() as connection:
            found: Fact = connection.scalar(sa.select(facts.c.value).where(facts.c.name == name))
        return found

    def put(self, name: str, fact: Fact) -> None:
        """From now on this is so."""
        with self._database.writing() as connection:
            upsert(connection, facts, {"name": name, "value": fact})

    def suggest(self, name: str, fact: Fact) -> bool:
        """From now on this is so, unless something is known by that name; False, and nothing changes, if it is."""
        with self._database.writing() as connection:
            insertion = inserting(connection, facts).values(name=name, value=fact)
            return connection.execute(insertion.on_conflict_do_nothing()).rowcount == 1
