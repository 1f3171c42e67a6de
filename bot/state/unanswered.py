"""Questions that were not answered well, without names; who asked in private is known as long as they may be told."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa

from bot.state.database import Database, inserting
from bot.state.salting import salted
from bot.state.tables import silences, unanswered
from bot.state.values import Complaint, Finding, Unanswered, new_answer_id

TOLD_FOR: Final = 14 * 86_400.0
"""Seconds for which it is kept who asked; later nobody is told that there is an answer now."""
_LONGEST: Final = 1000  # code points


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asked and how it went. ``in_private``: the person may be told; ``shown``: where the excerpt stood."""

    outcome: Complaint
    person: int
    in_private: bool = False
    shown: str | None = None


class UnansweredQuestions:
    """Every such question, until it is purged; one that a person repeats is kept once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, question: str, asking: Asking, *, now: float) -> None:
        """Keeps a question."""
        with self._database.writing() as connection:
            asker = salted(connection, asking.person)
            quiet = connection.scalar(sa.select(silences.c.person).where(silences.c.person == asking.person))
            values = {
                "asked": now,
                "outcome": asking.outcome,
                "shown": asking.shown,
                "person": asking.person if asking.in_private and quiet is None else None,
            }
            same = sa.and_(
                unanswered.c.person_hash == asker,
                unanswered.c.question == question[:_LONGEST],
                unanswered.c.state == Finding.OPEN.value,
            )
            if connection.execute(sa.update(unanswered).where(same).values(values)).rowcount == 0:
                row = {"id": new_answer_id(), "question": question[:_LONGEST], "person_hash": asker}
                connection.execute(sa.insert(unanswered).values({**row, **values, "state": Finding.OPEN.value}))

    def open(self) -> list[Unanswered]:
        """The questions that still lack an answer, the oldest first: also those that a report was added for."""
        states = (Finding.OPEN.value, Finding.ADDED.value)
        query = sa.select(unanswered).where(unanswered.c.state.in_(states)).order_by(unanswered.c.asked)
        with self._database.reading() as connection:
            return [_unanswered(row) for row in connection.execute(query)]

    def mark(self, ids: Collection[str], finding: Finding) -> None:
        """What became of these questions; once they are ignored or answered, nobody is known by them any more."""
        over = finding in (Finding.IGNORED, Finding.ANSWERED)
        values = {"state": finding.value, **({"person": None} if over else {})}
        with self._database.writing() as connection:
            for each in ids:
                connection.execute(sa.update(unanswered).where(unanswered.c.id == each).values(values))

    def keep_quiet(self, person: int, *, quiet: bool) -> None:
        """Whether a person does not want to be told of answers to questions of before."""
        with self._database.writing() as connection:
            if quiet:
                insertion = inserting(connection, silences).values(person=person)
                connection.execute(insertion.on_conflict_do_nothing())
                of_person = unanswered.c.person == person
                connection.execute(sa.update(unanswered).where(of_person).values(person=None))
            else:
                connection.execute(sa.delete(silences).where(silences.c.person == person))

    def is_quiet(self, person: int) -> bool:
        """Whether a person does not want to be told of answers to questions of before."""
        with self._database.reading() as connection:
            return connection.scalar(sa.select(silences.c.person).where(silences.c.person == person)) is not None

    def purge(self, *, older_than: float, names_older_than: float) -> int:
        """Deletes questions asked before the one time, and gives their number; forgets who asked before the other.

        The other time is meant to lie `TOLD_FOR` back.
        """
        with self._database.writing() as connection:
            old = unanswered.c.asked < names_older_than
            connection.execute(sa.update(unanswered).where(old).values(person=None))
            return connection.execute(sa.delete(unanswered).where(unanswered.c.asked < older_than)).rowcount


def _unanswered(row: sa.Row[tuple[object, ...]]) -> Unanswered:
    return Unanswered(
        id=row.id, asked=row.asked, question=row.question, outcome=row.outcome, shown=row.shown,
        asker=row.person_hash, person=row.person, state=Finding(row.state),
    )  # fmt: skip
