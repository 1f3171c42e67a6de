"""Updates are stored before they are acknowledged, so that none is lost and none is answered twice."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

import sqlalchemy as sa

from bot.state.database import Database, inserting
from bot.state.presence import NEWS, are_gone
from bot.state.tables import updates
from bot.state.values import StoredUpdate

_DAY: Final = 86_400.0
_WAITS: Final = updates.c.payload.is_not(None)


class Updates:
    """The updates of every bot that uses this database.

    Where several processes share it each update has an owner while one of them handles it, and of the updates of a
    chat only the first that is not done can have one: so they are handled in order, whoever does it.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, bot: int, update_id: int, chat: int | None, payload: str, *, now: float) -> bool:
        """Keeps an update; False if it is known already, done or not, and then nothing changes.

        One without a chat waits for no other.
        """
        with self._database.writing() as connection:
            insertion = inserting(connection, updates).values(
                bot=bot, update_id=update_id, chat=chat, payload=payload, received=now
            )
            is_new = connection.execute(insertion.on_conflict_do_nothing()).rowcount == 1
            if is_new and self._database.is_shared:
                connection.execute(sa.select(sa.func.pg_notify(NEWS, str(bot))))
            return is_new

    def knows(self, bot: int, update_id: int) -> bool:
        """Whether an update is kept, done or not."""
        query = sa.select(updates.c.bot).where(updates.c.bot == bot, updates.c.update_id == update_id)
        with self._database.reading() as connection:
            return connection.execute(query).first() is not None

    def pending(self, bot: int) -> list[StoredUpdate]:
        """What is not done yet, oldest first."""
        # Update ids alone do not tell: after a quiet week Telegram goes on from a random one
        query = sa.select(updates).where(updates.c.bot == bot, _WAITS)
        with self._database.reading() as connection:
            found = connection.execute(query.order_by(updates.c.received, updates.c.update_id)).mappings()
            return [_stored(row) for row in found]

    def claim(self, bot: int, owner: int, *, most: int) -> list[StoredUpdate]:
        """What this owner is to handle now, oldest first: no other owner gets it before it is freed."""
        due = sa.select(updates.c.bot, updates.c.update_id).where(
            updates.c.bot == bot, _WAITS, updates.c.owner.is_(None), sa.not_(_waits_for_its_chat())
        )
        due = due.order_by(*_age(updates)).limit(most).with_for_update(skip_locked=True)
        first = due.cte("due")
        change = sa.update(updates).where(updates.c.bot == first.c.bot, updates.c.update_id == first.c.update_id)
        with self._database.writing() as connection:
            claimed = connection.execute(change.values(owner=owner).returning(*updates.c)).mappings().all()
        return [_stored(row) for row in sorted(claimed, key=lambda row: row["update_id"])]

    def own(self, bot: int, update_id: int, owner: int) -> None:
        """From now on this owner handles that update."""
        self._set(bot, update_id, owner=owner)

    def owners(self, bot: int) -> set[int]:
        """Who handles something now, or did before they died."""
        query = sa.select(updates.c.owner).where(updates.c.bot == bot, _WAITS, updates.c.owner.is_not(None))
        with self._database.reading() as connection:
            return set(connection.scalars(query.distinct()))

    def gone(self, owners: Collection[int]) -> set[int]:
        """Those of them that died, or cannot reach the database."""
        with self._database.reading() as connection:
            return {owner for owner in owners if are_gone(connection, owner)}

    def free(self, bot: int, owner: int, *, only_if_gone: bool = False) -> int:
        """Lets others have what this owner did not finish; says how many. ``only_if_gone``: none, if they live."""
        with self._database.writing() as connection:
            if only_if_gone and not are_gone(connection, owner):
                return 0
            theirs = sa.update(updates).where(updates.c.bot == bot, _WAITS, updates.c.owner == owner)
            return connection.execute(theirs.values(owner=None)).rowcount

    def done(self, bot: int, update_id: int) -> None:
        """Deletes what the update said and where; its id stays, to know it again."""
        self._set(bot, update_id, chat=None, payload=None, begun_after=None, owner=None)

    def sending(self, bot: int, update_id: int, *, after: int, owner: int | None = None) -> bool:
        """From here on an answer may reach the chat, whose newest message is ``after``.

        Who finds this update pending must not answer it blindly. False, and nothing changes, if somebody else than
        ``owner`` handles it by now.
        """
        return self._set(bot, update_id, _is_of(owner), begun_after=after)

    def not_sent(self, bot: int, update_id: int, *, owner: int | None = None) -> None:
        """The answer did certainly not reach the chat."""
        self._set(bot, update_id, _is_of(owner), begun_after=None)

    def purge(self, *, older_than: float) -> int:
        """Drops the ids of done updates received before that time; gives their number.

        Telegram offers an update for 24 hours, so ids are needed for longer than that.
        """
        with self._database.writing() as connection:
            old = sa.delete(updates).where(updates.c.payload.is_(None), updates.c.received < older_than)
            return connection.execute(old).rowcount

    def _set(self, bot: int, update_id: int, *conditions: sa.ColumnElement[bool], **values: object) -> bool:
        one = sa.update(updates).where(updates.c.bot == bot, updates.c.update_id == update_id, *conditions)
        with self._database.writing() as connection:
            return connection.execute(one.values(**values)).rowcount == 1


def _is_of(owner: int | None) -> sa.ColumnElement[bool]:
    return updates.c.owner.is_(None) if owner is None else updates.c.owner == owner


def _age(table: sa.FromClause) -> tuple[sa.ColumnElement[int], sa.ColumnElement[int]]:
    """What puts updates in order, whichever clock told when they came: their ids, which begin anew after a week."""
    return sa.cast(table.c.received / _DAY, sa.BigInteger), table.c.update_id


def _waits_for_its_chat() -> sa.ColumnElement[bool]:
    other = updates.alias("other")
    (day, number), (other_day, other_number) = _age(updates), _age(other)
    is_before = sa.or_(other_day < day, sa.and_(other_day == day, other_number < number))
    return sa.exists().where(
        other.c.bot == updates.c.bot, other.c.chat == updates.c.chat, other.c.payload.is_not(None), is_before
    )


def _stored(row: Mapping[Any, Any]) -> StoredUpdate:
    return StoredUpdate(**{name: value for name, value in row.items() if name != "owner"})
