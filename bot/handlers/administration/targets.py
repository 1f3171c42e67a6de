"""What is to change, in the few bytes that a button sends back.

``all``           everything staged that can be published and that no update under way publishes
``0123456789``    the staged document with that id
``a-…``           what of it came together, in the album or message with this hash
``folder``        what was put into the documents' folder by hand
``w-…``           the document of the library whose name has this hash, withdrawn
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final

from bot.administration_notices.staged import ALBUM, ALL, FOLDER
from bot.composition import Dalil
from bot.shelf.errors import NotStaged
from bot.shelf.proposing import Change
from bot.shelf.staging import Staged
from bot.state.jobs import OPEN
from bot.state.store import Store
from bot.state.values import Job
from index.document import Record
from index.library import Library

WITHDRAW: Final = "w-"
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


def target(name: str, dalil: Dalil, store: Store) -> Target | Job | None:
    """What a button's id stands for: the update that holds it, if one that is not over does; None if it is gone."""
    if name == FOLDER:
        return Target(Change())
    if name.startswith(WITHDRAW):
        found = named(dalil.generations.newest_intact(), name.removeprefix(WITHDRAW))
        return Target(Change(withdraw=(found.name,))) if found else None
    held = {each: job for job in store.jobs.in_state(*OPEN) for each in job.request["publish"]}
    try:
        wanted = _wanted(name, dalil)
    except NotStaged:
        return None
    are_many = name == ALL or name.startswith(ALBUM)
    free = tuple(each.id for each in wanted if each.id not in held and not (are_many and each.problem))
    if free:
        return Target(Change(publish=free))
    return next((held[each.id] for each in wanted if each.id in held), None)


def _wanted(name: str, dalil: Dalil) -> list[Staged]:
    """The staged documents that a button's id stands for.

    Raises:
        NotStaged: it stands for one that does not wait any more.
    """
    if name == ALL:
        return dalil.shelf.staged()
    if name.startswith(ALBUM):
        return dalil.shelf.arrivals.of(name.removeprefix(ALBUM))
    return [dalil.shelf.get(name)]


def named(library: Library | None, name_hash: str) -> Record | None:
    """The document of a library whose name has this hash."""
    return next((each for each in library.documents if hashed(each.name) == name_hash), None) if library else None
