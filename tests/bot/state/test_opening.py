from __future__ import annotations

import itertools
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from filelock import FileLock

from bot.state.database import Database, database_url
from bot.state.errors import NewerState, StateError, StateUnavailable
from bot.state.store import Store
from bot.state.values import Approval, MemoryKey
from tests.bot.state.material import answer, go, started
from tests.postgres_server import Server
from tests.reports import ROOT


def test_a_closed_store_opens_again_with_all_that_was_in_it(tmp_path: Path) -> None:
    kept = answer()
    for place in (str(tmp_path / "new" / "folder" / "state.db"), f"sqlite:///{tmp_path}/other.db"):
        with Store.open(place) as store:
            store.answers.add(kept)
        with Store.open(place) as store:
            assert store.answers.get(kept.id) == kept


def test_the_file_is_for_its_owner_only(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "state.db")) as store:
        store.people.seen(1, "ar", 1.0)
        files = [file for file in tmp_path.iterdir() if not file.name.endswith(".lock")]
        assert {file.name for file in files} >= {"state.db", "state.db-wal"}
        assert [file.name for file in files if stat.S_IMODE(file.stat().st_mode) & 0o077] == []


def test_processes_that_start_at_once_make_the_tables_once(tmp_path: Path) -> None:
    said = go([started("opening", tmp_path / "state.db", number) for number in range(4)])
    assert sorted(word for words in said for word in words) == ["False", "False", "False", "True"]


def test_threads_that_start_at_once_make_the_tables_once(tmp_path: Path) -> None:
    together = threading.Barrier(4)

    def add(_number: int) -> bool:
        together.wait()
        with Store.open(str(tmp_path / "state.db")) as store:
            return store.updates.add(1, 1, None, "", now=1)

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(add, range(4))) == [False, False, False, True]


def test_threads_may_open_different_databases_at_once(tmp_path: Path) -> None:
    together = threading.Barrier(4)

    def add(thread: int) -> bool:
        together.wait()
        with Store.open(str(tmp_path / f"{thread}.db")) as store:
            return store.updates.add(1, 1, None, "", now=1)

    with ThreadPoolExecutor(4) as threads:
        assert all(threads.map(add, range(4)))


def test_who_starts_while_another_makes_the_tables_waits_for_it(tmp_path: Path) -> None:
    def open_and_close() -> None:
        Store.open(str(tmp_path / "state.db")).close()

    with FileLock(tmp_path / "state.db.lock"):
        second = threading.Thread(target=open_and_close)
        second.start()
        second.join(0.2)
        assert second.is_alive()
        assert not (tmp_path / "state.db").exists()
    second.join(30)
    assert (tmp_path / "state.db").exists()


def test_two_stores_on_one_file_refuse_each_other_nothing(tmp_path: Path) -> None:
    kept = answer()
    with Store.open(str(tmp_path / "state.db")) as one, Store.open(str(tmp_path / "state.db")) as other:
        one.answers.add(kept)

        def work(thread: int) -> int:
            store = (one, other)[thread % 2]
            for number in range(50):
                store.chats.joined(-number, "group", str(thread), approval=Approval.WAITING)
                store.feedback.give(kept.id, number, "up" if thread % 2 else "down", now=1.0)
            return sum(store.chats.approve(-number) for number in range(50))

        with ThreadPoolExecutor(4) as threads:
            approved = sum(threads.map(work, range(4)))
        counts = other.feedback.counts(kept.id)
    assert approved == 50
    assert counts.up + counts.down == 50


def test_a_store_serves_many_threads_at_once(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "state.db")) as store:

        def work(thread: int) -> int:
            for number in range(40):
                store.updates.add(thread, number, thread, "words", now=float(number))
                store.limits.take("all", rate_per_minute=0.001, burst=100, now=1.0)
                assert len(store.updates.pending(thread)) == 1
                store.updates.done(thread, number)
            return thread

        with ThreadPoolExecutor(16) as threads:
            assert sorted(threads.map(work, range(16))) == list(range(16))
        assert not store.limits.take("all", rate_per_minute=0.001, burst=100, now=1.0).allowed


def test_a_database_of_a_newer_version_is_refused_and_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "state.db"
    Store.open(str(place)).close()
    with sqlite3.connect(place) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    before = place.read_bytes()
    with pytest.raises(NewerState, match=r"state\.db was written by a newer version of Dalil \(revision 9999\)"):
        Store.open(str(place))
    assert place.read_bytes() == before


def test_tables_are_made_all_or_none(tmp_path: Path) -> None:
    place = tmp_path / "state.db"
    with sqlite3.connect(place) as connection:
        connection.execute("CREATE TABLE limits (somebody TEXT)")
    connection.close()
    with pytest.raises(StateUnavailable, match="limits already exists"):
        Store.open(str(place))
    connection = sqlite3.connect(place)
    assert connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall() == [("limits",)]
    connection.close()


def test_a_place_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no database, but a text that is long enough to be taken for one" * 20)
    for place in (tmp_path / "text", tmp_path / "text" / "state.db", tmp_path):
        with pytest.raises(StateUnavailable, match=str(place)):
            Store.open(str(place))


@pytest.mark.parametrize(
    "url",
    [
        "strange://me:secret@host/state",
        "postgresql://me:secret@[/state",
        "postgresql://me:secret@127.0.0.1:1/x",
        "postgresql://me:secret@127.0.0.1:1,127.0.0.1:2/x",
        "postgresql://127.0.0.1:1/x?user=me&password=secret",
    ],
)
def test_a_password_is_in_no_message(url: str) -> None:
    with pytest.raises(StateError) as refused:
        Store.open(url)
    assert "secret" not in str(refused.value)


def test_no_word_of_a_forgotten_person_stays_on_the_disk(tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "state.db")) as store:
        for number in range(200):
            store.memory.remember(MemoryKey(42, number, 42), [{"asked": f"a secret {number}"}], now=1)
        store.answers.add(answer(asked="a secret too"))
    assert b"a secret" in (tmp_path / "state.db").read_bytes()
    with Store.open(str(tmp_path / "state.db")) as store:
        store.people.forget(42)
    assert [file.name for file in tmp_path.iterdir() if b"a secret" in file.read_bytes()] == []


def test_a_killed_process_loses_nothing_that_it_had_stored(tmp_path: Path) -> None:
    place = tmp_path / "state.db"
    for _ in range(3):
        place.unlink(missing_ok=True)
        writer = started("adding", place, "words")
        assert writer.stdin
        assert writer.stdout
        writer.stdin.write("go\n")
        writer.stdin.flush()
        told = [writer.stdout.readline() for _ in range(100)]
        writer.send_signal(signal.SIGKILL)
        told += writer.stdout.readlines()
        assert writer.wait() == -signal.SIGKILL
        writer.stdin.close()
        writer.stdout.close()
        with Store.open(str(place)) as store:
            kept = [update.update_id for update in store.updates.pending(1)]
        assert kept == list(range(len(kept)))
        assert len(kept) >= len(list(itertools.takewhile("True\n".__eq__, told)))
        connection = sqlite3.connect(place)
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.close()


def test_a_file_is_set_to_be_quick_and_safe(tmp_path: Path) -> None:
    database = Database(database_url(str(tmp_path / "state.db")))
    with database.reading() as connection:
        asked = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "secure_delete")
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in asked]
    database.close()
    assert found == ["wal", 1, 1, 2_000, 1]


def test_nothing_that_a_server_is_asked_for_goes_on_for_ever(postgres: Server) -> None:
    with postgres.database() as url:
        database = Database(database_url(url))
        for begun in (database.reading, database.writing):
            with begun() as connection:
                asked = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
                found = [connection.exec_driver_sql(f"SHOW {name}").scalar() for name in asked]
            assert found == ["10s", "5s", "30s"]
        database.close()


def test_processes_that_start_at_once_make_a_servers_tables_once(postgres: Server) -> None:
    with postgres.database(template=None) as url:
        said = go([started("opening", url, number) for number in range(2)])
        assert sorted(word for words in said for word in words) == ["False", "True"]


@pytest.mark.parametrize(
    ("said", "host", "port"),
    [
        ("postgresql://me:secret@one/state", "one", None),
        ("postgres://me:secret@one:5433/state", "one", "5433"),
        ("postgresql://me:secret@one,two/state", "one,two", ","),
        ("postgresql://me:secret@one:5433,two:5434/state?connect_timeout=9", "one,two", "5433,5434"),
    ],
)
def test_an_address_is_understood_as_postgresql_does(said: str, host: str, port: str | None) -> None:
    url = database_url(said)
    _, given = url.get_dialect()().create_connect_args(url)
    assert url.drivername == "postgresql+psycopg"
    assert (given["host"], str(given["port"]) if "port" in given else None) == (host, port)
    assert given.get("target_session_attrs") == ("read-write" if "," in host else None)
    assert (given["user"], given["password"], given["dbname"]) == ("me", "secret", "state")


def test_the_command_line_loads_no_database() -> None:
    program = "import sys, bot.cli, bot.state.values, bot.state.errors; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert {name.partition(".")[0] for name in done.stdout.split()} & {"sqlalchemy", "alembic", "sqlite3"} == set()
