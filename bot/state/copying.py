"""A copy of the state, whole, while others read and write it; and a check that a copy can be used."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.state.database import database_url
from bot.state.errors import StateUnavailable
from bot.state.store import Store


def copied_state(path_or_url: str, target: Path) -> Path | None:
    """Copies an SQLite database to ``target``, a new file; None where there is none, or it is of another kind.

    Raises:
        StateUnavailable: it cannot be read.
    """
    url = database_url(path_or_url)
    if url.get_backend_name() != "sqlite" or url.database is None or not Path(url.database).is_file():
        return None
    source = f"{Path(url.database).absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(source, uri=True)) as reading, closing(sqlite3.connect(target)) as writing:
            reading.backup(writing)
            writing.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        raise StateUnavailable(url.database, str(error)) from error
    return target


def check_state(file: Path) -> None:
    """Sees to it that a copy is sound and of a version that is known; brings its tables up to date.

    Raises:
        StateUnavailable: it is damaged.
        NewerState: a newer version of Dalil has written it.
    """
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True)) as database:
            [verdict] = database.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error as error:
        raise StateUnavailable(str(file), str(error)) from error
    if verdict != "ok":
        raise StateUnavailable(str(file), verdict)
    Store.open(str(file)).close()
