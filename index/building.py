"""Building a generation: read, embed, index, verify, switch.

Everything is written beside the live generation. Whatever happens on the way (an error, a full disk, kill -9),
the live one goes on answering and the next build begins afresh.
"""

from __future__ import annotations

import datetime as dt
import gc
import sqlite3
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from index.aliases import NO_ALIASES, Aliases
from index.errors import BuildFailed, DatabaseUnavailable, NothingToIndex, SourceError
from index.library import Library
from index.manifest import Manifest
from index.preparing import AsBefore, Prepared
from index.probing import probe
from index.protocols import Embedder, Progress
from index.recipe import READING, SEARCHING
from index.repository import Draft, Generations
from index.writing import GenerationWriter

# As the stores raise them:
_FORESEEN: Final = (OSError, RuntimeError, ValueError, MemoryError, sqlite3.Error, DatabaseUnavailable)
_REASONS_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did. ``embedded`` counts passages whose vectors could not be taken over.

    ``number`` is None if nothing was made: all changed files were refused, and the live generation holds the others.
    """

    number: int | None
    documents: int
    passages: int
    embedded: int
    refused: tuple[SourceError, ...]


@dataclass(frozen=True, slots=True)
class _Material:
    """What a generation is made of: documents, a library to take over from, aliases."""

    documents: Iterable[Prepared | AsBefore | SourceError]
    base: Library | None
    aliases: Aliases


@dataclass(frozen=True, slots=True)
class Builder:
    """Builds generations of one library. Hold `Generations.building` meanwhile."""

    generations: Generations
    embedder: Embedder
    progress: Progress

    def build(
        self,
        documents: Iterable[Prepared | AsBefore | SourceError],
        base: Library | None,
        *,
        aliases: Aliases = NO_ALIASES,
    ) -> Built:
        """Builds a generation of ``documents`` and ``aliases``, with the vectors that ``base`` already has.

        It is live when this returns.

        Raises:
            NothingToIndex: not one document could be read. Where there were some and all were withdrawn, the
                generation is empty.
            BuildFailed: it could not be written or verified; the live generation is untouched.
        """
        return self._build(_Material(documents, base, aliases), lambda draft: draft.publish())

    def build_aside(
        self,
        documents: Iterable[Prepared | AsBefore | SourceError],
        base: Library | None,
        *,
        aliases: Aliases = NO_ALIASES,
    ) -> Built:
        """Builds likewise a generation that waits until `Generations.admit` makes it live.

        Raises:
            NothingToIndex, BuildFailed: as in `build`.
        """
        return self._build(_Material(documents, base, aliases), lambda draft: draft.set_aside())

    def _build(self, material: _Material, place: Callable[[Draft], None]) -> Built:
        draft = self.generations.begin(self.embedder.dimension)
        try:
            with _no_collections():
                return self._build_in(draft, material, place)
        except BaseException as error:
            # The frames hold the writers, whose threads would go on writing.
            traceback.clear_frames(error.__traceback__)
            if isinstance(error, _FORESEEN):
                why = str(error) or type(error).__name__
                raise BuildFailed(f"the build stopped ({why}); the live index is untouched") from error
            raise
        finally:
            draft.discard()

    def _build_in(self, draft: Draft, material: _Material, place: Callable[[Draft], None]) -> Built:
        base = material.base
        refused: list[SourceError] = []
        with GenerationWriter(draft, self.embedder, base) as writer:
            for each in material.documents:
                match each:
                    case SourceError():
                        refused.append(each)
                    case AsBefore(library):
                        writer.add_all(library)
                    case _:
                        writer.add(each)
            if not writer.names and (refused or base is None):
                told = f"no document could be read, so the library stays as it is{_reasons(refused)}"
                raise NothingToIndex(told, tuple(refused))
            repeated = base is not None and base.aliases == material.aliases and self._is_live(writer, base)
            number = None if repeated else self._finish(draft, writer, material.aliases).number
            if number is not None:
                place(draft)
        return Built(number, len(writer.names), writer.passages, writer.embedded, tuple(refused))

    def _is_live(self, writer: GenerationWriter, base: Library) -> bool:
        """Whether the live generation already holds exactly what was written."""
        if base.manifest.number != self.generations.live():
            return False
        return writer.repeats_base and base.is_searchable_with(self.embedder)

    def _finish(self, draft: Draft, writer: GenerationWriter, aliases: Aliases) -> Manifest:
        self.progress("index", 0, 1)
        writer.finish()
        draft.write(aliases)
        self.progress("index", 1, 1)
        contents = draft.contents()
        manifest = Manifest(
            number=contents.number,
            built=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
            embedder=self.embedder.identity,
            dimension=self.embedder.dimension,
            searching=SEARCHING,
            reading=READING,
            vector_store=contents.vector_store,
            lexical_store=contents.lexical_store,
            passages=writer.passages,
            documents=writer.names,
            files=contents.files,
            recall=contents.recall,
        )
        probe(draft.seal(manifest), self.progress, known=writer.copied)
        return manifest


def _reasons(refused: Sequence[SourceError]) -> str:
    named = [str(error) for error in refused[:_REASONS_SHOWN]]
    more = [f"and {len(refused) - _REASONS_SHOWN} more"] if len(refused) > _REASONS_SHOWN else []
    return f" ({'; '.join([*named, *more])})" if named else ""


@contextmanager
def _no_collections() -> Iterator[None]:
    """No garbage collections: each would walk through all the words remembered, and a build makes no cycles."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
