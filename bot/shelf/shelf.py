"""The shelf: what is staged, what would change, and the one step that changes it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

from filelock import FileLock, Timeout

from bot.shelf.arrivals import Arrivals
from bot.shelf.editions import Objects, Records
from bot.shelf.errors import StaleProposal
from bot.shelf.inheriting import entry_before, inherited
from bot.shelf.inspecting import Doubt, Inspection, compared, inspected
from bot.shelf.likeness import Drafts, nearest_published
from bot.shelf.proposing import Change, Ground, Proposal, proposed
from bot.shelf.questions import Questions
from bot.shelf.staging import Incoming, Staged, Staging, digest
from bot.shelf.stepping import Stepping
from index.catalogue import Entry
from index.errors import SourceError
from index.library import Library
from index.reading import ReadingRoom
from index.repository import Generations

_OLD: Final = 86_400.0  # seconds after which nobody can still be writing a file


class Shelf:
    """The documents' folder, and what administrators do with it. Any number of processes may use one."""

    def __init__(self, documents: Path, data: Path, generations: Generations, *, max_bytes: int) -> None:
        """Reads and writes nothing yet. What is staged and remembered lies below ``data``."""
        self.documents = documents.absolute()
        self._generations = generations
        self._folder = data.absolute() / "shelf"
        self._staging = Staging(self._folder / "staged", max_bytes=max_bytes)
        self.arrivals = Arrivals(self._staging)
        self._objects = Objects(self._folder / "objects")
        self._records = Records(self._folder / "records")
        self._stepping = Stepping(self.documents, self._folder / "step", self._objects, self._staging)
        self._drafts = Drafts(self._folder / "drafts")
        self._changing = FileLock(self._folder / "lock")
        self.questions = Questions(self.documents, self._folder / "questions.lock")

    def stage(self, incoming: Incoming) -> Staged:
        """Takes a document in; nothing is published by it.

        Raises:
            TooLarge: it is over the limit.
            OSError: it cannot be read or written.
        """
        (self._folder / "staged").mkdir(parents=True, exist_ok=True)
        return self._staging.add(incoming)

    def staged(self) -> list[Staged]:
        """All documents that are not published yet, in the order in which they came."""
        return self._staging.all()

    def get(self, staged: str) -> Staged:
        """The staged document with that id.

        Raises:
            NotStaged: there is none.
        """
        return self._staging.get(staged)

    def edit(self, staged: str, entry: Entry, *, replaces: str | None = None) -> Staged:
        """Changes what is said of a staged document, and the document in whose place it is to stand.

        Raises:
            NotStaged: there is none.
        """
        return self._staging.change(staged, entry=entry, decided=entry, replaces=replaces)

    def replace(self, staged: str, name: str | None) -> Staged:
        """Says in whose place a staged document is to stand, if in any.

        Raises:
            NotStaged: there is none.
        """
        return self._staging.change(staged, replaces=name)

    def discard(self, staged: str) -> None:
        """Removes a staged document.

        Raises:
            NotStaged: there is none.
        """
        self._staging.discard(staged)

    def inspect(self, staged: str, room: ReadingRoom, library: Library | None) -> Inspection:
        """Reads a staged document as a build would, and compares it with the library.

        Raises:
            NotStaged: there is none.
        """
        kept = self._staging.get(staged)
        found = inherited(kept, self.documents, library)
        try:
            content = self._staging.content(found).read_bytes()
            extracted = room.read(found.name, found.suffix, content)
        except SourceError as error:
            seen = inspected(found, error)
        else:
            published = nearest_published(extracted.text, library) if library else None
            others = {each.sha256: each.name for each in self.staged() if each.sha256 != found.sha256}
            waiting = self._drafts.nearest(extracted.text, found.sha256, others)
            seen = compared(inspected(found, extracted), published, waiting)
        if found.replaces and found.entry.audience == "public":
            before = entry_before(found.replaces, self.documents, library)
            if before.audience == "officials":
                seen = replace(seen, doubts=(*seen.doubts, Doubt("wider")))
        noted = self._staging.change(
            staged,
            passages=seen.passages,
            problem=seen.problem,
            is_doubtful=bool(seen.doubts),
            inherits_officials=found.entry.audience == "officials" != kept.entry.audience,
        )
        return replace(seen, staged=noted)

    @contextmanager
    def propose(self, change: Change, library: Library | None) -> Iterator[Proposal]:
        """The documents as they would be, in a folder of links that is there until the context is left.

        ``library`` is what the new generation would be built upon. Nothing is changed.

        Raises:
            NotStaged, CannotBePublished, UnknownDocument: the change cannot be made.
            CatalogueError: a catalogue in the folder cannot be understood.
        """
        self.recover()
        stored = [self._staging.get(each) for each in change.publish]
        staged = [inherited(each, self.documents, library) for each in stored]
        with self._temporary_folder() as folder:
            known = {record.name for record in library.documents} if library else set()
            contents = {each: self._staging.content(each) for each in staged}
            made = proposed(change, contents, Ground(self.documents, self._objects, known))
            digests = {each.id: digest(each, made.step.after[made.names[each.id]]) for each in stored}
            step = made.step.model_copy(update={"upon": self._generations.live(), "digests": digests})
            made.lay_out(folder, self.documents, self._objects)
            yield Proposal(folder, step, made.withdrawn, made.names, made.orphans)

    def note(self, generation: int, proposal: Proposal) -> None:
        """A generation was built of the proposal; it may be adopted later, by another process too."""
        self._records.put(generation, proposal.step)

    def adopt(self, generation: int, publish: Callable[[], None]) -> None:
        """Calls ``publish``, which makes the generation live, and lets the documents' folder follow.

        Both happen or none, whenever the process is killed: see `recover`.

        Raises:
            StaleProposal: the library, one of the files to be changed or one of the staged documents to be published
                is not what it was; nothing is changed.
        """
        with self._changing, self._staging.locked():  # what is staged stays as it is meanwhile
            self._recover()
            step = self._records.get(generation)
            if step is None or step.upon != self._generations.live() or not self._stepping.can_take(step):
                raise StaleProposal("the library, its files or what was sent in have changed meanwhile: ask again")
            with self._stepping.written(step.model_copy(update={"upon": generation})):
                publish()
            self._recover()
            self._tidy()

    def bring_back(self, generation: int) -> tuple[str, ...]:
        """Makes a kept generation live, and brings back the files that were there when it last was.

        Gives the files that were left as they are, because somebody has changed them by hand since, or because
        their former content is no longer kept. Where nothing is known of the files, they all stay.

        Raises:
            UnknownGeneration, DamagedGeneration: it cannot be gone back to; nothing is changed.
        """
        with self._changing:
            self._recover()
            before = self._records.files(self._generations.live())
            after = self._records.files(generation)
            if before is None or after is None:
                self._generations.switch(generation)
                return ()
            with self._stepping.written(self._stepping.between(before, after, generation)):
                self._generations.switch(generation)
            return self._recover()

    def copy_staged(self, folder: Path) -> list[Path]:
        """Copies all that is staged below a new folder; gives the copies."""
        with self._staging.locked():
            return [path for each in self.staged() for path in self._staging.copy(each, folder / each.id)]

    @contextmanager
    def unchanging(self) -> Iterator[None]:
        """Nothing is adopted or brought back meanwhile; whoever wants to waits."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with self._changing:
            self._recover()
            yield

    def recover(self) -> None:
        """Ends what a killed process had begun; whoever is changing the folder now is left alone."""
        if not self._folder.is_dir():
            return
        try:
            with self._changing.acquire(timeout=0):
                self._recover()
        except Timeout:
            return

    def _recover(self) -> tuple[str, ...]:
        step = self._stepping.begun()
        if step is None:
            return ()
        left = self._stepping.take(step) if step.upon == self._generations.live() else ()
        self._stepping.end()
        return left

    def _tidy(self) -> None:
        """Forgets the steps of generations that are gone, with the contents that only they needed."""
        kept = {*self._generations.numbers(), *self._generations.waiting()}
        self._objects.drop_all_but(self._records.drop_all_but(kept))
        self._staging.tidy(_is_old)

    @contextmanager
    def _temporary_folder(self) -> Iterator[Path]:
        proposals = self._folder / "proposals"
        proposals.mkdir(parents=True, exist_ok=True)
        for leftover in filter(_is_old, proposals.iterdir()):
            shutil.rmtree(leftover, ignore_errors=True)
        folder = proposals / f"{time.time_ns():x}"
        folder.mkdir()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def _is_old(path: Path) -> bool:
    try:
        return time.time() - path.stat().st_mtime > _OLD
    except OSError:
        return False
