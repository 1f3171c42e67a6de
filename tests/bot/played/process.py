"""The real application in a process of its own, talking to the double."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bot.command import COMMAND, ELSEWHERE, environment
from tests.telegram.accounts import Account
from tests.telegram.double import Double


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


@dataclass
class Running:
    """A bot that was started; its log is in a file."""

    process: subprocess.Popen[bytes]
    log_file: Path
    metrics_port: int

    @property
    def log(self) -> list[dict[str, Any]]:
        """The events so far."""
        lines = self.log_file.read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]

    @property
    def events(self) -> list[str]:
        return [event["event"] for event in self.log]

    def ready(self, timeout: float = 60.0) -> Running:
        """Waits until it serves."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline and self.process.poll() is None:
            if "ready" in self.events:
                return self
            time.sleep(0.02)
        raise AssertionError(f"the bot is not ready: {self.log_file.read_text(encoding='utf-8')[-3000:]}")

    def kill(self) -> None:
        """As `kill -9`."""
        self.process.kill()
        self.process.wait()

    def stop(self, timeout: float = 10.0) -> int:
        """As `systemctl stop`; the exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout)

    def fetched(self, path: str) -> tuple[int, str]:
        """Status and text of a page of the port for metrics."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.metrics_port}{path}", timeout=5) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()


def start(double: Double, bot: Account, data: Path, **settings: str) -> Running:
    """Starts the bot; it may not be ready yet."""
    log = Path(tempfile.mkstemp(suffix=".log", dir=data.parent)[1])
    port = free_port()
    known = {
        "TELEGRAM_BOT_TOKEN": bot.token,
        "DALIL_TELEGRAM_BASE_URL": double.base_url,
        "DALIL_TELEGRAM_BASE_FILE_URL": double.base_file_url,
        "DALIL_DATA": str(data),
        "DALIL_METRICS_PORT": str(port),
        "NO_PROXY": "127.0.0.1",
        "DALIL_DIGEST": "off",  # else it would come into whatever is played on its day
    }
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*COMMAND, "bot"],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=ELSEWHERE,
            env=environment(**{**known, **settings}),
        )
    return Running(process, log, port)


@contextmanager
def running(double: Double, bot: Account, data: Path, **settings: str) -> Iterator[Running]:
    """A bot that serves while entered, and that ends in good order."""
    started = start(double, bot, data, **settings)
    try:
        yield started.ready()
        if started.process.poll() is None:
            assert started.stop() == 0
    finally:
        if started.process.poll() is None:
            started.kill()
    text = started.log_file.read_text(encoding="utf-8")
    assert bot.token not in text
    assert "Traceback" not in text, text[-4000:]
