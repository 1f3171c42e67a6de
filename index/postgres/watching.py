"""Hearing of switches: the database tells them, and is asked now and then in case it could not."""

from __future__ import annotations

import threading
from typing import Final

import psycopg

from index.errors import DatabaseUnavailable
from index.postgres.register import CHANNEL, Register
from index.stores.postgres.database import Connection, Database

_ASKED: Final = 2.0  # seconds without a word after which the database is asked
_PAUSE: Final = 0.5  # seconds between attempts while the way to where it is written is cut


class Watcher:
    """Knows the live generation, a moment after each switch. Its thread is started by the first who asks."""

    def __init__(self, database: Database, register: Register) -> None:
        self._database = database
        self._register = register
        self._live: int | None = None
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()
        self._is_over = threading.Event()

    def live(self) -> int | None:
        """The live generation as it was heard of last."""
        if self._thread is None:
            with self._starting:
                if self._thread is None:
                    self._live = self._register.live_to_read()
                    self._thread = threading.Thread(target=self._watch, name="dalil-live", daemon=True)
                    self._thread.start()
        return self._live

    def close(self) -> None:
        """Lets the thread end, in a while; what was heard of last stays."""
        self._is_over.set()

    def _watch(self) -> None:
        while not self._is_over.is_set():
            try:
                with self._database.connect() as connection:
                    self._listen(connection)
            except psycopg.Error:
                self._ask()
                self._is_over.wait(_PAUSE)

    def _listen(self, connection: Connection) -> None:
        connection.execute(f"LISTEN {CHANNEL}".encode())
        while not self._is_over.is_set():
            found = connection.execute("SELECT to_regclass('dalil.live')").fetchone()
            if found and found[0]:
                row = connection.execute("SELECT number FROM dalil.live").fetchone()
                self._live = int(row[0]) if row else None
            for _ in connection.notifies(timeout=_ASKED, stop_after=1):
                pass

    def _ask(self) -> None:
        """Where the database cannot be listened to, it may still be read."""
        try:
            self._live = self._register.live_to_read()
        except DatabaseUnavailable:
            return
