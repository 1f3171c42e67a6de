"""Analysing in worker processes: the same results in the same order, and no process left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from index import writing
from index.analysing import Analysed, Analysts, Task, analyse
from index.errors import BuildFailed
from index.generations import FileGenerations
from tests.index.builds import build, first_excerpt, shipped, what_lies_in
from tests.reports import QUESTION, ROOT, SEEDS, recombine

HEADING = ("تقرير", "لونغ", "ان")


def tasks() -> list[Task]:
    """Every paragraph of the reports is a task; every third has its vectors already."""
    paragraphs = [line for path in sorted(SEEDS.glob("*.txt")) for line in path.read_text("utf-8").split("\n") if line]
    return [Task(range(at, at + 1), [text], HEADING, embed=at % 3 > 0) for at, text in enumerate(paragraphs)]


def same(one: Analysed, other: Analysed) -> bool:
    if one.vectors is None or other.vectors is None:
        return one == other
    return one.words == other.words and np.array_equal(one.vectors, other.vectors)


@pytest.fixture
def analysts() -> Iterator[Analysts]:
    """Analysts who leave everything to their workers."""
    made = Analysts(shipped(), alone=0)
    yield made
    made.close()


def test_workers_find_what_one_process_finds_in_the_same_order(analysts: Analysts) -> None:
    batches = [tasks()[at : at + 4] for at in range(0, len(tasks()), 4)]
    found: list[tuple[Task, Analysed]] = []
    for batch in batches:
        analysts.submit(batch)
        found += analysts.results()
    assert len(found) < len(tasks())  # some were still under way
    found += analysts.results(everything=True)
    assert [task for task, _ in found] == tasks()
    expected = [result for batch in batches for result in analyse(batch, shipped())]
    assert all(same(result, other) for (_, result), other in zip(found, expected, strict=True))
    assert [result.vectors is not None for _, result in found] == [task.embed for task in tasks()]


def test_a_short_job_starts_no_worker() -> None:
    analysts = Analysts(shipped())
    analysts.submit(tasks())
    assert [task for task, _ in analysts.results()] == tasks()
    assert not children_of(os.getpid())


def test_a_build_whose_worker_is_ended_says_so_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    build(data, SEEDS)
    before, files = first_excerpt(data, QUESTION), what_lies_in(data)
    recombine(tmp_path / "reports", 200)

    class Unlucky(Analysts):
        def submit(self, tasks: list[Task]) -> None:  # type: ignore[override]
            super().submit(tasks)
            for worker in children_of(os.getpid()):
                os.kill(worker, signal.SIGKILL)

    monkeypatch.setattr(writing, "Analysts", partial(Unlucky, alone=0))
    with pytest.raises(BuildFailed, match="live index is untouched"):
        build(data, tmp_path / "reports")
    assert first_excerpt(data, QUESTION) == before
    assert what_lies_in(data) == files
    monkeypatch.undo()
    build(data, tmp_path / "reports")
    assert FileGenerations(data).live() == 2


HOLDER = """
import sys, time
from index.analysing import Analysts, Task
from index.embedders import load_embedder
analysts = Analysts(load_embedder("shipped"), alone=0)  # not guarded: workers must not run this again
analysts.submit([Task(range(1), ["نص"], (), True)])
list(analysts.results(everything=True))
print("ready", flush=True)
time.sleep(600)
"""


def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    (tmp_path / "holder.py").write_text(HOLDER, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, tmp_path / "holder.py"], stdout=subprocess.PIPE, env=environment, text=True
    ) as parent:
        assert parent.stdout
        assert parent.stdout.readline() == "ready\n"
        workers = children_of(parent.pid)
        parent.kill()
    assert workers
    end = time.monotonic() + 30
    while any(Path(f"/proc/{pid}").exists() for pid in workers) and time.monotonic() < end:
        time.sleep(0.05)
    assert not any(Path(f"/proc/{pid}").exists() for pid in workers)


def children_of(pid: int) -> list[int]:
    """The workers of ``pid`` that still run; the tracker of resources is not counted."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
            command = (status.parent / "cmdline").read_text()
        except OSError:
            continue  # it ended meanwhile
        if int(fields[1]) == pid and fields[0] != "Z" and "loky.backend.popen" in command:
            found.append(int(status.parent.name))
    return found
