"""What people thought of answers: one verdict per answer and person."""

from __future__ import annotations

import sqlalchemy as sa

from bot.state.database import Database, inserting
from bot.state.tables import answers, feedback
from bot.state.values import Counts, Verdict


class Feedback:
    """The verdicts on every answer that is still kept."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def give(self, answer: str, person: int, verdict: Verdict, *, now: float) -> bool:
        """Notes a verdict in place of that person's other one, and of its reason.

        False, and nothing changes, if the person said the same before or the answer is no longer kept.
        """
        with self._database.writing() as connection:
            kept = sa.select(answers.c.id).where(answers.c.id == answer).with_for_update(read=True, key_share=True)
            if connection.scalar(kept) is None:
                return False
            insertion = inserting(connection, feedback).values(
                answer=answer, person=person, verdict=verdict, reason=None, given=now
            )
            other = insertion.excluded
            given = insertion.on_conflict_do_update(
                index_elements=["answer", "person"],
                set_={"verdict": other.verdict, "reason": None, "given": other.given},
                where=feedback.c.verdict != other.verdict,
            )
            return connection.execute(given).rowcount == 1

    def why(self, answer: str, person: int, reason: str) -> bool:
        """Notes why a person found an answer wanting; False if they did not, or gave this reason before."""
        new = sa.or_(feedback.c.reason.is_(None), feedback.c.reason != reason)
        down = sa.and_(feedback.c.answer == answer, feedback.c.person == person, feedback.c.verdict == "down")
        with self._database.writing() as connection:
            return connection.execute(sa.update(feedback).where(down, new).values(reason=reason)).rowcount == 1

    def counts(self, answer: str) -> Counts:
        """How many people gave each verdict."""
        query = (
            sa.select(feedback.c.verdict, sa.func.count().label("number"))
            .where(feedback.c.answer == answer)
            .group_by(feedback.c.verdict)
        )
        with self._database.reading() as connection:
            numbers = {row.verdict: row.number for row in connection.execute(query)}
        return Counts(up=numbers.get("up", 0), down=numbers.get("down", 0))
