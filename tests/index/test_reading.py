from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index.document import Extracted
from index.errors import SourceError
from index.reading import ReadingRoom, Unread
from index.reading_worker import WorkerLimits
from tests.index.hostile import FORMATS

LIMITS = WorkerLimits(memory=2**30, seconds=2.0)


@pytest.fixture
def room() -> Iterator[ReadingRoom]:
    with ReadingRoom(FORMATS, limits=LIMITS, workers=1) as room:
        yield room


def refusal(room: ReadingRoom, order: str) -> str:
    with pytest.raises(SourceError) as caught:
        room.read("a.hostile", ".hostile", order.encode())
    assert caught.value.name == "a.hostile"
    assert "Traceback" not in caught.value.reason
    return caught.value.reason


def pid(room: ReadingRoom) -> int:
    return int(room.read("a.hostile", ".hostile", b"pid").text.split()[1])


def is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def ends(process: int, *, within: float) -> bool:
    last = time.monotonic() + within
    while is_running(process) and time.monotonic() < last:
        time.sleep(0.05)
    return not is_running(process)


@pytest.mark.parametrize(
    ("order", "reason"),
    [
        ("crash", "its reader crashed (signal 11)"),
        ("exit", "its reader crashed (exit status 3)"),
        ("quit", "its reader crashed (exit status 1)"),
        ("eat", "needs too much memory to read"),
        ("hang", "took longer than 2 s to read"),
        ("spin", "took longer than 2 s to read"),
        ("recurse", "its reader failed with RecursionError"),
        ("fail page", "its reader failed with KeyError"),
        ("refuse", "page 7 is damaged"),
    ],
)
def test_a_hostile_file_is_refused_and_the_next_one_is_read(
    room: ReadingRoom, order: str, reason: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert reason in refusal(room, order)
    assert is_running(pid(room))
    assert "Traceback" not in capfd.readouterr().err


def test_a_worker_starts_when_it_is_needed_and_is_used_again(room: ReadingRoom) -> None:
    assert room.read("a.txt", ".txt", b"here").text == f"here {os.getpid()}"
    first = pid(room)
    assert first != os.getpid()
    assert pid(room) == first
    refusal(room, "fail")
    refusal(room, "refuse")
    assert pid(room) == first
    refusal(room, "crash")
    assert pid(room) != first


def test_what_a_library_prints_does_not_disturb(room: ReadingRoom) -> None:
    assert room.read("a.hostile", ".hostile", b"print").text.startswith("print ")


def test_plain_text_in_this_process_fails_no_worse(room: ReadingRoom) -> None:
    with pytest.raises(SourceError, match="KeyError"):
        room.read("a.txt", ".txt", b"fail")


def test_an_unknown_kind_is_refused(room: ReadingRoom) -> None:
    with pytest.raises(SourceError, match=r"is of no known kind; known are \.hostile, \.txt"):
        room.read("a.exe", ".exe", b"")


def test_leaving_the_room_ends_the_workers() -> None:
    with ReadingRoom(FORMATS, limits=LIMITS, workers=1) as room:
        process = pid(room)
    assert ends(process, within=2)
    assert refusal(room, "pid") == "was not read: the reading was stopped"


def test_leaving_the_room_ends_a_reading_in_progress() -> None:
    started = time.monotonic()
    with ReadingRoom(FORMATS, limits=WorkerLimits(memory=2**30, seconds=60), workers=2) as room:
        outcomes = room.read_many(files(["pid", "hang", "hang"]))
        next(outcomes)
    assert [str(outcome) for outcome in outcomes] == [
        "1: was not read: the reading was stopped",
        "2: was not read: the reading was stopped",
    ]
    assert time.monotonic() - started < 30


def files(orders: list[str]) -> Iterator[Unread]:
    for number, order in enumerate(orders):
        yield Unread(str(number), ".hostile", order.encode)


def test_many_files_are_read_side_by_side_and_given_in_order() -> None:
    orders = ["wait 0.6", "one", "crash", "two", "fail", "three"]
    with ReadingRoom(FORMATS, limits=LIMITS, workers=2) as room:
        outcomes = list(room.read_many(files(orders)))
    shown = [outcome.text.split()[0] if isinstance(outcome, Extracted) else outcome.name for outcome in outcomes]
    assert shown == ["wait", "one", "2", "two", "4", "three"]


def test_two_workers_read_at_the_same_time() -> None:
    with ReadingRoom(FORMATS, limits=WorkerLimits(memory=2**30, seconds=60.0), workers=2) as room:
        list(room.read_many(files(["wait 0.2", "wait 0.2"])))  # both have started now
        began = time.monotonic()
        list(room.read_many(files(["wait 3"] * 2)))
        assert time.monotonic() - began < 5.5  # one after the other would take six


def test_only_a_few_files_are_loaded_ahead() -> None:
    taken = 0

    def counted() -> Iterator[Unread]:
        nonlocal taken
        for file in files(["one"] * 50):
            taken += 1
            yield file

    with ReadingRoom(FORMATS, limits=LIMITS, workers=1) as room:
        next(room.read_many(counted()))
        assert taken <= 3


def test_a_file_that_vanished_before_its_turn_is_refused(tmp_path: Path) -> None:
    with ReadingRoom(limits=LIMITS, workers=1) as room:
        [outcome] = room.read_many([Unread("a.txt", ".txt", (tmp_path / "a.txt").read_bytes)])
    assert str(outcome) == "a.txt: cannot be opened: No such file or directory"


@pytest.mark.parametrize(
    ("suffix", "content"),
    [
        (".txt", "تقرير".encode()),
        (".md", "# تقرير".encode()),
        (".html", "<p>تقرير".encode()),
        (".htm", "<p>تقرير".encode()),
    ],
)
def test_the_real_formats_are_read(suffix: str, content: bytes) -> None:
    with ReadingRoom(limits=LIMITS, workers=1) as room:
        assert room.read("a", suffix, content).text == "تقرير"


def test_a_page_that_needs_more_memory_than_allowed_is_refused() -> None:
    with ReadingRoom(limits=WorkerLimits(memory=400 * 2**20, seconds=60), workers=1) as room:
        with pytest.raises(SourceError, match="needs too much memory to read"):
            room.read("a.html", ".html", b"<b><i>a</i>" * 2_000_000)
        assert room.read("b.html", ".html", "<p>نص".encode()).text == "نص"


def test_importing_the_reading_room_imports_no_reader() -> None:
    command = "import sys, index.reading; print(*sys.modules, sep=chr(10))"
    found = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True)
    assert not {"pdfminer", "docx", "lxml", "selectolax", "markdown_it", "torch"} & set(found.stdout.split())


PARENT = """
import sys, threading, time
from index.reading import ReadingRoom
from index.reading_worker import WorkerLimits
from tests.index.hostile import FORMATS
if __name__ == "__main__":
    limits = WorkerLimits(memory=2**30, seconds=1.0 if sys.argv[1] == "hold" else 60.0)
    room = ReadingRoom(FORMATS, limits=limits, workers=1)
    print(room.read("a", ".hostile", b"pid").text.split()[1], flush=True)
    if sys.argv[1] != "idle":
        threading.Thread(target=room.read, args=("a", ".hostile", sys.argv[1].encode())).start()
        time.sleep(0.3)
    print("busy", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def killed_parent(tmp_path: Path) -> Callable[[str], int]:
    """Runs a program that reads files, kills it, and gives the process its worker had."""

    def kill(doing: str) -> int:
        script = tmp_path / "parent.py"
        script.write_text(PARENT)
        root = str(Path(__file__).parents[2])
        with subprocess.Popen(
            [sys.executable, str(script), doing],
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"PYTHONPATH": root},
        ) as parent:
            assert parent.stdout is not None
            worker = int(parent.stdout.readline())
            assert parent.stdout.readline() == "busy\n"
            assert is_running(worker)
            parent.send_signal(signal.SIGKILL)
        return worker

    return kill


@pytest.mark.parametrize(("doing", "seconds"), [("idle", 5), ("hang", 5), ("spin", 5), ("hold", 15)])
def test_a_worker_does_not_outlive_a_killed_parent(
    killed_parent: Callable[[str], int], doing: str, seconds: float
) -> None:
    worker = killed_parent(doing)
    try:
        assert ends(worker, within=seconds)
    finally:
        if is_running(worker):
            os.kill(worker, signal.SIGKILL)
