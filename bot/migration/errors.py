"""What can go wrong with moving a library, beyond the errors of the index and of the state.

MigrationError
├── NothingToMigrate   nothing is kept where the library was to be copied from
├── TargetNotEmpty     another library is where it was to be copied to
├── BotRunning         a bot uses one of both
└── CannotMigrate      it could not be copied, or not as it is
"""

from __future__ import annotations


class MigrationError(Exception):
    """The root: its text says what, which, and what to do."""


class NothingToMigrate(MigrationError):
    """Neither a generation nor a state is there."""

    def __init__(self, place: str) -> None:
        super().__init__(f"nothing is kept in {place}: name the library's folder with  --data DIR")
        self.place = place


class TargetNotEmpty(MigrationError):
    """The target holds a generation that is no copy of the source's; it is left as it is."""

    def __init__(self, place: str, number: int) -> None:
        super().__init__(
            f"{place} holds a library already (generation {number}): give a place that Dalil has not used yet"
        )
        self.place = place
        self.number = number


class BotRunning(MigrationError):
    """A bot uses what is to be copied, or where it is to be copied to."""

    def __init__(self, place: str) -> None:
        super().__init__(f"a bot is running on {place}: stop it, and start it again when the library is copied")
        self.place = place


class CannotMigrate(MigrationError):
    """It could not be finished; the source is as it was, and nobody answers from the target."""

    def __init__(self, problem: str) -> None:
        super().__init__(f"the library was not copied ({problem}); the source is as it was: try again")
        self.problem = problem
