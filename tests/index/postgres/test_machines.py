"""Several processes, as on several machines, share one database."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest

from bot.contract import reply_json
from index.errors import BuildFailed, DamagedGeneration, GenerationGone, LibraryLocked
from index.live import LiveLibrary, OneLibrary
from index.postgres.generations import PostgresGenerations
from retrieval.assistant import Assistant
from tests.bot.command import COMMAND, environment
from tests.index.builds import build_in, shipped
from tests.index.postgres.looking import schemas
from tests.index.postgres.server import generations_in
from tests.reports import QUESTIONS, ROOT, SEEDS, recombine

WHOLE = 2.0  # seconds that a command takes, about
FREED = 20.0  # seconds in which the lock of a killed builder must be free, on the busiest machine
HEARD = 10.0  # seconds in which a reader must answer from what has become live: under one, with nothing else to do


class Place:
    """Reports that change, the generations made of them, and the texts that each of these was made of."""

    def __init__(self, folder: Path, generations: PostgresGenerations) -> None:
        self.reports, self.generations = folder / "reports", generations
        self.texts: dict[int, dict[str, str]] = {}
        recombine(self.reports, 12)
        self._versions = itertools.count(1)
        self.build()

    def build(self) -> int:
        """A generation in which every document begins in another place, so that stale offsets would show."""
        version = next(self._versions)
        texts = {}
        for file in self.reports.glob("*.txt"):
            kept = file.read_text(encoding="utf-8").removeprefix("ش" * (version - 1))
            texts[file.name] = "ش" * version + kept
            file.write_text(texts[file.name], encoding="utf-8")
        number = build_in(self.generations, self.reports).number
        assert number
        self.texts[number] = texts
        return number

    def replies_while_switching(self, asking: Assistant, switches: int) -> list[dict[str, Any]]:
        """What three threads are told that ask all the while, builds among the switches; none of them fails."""
        done, replies, failures = threading.Event(), list[dict[str, Any]](), list[Exception]()

        def keep_asking() -> None:
            for question in itertools.cycle(QUESTIONS):
                try:
                    replies.append(reply_json(asking.ask(question)))
                except Exception as error:
                    failures.append(error)
                if done.wait(0.01) or failures:
                    return

        threads = [threading.Thread(target=keep_asking) for _ in range(3)]
        for thread in threads:
            thread.start()
        for number in range(switches):
            kept = self.generations.numbers()
            self.build() if number % 4 == 0 else self.generations.switch(kept[number % len(kept)])
        done.set()
        for thread in threads:
            thread.join()
        assert failures == []
        return replies

    def check(self, replies: Sequence[dict[str, Any]]) -> None:
        """Every excerpt is exactly the slice it says it is, of the generation that answered."""
        excerpts = [(self.texts[reply["generation"]], each) for reply in replies for each in reply["excerpts"]]
        assert excerpts
        for texts, each in excerpts:
            assert each["text"] == texts[each["document"]][each["start"] : each["end"]]


@pytest.fixture
def place(tmp_path: Path, generations: PostgresGenerations) -> Place:
    return Place(tmp_path, generations)


@contextmanager
def other(module: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    """Another process."""
    command = [sys.executable, "-m", f"tests.index.postgres.{module}", *map(str, arguments)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env=environment(), stdin=pipe, stdout=pipe, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


def ask(process: subprocess.Popen[str], question: str) -> dict[str, Any]:
    assert process.stdin
    process.stdin.write(question + "\n")
    process.stdin.flush()
    found: dict[str, Any] = json.loads(said(process))
    return found


def test_a_reader_elsewhere_answers_from_what_became_live_within_a_second(place: Place, address: str) -> None:
    with other("reader", address) as reader:
        assert ask(reader, QUESTIONS[0])["generation"] == 1
        place.build()
        for number in (1, 2, 1):
            place.generations.switch(number)
            switched = time.monotonic()
            while (reply := ask(reader, QUESTIONS[0]))["generation"] != number:
                assert time.monotonic() - switched < HEARD
                time.sleep(0.02)
            place.check([reply])


def test_readers_never_fail_and_never_mix_generations_while_they_switch(place: Place, address: str) -> None:
    asking = Assistant(LiveLibrary(generations_in(address), shipped()), shipped())
    replies = place.replies_while_switching(asking, 30)
    assert len({reply["generation"] for reply in replies}) > 3
    place.check(replies)


def test_one_builds_at_a_time_and_the_other_is_told_who(place: Place, address: str) -> None:
    with other("holder", address) as holder:
        assert said(holder) == "holding"
        for _ in range(2):
            with (
                pytest.raises(LibraryLocked, match=rf"\(process {holder.pid} on .*, since 2"),
                place.generations.building(),
            ):
                pass
    with place.generations.building():
        pass


def test_a_builder_that_is_killed_frees_the_lock_and_its_leftovers_go_with_the_next_build(
    place: Place, address: str
) -> None:
    with other("holder", address, SEEDS) as holder:
        assert said(holder) == "holding"
        assert schemas(address) == {"dalil_g000001", "dalil_g000002"}
        holder.kill()
        holder.wait()
        killed = time.monotonic()
        while True:
            try:
                place.build()
                break
            except LibraryLocked:
                assert time.monotonic() - killed < FREED
                time.sleep(0.05)
    assert place.generations.live() == max(place.texts)
    assert schemas(address) == {f"dalil_g{number:06}" for number in place.generations.numbers()}


def test_a_command_killed_at_any_moment_harms_nothing(place: Place, address: str) -> None:
    command = [*COMMAND, "index", str(place.reports)]
    settings = environment(DALIL_DATABASE_URL=address)
    for share in (0.5, 0.75, 0.95):  # of a whole run; before, the process is still importing
        place.build()
        for file in place.reports.glob("*.txt"):
            file.write_text(file.read_text(encoding="utf-8") + "\nوهذه فقرة جديدة.", encoding="utf-8")
        with subprocess.Popen(command, env=settings, stdout=subprocess.DEVNULL) as process:
            time.sleep(share * WHOLE)
            process.kill()
        live = place.generations.live()
        assert live is not None
        assert place.generations.open_live().manifest.number == live
    with place.generations.building():
        place.generations.begin(1).discard()
    assert schemas(address) == {f"dalil_g{number:06}" for number in place.generations.numbers()}


def test_a_build_that_lost_its_lock_does_not_become_live(place: Place) -> None:
    draft = place.generations.begin(shipped().dimension)
    place.build()  # another builder, who took the first for dead
    with pytest.raises(BuildFailed, match="the lock was lost"):
        draft.publish()
    draft.discard()
    assert place.generations.live() in place.texts


def test_a_reader_whose_generation_was_removed_answers_from_the_live_one(place: Place, address: str) -> None:
    live = LiveLibrary(place.generations, shipped())
    held, here = live.current(), Assistant(live, shipped())
    for _ in range(3):
        place.build()
    assert 1 not in place.generations.numbers()
    with pytest.raises(GenerationGone):
        held.documents.find("001.txt")
    reply = reply_json(here.ask(QUESTIONS[0]))
    assert reply["generation"] == place.generations.live()
    place.check([reply])
    with pytest.raises(DamagedGeneration):
        Assistant(OneLibrary(held), shipped()).ask(QUESTIONS[0])


def test_readers_go_on_when_the_server_closed_their_connections(place: Place, address: str) -> None:
    here = Assistant(LiveLibrary(place.generations, shipped()), shipped())
    assert here.ask(QUESTIONS[0]).circumstances.generation == 1
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    place.check([reply_json(here.ask(QUESTIONS[0]))])
    number = place.build()
    last = time.monotonic() + 10
    while here.ask(QUESTIONS[0]).circumstances.generation != number:  # hearing of switches was taken up again, too
        assert time.monotonic() < last
        time.sleep(0.05)


def test_two_processes_that_make_the_first_tables_do_not_disturb_each_other(address: str) -> None:
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("DROP SCHEMA dalil CASCADE")
    failures = []

    def make() -> None:
        try:
            with generations_in(address).building():
                pass
        except LibraryLocked:
            pass
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=make) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
