"""Whatever the moment at which a build is killed: the live generation answers, and the next build loses nothing."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from index.generations import FileGenerations
from index.library import Library
from retrieval.answer import Excerpt
from tests.bot.command import COMMAND, environment
from tests.index.builds import build, first_excerpt, names, what_lies_in
from tests.reports import ANSWER, QUESTION, ROOT, SEEDS, recombine, with_sentence

KILLS = 20
CHANGED = 10  # reports of 200 that are read and embedded anew in each build


class Place:
    """Reports and their library, which goes through killed builds."""

    def __init__(self, folder: Path) -> None:
        self.reports, self.data = folder / "reports", folder / "data"
        self.expected: Excerpt | None = None
        self._changes = count(1)

    def first_build(self) -> None:
        build(self.data, self.reports)
        self.expected = first_excerpt(self.data, QUESTION)
        assert ANSWER in self.expected.text

    def change(self, files: list[Path]) -> None:
        number = next(self._changes)
        for file in files:
            with_sentence(file, f"وصل التغيير رقم {number} إلى هذا التقرير.")

    def check_answer(self) -> None:
        excerpt, expected = first_excerpt(self.data, QUESTION), self.expected
        assert expected
        assert (excerpt.text, excerpt.document, excerpt.span) == (expected.text, expected.document, expected.span)

    def check_that_all_generations_are_whole(self) -> None:
        generations = FileGenerations(self.data)
        for number in generations.numbers():
            Library.open(generations.folder(number), number)

    def check_next_build(self, changed: list[Path]) -> None:
        self.change(changed)
        build(self.data, self.reports)
        self.check_answer()
        assert names(self.data) == {path.name for path in self.reports.glob("*.txt")}
        kept = FileGenerations(self.data).numbers()
        assert len(kept) <= 3
        assert what_lies_in(self.data) == {"current", *(f"generations/{number:06}" for number in kept)}


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Place:
    place = Place(tmp_path_factory.mktemp("many"))
    recombine(place.reports, 195, paragraphs=3)
    shutil.copytree(SEEDS, place.reports, dirs_exist_ok=True)
    place.first_build()
    return place


def test_a_command_killed_at_any_moment_harms_nothing(many: Place) -> None:
    files = sorted(many.reports.glob("1*.txt"))[:CHANGED]
    begun = time.monotonic()
    many.change(files)
    with running(many) as process:
        assert process.wait() == 0
    whole = time.monotonic() - begun
    killed = 0
    for _ in range(3 * KILLS):
        many.change(files)
        with running(many) as process:
            time.sleep(whole * (0.3 + 0.65 * killed / KILLS))  # before 0.3 the process is still importing
            process.kill()
            was_killed = process.wait() == -signal.SIGKILL
        many.check_answer()
        many.check_next_build(files[:1])
        killed += was_killed
        whole *= 1 if was_killed else 0.9  # it was over already: the machine has become less busy
        if killed == KILLS:
            break
    assert killed == KILLS


def test_ctrl_c_stops_a_build_at_once_and_leaves_nothing_behind(many: Place) -> None:
    kept = FileGenerations(many.data).numbers()
    many.change(sorted(many.reports.glob("1*.txt")))
    with running(many) as process:
        while not any(many.data.glob("generations/.building-*/words")):
            assert process.poll() is None
            time.sleep(0.005)
        process.send_signal(signal.SIGINT)
        said = process.communicate()[1].decode()
    assert (process.returncode, said) == (130, "")
    assert what_lies_in(many.data) == {"current", *(f"generations/{number:06}" for number in kept)}
    many.check_answer()
    many.check_next_build([])


def running(place: Place) -> subprocess.Popen[bytes]:
    command = [*COMMAND, "--data", str(place.data), "index", str(place.reports)]
    return subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


@pytest.fixture
def few(tmp_path: Path) -> Place:
    place = Place(tmp_path)
    shutil.copytree(SEEDS, place.reports)
    (place.reports / "extra.txt").write_text("تقرير إضافي.", encoding="utf-8")
    place.first_build()
    return place


@pytest.fixture
def builds(few: Place) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "tests.index.killed_build", str(few.data), str(few.reports)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env=environment(), stdin=pipe, stdout=pipe, text=True) as process:
        yield process
        assert process.stdin
        process.stdin.close()


def test_a_build_killed_at_any_step_harms_nothing(few: Place, builds: subprocess.Popen[str]) -> None:
    extra = [few.reports / "extra.txt"]
    for _ in range(3):  # so that the builds have an old generation to remove
        few.change(extra)
        finished, steps = ask(builds, 10**9).split()
        assert finished == "finished"
    for step in range(1, int(steps) + 1):
        few.change(extra)
        assert ask(builds, step) == "killed", step
        few.check_answer()
        few.check_that_all_generations_are_whole()
        if step % 3 == 0:  # what several kills leave must not add up
            few.check_next_build(extra)


def ask(builds: subprocess.Popen[str], step: int) -> str:
    assert builds.stdin
    assert builds.stdout
    print(step, file=builds.stdin, flush=True)
    return builds.stdout.readline().strip()
