"""``dalil migrate``."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import Any

from pydantic import SecretStr

from bot.composition import Dalil
from bot.contract import json_text
from bot.migration.homes import Home
from bot.migration.moving import Migrated, Mover
from bot.progress import progress_bars
from bot.settings import SettingsError
from bot.state.database import Database, database_url
from bot.terminal import console, error_console, harmless
from index.manifest import Manifest


def migrate(dalil: Dalil, address: str | None, *, to_files: bool, as_json: bool) -> int:
    """Copies everything to a server, or back to files. 1 if a generation that is not live could not be copied."""
    files, server = _homes(dalil, address)
    source, target = (server, files) if to_files else (files, server)
    canaries = [canary.text for canary in dalil.shelf.questions.all()]
    with progress_bars() as progress:
        done = Mover(source, target, dalil.settings.data, lambda: dalil.embedder, canaries, progress).move()
    if as_json:
        sys.stdout.write(json_text(_json(done, target), indent=2) + "\n")
    else:
        _say(done, target)
        console().print(_what_is_next(dalil, to_files=to_files))
    for error in done.left:
        error_console().print(f"not copied: {harmless(str(error))}")
    return 1 if done.left else 0


def _homes(dalil: Dalil, address: str | None) -> tuple[Home, Home]:
    """The files, and the server. A state that the settings keep elsewhere than with its library stays there.

    Raises:
        SettingsError: no server is named.
        StateUnavailable: its address cannot be understood.
    """
    settings = dalil.settings
    url = address or (settings.database_url and settings.database_url.get_secret_value())
    if not url:
        raise SettingsError("DALIL_DATABASE_URL is not set: it says where the PostgreSQL server is")
    with closing(Database(database_url(url))) as database:
        name = database.place.replace("+psycopg", "", 1)
    in_files = settings.model_copy(update={"database_url": None})
    on_server = settings.model_copy(update={"database_url": SecretStr(url), "database_read_url": None})
    stays = "://" in settings.state
    return (
        Home(str(settings.data), Dalil(in_files).generations, None if stays else Dalil(in_files).state),
        Home(name, Dalil(on_server).generations, None if stays else url),
    )


def _say(done: Migrated, target: Home) -> None:
    out = console()
    out.print(f"copied to {harmless(target.name)}:")
    for manifest in done.manifests:
        mark, number = "*" if manifest.number == done.standing.live else " ", manifest.number
        waits = ", waits for a decision" if number in done.standing.waiting else ""
        out.print(f"{mark} generation {number}: {_holds(manifest)}{waits}")
    if done.rows is None:
        out.print("  the state: none, or kept elsewhere (DALIL_STATE)")
    else:
        tables = ", ".join(f"{name} {rows}" for name, rows in sorted(done.rows.items()) if rows)
        out.print(f"  the state: {sum(done.rows.values())} rows" + (f" ({tables})" if tables else ""))
    out.print("compared: every document, passage, vector and row is the same there")
    if done.compared.asked:
        out.print(f"asked: {done.compared.alike} of {done.compared.asked} questions are answered alike")
    elif done.standing.live is not None:
        out.print("not asked: the embedder that made the vectors is not the one that is set")


def _holds(manifest: Manifest) -> str:
    return f"{len(manifest.documents)} documents, {manifest.passages} passages"


def _what_is_next(dalil: Dalil, *, to_files: bool) -> str:
    if to_files:
        return "from now on: leave DALIL_DATABASE_URL unset; what is on the server stays until you remove it"
    data = dalil.settings.data
    unset = ", leave DALIL_STATE unset," if dalil.settings.state and "://" not in dalil.settings.state else ""
    return (
        f"from now on: set DALIL_DATABASE_URL{unset} and keep {data} for documents and what is sent in; "
        "its generations and its state are not used any more"
    )


def _json(done: Migrated, target: Home) -> dict[str, Any]:
    standing = done.standing
    return {
        "to": target.name,
        "generations": [
            {
                "generation": manifest.number,
                "live": manifest.number == standing.live,
                "waiting": manifest.number in standing.waiting,
                "documents": len(manifest.documents),
                "passages": manifest.passages,
            }
            for manifest in done.manifests
        ],
        "left": [str(error) for error in done.left],
        "state": done.rows,
        "asked": done.compared.asked,
        "alike": done.compared.alike,
    }
