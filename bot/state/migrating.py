"""The database gets the tables of this version: once, whoever starts, and whole or not at all."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from filelock import FileLock

from bot.state.database import Database
from bot.state.errors import NewerState, StateUnavailable

FOLDER: Final = Path(__file__).parent / "migrations"
LOCK_NUMBER: Final = 0x64616C696C  # "dalil": the advisory lock on PostgreSQL
LOCK_SECONDS: Final = 60  # a migration of some 100,000 rows takes seconds
ONE_AT_A_TIME: Final = threading.Lock()  # alembic's context belongs to the whole process


def prepare(database: Database) -> None:
    """Brings the tables up to date; other processes that start meanwhile wait for it.

    Raises:
        NewerState: the tables are of a version that came after this one; nothing has changed.
        StateUnavailable: the database cannot be made, opened or written.
    """
    with ONE_AT_A_TIME, _alone(database.engine.url, database.place), database.changing_tables() as connection:
        if database.is_shared:
            connection.exec_driver_sql("SET LOCAL statement_timeout = 0")
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'")
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(LOCK_NUMBER)))
        _upgrade(connection, database.place)


def is_prepared(database: Database) -> bool:
    """Whether the tables are those of this version.

    Raises:
        StateUnavailable: the database cannot be read.
    """
    with database.reading() as connection:
        revision = MigrationContext.configure(connection).get_current_revision()
    return revision == ScriptDirectory.from_config(configuration()).get_current_head()


def configuration() -> Config:
    """Alembic's settings; ``attributes["connection"]`` is what its commands work on."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    return config


def _upgrade(connection: sa.Connection, place: str) -> None:
    config = configuration()
    scripts = ScriptDirectory.from_config(config)
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision is not None and revision not in {script.revision for script in scripts.walk_revisions()}:
        raise NewerState(place, revision)
    if revision != scripts.get_current_head():
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@contextmanager
def _alone(url: sa.URL, place: str) -> Iterator[None]:
    # SQLite's own lock would be waited for no longer than for any write: see BUSY_MS
    if url.get_backend_name() != "sqlite" or url.database is None:
        yield
        return
    file = Path(url.database)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(f"{file}.lock", timeout=LOCK_SECONDS)
        lock.acquire()
    except OSError as error:  # a lock that stays held is one too
        raise StateUnavailable(place, str(error)) from error
    try:
        file.touch(mode=0o600)  # people's questions are for nobody else on this machine
        yield
    except OSError as error:
        raise StateUnavailable(place, str(error)) from error
    finally:
        lock.release()
