"""What people with rights did, in the order in which they did it."""

from __future__ import annotations

import dataclasses

import sqlalchemy as sa

from bot.state.database import Database
from bot.state.tables import audit
from bot.state.values import Deed, new_answer_id


class Audit:
    """The log: it is added to and read, and nothing in it is ever changed."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, deed: Deed) -> None:
        """Adds a deed."""
        with self._database.writing() as connection:
            note(connection, deed)

    def newest(self, number: int) -> list[Deed]:
        """The last deeds, the newest first."""
        fields = [audit.c[field.name] for field in dataclasses.fields(Deed)]
        query = sa.select(*fields).order_by(audit.c.at.desc(), audit.c.id).limit(number)
        with self._database.reading() as connection:
            return [Deed(**row) for row in connection.execute(query).mappings()]


def note(connection: sa.Connection, deed: Deed) -> None:
    """Adds a deed in the same transaction as what it tells of."""
    row = {field.name: getattr(deed, field.name) for field in dataclasses.fields(deed)}
    connection.execute(sa.insert(audit).values({"id": new_answer_id(), **row}))
