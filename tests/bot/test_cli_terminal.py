"""What reaches a terminal, a pipe, or a full disk."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from rich.cells import cell_len

from bot.phrases import PhraseName, not_arabic
from bot.terminal import SAY
from tests.bot.command import COMMAND, ELSEWHERE, dalil, environment, here
from tests.reports import ANSWER, QUESTION

SECONDS = 30.0
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class Terminal:
    """A terminal in which the command runs."""

    def __init__(self, process: subprocess.Popen[bytes], screen: int) -> None:
        self.process = process
        self._screen = screen
        self.seen = ""

    def type(self, text: str) -> None:
        os.write(self._screen, text.encode())

    def wait_for(self, text: str) -> str:
        """What was written up to ``text``, which must come in time."""
        last, read = time.monotonic() + SECONDS, b""
        while text not in read.decode(errors="replace"):
            assert time.monotonic() < last, f"{text!r} did not come: {self.seen!r}"
            if select.select([self._screen], [], [], 0.1)[0]:
                read += os.read(self._screen, 65536)
        self.seen += read.decode(errors="replace")
        return read.decode(errors="replace")

    def rest(self) -> str:
        """What is written until the end."""
        read = b""
        try:
            while more := os.read(self._screen, 65536):
                read += more
        except OSError:  # how Linux says that nobody holds the terminal any more
            pass
        return read.decode(errors="replace")


@contextmanager
def terminal(*arguments: object, columns: int = 80, **settings: str) -> Iterator[Terminal]:
    screen, inside = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        stdin=inside,
        stdout=inside,
        stderr=inside,
        cwd=ELSEWHERE,
        env={**environment(**settings), "TERM": "xterm-256color", "COLUMNS": str(columns)},
        start_new_session=True,
    )
    os.close(inside)
    try:
        yield Terminal(process, screen)
    finally:
        process.kill()
        process.wait()
        os.close(screen)


def test_a_conversation_at_a_terminal(seeds_data: Path) -> None:
    with terminal("--data", seeds_data, "chat") as person:
        welcome = " ".join(person.wait_for(SAY(PhraseName.TERMINAL_PROMPT)).split())  # wrapped at a word
        assert SAY(PhraseName.TERMINAL_WELCOME) in welcome
        person.type(QUESTION + "\n")
        answer = person.wait_for(SAY(PhraseName.TERMINAL_PROMPT))
        assert SAY(PhraseName.ANSWER_HEADING) in answer
        assert ANSWER in answer
        person.type("\n")
        assert SAY(PhraseName.EMPTY_QUESTION) not in person.wait_for(SAY(PhraseName.TERMINAL_PROMPT))
        person.type("Hello\n")
        assert not_arabic("en") in person.wait_for(SAY(PhraseName.TERMINAL_PROMPT))
        person.type("\x04")
        assert person.process.wait(SECONDS) == 0
        assert "Traceback" not in person.rest()


def test_ctrl_c_leaves_a_conversation_without_a_traceback(seeds_data: Path) -> None:
    with terminal("--data", seeds_data, "chat") as person:
        person.wait_for(SAY(PhraseName.TERMINAL_PROMPT))
        time.sleep(0.5)  # the prompt is written just before the line editor begins to listen
        person.process.send_signal(signal.SIGINT)
        try:
            person.process.wait(10)
        except subprocess.TimeoutExpired:  # it fell into the gap: a person presses again
            person.process.send_signal(signal.SIGINT)
        assert person.process.wait(SECONDS) == 130
        assert "Traceback" not in person.rest()


def test_a_terminal_gets_bold_marks_and_none_without_colours(seeds_data: Path) -> None:
    with terminal("--data", seeds_data, "ask", QUESTION) as person:
        shown = person.rest()
        assert f"\x1b[1m{ANSWER}\x1b[0m" in shown
    with terminal("--data", seeds_data, "ask", QUESTION, NO_COLOR="1") as person:
        shown = person.rest()
        assert ANSWER in shown
        assert not re.search(r"\x1b\[[0-9;]*3[0-9]", shown), "a colour"


@pytest.mark.parametrize("columns", [60, 100])
def test_a_terminal_gets_lines_that_end_with_a_word_and_addresses_in_one(seeds_data: Path, columns: int) -> None:
    with terminal("--data", seeds_data, "ask", QUESTION, columns=columns, NO_COLOR="1") as person:
        shown = re.sub(r"\x1b\[[0-9;]*m", "", person.rest())
    whole = here("--data", seeds_data, "ask", QUESTION).out
    assert shown.split() == whole.split(), "no word is broken"
    lines = [line.rstrip() for line in shown.splitlines()]
    assert max(cell_len(line) for line in lines if "https://" not in line) <= columns
    assert max(map(len, whole.splitlines())) > columns, "without a terminal lines are whole"


def test_output_that_is_no_terminal_has_no_escape_codes(seeds_data: Path) -> None:
    for run, command in (
        (dalil, ["ask", QUESTION]),
        (here, ["search", QUESTION]),
        (here, ["documents"]),
        (here, ["status"]),
        (here, ["generations"]),
    ):
        done = run("--data", seeds_data, *command)
        assert done.code == 0
        assert not CONTROLS.search(done.out + done.err)


def test_a_reader_that_goes_away_is_no_failure_to_shout_about(seeds_data: Path) -> None:
    command = f'{" ".join(COMMAND)} --data "{seeds_data}"'
    for pipeline in (f"{command} documents | head -1", f"{command} search تقرير --json | true"):
        done = subprocess.run(
            ["bash", "-c", pipeline], env=environment(), cwd=ELSEWHERE, capture_output=True, text=True
        )
        assert (done.returncode, done.stderr) == (0, "")


def test_lines_end_quietly_when_their_reader_goes_away(seeds_data: Path) -> None:
    lines = f'{{"question": "{QUESTION}"}}\n' * 200
    pipeline = f'{" ".join(COMMAND)} --data "{seeds_data}" ask --jsonl | head -1'
    done = subprocess.run(
        ["bash", "-c", pipeline], input=lines, env=environment(), cwd=ELSEWHERE, capture_output=True, text=True
    )
    assert (done.stdout.count("\n"), done.stderr) == (1, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_a_full_disk_under_the_output_is_said_in_one_line(seeds_data: Path) -> None:
    for command in (["documents"], ["ask", QUESTION, "--json"], ["--help"]):
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run(
                [*COMMAND, "--data", seeds_data, *command],
                stdout=full,
                stderr=subprocess.PIPE,
                env=environment(),
                cwd=ELSEWHERE,
                text=True,
            )
        assert (done.returncode, done.stderr) == (1, "dalil: [Errno 28] No space left on device\n")


HOSTILE = "\x1b]0;stolen\x07\x1b[31m\x1b[2J\x9b31m\x08\r"
CATALOGUE = '["a.txt"]\ntitle = "عنوان \\u001b]0;x\\u0007\\u009b31m"\nplace = "مكان \\u001b[2J"\nurl = "https://x/\\u001b[31m"\n'


@pytest.fixture
def hostile_data(tmp_path: Path) -> Path:
    """A library whose document, title, place and address would take a terminal over."""
    reports = tmp_path / "reports"
    reports.mkdir()
    entities = "".join(f"&#{ord(character)};" for character in HOSTILE)
    (reports / "a.txt").write_text("بلغ عدد الجسور \x9b31m في المقاطعة 41 جسرًا.", encoding="utf-8")
    (reports / "b.html").write_text(f"<p>بلغ عدد الأنهار {entities} في المقاطعة 17 نهرًا.", encoding="utf-8")
    (reports / "catalogue.toml").write_text(CATALOGUE, encoding="utf-8")
    assert dalil("--data", tmp_path / "data", "index", reports).code == 0
    return tmp_path / "data"


@pytest.mark.parametrize("options", [[], ["--json"]])
@pytest.mark.parametrize("question", ["كم بلغ عدد الجسور؟", "كم بلغ عدد الأنهار؟"])
def test_hostile_reports_reach_a_terminal_harmless(hostile_data: Path, question: str, options: list[str]) -> None:
    for command in (["ask", question, *options], ["search", question, *options], ["documents", *options]):
        done = here("--data", hostile_data, *command)
        assert done.code == 0
        assert not CONTROLS.search(done.out)
    assert "31m" in here("--data", hostile_data, "ask", question).out, "the rest of the text stays"


def test_hostile_reports_stay_exact_in_json(hostile_data: Path) -> None:
    reply = here("--data", hostile_data, "ask", "كم بلغ عدد الجسور؟", "--json").json
    assert "\x9b31m" in reply["excerpts"][0]["text"]
    stored = here("--data", hostile_data, "documents", "a.txt", "--text").out
    first = reply["excerpts"][0]
    assert first["text"] == stored[first["start"] : first["end"]]


COMMANDS = ("index", "ask", "search", "chat", "documents", "status", "generations", "rollback", "eval")


def test_the_help_lists_every_command_and_each_explains_itself() -> None:
    overview = here("--help")
    assert overview.code == 0
    for command in COMMANDS:
        assert re.search(rf"│ {command} +[A-Z][a-z]", overview.out), command
        done = here(command, "--help")
        assert done.code == 0
        assert f"dalil {command} [OPTIONS]" in done.out
        assert here(command, "-h").out == done.out


def test_without_a_command_the_help_is_shown_and_an_unknown_one_is_refused() -> None:
    assert here().code == 2
    assert "Usage: " in here().out
    done = here("aks")
    assert (done.code, done.out) == (2, "")
    assert "aks" in done.err
