"""Receipts: what was answered, to whom, from what."""

from __future__ import annotations

import dataclasses

import sqlalchemy as sa

from bot.state.database import Database
from bot.state.tables import answers
from bot.state.values import StoredAnswer


class Answers:
    """Every answer given, until it is purged."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, answer: StoredAnswer) -> None:
        """Keeps an answer under its id (see ``new_answer_id``)."""
        row = {field.name: getattr(answer, field.name) for field in dataclasses.fields(answer)}
        with self._database.writing() as connection:
            connection.execute(sa.insert(answers).values(row))

    def get(self, answer: str) -> StoredAnswer | None:
        """The answer with that id, if it is still kept."""
        return self._newest(answers.c.id == answer)

    def sent(self, answer: str, message: int, *, seconds: float | None = None) -> None:
        """The answer stands in its chat as this message, so many seconds after it was asked for if that is known."""
        took = {} if seconds is None else {"seconds": seconds}
        with self._database.writing() as connection:
            stands = sa.update(answers).where(answers.c.id == answer).values(answer_message=message, **took)
            connection.execute(stands)

    def by_question(self, chat: int, message: int) -> StoredAnswer | None:
        """The newest answer to the question in this message."""
        return self._newest(sa.and_(answers.c.chat == chat, answers.c.question_message == message))

    def by_answer_message(self, chat: int, message: int) -> StoredAnswer | None:
        """The newest answer that stands in this message."""
        return self._newest(sa.and_(answers.c.chat == chat, answers.c.answer_message == message))

    def last_in(self, chat: int) -> StoredAnswer | None:
        """The newest answer in a chat."""
        return self._newest(answers.c.chat == chat)

    def standing(self, *, since: float, most: int) -> list[StoredAnswer]:
        """The newest answers that quote something in private chats, given since that time and still standing there."""
        quoting = sa.and_(
            answers.c.scope == "private",
            answers.c.outcome != "none",
            answers.c.answer_message.is_not(None),
            answers.c.created >= since,
        )
        query = sa.select(answers).where(quoting).order_by(answers.c.created.desc()).limit(most)
        with self._database.reading() as connection:
            return [StoredAnswer(**row) for row in connection.execute(query).mappings()]

    def taken_back(self, answer: str) -> None:
        """The answer does not stand in its message any more."""
        with self._database.writing() as connection:
            connection.execute(sa.update(answers).where(answers.c.id == answer).values(answer_message=None))

    def purge(self, *, older_than: float) -> int:
        """Deletes answers made before that time, with their feedback; gives their number."""
        with self._database.writing() as connection:
            return connection.execute(sa.delete(answers).where(answers.c.created < older_than)).rowcount

    def _newest(self, condition: sa.ColumnElement[bool]) -> StoredAnswer | None:
        query = sa.select(answers).where(condition).order_by(answers.c.created.desc()).limit(1)
        with self._database.reading() as connection:
            row = connection.execute(query).mappings().first()
        return None if row is None else StoredAnswer(**row)
