"""``dalil add`` and ``dalil remove``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import typer

from bot.commands.following import follow
from bot.commands.jobs import job_json, told
from bot.composition import Dalil
from bot.contract import json_text
from bot.jobs.foreseeing import Foreseen, foresee
from bot.jobs.queue import Queue
from bot.jobs.requests import new_job
from bot.shelf.caption import parsed
from bot.shelf.editions import files_in
from bot.shelf.errors import CaptionError, UnknownDocument
from bot.shelf.inspecting import Doubt, Inspection
from bot.shelf.proposing import Change
from bot.shelf.staging import Incoming
from bot.state.store import Store
from bot.state.values import Job, JobState
from bot.terminal import console, error_console, harmless
from index.catalogue import Entry
from index.errors import NoGeneration
from index.library import Library

_OPTIONS = {"published": "--date"}
_NAMES_SHOWN = 20  # of each kind of change, on a terminal


@dataclass(frozen=True, slots=True)
class Said:
    """What was said of the files at the command line, unread."""

    title: str | None
    place: str | None
    published: str | None
    url: str | None
    audience: str | None
    replaces: str | None

    def entry(self) -> Entry:
        """What it says.

        Raises:
            typer.BadParameter: something of it cannot be understood.
        """
        found = {}
        for field, value in asdict(self).items():
            if value is None or field == "replaces":
                continue
            try:
                found[field] = parsed(field, value)
            except CaptionError as error:
                raise typer.BadParameter(error.problem, param_hint=_OPTIONS.get(field, f"--{field}")) from error
        return Entry.model_validate(found)


def add(dalil: Dalil, files: Sequence[Path], said: Said, *, yes: bool, as_json: bool) -> int:
    """Stages the files, shows what they are and what will change, and has it built. 1 if it was not switched to."""
    entry = said.entry()
    seen: list[Inspection] = []
    try:
        with dalil.reading_room() as room:
            library = dalil.generations.newest_intact()
            _check_known(dalil, library, said.replaces)
            for file in files:
                staged = dalil.shelf.stage(Incoming(file, file.name, entry))
                seen.append(Inspection(staged))
                if said.replaces:
                    dalil.shelf.edit(staged.id, entry, replaces=said.replaces)
                seen[-1] = dalil.shelf.inspect(staged.id, room, library)
        if not as_json:
            for inspection in seen:
                _show(inspection)
        return _make(dalil, Change(publish=tuple(each.staged.id for each in seen)), yes=yes, as_json=as_json)
    finally:
        still = {each.id for each in dalil.shelf.staged()}
        for inspection in seen:
            if inspection.staged.id in still and not _is_asked_for(dalil, inspection.staged.id):
                dalil.shelf.discard(inspection.staged.id)


def _check_known(dalil: Dalil, library: Library | None, name: str | None) -> None:
    """Sees to it that a document which is to be replaced is there."""
    is_in_library = library is not None and name is not None and library.documents.find(name) is not None
    if name is not None and not is_in_library and name not in files_in(dalil.shelf.documents):
        raise UnknownDocument(name)


def remove(dalil: Dalil, names: Sequence[str], *, yes: bool, as_json: bool) -> int:
    """Says what will change and has it built. 1 if it was not switched to."""
    if dalil.generations.newest_intact() is None:
        raise NoGeneration(str(dalil.settings.data))
    return _make(dalil, Change(withdraw=tuple(names)), yes=yes, as_json=as_json)


def _make(dalil: Dalil, change: Change, *, yes: bool, as_json: bool) -> int:
    with Store.open(dalil.state) as store:
        foreseen = foresee(dalil, store, change)
        if not as_json:
            _show_changes(foreseen)
        if not yes and not _agreed():
            return 1
        job = follow(Queue(dalil, store), store, new_job(change, None))
    _tell(job, as_json=as_json)
    return 0 if job.state is JobState.DONE else 1


def _agreed() -> bool:
    if not sys.stdin.isatty():
        typer.echo("dalil: nothing was changed: give --yes where nobody can be asked", err=True)
        return False
    return typer.confirm("Build this and switch to it?", err=True)


def _is_asked_for(dalil: Dalil, staged: str) -> bool:
    """Whether a job that is not over wants a staged document."""
    with Store.open(dalil.state) as store:
        return Queue(dalil, store).holding(staged) is not None


def _show(seen: Inspection) -> None:
    out, about = console(), seen.about
    out.print(harmless(seen.staged.name))
    if about:
        facts = [about.title, about.place, about.published and about.published.isoformat()]
        out.print("  " + harmless("، ".join(fact for fact in facts if fact)))
        pages = f"{seen.pages} pages, " if seen.pages else ""
        out.print(f"  {pages}{seen.words:,} words, {seen.passages} passages, language: {seen.language or 'unknown'}")
        for line in seen.first_lines:
            out.print(f"  | {harmless(line)}")
    for doubt in seen.doubts:
        out.print(f"  ! {harmless(_doubt(doubt))}")


def _doubt(doubt: Doubt) -> str:
    if doubt.like and doubt.concern == "waiting":
        return f"it is like {doubt.like.name}, which waits to be published"
    if doubt.like:
        return f"{doubt.like.share:.0%} of it stands in {doubt.like.name} word for word"
    if doubt.cause:
        return str(doubt.cause)
    return {
        "reversed": "its Arabic words look reversed",
        "not_arabic": "it does not look Arabic",
        "wider": "it replaces a document for officials, and is for everybody",
    }[doubt.concern]


def _show_changes(foreseen: Foreseen) -> None:
    out = console()
    kinds = {"new": foreseen.new, "changed": foreseen.changed, "removed": foreseen.removed}
    counts = [f"{len(names)} {kind}" for kind, names in kinds.items()]
    seconds = "" if foreseen.seconds is None else f", about {max(1, round(foreseen.seconds))} s"
    out.print(f"{', '.join(counts)}, {len(foreseen.unchanged)} unchanged; {foreseen.embedded} passages{seconds}")
    for kind, names in kinds.items():
        for name in names[:_NAMES_SHOWN]:
            out.print(f"  {kind}: {harmless(name)}")
        if len(names) > _NAMES_SHOWN:
            out.print(f"  {kind}: … and {len(names) - _NAMES_SHOWN} more")
    for error in foreseen.refused:
        error_console().print(f"not taken: {harmless(str(error))}")


def _tell(job: Job, *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json_text(job_json(job), indent=2) + "\n")
        return
    if job.state is JobState.DONE and job.generation:
        counts = f"{job.result['documents']} documents, {job.result['passages']} passages"
        console().print(f"generation {job.generation} is live: {counts}")
        return
    console().print("nothing changed: the live index stays" if job.state is JobState.DONE else told(job))
    if job.state is JobState.WAITING:
        console().print(f"decide with  dalil jobs {job.id} --switch  or  dalil jobs {job.id} --stop")
