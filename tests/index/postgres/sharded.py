"""A library over shards: the servers, the address that all use, and what lies where."""

from __future__ import annotations

import itertools
import os
import re
import shlex
import subprocess
from collections.abc import Sequence
from typing import Any, Final

from tests.index.postgres.clusters import PASSWORD, Cluster, cluster, programs
from tests.reports import ROOT

_NUMBERS: Final = itertools.count(1)
_COMMAND: Final = re.compile(
    r"^(deploy/shards/set-up\.sh) coordinator\.example shard-1\.example shard-2\.example$", re.M
)


class Sharded:
    """A library of its own on servers that tests share."""

    def __init__(self) -> None:
        self.name = f"dalil_{next(_NUMBERS)}"
        self.coordinator = cluster("coordinator")
        self.shards = [cluster("one"), cluster("two")]
        self.address = self.coordinator.url(self.name, self.name)

    def set_up(self, shards: int = 2) -> str:
        """Runs what README.md says, for these servers; gives what it printed."""
        done = self.script(self.coordinator, *self.shards[:shards])
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    def script(self, *servers: Cluster) -> subprocess.CompletedProcess[str]:
        """Runs the command of README.md with other servers than it names."""
        found = _COMMAND.search((ROOT / "README.md").read_text(encoding="utf-8"))
        assert found, "README.md names the script and three servers"
        command = shlex.join([found[1], *(str(each.folder) for each in servers)])
        return subprocess.run(
            command, shell=True, cwd=ROOT, env=self._environment(), capture_output=True, text=True, check=False
        )

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": f"{programs()}:{os.environ['PATH']}",
            "PGUSER": "postgres",
            "PGPASSWORD": PASSWORD,
            "DATABASE_PASSWORD": PASSWORD,
            "DATABASE_NAME": self.name,
        }

    def here(self, statement: str) -> list[tuple[Any, ...]]:
        """What a superuser is told by the coordinator."""
        return self.coordinator.says(self.name, statement)

    def there(self, statement: str) -> list[list[tuple[Any, ...]]]:
        """What a superuser is told by each shard."""
        return [shard.says(self.name, statement) for shard in self.shards]

    def schemas(self) -> list[set[str]]:
        """The generations that have tables on the coordinator, then on each shard."""
        asked = "SELECT nspname::text FROM pg_namespace WHERE nspname ~ '^dalil_g'"
        return [{name for (name,) in rows} for rows in (self.here(asked), *self.there(asked))]


def schemas(numbers: Sequence[int]) -> set[str]:
    return {f"dalil_g{number:06}" for number in numbers}


def plain(name: str) -> str:
    """The address of a database that knows no shards."""
    server: Cluster = cluster("coordinator")
    server.says("postgres", f"CREATE DATABASE {name}")
    return server.url(name)
