"""Changing the documents' folder in one step, which is ended by whoever comes next if its process is killed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from bot.shelf.editions import MISSING, Objects, Step, checksum_now, put_in_place, read_step
from bot.shelf.errors import NotStaged
from bot.shelf.files import remove, write
from bot.shelf.staging import Staging, digest


class Stepping:
    """Takes a step from what the folder was to what it shall be. Hold the shelf's lock meanwhile."""

    def __init__(self, documents: Path, journal: Path, objects: Objects, staging: Staging) -> None:
        self._documents = documents
        self._journal = journal
        self._objects = objects
        self._staging = staging

    def can_take(self, step: Step) -> bool:
        """Whether the files that the step changes, and what it publishes, are what they were when it was proposed."""
        is_there = all(self._is(name, step.before) for name in step.differing())
        return is_there and all(self._is_as_built(staged, step) for staged in step.staged)

    def between(self, before: Mapping[str, str], after: Mapping[str, str], generation: int) -> Step:
        """The step that brings files back, to be taken once that generation is live."""
        return Step(upon=generation, before=dict(before), after=dict(after))

    @contextmanager
    def written(self, step: Step) -> Iterator[None]:
        """The step will be taken once its generation is live, by this process or the next, unless the context fails.

        The content that it replaces is kept first.
        """
        for name in sorted(step.differing()):
            if step.before.get(name) and self._is(name, step.before):
                self._objects.keep(self._documents / name)
        write(self._journal, step.model_dump_json())
        try:
            yield
        except Exception:
            self.end()
            raise

    def begun(self) -> Step | None:
        """The step that was written and not ended."""
        return read_step(self._journal)

    def take(self, step: Step) -> tuple[str, ...]:
        """Changes the files, whatever part of it was done before; gives those that somebody else changed."""
        self._documents.mkdir(parents=True, exist_ok=True)
        left = [name for name in sorted(step.differing()) if not self._brought(name, step)]
        for staged in step.staged:
            with suppress(NotStaged):
                self._staging.discard(staged)
        return tuple(left)

    def end(self) -> None:
        """Nothing is left to be done."""
        remove(self._journal)

    def _is_as_built(self, staged: str, step: Step) -> bool:
        try:
            now = self._staging.get(staged)
        except NotStaged:
            return False
        return digest(now, checksum_now(self._staging.content(now))) == step.digests.get(staged)

    def _brought(self, name: str, step: Step) -> bool:
        if self._is(name, step.after):
            return True
        wanted = step.after.get(name)
        content = self._objects.path(wanted) if wanted else None
        if not self._is(name, step.before) or (content and not content.is_file()):
            return False
        put_in_place(self._documents, name, content)
        return True

    def _is(self, name: str, files: Mapping[str, str]) -> bool:
        return checksum_now(self._documents / name) == files.get(name, MISSING)
