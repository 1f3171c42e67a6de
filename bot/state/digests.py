"""What went on in some days, in numbers; and who was sent the digest of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from bot.state.database import Database, upsert
from bot.state.tables import answers, digests, feedback
from bot.state.values import Counts

_LISTED: Final = 3  # documents, and slow answers
_NEVER: Final = 0.0


@dataclass(frozen=True, slots=True)
class Tally:
    """Questions by outcome."""

    answer: int = 0
    related: int = 0
    none: int = 0

    @property
    def all(self) -> int:
        """Questions of any outcome."""
        return self.answer + self.related + self.none


@dataclass(frozen=True, slots=True)
class Slow:
    """A question as it was understood, and how long its answer took."""

    question: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Activity:
    """What went on. ``quoted``: documents that answered, by name, with the number of answers that quote them first."""

    days: tuple[Tally, ...]
    people: int
    verdicts: Counts
    quoted: tuple[tuple[str, int], ...]
    slowest: tuple[Slow, ...]

    @property
    def tally(self) -> Tally:
        """The questions of all days."""
        days = self.days
        return Tally(sum(day.answer for day in days), sum(day.related for day in days), sum(day.none for day in days))


class Digests:
    """Counts what is kept of answers and verdicts, and knows who was told."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def activity(self, edges: Sequence[float]) -> Activity:
        """What went on in the days that lie between each two of these moments."""
        asked = _asked(edges[0], edges[-1])
        with self._database.reading() as connection:
            return Activity(
                days=_days(connection, edges, asked),
                people=connection.scalar(sa.select(sa.func.count(answers.c.person.distinct())).where(asked)) or 0,
                verdicts=_verdicts(connection, edges[0], edges[-1]),
                quoted=_quoted(connection, asked),
                slowest=_slowest(connection, asked),
            )

    def claim(self, person: int, due: float) -> bool:
        """True once for each moment at which a digest is due: this person is to be sent it now.

        A person who was not known before is not sent what was due then.
        """
        with self._database.writing() as connection:
            query = sa.select(digests.c.due).where(digests.c.person == person).with_for_update()
            last = connection.scalar(query)
            if last is None or last < due:
                upsert(connection, digests, {"person": person, "due": due})
            return last is not None and last < due

    def release(self, person: int, due: float) -> None:
        """What was claimed was not sent: it can be claimed again."""
        claimed = sa.and_(digests.c.person == person, digests.c.due == due)
        with self._database.writing() as connection:
            connection.execute(sa.update(digests).where(claimed).values(due=_NEVER))


def _asked(since: float, until: float) -> sa.ColumnElement[bool]:
    """Whether an answer of that time is one to a question that somebody asked anew.

    It is not where a greeting came without a question, where the bot tells by itself what it can answer now, or where
    an answer was made again for the same message; those have no ``seconds``.
    """
    before = answers.alias("before")
    is_again = sa.exists().where(
        before.c.chat == answers.c.chat,
        before.c.question_message == answers.c.question_message,
        before.c.created < answers.c.created,
    )
    is_new = sa.or_(answers.c.seconds.is_not(None), sa.and_(answers.c.question_message.is_not(None), sa.not_(is_again)))
    reason = sa.func.coalesce(answers.c.reply["reason"].as_string(), "")
    return sa.and_(answers.c.created >= since, answers.c.created < until, is_new, reason != "empty")


def _days(connection: sa.Connection, edges: Sequence[float], asked: sa.ColumnElement[bool]) -> tuple[Tally, ...]:
    number = sa.case(*((answers.c.created < end, at) for at, end in enumerate(edges[1:])))
    found = sa.select(number.label("day"), answers.c.outcome).where(asked).subquery()
    query = sa.select(found.c.day, found.c.outcome, sa.func.count().label("number")).group_by(
        found.c.day, found.c.outcome
    )
    numbers = {(row.day, row.outcome): row.number for row in connection.execute(query)}
    return tuple(
        Tally(*(numbers.get((day, outcome), 0) for outcome in ("answer", "related", "none")))
        for day in range(len(edges) - 1)
    )


def _verdicts(connection: sa.Connection, since: float, until: float) -> Counts:
    query = (
        sa.select(feedback.c.verdict, sa.func.count().label("number"))
        .where(feedback.c.given >= since, feedback.c.given < until)
        .group_by(feedback.c.verdict)
    )
    numbers = {row.verdict: row.number for row in connection.execute(query)}
    return Counts(up=numbers.get("up", 0), down=numbers.get("down", 0))


def _quoted(connection: sa.Connection, asked: sa.ColumnElement[bool]) -> tuple[tuple[str, int], ...]:
    document = answers.c.reply[("excerpts", 0, "document")].as_string().label("document")
    found = sa.select(document).where(asked, answers.c.outcome == "answer").subquery()
    number = sa.func.count().label("number")
    query = (
        sa.select(found.c.document, number)
        .where(found.c.document.is_not(None))
        .group_by(found.c.document)
        .order_by(number.desc(), found.c.document)
        .limit(_LISTED)
    )
    return tuple((row.document, row.number) for row in connection.execute(query))


def _slowest(connection: sa.Connection, asked: sa.ColumnElement[bool]) -> tuple[Slow, ...]:
    """Of those whose asker is known, as `UnansweredQuestions` keeps no others: forgotten questions have no words."""
    told = sa.and_(answers.c.person.is_not(None), answers.c.understood != "", answers.c.seconds.is_not(None))
    query = (
        sa.select(answers.c.understood, answers.c.seconds)
        .where(asked, told)
        .order_by(answers.c.seconds.desc(), answers.c.id)
        .limit(_LISTED)
    )
    return tuple(Slow(row.understood, row.seconds) for row in connection.execute(query))
