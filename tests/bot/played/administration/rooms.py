"""A stage with a documents' folder, and what administrators do on it."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.composition import Dalil
from bot.settings import Settings
from bot.shelf.staging import Staged
from bot.state.store import Store
from bot.state.values import Job, Role
from tests.bot.played.people.stage import ADMINISTRATOR, INVISIBLE, WAITED, Stage
from tests.bot.played.process import Running, start
from tests.telegram.double import Double
from tests.telegram.messages import Message
from tests.telegram.people import Attachment, Person
from tests.telegram.values import Press

SCHOOLS: Final = (
    "تقرير عن المدارس في مقاطعة هايفونغ.\n"
    "بلغ عدد المدارس الجديدة في مقاطعة هايفونغ خلال عام 2023 سبع عشرة مدرسة، وهي موزعة على ست بلديات.\n"
    "وقالت إدارة التعليم إن المدارس الجديدة استقبلت أكثر من ستة آلاف تلميذ في بداية العام الدراسي.\n"
)
ASKED: Final = "كم بلغ عدد المدارس الجديدة في مقاطعة هايفونغ خلال عام 2023؟"
SEARCH: Final = "editMessageReplyMarkup: "
BUILT: Final = 60.0  # seconds within which a small library is built, whatever else the machine does


def text(content: str = SCHOOLS, name: str | None = "مدارس.txt") -> Attachment:
    return Attachment(content.encode(), name, "text/plain")


@dataclass
class Room:
    """A running bot with its data folder."""

    stage: Stage
    data: Path
    running: Running
    kills: int = 0

    @property
    def double(self) -> Double:
        return self.stage.double

    @property
    def dalil(self) -> Dalil:
        return Dalil(Settings(data=self.data))

    @property
    def staged(self) -> list[Staged]:
        return self.dalil.shelf.staged()

    @property
    def names(self) -> set[str]:
        """The documents that the live library holds."""
        return {each.name for each in self.dalil.generations.open_live().documents}

    @property
    def jobs(self) -> list[Job]:
        return self.stage.store.jobs.newest(20)

    def administrator(self) -> Person:
        return self.double.person("Administrator", id=ADMINISTRATOR)

    def colleague(self) -> Person:
        return self.stage.newcomer("Colleague", role=Role.ADMINISTRATOR)

    def says(self, message: Message, words: str, timeout: float = WAITED) -> Message:
        """A message of the bot once these words stand in it."""
        self.double.wait_for(lambda: words in INVISIBLE.sub("", message.text), timeout)
        return message

    def card(self, person: Person, file: Attachment, caption: str = "") -> Message:
        """What is shown of a document that somebody sends."""
        shown = self.stage.reply_to(person.sends_document(file, person.private(self.stage.bot), caption=caption))
        self.double.wait_for(lambda: shown.buttons, BUILT)
        return shown

    def presses(self, person: Person, message: Message, label: str, words: str = "") -> Press:
        """Somebody presses a button, and waits until these words stand in its message."""
        press = self.stage.presses(person, message, label)
        if words:
            self.says(message, words, BUILT)
        return press

    def builds(self, person: Person, message: Message) -> Message:
        """Somebody confirms what would change, and waits until it is done."""
        self.presses(person, message, "ابدأ التحديث")
        return self.says(message, "تمّ التحديث", BUILT)

    def presses_and_waits(self, person: Person, message: Message) -> Message:
        """Somebody confirms what would change, and it waits for a decision."""
        self.presses(person, message, "ابدأ التحديث")
        return self.says(message, "أنتظر قرارك", BUILT)

    def publishes(self, person: Person, message: Message, label: str = "انشر") -> Message:
        """Somebody has a staged document published."""
        self.presses(person, message, label, "ما سيتغيّر")
        return self.builds(person, message)

    def under_way(self) -> int:
        """Waits until documents are being read; gives the process that does it."""
        self.double.wait_for(lambda: any(job.done for job in self.jobs), BUILT)
        return int((self.data / "build.owner").read_text(encoding="utf-8").split()[1])

    def restarts(self) -> None:
        """The bot is killed, and started again."""
        self.running.kill()
        self.kills += 1
        self.running = start(self.double, self.stage.bot, self.data, DALIL_ADMINS=str(ADMINISTRATOR)).ready()


@contextmanager
def room(data: Path) -> Iterator[Room]:
    """A bot that answers from the library in ``data``, and that keeps to Telegram's rules."""
    with Double() as double:
        bot = double.bot("dalil_bot")
        running = start(double, bot, data, DALIL_ADMINS=str(ADMINISTRATOR))
        with Store.open(str(data / "state.sqlite")) as store:
            opened = Room(Stage(double, bot, store), data, running.ready())
            try:
                yield opened
                opened.stage.settled()
                assert opened.running.stop() == 0
            finally:
                _end(opened)
        log = opened.running.log_file.read_text(encoding="utf-8")
        assert bot.token not in log
        assert "Traceback" not in log, log[-4000:]
        assert (double.leaks, double.early_returns, double.unanswered) == ([], [], [])
        refused = [each for each in double.refusals if not each.startswith("getFile") and "not modified" not in each]
        searched = [each for each in refused if each.startswith(SEARCH)]
        assert len(searched) <= opened.kills, "a message that a killed bot may have sent is looked for once"
        assert [each for each in refused if each not in searched] == []


def _end(opened: Room) -> None:
    if opened.running.process.poll() is None:
        opened.running.kill()
    end_builder(opened.data)


def end_builder(data: Path) -> None:
    """Waits until nobody builds; one that a test has left standing still is killed: it would hold its files forever."""
    until = time.monotonic() + BUILT
    while (builder := _builder(data)) and time.monotonic() < until:
        if _state(builder) in ("", "Z"):
            return
        if _state(builder) == "T":
            kill(builder)
        time.sleep(0.1)


def _builder(data: Path) -> int | None:
    """The process that builds, or that built last; None if none did."""
    try:
        return int((data / "build.owner").read_text(encoding="utf-8").split()[1])
    except (OSError, ValueError, IndexError):
        return None


def _state(process: int) -> str:
    """The letter of a process's state; empty if it is gone."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return ""


def kill(process: int) -> None:
    os.killpg(process, signal.SIGKILL)


def hold_up(builder: int, data: Path) -> None:
    """Lets a builder and all that it started stand still, at a moment at which it does not hold the state."""
    while True:
        os.killpg(builder, signal.SIGSTOP)
        try:
            with closing(sqlite3.connect(data / "state.sqlite", timeout=0.5, isolation_level=None)) as state:
                state.execute("BEGIN IMMEDIATE").execute("ROLLBACK")
            return
        except sqlite3.OperationalError:
            go_on(builder)


def go_on(builder: int) -> None:
    os.killpg(builder, signal.SIGCONT)
