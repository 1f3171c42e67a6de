"""The script that sets up shards fits what is written of it, and what the index expects of them."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import pytest

from index.stores.postgres import shards, vectors
from tests.reports import ROOT

SHARDS = ROOT / "deploy" / "shards"
SCRIPT = SHARDS / "set-up.sh"
SQL = sorted(SHARDS.glob("*.sql"))


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def test_the_shell_can_read_the_script_and_run_it() -> None:
    assert subprocess.run(["sh", "-n", SCRIPT], check=False).returncode == 0
    assert os.access(SCRIPT, os.X_OK)


def test_the_script_says_what_it_needs_before_it_does_anything() -> None:
    done = subprocess.run(
        ["sh", SCRIPT, "nowhere.invalid"], env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, check=False
    )
    assert done.returncode != 0
    assert "DATABASE_PASSWORD" in done.stderr


def test_the_script_uses_every_file_beside_it_and_no_other() -> None:
    assert set(re.findall(r"[a-z-]+\.sql", text(SCRIPT))) == {path.name for path in SQL}


@pytest.mark.parametrize("path", SQL, ids=lambda path: path.name)
def test_what_a_file_is_filled_in_with_is_given_to_it(path: Path) -> None:
    code = re.sub(r"^\s*--.*$", "", text(path), flags=re.MULTILINE)
    wanted = set(re.findall(r"""(?<!:):["']?([a-z]+)\b""", code))
    made = {
        name
        for pair in re.findall(r"^\\(?:set|getenv) (\w+)|AS (\w+) FROM .*\\gset", code, re.MULTILINE)
        for name in pair
    }
    given = set(re.findall(r"--set ([a-z]+)=", text(SCRIPT)))
    assert wanted <= given | made
    assert "\\set ON_ERROR_STOP on" in code


def test_the_password_is_on_no_command_line() -> None:
    lines = [line for line in text(SCRIPT).splitlines() if not line.startswith("#")]
    assert not [line for line in lines if "$DATABASE_PASSWORD" in line or "$PGPASSWORD" in line]


def test_shards_search_as_widely_as_the_index_does_without_them() -> None:
    assert f"SET hnsw.ef_search = {vectors._CANDIDATES};" in text(SHARDS / "shard.sql")


def test_what_the_index_asks_for_is_what_the_coordinator_has() -> None:
    asked, made = text(Path(shards.__file__)), text(SHARDS / "coordinator.sql")
    assert r"\set server dalil_shard_ :number" in made
    assert "SERVER dalil_shard_{shard}" in asked
    assert r"\set statements shard_ :number _statements" in made
    assert "dalil.shard_{shard}_statements" in asked
    for option in ("extensions 'vector'", "async_capable 'true'", "fetch_size '", "batch_size '"):
        assert option in made
