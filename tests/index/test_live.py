"""Readers while builders switch: never without an answer, never a misquotation, never a restart."""

from __future__ import annotations

import itertools
import json
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from bot.contract import reply_json
from index.errors import EmbedderMismatch, NoGeneration
from index.generations import FileGenerations
from index.live import LiveLibrary
from tests.bot.command import COMMAND, environment
from tests.index.builds import assistant, build, other_embedder, shipped
from tests.reports import QUESTIONS, SEEDS, recombine

SWITCHES = 50
PAUSE = 0.02  # seconds between a reader's questions, so that the builder gets some of the processor
DEADLINE = 30.0  # seconds in which a new generation must have been noticed, on however busy a machine


class Place:
    """Reports that change, the generations made of them, and the texts that each of these was made of."""

    def __init__(self, folder: Path) -> None:
        self.reports, self.data = folder / "reports", folder / "data"
        self.texts: dict[int, dict[str, str]] = {}
        recombine(self.reports, 5)
        shutil.copytree(SEEDS, self.reports, dirs_exist_ok=True)
        self._versions = itertools.count(1)
        self.build()

    def build(self) -> int:
        """A generation in which every document begins in another place, so that stale offsets would show."""
        version = next(self._versions)
        for file in self.reports.glob("*.txt"):
            kept = file.read_text(encoding="utf-8").removeprefix("ش" * (version - 1))
            file.write_text("ش" * version + kept, encoding="utf-8")
        number = build(self.data, self.reports).number
        assert number
        self.texts[number] = {file.name: file.read_text(encoding="utf-8") for file in self.reports.glob("*.txt")}
        return number

    def check(self, replies: Sequence[dict[str, Any]]) -> None:
        """Every excerpt is exactly the slice it says it is, of the generation that answered."""
        excerpts = [(self.texts[reply["generation"]], each) for reply in replies for each in reply["excerpts"]]
        assert excerpts
        for texts, each in excerpts:
            assert each["text"] == texts[each["document"]][each["start"] : each["end"]]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


class Reader(NamedTuple):
    """Another process that answers the lines it is given."""

    process: subprocess.Popen[str]

    def ask(self, question: str) -> dict[str, Any]:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"question": question}) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer


@pytest.fixture
def reader(place: Place) -> Iterator[Reader]:
    command, pipe = [*COMMAND, "--data", str(place.data), "ask", "--jsonl"], subprocess.PIPE
    with subprocess.Popen(command, env=environment(), stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
        yield Reader(process)
        assert process.stdin
        process.stdin.close()
        assert process.wait() == 0
        assert process.stderr
        assert process.stderr.read() == ""


def eventually(is_true: Callable[[], bool]) -> bool:
    last = time.monotonic() + DEADLINE
    while not is_true() and time.monotonic() < last:
        time.sleep(0.02)
    return is_true()


def test_readers_never_fail_and_always_quote_exactly_while_generations_switch(place: Place, reader: Reader) -> None:
    done, asking = threading.Event(), assistant(place.data)
    replies: list[dict[str, Any]] = []
    failures: list[Exception] = []

    def keep_asking(ask: Callable[[str], dict[str, Any]]) -> None:
        for question in itertools.cycle(QUESTIONS):
            try:
                replies.append(ask(question))
            except Exception as error:
                failures.append(error)
            if done.wait(PAUSE) or failures:
                return

    asks = [lambda question: reply_json(asking.ask(question))] * 2 + [reader.ask]
    threads = [threading.Thread(target=keep_asking, args=(ask,)) for ask in asks]
    for thread in threads:
        thread.start()
    switch_often(place)
    done.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len({reply["generation"] for reply in replies}) > 3
    assert len(replies) > 2 * SWITCHES
    place.check(replies)


def switch_often(place: Place) -> None:
    """Builds and goes back, in turn, with the removals that belong to it."""
    generations = FileGenerations(place.data)
    for number in range(SWITCHES):
        if number % 5:
            generations.switch(generations.numbers()[number % len(generations.numbers())])
        else:
            place.build()


def test_a_new_generation_answers_without_a_restart(place: Place, reader: Reader) -> None:
    here = assistant(place.data)
    assert here.ask(QUESTIONS[0]).circumstances.generation == reader.ask(QUESTIONS[0])["generation"] == 1
    number = place.build()
    assert eventually(lambda: here.ask(QUESTIONS[0]).circumstances.generation == number)
    assert eventually(lambda: reader.ask(QUESTIONS[0])["generation"] == number)
    FileGenerations(place.data).switch(1)
    assert eventually(lambda: here.ask(QUESTIONS[0]).circumstances.generation == 1)
    place.check([reply_json(here.ask(question)) for question in QUESTIONS])


def test_a_reader_goes_on_when_the_files_of_its_generation_are_removed(place: Place) -> None:
    here = assistant(place.data)
    shutil.rmtree(place.data)
    place.check([reply_json(here.ask(question)) for question in QUESTIONS])
    assert len(here.search(QUESTIONS[0], top=1000)) > 20


def test_the_old_generation_goes_on_answering_when_the_new_one_is_damaged(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    here = assistant(place.data)
    number = place.build()
    (FileGenerations(place.data).folder(number) / "texts.bin").write_bytes(b"")
    here.ask(QUESTIONS[0])
    assert eventually(lambda: "generation 2 cannot be opened: generation 2 is damaged (texts.bin" in caplog.text)
    for question in QUESTIONS:
        assert here.ask(question).circumstances.generation == 1
    assert caplog.text.count("cannot be opened") == 1, "it is not tried again at every question"
    number = place.build()
    assert eventually(lambda: here.ask(QUESTIONS[0]).circumstances.generation == number)


def test_the_old_generation_goes_on_answering_when_the_pointer_is_lost(place: Place) -> None:
    here = assistant(place.data)
    (place.data / "current").write_text("")
    assert here.ask(QUESTIONS[0]).circumstances.generation == 1


def test_a_generation_of_another_model_is_refused_and_the_old_one_goes_on(place: Place, tmp_path: Path) -> None:
    here, other = assistant(place.data), other_embedder(tmp_path / "other")
    assert build(place.data, place.reports, embedder=other).number == 2
    with pytest.raises(EmbedderMismatch):
        LiveLibrary(FileGenerations(place.data), shipped())
    for _ in range(20):
        assert here.ask(QUESTIONS[0]).circumstances.generation == 1
        time.sleep(0.01)


def test_there_is_nothing_to_read_before_the_first_build(tmp_path: Path) -> None:
    with pytest.raises(NoGeneration):
        LiveLibrary(FileGenerations(tmp_path), shipped())
