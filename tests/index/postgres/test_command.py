"""``dalil`` with DALIL_DATABASE_URL does what it does with files."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from bot import composition
from bot.composition import Dalil
from bot.settings import Settings, SettingsError, read_settings
from index.generations import FileGenerations
from index.postgres.generations import PostgresGenerations
from index.repository import Generations
from index.stores.postgres.database import Database
from tests.bot.command import Finished, here
from tests.reports import ANSWER, PASSAGES, QUESTION, SEEDS

IN_POSTGRESQL = composition._in_postgresql  # before the tests put another in its place


@pytest.fixture(autouse=True)
def closing(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A command leaves its connections to the end of its process; here they are closed after each test."""
    made = []

    def remembered(url: str, read_url: str) -> Generations:
        made.append(PostgresGenerations(Database(url, read_url)))
        return made[-1]

    with monkeypatch.context() as patch:
        patch.setattr("bot.composition._in_postgresql", remembered)
        yield
    for each in made:
        each.close()


def run(address: str, data: Path, *arguments: object) -> Finished:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DALIL_DATABASE_URL", address)
        patch.setenv("DALIL_DATA", str(data))
        return here(*arguments)


def test_a_library_is_built_asked_shown_and_gone_back_from(address: str, tmp_path: Path) -> None:
    data = tmp_path / "data"
    assert "no index in the database yet" in run(address, data, "status").err
    done = run(address, data, "index", SEEDS)
    assert (done.code, done.err) == (0, "")
    assert f"generation 1 is live: 5 documents, {PASSAGES} passages" in done.out
    answer = run(address, data, "ask", "--json", QUESTION)
    assert ANSWER in answer.json["excerpts"][0]["text"]
    status = run(address, data, "status", "--json")
    assert (status.code, status.json["vector_store"], status.json["lexical_store"]) == (0, "pgvector", "postgresql")
    assert status.json["bytes"]["1"] > 100_000
    (tmp_path / "new.txt").write_text("تقرير جديد عن الميناء.", encoding="utf-8")
    assert run(address, data, "index", tmp_path / "new.txt", SEEDS).code == 0
    assert [each["live"] for each in run(address, data, "generations", "--json").json] == [False, True]
    assert "generation 1 is live (before: 2)" in run(address, data, "rollback").out
    assert len(run(address, data, "documents", "--json").json) == 5
    assert not (data / "generations").exists()


def test_documents_are_added_and_a_backup_says_what_it_lacks(address: str, tmp_path: Path) -> None:
    data = tmp_path / "data"
    done = run(address, data, "add", "--yes", SEEDS / "004_c9f28eff85eb5bad.txt")
    assert done.code == 0, done.err
    assert run(address, data, "status", "--json").json["documents"] == 1
    saved = run(address, data, "backup", tmp_path / "backup.zip")
    assert "not in it: the index, kept in a database: save that with pg_dump" in saved.err
    assert saved.code == 0


def test_a_database_that_does_not_answer_is_named_in_one_line(tmp_path: Path) -> None:
    done = run(f"postgresql://somebody:swordfish@/dalil?host={tmp_path}", tmp_path / "data", "ask", QUESTION)
    assert done.code == 1
    assert done.err.startswith("dalil: the database does not do what it should (")
    assert done.err.count("\n") == 1
    assert "swordfish" not in done.err


@pytest.mark.parametrize("address", ["mysql://a:swordfish@b/c", "swordfish"])
def test_an_address_that_is_none_of_postgresql_is_refused_without_being_shown(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DALIL_DATABASE_URL", address)
    with pytest.raises(SettingsError, match="DALIL_DATABASE_URL: is not an address that begins with") as refused:
        read_settings()
    assert "swordfish" not in str(refused.value)


def test_generations_are_files_unless_a_database_is_set(address: str, tmp_path: Path) -> None:
    files = Dalil(Settings(data=tmp_path))
    database = Dalil(Settings.model_validate({"data": tmp_path, "database_url": address}))
    assert isinstance(files.generations, FileGenerations)
    assert isinstance(database.generations, PostgresGenerations)
    assert address not in repr(database)
    assert address in [each.get_secret_value() for each in database.settings.secrets if each]


def test_what_has_to_be_installed_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "index.postgres.generations", None)
    with pytest.raises(SettingsError, match=r"pip install \"dalil\[postgresql\]\""):
        IN_POSTGRESQL("postgresql://nowhere/dalil", "")


def test_the_register_is_read_where_generations_are_read(address: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    settings = Settings.model_validate({"database_url": "postgresql://nowhere.invalid/x", "database_read_url": address})
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("INSERT INTO dalil.live (number) VALUES (7)")
    generations = Dalil(settings).generations
    assert generations.noticed() == 7, "switches cannot be heard of, but the standby knows"
