"""Everything that can go wrong with the documents that administrators handle.

ShelfError
├── CaptionError      a line of a caption cannot be understood
├── NotStaged         nothing staged has that id
├── TooLarge          a file is over the limit
├── CannotBePublished a staged document cannot be read
├── UnknownDocument   neither the folder nor the library holds a document of that name
├── QuestionsError    questions.toml cannot be understood
└── StaleProposal     the library or the folder has changed since the proposal was made
"""

from __future__ import annotations

from typing import Literal

from index.reasons import Cause, Reason

Fault = Literal["unknown", "twice", "empty", "date", "url", "audience", "title"]


class ShelfError(Exception):
    """The root: its text says what, which, and what to do."""


class CaptionError(ShelfError):
    """A line of a caption, counted from 1, cannot be understood; ``fault`` says in what way."""

    def __init__(self, line: int, fault: Fault, problem: str) -> None:
        super().__init__(f"line {line}: {problem}")
        self.line = line
        self.fault = fault
        self.problem = problem


class NotStaged(ShelfError):
    """Nothing staged has that id: it was published or discarded meanwhile."""

    def __init__(self, staged: str) -> None:
        super().__init__(f"nothing staged is called {staged!r}: it was published or discarded meanwhile")
        self.staged = staged


class TooLarge(ShelfError):
    """A file is over the limit; sizes are in bytes."""

    def __init__(self, name: str, size: int, limit: int) -> None:
        super().__init__(f"{name} is too large: {size:,} bytes, over the limit of {limit:,} (DALIL_MAX_FILE_MB)")
        self.size = size
        self.limit = limit


class CannotBePublished(ShelfError):
    """A staged document cannot be read; ``cause`` says why."""

    def __init__(self, name: str, cause: Cause) -> None:
        super().__init__(f"{name} cannot be published: {cause}")
        self.name = name
        self.cause = cause


class UnknownDocument(ShelfError):
    """Neither the folder nor the library holds a document of that name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"no document is called {name}; see  dalil documents")
        self.name = name


class QuestionsError(ShelfError):
    """questions.toml cannot be understood; ``cause`` says why, in the words of what reads it."""

    def __init__(self, name: str, why: str) -> None:
        self.name = name
        self.cause = Cause.of(Reason.NOT_UNDERSTOOD, text=why)
        super().__init__(f"{name}: {self.cause}")


class StaleProposal(ShelfError):
    """The library or the folder has changed since the proposal was made: propose again."""
