"""People: their roles, their languages, and their right to be forgotten."""

from __future__ import annotations

import sqlalchemy as sa

from bot.state.database import Database, upsert
from bot.state.identities import forget
from bot.state.tables import people, roles
from bot.state.values import Role


class People:
    """Everybody who has ever written, by user id."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def role(self, user: int) -> Role:
        """What a person may do; a stranger is a citizen."""
        with self._database.reading() as connection:
            found = connection.scalar(sa.select(roles.c.role).where(roles.c.person == user))
        return Role(found) if found else Role.CITIZEN

    def set_role(self, user: int, role: Role) -> None:
        """From now on the person may do this, and nothing else."""
        with self._database.writing() as connection:
            if role is Role.CITIZEN:
                connection.execute(sa.delete(roles).where(roles.c.person == user))
            else:
                upsert(connection, roles, {"person": user, "role": role.value})

    def all_with_roles(self) -> dict[int, Role]:
        """Officials and administrators, by user id."""
        with self._database.reading() as connection:
            rows = connection.execute(sa.select(roles.c.person, roles.c.role).order_by(roles.c.person))
            return {person: Role(role) for person, role in rows}

    def seen(self, user: int, language: str | None, now: float) -> None:
        """Notes the language that a person's Telegram speaks now."""
        with self._database.writing() as connection:
            upsert(connection, people, {"person": user, "language": language, "seen": now})

    def language(self, user: int) -> str | None:
        """The language code last seen, if any."""
        with self._database.reading() as connection:
            return connection.scalar(sa.select(people.c.language).where(people.c.person == user))

    def forget(self, user: int) -> None:
        """Deletes all that is kept about a person in any table, but for their role and updates not done yet.

        Answers given in groups stay, without the question and without the name of who asked.
        """
        with self._database.writing() as connection:
            forget(connection, user)
