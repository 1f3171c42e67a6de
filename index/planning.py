"""What a build will change: files compared with the live generation, before anything is written."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Final

from index.aliases import NO_ALIASES, Aliases, aliases_beside
from index.catalogue import Catalogues
from index.document import Fingerprint
from index.errors import SourceError
from index.library import Library
from index.reasons import Reason
from index.recipe import READING
from index.sources import Found, Source

_TOGETHER: Final = 64  # files that one thread reads before it is given others
_READERS: Final = 8


@dataclass(frozen=True, slots=True)
class Plan:
    """The difference between the files and the generation they are compared with.

    Names are sorted. ``refused`` files are not taken; a former version of theirs stays in the library.
    """

    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    refused: tuple[SourceError, ...]
    kept: tuple[str, ...]
    """Documents of the library that stay as they are, because their file or its folder is refused."""
    sources: Mapping[str, Source] = field(repr=False)
    fresh: frozenset[str] = field(repr=False)
    """Documents whose stored text and passages can be taken over as they are."""
    aliases: Aliases = field(repr=False)
    same_aliases: bool
    """Whether the library already has these aliases."""

    @property
    def changes_nothing(self) -> bool:
        """Whether the library already holds exactly these documents, read as this version reads."""
        return not self.new and self.keeps_all and self.same_aliases

    @property
    def keeps_all(self) -> bool:
        """Whether every document that the library has stays as it is, whatever is added."""
        return not (self.changed or self.removed) and len(self.fresh) == len(self.unchanged)


def plan(found: Found, base: Library | None) -> Plan:
    """Compares ``found`` with ``base``, reading every file once for its checksum.

    Raises:
        CatalogueError, AliasesError: a catalogue or the aliases beside the documents cannot be understood.
    """
    aliases = aliases_beside((source.path, source.name) for source in found.sources)
    former = {record.name: record for record in base.documents} if base else {}
    refused = list(found.refused)
    sources: dict[str, Source] = {}
    same: set[str] = set()
    for source, fingerprint in zip(found.sources, _fingerprints(found.sources), strict=True):
        if isinstance(fingerprint, OSError):
            why = fingerprint.strerror or type(fingerprint).__name__
            refused.append(SourceError(source.name, Reason.CANNOT_BE_READ, text=why))
            continue
        sources[source.name] = source
        if source.name in former and former[source.name].fingerprint == fingerprint:
            same.add(source.name)
    kept = _behind(refused, former.keys() - sources.keys())
    return Plan(
        new=_sorted(name for name in sources if name not in former),
        changed=_sorted(name for name in sources if name in former and name not in same),
        unchanged=_sorted(same),
        removed=_sorted(former.keys() - sources.keys() - kept),
        refused=tuple(refused),
        kept=_sorted(kept),
        sources=sources,
        fresh=frozenset(same if base and base.manifest.reading == READING else ()),
        aliases=aliases,
        same_aliases=base is not None and base.aliases == aliases,
    )


def keeping(changes: Plan, base: Library | None, without: Collection[str]) -> Plan:
    """The same plan, but what the library holds stays in it, files or no files, except for ``without``.

    Where no aliases lie beside the files, those of the library stay too.
    """
    former = {*changes.removed, *changes.kept}
    aliases = base.aliases if base and changes.aliases == NO_ALIASES else changes.aliases
    return replace(
        changes,
        removed=_sorted(former.intersection(without)),
        kept=_sorted(former.difference(without)),
        aliases=aliases,
        same_aliases=base is not None and base.aliases == aliases,
    )


def _fingerprints(sources: Sequence[Source]) -> Iterator[Fingerprint | OSError]:
    """What each file is now: its checksum, and its entry in the catalogue; or why it cannot be read."""
    catalogues = Catalogues()
    together = [sources[at : at + _TOGETHER] for at in range(0, len(sources), _TOGETHER)]
    with ThreadPoolExecutor(_READERS) as pool:  # files not read lately are waited for
        for some, digests in zip(together, pool.map(_digests, together), strict=True):
            for source, digest in zip(some, digests, strict=True):
                if isinstance(digest, OSError):
                    yield digest
                else:
                    yield Fingerprint(digest, catalogues.entry_for(source.path, source.name).fingerprint())


def _digests(sources: Iterable[Source]) -> list[str | OSError]:
    digests: list[str | OSError] = []
    for source in sources:
        try:
            with source.path.open("rb", buffering=0) as file:
                digests.append(hashlib.file_digest(file, "sha256").hexdigest())
        except OSError as error:
            digests.append(error)
    return digests


def _behind(refused: Iterable[SourceError], names: Iterable[str]) -> set[str]:
    """Which of ``names`` are refused or lie in a refused folder, where nobody could look for them."""
    closed = {error.name for error in refused}
    return {name for name in names if name in closed or not closed.isdisjoint(_folders(name))}


def _folders(name: str) -> Iterator[str]:
    return map(str, PurePosixPath(name).parents)


def _sorted(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(names))
