"""How the bot starts, and what keeps it from starting."""

from __future__ import annotations

import signal
import socket
import subprocess
import time

import pytest

from tests.bot.command import COMMAND, ELSEWHERE, dalil, environment, here
from tests.bot.played.faults.stage import ANSWER, QUESTION, Stage, timed
from tests.bot.played.process import Running
from tests.telegram import faults

TOKEN = "123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TELEGRAM_BOT_TOKEN", "secret-without-colon"),
        ("TELEGRAM_BOT_TOKEN", "123:Ünicode-secret"),
        ("DALIL_WEBHOOK_SECRET", "secret with blanks"),
        ("DALIL_ADMINS", "12,boss"),
        ("DALIL_GROUPS", "some"),
        ("DALIL_TELEGRAM_BASE_URL", "api.telegram.org"),
        ("DALIL_WEBHOOK_URL", "example.org/hook"),
        ("DALIL_WEBHOOK_PORT", "70000"),
        ("DALIL_METRICS_PORT", "http"),
        ("DALIL_PERSON_PER_MINUTE", "0"),
        ("DALIL_LATE_MINUTES", "-1"),
        ("DALIL_LOG_LEVEL", "loud"),
        ("DALIL_DATABASE_URL", "mysql://me:secret@host/state"),
        ("DALIL_ROLE", "boss"),
        ("DALIL_ROLE", "poller"),  # alone with a file
    ],
)
def test_a_wrong_setting_is_one_line_that_names_it(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for setting, set_to in {"TELEGRAM_BOT_TOKEN": TOKEN, name: value}.items():
        monkeypatch.setenv(setting, set_to)
    done = here("bot")
    assert (done.code, done.out) == (2, "")
    [line] = done.err.splitlines()
    assert line.startswith(f"dalil: {name}")
    assert "secret" not in line.lower().replace("_secret", "")


def test_without_a_token_it_says_so() -> None:
    done = dalil("bot")
    assert here("bot").code == 2
    assert (done.code, done.out) == (2, "")
    assert done.err == "dalil: TELEGRAM_BOT_TOKEN is not set: BotFather gives one\n"


def test_settings_are_checked_before_anything_slow_loads() -> None:
    done = subprocess.run(
        [*COMMAND, "bot"],
        capture_output=True,
        cwd=ELSEWHERE,
        env=environment(TELEGRAM_BOT_TOKEN=TOKEN, DALIL_GROUPS="some", PYTHONPROFILEIMPORTTIME="1"),
        timeout=60,
    )
    loaded = {line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.decode().splitlines()}
    assert "pydantic_settings" in loaded
    assert not loaded & {"telegram", "sqlalchemy", "torch", "sklearn", "transformers"}


def test_a_token_that_telegram_does_not_know_ends_it(stage: Stage) -> None:
    for each in (f"{stage.bot.id}:{'x' * 35}", f"{stage.bot.id}:short"):
        running = stage.start(TELEGRAM_BOT_TOKEN=each, DALIL_LOG_LEVEL="debug")
        assert running.process.wait(20) == 1
        log = running.log_file.read_text(encoding="utf-8")
        assert "Telegram does not know TELEGRAM_BOT_TOKEN" in log
        assert each not in log
        assert "Traceback" not in log


def test_a_token_that_is_revoked_ends_it(stage: Stage) -> None:
    running = stage.ready()
    stage.bot.ended = True
    stage.bot.end_poll("the token was revoked")
    assert running.process.wait(20) == 1
    assert running.log[-1]["event"] == "Telegram does not know TELEGRAM_BOT_TOKEN"
    assert "Traceback" not in running.log_file.read_text(encoding="utf-8")


@pytest.mark.parametrize("what", ["DALIL_METRICS_PORT", "DALIL_WEBHOOK_PORT"])
def test_a_port_that_is_taken_is_one_line(stage: Stage, what: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        hook = {"DALIL_WEBHOOK_URL": f"http://127.0.0.1:{port}/hook"} if "WEBHOOK" in what else {}
        running = stage.start(**{what: port, **hook})
        assert running.process.wait(20) == 1
    last = running.log_file.read_text(encoding="utf-8").splitlines()[-1]
    assert last.startswith("dalil: ")
    assert port in last
    stage.is_clean()


def test_telegram_is_waited_for_at_the_start(stage: Stage) -> None:
    person = stage.person()
    stage.double.goes_down()
    running = stage.start()
    _waits(running)
    assert running.fetched("/healthz")[0] == 503
    stage.double.comes_back()
    question = person.says(QUESTION)
    [answer] = stage.answered(person.private(), [question])
    assert ANSWER in answer.text
    assert running.fetched("/healthz")[0] == 200
    assert running.stop() == 0
    stage.is_clean()


def test_a_faulty_start_is_no_reason_to_give_up(stage: Stage) -> None:
    for method, fault in {
        "getMe": faults.too_many(1),
        "deleteWebhook": faults.bad_gateway(),
        "setMyCommands": faults.dropped(applied=True),
        "setMyDescription": faults.server_error(),
        "setMyShortDescription": faults.too_many(1),
        "getUpdates": faults.dropped(),
    }.items():
        stage.double.fails(method, fault)
    running = stage.ready()
    stage.wait(lambda: len(stage.double.calls("setMyShortDescription")) == 4)
    assert len(stage.bot.commands) == 6  # two scopes in three languages
    assert stage.double.faults_left == 0
    assert running.stop() == 0
    stage.is_clean()


@pytest.mark.parametrize("method", ["deleteWebhook", "nothing is listening"])
def test_it_can_be_stopped_while_it_waits_for_telegram(stage: Stage, method: str) -> None:
    if " " in method:
        stage.double.goes_down()
        running = stage.start()
        _waits(running)
    else:
        stage.double.fails(method, faults.half_open())
        running = stage.start()
        stage.wait(lambda: stage.double.faults_left == 0)
    assert timed(lambda: running.process.send_signal(signal.SIGTERM) or running.process.wait(20)) < 5
    assert running.process.returncode == 0
    stage.is_clean()


def _waits(running: Running) -> None:
    deadline = time.monotonic() + 15
    while "Telegram cannot be reached, trying again" not in running.events:
        assert time.monotonic() < deadline
        time.sleep(0.02)
