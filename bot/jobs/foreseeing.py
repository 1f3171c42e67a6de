"""What a change would do, before anything is built."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.composition import Dalil
from bot.shelf.proposing import Change, Proposal
from bot.state.store import Store
from bot.state.values import Job, JobState
from index.catalogue import Entry, entry_for
from index.errors import SourceError
from index.library import Library
from index.planning import Plan, keeping, plan
from index.sources import find_sources

_LOOKED_BACK: Final = 50  # jobs, to find one whose speed is known
_USUAL_PASSAGES: Final = 10  # of a document, where there is no library to tell


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a change would do. Names are sorted, and those that documents would have.

    ``embedded`` is about how many passages would be embedded, and ``seconds`` about how long a build would take, at
    the speed of the last one (None: there was none). ``said`` is what is said of documents, by their names;
    ``orphans`` are new, for what they were to replace is gone.
    """

    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    refused: tuple[SourceError, ...]
    embedded: int
    seconds: float | None
    said: Mapping[str, Entry] = field(default_factory=dict)
    orphans: tuple[str, ...] = ()


def foresee(dalil: Dalil, store: Store, change: Change) -> Foreseen:
    """Compares what a change would make with the live generation.

    Raises:
        ShelfError: the change cannot be made.
        CatalogueError, AliasesError: what lies beside the documents cannot be understood.
    """
    base = dalil.generations.newest_intact()
    staged = {each.id: each.passages for each in dalil.shelf.staged()}
    with dalil.shelf.propose(change, base) as proposal:
        changes = planned(dalil, proposal, base)
        orphans = proposal.orphans
        known = {name: staged.get(each) for each, name in proposal.names.items()}
        said = {name: entry_for(proposal.folder / name, name) for name in (*changes.new, *changes.changed)}
    said |= _said_before(changes.removed, base)
    embedded = _passages({*changes.new, *changes.changed}, known, base)
    return Foreseen(
        new=changes.new,
        changed=changes.changed,
        unchanged=tuple(sorted({*changes.unchanged, *changes.kept})),
        removed=changes.removed,
        refused=changes.refused,
        embedded=embedded,
        seconds=_seconds(store.jobs.newest(_LOOKED_BACK), embedded + (base.manifest.passages if base else 0)),
        said=said,
        orphans=orphans,
    )


def planned(dalil: Dalil, proposal: Proposal, base: Library | None) -> Plan:
    """The difference between a proposal and the library; nothing goes that nobody withdrew."""
    found = find_sources([proposal.folder], max_bytes=dalil.settings.max_file_mb * 2**20)
    return keeping(plan(found, base), base, proposal.withdrawn)


def _said_before(names: Iterable[str], base: Library | None) -> dict[str, Entry]:
    found = {name: base.documents.find(name) for name in names} if base else {}
    return {name: Entry(title=each.about.title, audience=each.about.audience) for name, each in found.items() if each}


def _passages(names: Iterable[str], known: Mapping[str, int | None], base: Library | None) -> int:
    average = base.manifest.passages // max(1, len(base.documents)) if base else _USUAL_PASSAGES
    return sum(average if (counted := known.get(name)) is None else counted for name in names)


def _seconds(jobs: Iterable[Job], passages: int) -> float | None:
    for job in jobs:
        if job.state is JobState.DONE and job.result.get("passages"):
            return float(job.result["seconds"]) / int(job.result["passages"]) * passages
    return None
