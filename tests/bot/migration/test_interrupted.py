"""A move that is killed or refused leaves nothing that answers, and the next one finishes it."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from bot.migration.errors import BotRunning, CannotMigrate, NothingToMigrate, TargetNotEmpty
from bot.state.errors import StateChanged, StateNotEmpty
from bot.state.store import Store
from bot.state.transferring import room_for, totals_of, transfer
from bot.state.values import Role
from index.errors import CopyDiffers, LibraryLocked, NoGeneration
from tests.bot.command import environment
from tests.bot.command import here as dalil
from tests.bot.migration.libraries import LIVE, essence, files, move, rows, server
from tests.bot.state.test_presence import here
from tests.index.builds import build_in
from tests.index.postgres.looking import run
from tests.index.postgres.server import fresh_database, generations_in
from tests.reports import ROOT, SEEDS


def killed(data: Path, address: str, step: str, number: int) -> None:
    """Moves in another process, which is killed at that moment."""
    command = [sys.executable, "-m", "tests.bot.migration.libraries", str(data), address, step, str(number)]
    assert subprocess.run(command, cwd=ROOT, env=environment(), timeout=60).returncode == -signal.SIGKILL


class Interrupted(Exception):
    """Somebody at the terminal did not want to wait."""


def interrupt(data: Path, address: str, at: str) -> None:
    """Moves, and is interrupted at the first report of that step."""

    def report(step: str, _done: int, _total: int) -> None:
        if step == at:
            raise Interrupted

    with pytest.raises(Interrupted):
        move(files(data), server(address), data, report)


def filled(address: str) -> set[str]:
    """The tables with rows; none where there are no tables yet."""
    is_there = run(address, "SELECT to_regclass('alembic_version')") != [(None,)]
    return {name for name, found in rows(address).items() if found} if is_there else set()


def test_killed_again_and_again_nobody_answers_before_all_is_there(data: Path, address: str) -> None:
    target = server(address)
    for step, number, copied, has_state in (
        ("copy", 8, (2,), False),
        ("state", 5, (2, 3, 4, 5), False),
        ("switch", 1, (2, 3, 4, 5), True),
    ):
        killed(data, address, step, number)
        with pytest.raises(NoGeneration):
            target.generations.open_live()
        assert (target.generations.live(), target.generations.numbers()) == (None, ())
        assert target.generations.waiting() == copied
        assert bool(filled(address)) is has_state
    before = run(address, "SELECT oid FROM pg_namespace WHERE nspname ~ 'dalil_g'")
    assert move(files(data), target, data).standing.live == LIVE
    assert essence(target.generations) == essence(files(data).generations)
    assert before == run(address, "SELECT oid FROM pg_namespace WHERE nspname ~ 'dalil_g'"), "nothing is copied twice"


def test_what_was_altered_in_between_is_copied_again(data: Path, address: str) -> None:
    interrupt(data, address, "state")
    run(address, "UPDATE dalil_g000003.vectors SET vector = (SELECT vector FROM dalil_g000003.vectors WHERE row = 1)")
    with pytest.raises(CopyDiffers, match="generation 3"):
        move(files(data), server(address), data)
    assert server(address).generations.live() is None
    move(files(data), server(address), data)
    assert essence(server(address).generations) == essence(files(data).generations)


def test_a_copy_of_another_library_is_not_gone_on_with(data: Path, state_alone: Path, address: str) -> None:
    interrupt(data, address, "state")
    with pytest.raises(TargetNotEmpty, match="generation 2"):
        move(files(state_alone), server(address), state_alone)


def test_a_library_or_a_state_that_is_there_is_never_touched(data: Path, state_alone: Path, address: str) -> None:
    with Store.open(address) as store:
        store.people.set_role(7, Role.OFFICIAL)
    with pytest.raises(StateNotEmpty, match="its table roles has rows"):
        move(files(data), server(address), data)
    assert filled(address) == {"roles"}
    (data / "state.sqlite").rename(data / "elsewhere")
    with pytest.raises(StateNotEmpty, match="its table roles has rows"):
        move(files(data), server(address), data)
    assert server(address).generations.waiting() == ()
    (data / "elsewhere").rename(data / "state.sqlite")
    build_in(server(address).generations, SEEDS)
    for source in (data, state_alone):
        with pytest.raises(TargetNotEmpty, match="generation 1"):
            move(files(source), server(address), source)
    assert (server(address).generations.numbers(), server(address).generations.waiting()) == ((1,), ())
    with pytest.raises(TargetNotEmpty):
        move(server(address), files(data), data)


def test_nothing_is_moved_while_a_bot_runs(state_alone: Path, address: str) -> None:
    with FileLock(state_alone / "bot.lock"), pytest.raises(BotRunning, match="a bot is running on"):
        move(files(state_alone), server(address), state_alone)
    with Store.open(address) as store:
        presence = here(store)
        for source, target in (
            (files(state_alone), server(address)),
            (server(address), files(state_alone / "other")),
        ):
            with pytest.raises(BotRunning, match="a bot is running on the server"):
                move(source, target, state_alone)
        presence.end()
    assert filled(address) == set()
    move(files(state_alone), server(address), state_alone)


def test_a_bot_that_is_started_meanwhile_is_noticed(state_alone: Path, address: str) -> None:
    source = str(state_alone / "state.sqlite")
    room_for(address, totals_of(source))
    with Store.open(address) as store:
        presence = here(store)
        with pytest.raises(StateChanged, match="a bot began to use it"):
            transfer(source, address, print)
        presence.end()
    assert filled(address) == set()


def test_nothing_is_moved_while_somebody_builds(state_alone: Path, address: str) -> None:
    for home in (files(state_alone), server(address)):
        with home.generations.building(), pytest.raises(LibraryLocked):
            move(files(state_alone), server(address), state_alone)
    assert filled(address) == set()


def test_what_changes_meanwhile_is_noticed(data: Path, state_alone: Path, address: str) -> None:
    def write(step: str, _done: int, _total: int) -> None:
        if step == "state":
            with Store.open(str(state_alone / "state.sqlite")) as store:
                store.people.set_role(7, Role.OFFICIAL)

    def switch(step: str, _done: int, _total: int) -> None:
        if step == "state":
            files(data).generations.switch(2)

    with pytest.raises(StateChanged, match="somebody wrote to it"):
        move(files(state_alone), server(address), state_alone, write)
    assert filled(address) == set()
    with pytest.raises(CannotMigrate, match="its generations changed"):
        move(files(data), server(address), data, switch)
    assert server(address).generations.live() is None


def test_an_empty_folder_is_told_from_a_library(tmp_path: Path, address: str) -> None:
    with pytest.raises(NothingToMigrate):
        move(files(tmp_path / "none"), server(address), tmp_path / "none")
    assert not (tmp_path / "none").exists()


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """The settings of the command, which runs here; its connections are closed in the end."""
    monkeypatch.setattr("bot.composition._in_postgresql", lambda url, _read_url: generations_in(url))
    return monkeypatch


def test_the_command_says_what_it_did_and_what_is_next(data: Path, address: str, command: pytest.MonkeyPatch) -> None:
    command.setenv("DALIL_DATA", str(data))
    command.setenv("DALIL_DATABASE_URL", address)
    done = dalil("migrate")
    assert (done.code, done.err) == (0, "")
    assert "* generation 3: 5 documents" in done.out
    assert "  generation 5: 6 documents, 24 passages, waits for a decision\n" in done.out
    assert "answers 1, audit 1, " in done.out
    assert re.search(r"asked: (\d+) of \1 questions are answered alike", done.out)
    assert "from now on: set DALIL_DATABASE_URL and keep" in done.out
    again = dalil("migrate", address)
    assert (again.code, again.out) == (2, "")
    assert "holds a library already (generation 3)" in again.err
    with FileLock(data / "bot.lock"):
        assert dalil("migrate", fresh_database()).code == 3
    back = dalil("--data", data.parent / "back", "migrate", "--to-files", "--json")
    assert back.code == 0
    assert [each["generation"] for each in back.json["generations"] if each["live"]] == [3]
    assert back.json["state"]["answers"] == 1


def test_what_could_not_be_copied_is_said_and_the_exit_code_tells(
    data: Path, address: str, command: pytest.MonkeyPatch
) -> None:
    for number in (2, 4, 5):
        shutil.rmtree(data / "generations" / (f".waiting-{number:06}" if number == 5 else f"{number:06}"))
    (data / "generations" / "000002").mkdir()
    done = dalil("--data", data, "migrate", address)
    assert done.code == 1
    assert "* generation 3: 5 documents" in done.out
    assert "not copied: generation 2 is damaged" in done.err


def test_a_wrong_address_is_told_without_its_password(state_alone: Path) -> None:
    for address, code in (("postgresql://a:swordfish@127.0.0.1:1/x", 1), ("mysql://a:swordfish@b/c", 2)):
        done = dalil("--data", state_alone, "migrate", address)
        assert (done.code, done.out) == (code, "")
        assert "swordfish" not in done.err
    assert "DALIL_DATABASE_URL is not set" in dalil("--data", state_alone, "migrate").err
