"""``dalil index``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from bot.composition import Dalil
from bot.contract import json_text
from bot.progress import progress_bars
from bot.terminal import console, error_console, harmless
from index.building import Builder, Built
from index.errors import NothingToIndex, SourceError
from index.library import Library
from index.planning import Plan, plan
from index.preparing import documents
from index.sources import find_sources

_NAMES_SHOWN = 20  # of each kind of change, on a terminal; JSON has them all


def index(dalil: Dalil, paths: Sequence[Path], *, dry_run: bool, if_empty: bool, as_json: bool) -> int:
    """Compares, says what changes, builds and switches. 1 if a document could not be taken."""
    if if_empty and dalil.generations.live() in dalil.generations.numbers():
        return 0
    if missing := [path for path in paths if not path.exists()]:  # not taken for a wish to remove what was under it
        raise NothingToIndex(f"{missing[0]} does not exist; the library stays as it is")
    with nullcontext() if dry_run else dalil.generations.building():
        base = dalil.generations.newest_intact()
        changes = plan(find_sources(paths, max_bytes=dalil.settings.max_file_mb * 2**20), base)
        if not as_json:
            _say_changes(changes)
        if not changes.sources:
            _say_refused(changes.refused)
            raise NothingToIndex(f"no document found under {', '.join(map(str, paths))}; the library stays as it is")
        built = None if dry_run or _is_current(dalil, changes, base) else _build(dalil, changes, base)
    refused = (*changes.refused, *(built.refused if built else ()))
    if as_json:
        sys.stdout.write(json_text(_json(changes, refused, built), indent=2) + "\n")
    else:
        _say_built(built, dry_run=dry_run)
    _say_refused(refused)
    return 1 if refused else 0


def _is_current(dalil: Dalil, changes: Plan, base: Library | None) -> bool:
    """Whether the live generation already is what a build would make."""
    if base is None or base.manifest.number != dalil.generations.live():
        return False
    return changes.changes_nothing and base.is_searchable_with(dalil.embedder)


def _build(dalil: Dalil, changes: Plan, base: Library | None) -> Built:
    with progress_bars() as report, dalil.reading_room() as room:
        builder = Builder(dalil.generations, dalil.embedder, report)
        return builder.build(documents(changes, base, room, report), base, aliases=changes.aliases)


def _kinds(changes: Plan) -> dict[str, tuple[str, ...]]:
    return {
        "new": changes.new,
        "changed": changes.changed,
        "unchanged": changes.unchanged,
        "removed": changes.removed,
    }


def _say_changes(changes: Plan) -> None:
    out = console()
    out.print(", ".join(f"{len(names)} {kind}" for kind, names in _kinds(changes).items()))
    for kind, names in _kinds(changes).items():
        if kind != "unchanged":
            for name in names[:_NAMES_SHOWN]:
                out.print(f"  {kind}: {harmless(name)}")
            if len(names) > _NAMES_SHOWN:
                out.print(f"  {kind}: … and {len(names) - _NAMES_SHOWN} more")


def _say_built(built: Built | None, *, dry_run: bool) -> None:
    if built and built.number:
        counts = f"{built.documents} documents, {built.passages} passages, {built.embedded} of them embedded anew"
        console().print(f"generation {built.number} is live: {counts}")
    else:
        console().print("dry run: nothing was built" if dry_run else "nothing changed: the live index stays")


def _say_refused(refused: Sequence[SourceError]) -> None:
    err = error_console()
    for error in refused:
        err.print(f"not taken: {harmless(str(error))}")


def _json(changes: Plan, refused: Sequence[SourceError], built: Built | None) -> dict[str, Any]:
    return {
        **{kind: list(names) for kind, names in _kinds(changes).items()},
        "refused": [{"document": error.name, "reason": error.reason} for error in refused],
        "generation": built.number if built else None,
        "documents": built.documents if built else None,
        "passages": built.passages if built else None,
        "embedded": built.embedded if built else None,
    }
