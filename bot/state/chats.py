"""Chats: whether the bot may speak there, whether it has greeted, and which id became which."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any, Final

import sqlalchemy as sa

from bot.state.database import Database, inserting, upsert
from bot.state.identities import move
from bot.state.tables import chat_moves, chats
from bot.state.values import Approval, Chat, ChatKind

STRENGTH: Final = (None, Approval.LEFT, Approval.WAITING, Approval.APPROVED)  # the last of two holds for a moved group


class Chats:
    """Every chat that there is something to remember about."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, chat: int) -> Chat | None:
        """What is known of a chat."""
        with self._database.reading() as connection:
            row = connection.execute(sa.select(chats).where(chats.c.id == chat)).mappings().first()
        return None if row is None else _chat(row)

    def put(self, chat: Chat) -> None:
        """Stores a chat exactly so."""
        with self._database.writing() as connection:
            upsert(connection, chats, dataclasses.asdict(chat))

    def joined(self, chat: int, kind: ChatKind, title: str, *, approval: Approval | None) -> Chat:
        """The bot is in a chat: as it is known from now on.

        What administrators decided holds, unless the bot had left: then ``approval`` and a greeting are due again.
        """
        with self._database.writing() as connection:
            known = _held(connection, chat)
            if known is None or known.approval is Approval.LEFT:
                known = Chat(chat, kind, title, approval)
            known = dataclasses.replace(known, kind=kind, title=title, blocked_at=None)
            upsert(connection, chats, dataclasses.asdict(known))
        return known

    def greeted(self, chat: int, *, now: float) -> bool:
        """True for the one caller who is to greet, False for all later ones and for unknown chats."""
        return self._change(chat, chats.c.greeted_at.is_(None), greeted_at=now)

    def approve(self, chat: int) -> bool:
        """Lets the bot speak; False if that was so already, or the bot is not there any more."""
        undecided = sa.or_(chats.c.approval.is_(None), chats.c.approval == Approval.WAITING.value)
        return self._change(chat, undecided, approval=Approval.APPROVED.value)

    def left(self, chat: int) -> bool:
        """The bot is no longer in a chat; False if that was known, or the chat is not."""
        there = sa.or_(chats.c.approval.is_(None), chats.c.approval != Approval.LEFT.value)
        return self._change(chat, there, approval=Approval.LEFT.value)

    def blocked(self, chat: int, *, now: float) -> None:
        """A person has blocked the bot in their private chat."""
        with self._database.writing() as connection:
            insertion = inserting(connection, chats).values(id=chat, kind="private", title="", blocked_at=now)
            connection.execute(insertion.on_conflict_do_update(index_elements=["id"], set_={"blocked_at": now}))

    def unblocked(self, chat: int) -> None:
        """The person lets the bot write again."""
        self._change(chat, chats.c.blocked_at.is_not(None), blocked_at=None)

    def waiting(self) -> list[Chat]:
        """The chats that administrators have to decide on."""
        query = sa.select(chats).where(chats.c.approval == Approval.WAITING.value).order_by(chats.c.id)
        with self._database.reading() as connection:
            return [_chat(row) for row in connection.execute(query).mappings()]

    def migrate(self, old: int, new: int) -> None:
        """A group became a supergroup with another id: all that was kept about it is kept about the new one.

        Telegram tells it twice, and so may the caller. Numbers of the old chat's messages are forgotten.
        """
        if old == new:
            return
        with self._database.writing() as connection:
            _unite(connection, old, new)
            move(connection, old, new)
            insertion = inserting(connection, chat_moves).values(old=old, new=new)
            connection.execute(insertion.on_conflict_do_nothing())

    def migrated(self, old: int) -> int | None:
        """The id that a chat has now, if it is not this one any more."""
        with self._database.reading() as connection:
            return connection.scalar(sa.select(chat_moves.c.new).where(chat_moves.c.old == old))

    def _change(self, chat: int, condition: sa.ColumnElement[bool], **values: object) -> bool:
        with self._database.writing() as connection:
            change = sa.update(chats).where(chats.c.id == chat, condition).values(**values)
            return connection.execute(change).rowcount == 1


def _unite(connection: sa.Connection, old: int, new: int) -> None:
    before = _held(connection, old)
    if before is None:
        return
    after = _held(connection, new) or dataclasses.replace(before, id=new, kind="supergroup")
    approval = max(before.approval, after.approval, key=STRENGTH.index)
    greeted_at = after.greeted_at if before.greeted_at is None else before.greeted_at
    united = dataclasses.replace(after, approval=approval, greeted_at=greeted_at)
    upsert(connection, chats, dataclasses.asdict(united))


def _held(connection: sa.Connection, chat: int) -> Chat | None:
    """The chat as it is and stays until this transaction ends."""
    row = connection.execute(sa.select(chats).where(chats.c.id == chat).with_for_update()).mappings().first()
    return None if row is None else _chat(row)


def _chat(row: Mapping[Any, Any]) -> Chat:
    approval = row["approval"]
    return Chat(**{**row, "approval": approval if approval is None else Approval(approval)})
