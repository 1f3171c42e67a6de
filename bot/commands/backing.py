"""``dalil backup`` and ``dalil restore``."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path

from rich.filesize import decimal

from bot.backup.restoring import Target
from bot.backup.restoring import restore as bring_back
from bot.backup.saving import Saver
from bot.commands.indexing import index
from bot.composition import Dalil
from bot.contract import json_text
from bot.terminal import console, error_console, harmless


def backup(dalil: Dalil, file: Path | None, *, with_index: bool, as_json: bool) -> int:
    """Writes a backup. 1 if it lacks files of documents that were indexed from elsewhere, and their index too."""
    target = file or Path(f"dalil-{dt.datetime.now(dt.UTC):%Y%m%d-%H%M%S}.zip")
    about = Saver(dalil.generations, dalil.shelf, dalil.state).save(target, with_index=with_index)
    if as_json:
        facts = {"file": str(target), "bytes": target.stat().st_size, **about.model_dump(mode="json")}
        sys.stdout.write(json_text(facts, indent=2) + "\n")
    else:
        console().print(f"{target}: {decimal(target.stat().st_size)}; keep it safe, people's questions are in it")
    if not about.with_state and "://" in dalil.state:
        error_console().print("not in it: the state, which is kept in a database of its own")
    if with_index and not about.with_index and about.generation is not None:
        error_console().print("not in it: the index, kept in a database: save that with pg_dump, or build again")
    lost = () if about.with_index else about.elsewhere
    for name in lost:
        error_console().print(
            f"not in it: {harmless(name)}, indexed from another folder (without --without-index it is)"
        )
    return 1 if lost else 0


def restore(dalil: Dalil, file: Path) -> int:
    """Brings a backup back, and builds the index where the backup has none, or a database is to hold it."""
    state = None if "://" in dalil.state else Path(dalil.state)
    about = bring_back(file, Target(dalil.settings.data, dalil.shelf.documents, state))
    console().print(f"brought back: what was saved at {about.made}")
    if about.with_index and dalil.settings.database_url is None:
        console().print(f"generation {about.generation} is live")
        return 0
    return index(dalil, [dalil.shelf.documents], dry_run=False, if_empty=False, as_json=False)
