"""A bot of the double's, the real application that plays it, and what must hold of every play."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tests.bot.played.process import Running, start
from tests.telegram.accounts import Account
from tests.telegram.chats import Chat
from tests.telegram.double import Double
from tests.telegram.messages import Message
from tests.telegram.people import Person

QUESTION: Final = "كم بلغت نسبة المنازل التي تستخدم الإنترنت عبر الألياف الضوئية في لونغ آن؟"
WORDS_OF_IT: Final = "الألياف"
ANSWER: Final = "88.9%"


@dataclass
class Stage:
    """Where one bot is played; the processes that were started are ended with it."""

    double: Double
    bot: Account
    data: Path
    started: list[Running] = field(default_factory=list)

    def start(self, **settings: str) -> Running:
        """Starts the bot; it may not be ready yet."""
        running = start(self.double, self.bot, self.data, **settings)
        self.started.append(running)
        return running

    def ready(self, **settings: str) -> Running:
        """Starts the bot, and waits until it serves and has introduced itself."""
        return self.start(**settings).ready()

    def person(self) -> Person:
        """Somebody who has written to the bot before."""
        person = self.double.person()
        person.private(self.bot)
        return person

    def people(self, number: int) -> list[Person]:
        return [self.person() for _ in range(number)]

    def answered(self, chat: Chat, questions: list[Message], timeout: float = 15.0) -> list[Message]:
        """The answers to these questions, which must be all that the bot ever said in reply to them, and in order."""
        wanted = [question.id for question in questions]
        self.double.wait_for(lambda: set(wanted) <= set(replies(chat)), timeout)
        assert [each for each in replies(chat) if each in wanted] == wanted
        return [message for message in chat.bot_messages if message.reply_to_id in wanted]

    def stored(self, query: str) -> list[tuple[Any, ...]]:
        """What the bot's database says."""
        connection = sqlite3.connect(self.data / "state.sqlite", timeout=5)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()

    def is_idle(self) -> bool:
        """Whether every update that was stored is done."""
        return self.stored("SELECT count(*) FROM updates WHERE payload IS NOT NULL") == [(0,)]

    def wait(self, seen: Callable[[], object], timeout: float = 10.0) -> None:
        self.double.wait_for(lambda: bool(seen()), timeout)

    def probes(self) -> list[str]:
        """The refusals of a search for a message of which it is not known whether it arrived."""
        return [each for each in self.double.refusals if each.startswith("editMessageReplyMarkup: ")]

    def is_clean(self, *, probes: int = 0, allowed: tuple[str, ...] = ()) -> None:
        """Nothing was refused but for so many searches, nothing leaked, no wait and no press was disregarded.

        ``allowed``: words of refusals that the test brought about.
        """
        double = self.double
        others = [each for each in double.refusals if each not in self.probes() and not any(w in each for w in allowed)]
        assert others == double.leaks == double.early_returns == double.unanswered == []
        assert len(self.probes()) <= probes, self.probes()
        for running in self.started:
            log = running.log_file.read_text(encoding="utf-8")
            assert self.bot.token not in log
            assert self.bot.token.partition(":")[2] not in log
            for sign in ("Traceback", "Warning"):
                assert [line for line in log.splitlines() if sign in line] == []

    def end(self) -> None:
        """Ends the processes that still run."""
        for running in self.started:
            if running.process.poll() is None:
                running.kill()


def replies(chat: Chat) -> list[int]:
    """To which messages the bot replied, in order."""
    return [message.reply_to_id for message in chat.bot_messages if message.reply_to_id is not None]


def staged(double: Double, seeds_data: Path, place: Path) -> Stage:
    """A stage with the sample reports indexed."""
    shutil.copytree(seeds_data, place / "data")
    return Stage(double, double.bot(), place / "data")


def timed(work: Callable[[], object]) -> float:
    """How many seconds it takes."""
    began = time.monotonic()
    work()
    return time.monotonic() - began
