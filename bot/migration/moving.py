"""Moving a library: copies of all generations wait, then the state, then one of them is live."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from bot.migration.asking import MOST, Compared, compared, questions_for
from bot.migration.errors import CannotMigrate, NothingToMigrate, TargetNotEmpty
from bot.migration.homes import Home, nobody_else
from bot.state.transferring import asked_in, room_for, totals_of, transfer
from index.copying import copied, intact
from index.errors import CopyDiffers, DamagedGeneration, IndexingError, OutdatedGeneration
from index.library import Library
from index.manifest import Manifest
from index.protocols import Embedder, Progress
from index.sameness import is_copy, see_that_all_is_there, see_that_the_same_is_found

_FORESEEN: Final = (RuntimeError, ValueError, MemoryError, sqlite3.Error)  # as the stores raise them


class Standing(NamedTuple):
    """Which generations there are."""

    live: int | None
    kept: tuple[int, ...]
    waiting: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Migrated:
    """What was copied, and what was not: ``left`` are damaged or outdated generations that are not live.

    ``rows`` are those of the state by table; None if the state is kept elsewhere, or there is none.
    """

    standing: Standing
    manifests: tuple[Manifest, ...]
    left: tuple[IndexingError, ...]
    rows: Mapping[str, int] | None
    compared: Compared


@dataclass(frozen=True)
class Mover:
    """Moves the library of ``source`` to ``target``; the files of one of both are in ``data``.

    ``load`` loads the embedder that is set, for asking both libraries the same; ``kept_questions`` are asked too.
    """

    source: Home
    target: Home
    data: Path
    load: Callable[[], Embedder]
    kept_questions: Sequence[str]
    progress: Progress

    def move(self) -> Migrated:
        """Copies everything and compares it; nothing is changed where it comes from.

        What an interrupted move has copied is not copied again.

        Raises:
            NothingToMigrate, TargetNotEmpty, BotRunning, LibraryLocked, StateNotEmpty: nothing is copied.
            IndexingError, StateError, CannotMigrate: it was not finished, and nobody answers from the target.
        """
        if self.source.is_empty:
            raise NothingToMigrate(self.source.name)
        with nobody_else(self.source, self.target, self.data), _translating():
            standing = _standing(self.source)
            manifests, left = self._readable(standing)
            self._refuse_others(manifests)
            has_state = self.source.has_state
            if has_state or self.target.has_state:
                room_for(self._state_of(self.target), totals_of(self._state_of(self.source)) if has_state else {})
            answers = self._copy_generations(manifests, standing)
            rows = self._copy_state() if has_state else None
            self._switch(standing, manifests)
            return Migrated(standing, manifests, left, rows, answers)

    def _readable(self, standing: Standing) -> tuple[tuple[Manifest, ...], tuple[IndexingError, ...]]:
        """The generations that can be copied, and why others cannot.

        Raises:
            NothingLive: none is marked as live.
            DamagedGeneration, OutdatedGeneration: the live one cannot be copied.
        """
        if standing.live is None and standing.kept:
            self.source.generations.open_live()
        manifests: list[Manifest] = []
        left: list[IndexingError] = []
        for number in sorted({*standing.kept, *standing.waiting}):
            try:
                manifests.append(intact(self.source.generations, number).manifest)
            except (DamagedGeneration, OutdatedGeneration) as error:
                if number == standing.live:
                    raise
                left.append(error)
        return tuple(manifests), tuple(left)

    def _refuse_others(self, manifests: Sequence[Manifest]) -> None:
        """Raises `TargetNotEmpty` if the target holds anything but copies of these that nobody answers from."""
        there = _standing(self.target)
        if there.live is not None:
            raise TargetNotEmpty(self.target.name, there.live)
        ours = {manifest.number: manifest for manifest in manifests}
        for number in (*there.kept, *there.waiting):
            if number not in ours or not self._holds_copy(ours[number]):
                raise TargetNotEmpty(self.target.name, number)

    def _holds_copy(self, manifest: Manifest) -> bool:
        try:
            return is_copy(manifest, self.target.generations.open(manifest.number).manifest)
        except DamagedGeneration:
            return False

    def _copy_generations(self, manifests: Sequence[Manifest], standing: Standing) -> Compared:
        """Copies and compares them all; gives how the live one was answered from."""
        stored = [*self.kept_questions, *self._asked()]
        every, done, answers = sum(manifest.passages for manifest in manifests), 0, Compared(0, 0)
        for manifest in manifests:
            library = self.source.generations.open(manifest.number)
            tell = partial(self._tell, every=every, before=done)
            questions = questions_for(library, stored)
            with self._copy(library, tell) as copy:
                see_that_all_is_there(library, copy, partial(tell, "verify"))
                see_that_the_same_is_found(library, copy, questions)
                if manifest.number == standing.live:
                    answers = compared(library, copy, questions, self.load)
            done += manifest.passages
        return answers

    def _tell(self, step: str, passages: int, *, every: int, before: int) -> None:
        self.progress(step, before + passages, every)

    @contextmanager
    def _copy(self, library: Library, tell: Callable[[str, int], None]) -> Iterator[Library]:
        """The copy of a generation, which is kept if it passes."""
        generations, manifest = self.target.generations, library.manifest
        if manifest.number in (*generations.numbers(), *generations.waiting()):
            try:
                yield generations.open(manifest.number)
            except CopyDiffers:
                generations.drop(manifest.number)
                raise
            return
        draft = generations.begin(manifest.dimension, number=manifest.number)
        try:
            yield copied(library, draft, partial(tell, "copy"))
            draft.set_aside()
        finally:
            draft.discard()

    def _asked(self) -> list[str]:
        return asked_in(self._state_of(self.source), most=MOST) if self.source.has_state else []

    def _copy_state(self) -> dict[str, int]:
        source, target = self._state_of(self.source), self._state_of(self.target)
        every = sum(total.rows for total in totals_of(source).values())
        done = transfer(source, target, lambda rows: self.progress("state", rows, every))
        return {name: total.rows for name, total in done.items()}

    def _state_of(self, home: Home) -> str:
        assert home.state is not None
        return home.state

    def _switch(self, standing: Standing, manifests: Sequence[Manifest]) -> None:
        """Makes the copy of the live generation live, unless the library changed meanwhile."""
        if _standing(self.source) != standing:
            raise CannotMigrate("its generations changed meanwhile")
        if standing.live is not None:
            ours = {manifest.number for manifest in manifests}
            self.target.generations.take_up(sorted(ours & {*standing.kept}), standing.live)


def _standing(home: Home) -> Standing:
    generations = home.generations
    return Standing(generations.live(), generations.numbers(), generations.waiting())


@contextmanager
def _translating() -> Iterator[None]:
    try:
        yield
    except _FORESEEN as error:
        raise CannotMigrate(str(error) or type(error).__name__) from error
