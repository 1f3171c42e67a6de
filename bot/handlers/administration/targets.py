"""What is to change, in the few bytes that a button sends back.

``all``           everything staged that can be published and that no update under way publishes
``0123456789``    the staged document with that id
``folder``        what was put into the documents' folder by hand
``w-…``           the document of the library whose name has this hash, withdrawn
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from bot.administration_notices.staged import ALL, FOLDER
from bot.composition import Dalil
from bot.shelf.errors import NotStaged
from bot.shelf.proposing import Change
from bot.state.store import Store
from bot.state.values import JobState
from index.document import Record
from index.library import Library

WITHDRAW: Final = "w-"
OPEN: Final = (JobState.QUEUED, JobState.BUILDING, JobState.WAITING, JobState.SWITCHING)
_SIZE: Final = 6  # bytes: among a million names two have the same hash once in 500 libraries


@dataclass(frozen=True, slots=True)
class Target:
    """A change, and the digest by which it is known whether it is still the same."""

    change: Change

    @property
    def digest(self) -> str:
        """The same for the same documents."""
        return hashed("\n".join([*sorted(self.change.publish), "", *sorted(self.change.withdraw)]))


def hashed(text: str) -> str:
    """A short hash, in hexadecimal."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_SIZE).hexdigest()


def target(name: str, dalil: Dalil, store: Store) -> Target | None:
    """What a button's id stands for; None if that is not there any more, or is being published."""
    if name == FOLDER:
        return Target(Change())
    if name.startswith(WITHDRAW):
        found = named(dalil.generations.newest_intact(), name.removeprefix(WITHDRAW))
        return Target(Change(withdraw=(found.name,))) if found else None
    taken = {each for job in store.jobs.in_state(*OPEN) for each in job.request["publish"]}
    if name == ALL:
        chosen = [each.id for each in dalil.shelf.staged() if each.problem is None and each.id not in taken]
        return Target(Change(publish=tuple(chosen))) if chosen else None
    try:
        staged = dalil.shelf.get(name).id
    except NotStaged:
        return None
    return None if staged in taken else Target(Change(publish=(staged,)))


def named(library: Library | None, name_hash: str) -> Record | None:
    """The document of a library whose name has this hash."""
    return next((each for each in library.documents if hashed(each.name) == name_hash), None) if library else None
