"""Giving and taking roles, by hand or by invitation; each change is noted in the audit log together with it."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

import sqlalchemy as sa

from bot.state.audit import note
from bot.state.database import Database, upsert
from bot.state.tables import invitations, roles
from bot.state.values import Deed, Invitation, Role

VALID_FOR: Final = 48 * 3600.0  # seconds
_TOKEN_BYTES: Final = 24  # 192 random bits; a deep link has room for 64 letters
TOKEN_LETTERS: Final = 32
_RANK: Final = (Role.CITIZEN, Role.OFFICIAL, Role.ADMINISTRATOR)

Check: TypeAlias = Callable[[Mapping[int, Role]], None]
"""Is shown everybody's role, and raises what it likes where a change is not allowed."""


class Rights:
    """Who may do what."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def give(self, person: int, role: Role, *, by: int | None, now: float) -> bool:
        """The person has this role from now on; False, and nothing is noted, if that was so."""
        with self._database.writing() as connection:
            before = _role(connection, person)
            if before is role:
                return False
            _set(connection, person, role)
            details = {"before": before.value, "after": role.value}
            note(connection, Deed(now, by, "role", person, details))
        return True

    def take_away(self, person: int, *, by: int | None, now: float, check: Check) -> bool:
        """The person has no role from now on, if ``check`` lets that be; False, and nothing is noted, if that was so.

        Nobody else's role changes between the check and the change.
        """
        with self._database.writing() as connection:
            everybody = connection.execute(sa.select(roles).order_by(roles.c.person).with_for_update())
            held = {row.person: Role(row.role) for row in everybody}
            check(held)
            if person not in held:
                return False
            _set(connection, person, Role.CITIZEN)
            details = {"before": held[person].value, "after": Role.CITIZEN.value}
            note(connection, Deed(now, by, "role", person, details))
        return True

    def invite(self, role: Role, *, by: int | None, now: float) -> str:
        """A token that gives whoever uses it first this role, within 48 hours. Only its hash is kept."""
        token = secrets.token_urlsafe(_TOKEN_BYTES)
        row = {"token_hash": _hash(token), "role": role.value, "made_by": by, "expires": now + VALID_FOR}
        with self._database.writing() as connection:
            connection.execute(sa.insert(invitations).values(row))
            note(connection, Deed(now, by, "invited", None, {"role": role.value}))
        return token

    def invitation(self, token: str) -> Invitation | None:
        """The invitation with this token, used and too old or not."""
        query = sa.select(invitations).where(invitations.c.token_hash == _hash(token))
        with self._database.reading() as connection:
            found = connection.execute(query).first()
        return None if found is None else Invitation(Role(found.role), found.made_by, found.expires, found.used_by)

    def accept(self, token: str, person: int, *, now: float) -> Role | None:
        """What the person may do now; None if the token is unknown, used or too old, which are not told apart.

        A token never takes rights away. To an administrator it gives none: it can still be used then.
        """
        valid = sa.and_(
            invitations.c.token_hash == _hash(token), invitations.c.used_by.is_(None), invitations.c.expires > now
        )
        with self._database.writing() as connection:
            found = connection.execute(sa.select(invitations).where(valid).with_for_update()).first()
            if found is None:
                return None
            before, invited = _role(connection, person), Role(found.role)
            if before is Role.ADMINISTRATOR:
                return before
            connection.execute(sa.update(invitations).where(valid).values(used_by=person))
            after = max(before, invited, key=_RANK.index)
            _set(connection, person, after)
            details = {"before": before.value, "after": after.value, "invited_by": found.made_by}
            note(connection, Deed(now, person, "accepted", person, details))
        return after

    def withdraw_invitations(self, *, by: int | None, now: float) -> int:
        """No invitation that was not used is valid any more; gives their number."""
        unused = sa.and_(invitations.c.used_by.is_(None), invitations.c.expires > now)
        with self._database.writing() as connection:
            number = connection.execute(sa.update(invitations).where(unused).values(expires=now)).rowcount
            if number:
                note(connection, Deed(now, by, "invitations withdrawn", None, {"number": number}))
        return number

    def purge(self, *, older_than: float) -> int:
        """Deletes invitations that expired before that time; gives their number."""
        with self._database.writing() as connection:
            return connection.execute(sa.delete(invitations).where(invitations.c.expires < older_than)).rowcount


def _role(connection: sa.Connection, person: int) -> Role:
    found = connection.scalar(sa.select(roles.c.role).where(roles.c.person == person).with_for_update())
    return Role(found) if found else Role.CITIZEN


def _set(connection: sa.Connection, person: int, role: Role) -> None:
    if role is Role.CITIZEN:
        connection.execute(sa.delete(roles).where(roles.c.person == person))
    else:
        upsert(connection, roles, {"person": person, "role": role.value})


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()
