"""What concerns every table that names a person or a chat, found by the marks in ``tables``."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from bot.state.marks import KEPT, Names, naming
from bot.state.salting import salted
from bot.state.tables import metadata


def forget(connection: sa.Connection, user: int) -> None:
    """Deletes what tells of a person, the private chat (whose id is the person's) included.

    A row that can stand without a person stays, without them and without their words.
    """
    for table in reversed(metadata.sorted_tables):
        if KEPT in table.info:
            continue
        for column in naming(table, Names.CHAT):
            connection.execute(sa.delete(table).where(column == user))
        for column in naming(table, Names.HASH):
            connection.execute(sa.delete(table).where(column == salted(connection, user)))
        for column in naming(table, Names.KEY):
            connection.execute(sa.delete(table).where(_holds(column, user)))
        for column in naming(table, Names.PERSON):
            _forget_person(connection, column, user)


def move(connection: sa.Connection, old: int, new: int) -> None:
    """Gives every row of a chat the chat's new id; where the new id has such a row already, that one stays.

    Numbers of messages are dropped: in the new chat they belong to other messages.
    """
    for table in metadata.sorted_tables:
        for column in naming(table, Names.CHAT):
            if column.primary_key:
                _make_room(connection, column, old, new)
            gone = {message.name: None for message in naming(table, Names.MESSAGE)}
            connection.execute(sa.update(table).where(column == old).values({column.name: new, **gone}))
        for column in naming(table, Names.KEY):
            _move_keys(connection, column, old, new)


def _forget_person(connection: sa.Connection, person: sa.Column[int], user: int) -> None:
    table = person.table
    if not person.nullable:
        connection.execute(sa.delete(table).where(person == user))
        return
    nothing = {words.name: None if words.nullable else "" for words in naming(table, Names.WORDS)}
    connection.execute(sa.update(table).where(person == user).values({person.name: None, **nothing}))


def _make_room(connection: sa.Connection, column: sa.Column[int], old: int, new: int) -> None:
    table = column.table
    other = table.alias("other")
    same = [other.c[key.name] == key for key in table.primary_key.columns if key is not column]
    taken = sa.exists().where(other.c[column.name] == new, *same)
    connection.execute(sa.delete(table).where(column == old, taken))


def _move_keys(connection: sa.Connection, column: sa.Column[str], old: int, new: int) -> None:
    for key in connection.scalars(sa.select(column).where(_holds(column, old))).all():
        moved = ":".join(str(new) if part == str(old) else part for part in key.split(":"))
        taken = connection.scalar(sa.select(column).where(column == moved))
        change = sa.update(column.table).values({column.name: moved}) if taken is None else sa.delete(column.table)
        connection.execute(change.where(column == key))


def _holds(column: sa.Column[Any], number: int) -> sa.ColumnElement[bool]:
    """Whether one of the parts between colons is that number."""
    patterns = (f"{number}:%", f"%:{number}", f"%:{number}:%")
    return sa.or_(column == str(number), *(column.like(pattern) for pattern in patterns))
