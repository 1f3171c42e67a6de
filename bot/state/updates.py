"""Updates are stored before they are acknowledged, so that none is lost and none is answered twice."""

from __future__ import annotations

import sqlalchemy as sa

from bot.state.database import Database, inserting
from bot.state.tables import updates
from bot.state.values import StoredUpdate


class Updates:
    """The updates of every bot that uses this database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, bot: int, update_id: int, chat: int | None, payload: str, *, now: float) -> bool:
        """Keeps an update; False if it is known already, done or not, and then nothing changes."""
        with self._database.writing() as connection:
            insertion = inserting(connection, updates).values(
                bot=bot, update_id=update_id, chat=chat, payload=payload, received=now
            )
            return connection.execute(insertion.on_conflict_do_nothing()).rowcount == 1

    def pending(self, bot: int) -> list[StoredUpdate]:
        """What is not done yet, oldest first."""
        # Update ids alone do not tell: after a quiet week Telegram goes on from a random one
        query = (
            sa.select(updates)
            .where(updates.c.bot == bot, updates.c.payload.is_not(None))
            .order_by(updates.c.received, updates.c.update_id)
        )
        with self._database.reading() as connection:
            return [StoredUpdate(**row) for row in connection.execute(query).mappings()]

    def done(self, bot: int, update_id: int) -> None:
        """Deletes what the update said and where; its id stays, to know it again."""
        self._set(bot, update_id, chat=None, payload=None, begun_after=None)

    def sending(self, bot: int, update_id: int, *, after: int) -> None:
        """From here on an answer may reach the chat, whose newest message is ``after``.

        Who finds this update pending must not answer it blindly.
        """
        self._set(bot, update_id, begun_after=after)

    def not_sent(self, bot: int, update_id: int) -> None:
        """The answer did certainly not reach the chat."""
        self._set(bot, update_id, begun_after=None)

    def purge(self, *, older_than: float) -> int:
        """Drops the ids of done updates received before that time; gives their number.

        Telegram offers an update for 24 hours, so ids are needed for longer than that.
        """
        with self._database.writing() as connection:
            old = sa.delete(updates).where(updates.c.payload.is_(None), updates.c.received < older_than)
            return connection.execute(old).rowcount

    def _set(self, bot: int, update_id: int, **values: object) -> None:
        with self._database.writing() as connection:
            one = sa.update(updates).where(updates.c.bot == bot, updates.c.update_id == update_id)
            connection.execute(one.values(**values))
