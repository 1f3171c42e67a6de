"""What the documents' folder would hold after a change, worked out without touching it."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from bot.shelf.catalogue import changed_catalogue
from bot.shelf.editions import Objects, Step, files_in
from bot.shelf.errors import CannotBePublished, UnknownDocument
from bot.shelf.naming import unique_name
from bot.shelf.staging import Staged
from index.catalogue import CATALOGUE_FILE, Entry
from index.errors import CatalogueError
from index.reasons import Reason


@dataclass(frozen=True, slots=True)
class Change:
    """What administrators want: staged documents, by id, published; documents of the library, by name, withdrawn.

    With neither, files that were put into the folder by hand are taken in.
    """

    publish: tuple[str, ...] = ()
    withdraw: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """The documents as they would be. ``names`` are those that staged documents, by id, would have.

    ``orphans``: the names of those that were to replace a document which is gone by now, and are simply new.
    """

    folder: Path
    step: Step
    withdrawn: frozenset[str]
    names: Mapping[str, str]
    orphans: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposed:
    """A step with the names it gives and takes."""

    step: Step
    withdrawn: frozenset[str]
    names: Mapping[str, str]
    orphans: tuple[str, ...]

    def lay_out(self, folder: Path, documents: Path, objects: Objects) -> None:
        """Makes ``folder`` look as the documents would: links to what stays, and what is new."""
        changed = self.step.differing()
        for name, sha256 in self.step.after.items():
            link = folder / name
            link.parent.mkdir(parents=True, exist_ok=True)
            if name in changed:
                os.link(objects.path(sha256), link)  # no symbolic link: equal contents stay two documents
            else:
                link.symlink_to(documents / name)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a change starts from: the documents' folder, the contents kept, the names in the library."""

    documents: Path
    objects: Objects
    known: Collection[str]


def proposed(change: Change, staged: Mapping[Staged, Path], ground: Ground) -> Proposed:
    """Works a change out of these staged documents, given with their contents, which are kept among the objects.

    Raises:
        CannotBePublished, UnknownDocument: the change cannot be made.
        CatalogueError: a catalogue in the folder cannot be understood.
    """
    before = files_in(ground.documents)
    standing = {_standing(each, {*before, *ground.known}): content for each, content in staged.items()}
    withdrawn = {*change.withdraw, *(each.replaces for each in standing if each.replaces)}
    if unknown := withdrawn - before.keys() - set(ground.known):
        raise UnknownDocument(min(unknown))
    names = _names(standing, {*before, *ground.known} - withdrawn)
    after = {name: sha256 for name, sha256 in before.items() if name not in withdrawn}
    for each, content in staged.items():
        after[names[each.id]] = ground.objects.keep(content)
    entries = {names[each.id]: each.entry for each in staged}
    for name, text in _catalogues(ground.documents, before, entries, withdrawn).items():
        after[name] = ground.objects.keep_text(text)
    step = Step(upon=None, before=before, after=after, staged=tuple(each.id for each in staged))
    orphans = tuple(names[each.id] for each in staged if each not in standing)
    return Proposed(step, frozenset(withdrawn) - set(names.values()), names, orphans)


def _standing(staged: Staged, there: Collection[str]) -> Staged:
    """A staged document as it can be published: what was to be replaced by it may be gone."""
    is_there = staged.replaces is None or staged.replaces in there
    return staged if is_there else staged.model_copy(update={"replaces": None})


def _names(staged: Iterable[Staged], taken: set[str]) -> dict[str, str]:
    names: dict[str, str] = {}
    for each in staged:
        if each.problem:
            raise CannotBePublished(each.name, each.problem)
        takes_over = each.replaces and PurePosixPath(each.replaces).suffix.lower() == each.suffix
        wanted = each.replaces if takes_over and each.replaces else each.name
        names[each.id] = unique_name(wanted, {*taken, *names.values()})
    return names


def _catalogues(
    documents: Path, before: Mapping[str, str], entries: Mapping[str, Entry], withdrawn: Collection[str]
) -> dict[str, str]:
    """The catalogues that change, with their new text."""
    changed = {}
    paths = {CATALOGUE_FILE, *(name for name in before if PurePosixPath(name).name == CATALOGUE_FILE)}
    for path in sorted(paths):
        folder = PurePosixPath(path).parent
        below = [PurePosixPath(name).relative_to(folder).as_posix() for name in withdrawn if _is_below(name, folder)]
        text = _read(documents / path) if path in before else ""
        new = changed_catalogue(text, entries if path == CATALOGUE_FILE else {}, below)
        if new != text:
            changed[path] = new
    return changed


def _is_below(name: str, folder: PurePosixPath) -> bool:
    return PurePosixPath(name).is_relative_to(folder)


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode()
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError(str(path), Reason.NOT_UNDERSTOOD, text=str(error)) from error
