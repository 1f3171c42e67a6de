"""Everybody with rights: those whom the settings name, whom nobody can remove, and those who were given a role."""

from __future__ import annotations

from dataclasses import dataclass

from bot.state.store import Store
from bot.state.values import Role


class Irremovable(Exception):
    """The settings make this person an administrator; only they can change that."""

    def __init__(self, person: int) -> None:
        super().__init__(f"{person} is an administrator by DALIL_ADMINS: only that setting can change it")
        self.person = person


@dataclass(frozen=True, slots=True)
class Member:
    """A person with rights; ``fixed`` by the settings or not."""

    person: int
    role: Role
    fixed: bool


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
