"""Everything that can go wrong with the state.

StateError
├── StateUnavailable   the database cannot be opened, read or written
│   └── PrimaryLost    its server is lost, and what was asked cannot wait until it is back
└── NewerState         it was written by a newer version of Dalil
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
