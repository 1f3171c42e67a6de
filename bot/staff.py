"""Everybody with rights: those whom the settings name, whom nobody can remove, and those who were given a role.

StaffError
├── Irremovable         the settings name the person
├── LastAdministrator   nobody would be left to administer
└── NotAllowed          whoever asks is no administrator, or not any more
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.state.store import Store
from bot.state.values import Role


class StaffError(Exception):
    """The root: its text says what, which, and what to do. Nothing has changed."""


class Irremovable(StaffError):
    """The settings make this person an administrator; only they can change that."""

    def __init__(self, person: int) -> None:
        super().__init__(f"{person} is an administrator by DALIL_ADMINS: only that setting can change it")
        self.person = person


class LastAdministrator(StaffError):
    """Without this person there would be no administrator."""

    def __init__(self, person: int) -> None:
        super().__init__(f"{person} is the last administrator: make somebody else one first")
        self.person = person


class NotAllowed(StaffError):
    """Whoever asks for it is no administrator by now."""

    def __init__(self, person: int) -> None:
        super().__init__(f"{person} is no administrator")
        self.person = person


@dataclass(frozen=True, slots=True)
class Member:
    """A person with rights; ``fixed`` by the settings or not."""

    person: int
    role: Role
    fixed: bool


@dataclass(frozen=True, slots=True)
class Accepted:
    """What a person may do who has opened an invitation of ``by`` (None: of the terminal, or opened it before)."""

    role: Role
    by: int | None


@dataclass(frozen=True, slots=True)
class Unneeded:
    """An invitation was opened by an administrator, to whom it gives nothing: it stays as it was."""


@dataclass(frozen=True)
class Staff:
    """The people with rights. Whoever calls has seen to it that ``by`` may do this (None: at the terminal)."""

    store: Store
    admins: frozenset[int]

    def role(self, person: int) -> Role:
        """What a person may do."""
        return Role.ADMINISTRATOR if person in self.admins else self.store.people.role(person)

    def all(self) -> list[Member]:
        """Everybody with rights, those of the settings first, by id."""
        fixed = [Member(person, Role.ADMINISTRATOR, fixed=True) for person in sorted(self.admins)]
        given = self.store.people.all_with_roles().items()
        return [*fixed, *(Member(person, role, fixed=False) for person, role in given if person not in self.admins)]

    def give(self, person: int, role: Role, *, by: int | None, now: float) -> bool:
        """Gives a role, or takes it away with `Role.CITIZEN`; False if that was so before.

        Raises:
            Irremovable: the settings name this person.
        """
        if person in self.admins:
            raise Irremovable(person)
        return self.store.rights.give(person, role, by=by, now=now)

    def dismiss(self, person: int, *, by: int, now: float) -> bool:
        """Takes a person's role away; False if they had none. Of two who dismiss each other at once, one stays.

        Raises:
            Irremovable: the settings name this person.
            LastAdministrator: nobody would be left.
            NotAllowed: ``by`` is no administrator when it comes to it.
        """
        if person in self.admins:
            raise Irremovable(person)

        def check(roles: Mapping[int, Role]) -> None:
            administrators = self.admins | {each for each, role in roles.items() if role is Role.ADMINISTRATOR}
            if by not in administrators:
                raise NotAllowed(by)
            if administrators == {person}:
                raise LastAdministrator(person)

        return self.store.rights.take_away(person, by=by, now=now, check=check)

    def accept(self, token: str, person: int, *, now: float) -> Accepted | Unneeded | None:
        """What an invitation gives to the person who opens it; None if it is worth nothing, for whatever reason.

        It is worth nothing either once whoever made it is no administrator any more. Who has used it and opens it
        again is told the same again.
        """
        found = self.store.rights.invitation(token)
        if found is None:
            return None
        if found.used_by == person:
            role = self.role(person)
            return None if role is Role.CITIZEN else Accepted(role, None)
        if found.made_by is not None and self.role(found.made_by) is not Role.ADMINISTRATOR:
            return None
        if person in self.admins:
            return None if found.used_by is not None or found.expires <= now else Unneeded()
        was_administrator = self.role(person) is Role.ADMINISTRATOR
        if self.store.rights.accept(token, person, now=now) is None:
            return None
        if was_administrator:
            return Unneeded()
        return Accepted(self.role(person), found.made_by)
