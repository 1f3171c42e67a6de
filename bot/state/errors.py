"""Everything that can go wrong with the state.

StateError
├── StateUnavailable   the database cannot be opened, read or written
│   └── PrimaryLost    its server is lost, and what was asked cannot wait until it is back
├── NewerState         it was written by a newer version of Dalil
├── StateNotEmpty      another state is where one was to be brought
└── StateChanged       a state was written to while it was copied
"""

from __future__ import annotations


class StateError(Exception):
    """The root: its text says what, which, and what to do."""


class StateUnavailable(StateError):
    """The database cannot be used; what was asked has changed nothing."""

    def __init__(self, place: str, reason: str) -> None:
        super().__init__(f"the state in {place} cannot be used: {reason}")
        self.place = place
        self.reason = reason


class PrimaryLost(StateUnavailable):
    """The server that is written is lost; questions are answered meanwhile, and this cannot be done."""

    def __init__(self, place: str) -> None:
        super().__init__(place, "the server is lost, and this cannot be done without it")


class NewerState(StateError):
    """The database has tables that this version does not know."""

    def __init__(self, place: str, revision: str) -> None:
        super().__init__(
            f"the state in {place} was written by a newer version of Dalil (revision {revision}): "
            "install that version again, or start with another database"
        )
        self.place = place
        self.revision = revision


class StateNotEmpty(StateError):
    """The database to which a state is to be brought holds another; nothing has changed. ``table`` is one with rows."""

    def __init__(self, place: str, table: str) -> None:
        super().__init__(
            f"there is a state in {place} already (its table {table} has rows): "
            "give a database that Dalil has not used yet"
        )
        self.place = place
        self.table = table


class StateChanged(StateError):
    """A state was written to while it was copied; what was copied of it is undone."""

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(f"the state in {place} cannot be copied now ({problem}): stop whoever uses it and try again")
        self.place = place
        self.problem = problem
