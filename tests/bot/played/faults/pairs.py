"""Processes of one bot whose database has a standby: what they say when it is lost and found, what landed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, Final

from tests.bot.command import dalil
from tests.bot.played.faults.machines import Machines
from tests.bot.played.faults.stage import staged
from tests.bot.played.process import Running
from tests.postgres_standby import Pair, pair
from tests.reports import SEEDS
from tests.telegram.chats import Chat
from tests.telegram.double import Double
from tests.telegram.messages import Message

_INDEXED: Final = "dalil_indexed"
LOST: Final = "the database is lost: answering goes on from a replica, and what is written waits"
BACK: Final = "the database is back"
LONG: Final = 60.0  # seconds: nothing here takes as long, but on a machine that does much besides


@dataclass
class Paired(Machines):
    """A stage whose processes know a primary and its standby."""

    pair: Pair | None = None
    name: str = ""

    @property
    def servers(self) -> Pair:
        assert self.pair is not None
        return self.pair

    def start(self, **settings: str) -> Running:
        return super().start(**{"DALIL_DATABASE_READ_URL": self.servers.read_url(self.name), **settings})

    def loses_the_primary(self) -> None:
        """The standby knows all of it."""
        self.wait(self.is_idle, LONG)
        self.servers.caught_up()
        self.servers.primary.stops()

    def says(self, running: Running, event: str, times: int = 1) -> dict[str, Any]:
        """The event, once a process has told it so many times."""
        self.wait(lambda: running.events.count(event) >= times, LONG)
        return [each for each in running.log if each["event"] == event][times - 1]

    def answers(self, chat: Chat, questions: list[Message]) -> list[Message]:
        return self.answered(chat, questions, LONG)

    def kept(self, query: str) -> list[tuple[Any, ...]]:
        """What the primary says, whichever server that is."""
        import psycopg

        with psycopg.connect(f"{self.url}?target_session_attrs=read-write") as connection:
            return connection.execute(query.encode()).fetchall()

    def kept_questions(self, chat: Chat) -> list[tuple[Any, ...]]:
        """The messages in a chat that were answered, in order, and those in which the answers stand."""
        return self.kept(
            f"SELECT question_message, answer_message FROM answers WHERE chat = {chat.id} ORDER BY created"
        )


class Servers:
    """A pair with the sample reports in one of its databases; another pair, once its standby was promoted."""

    def __init__(self) -> None:
        self._stack = ExitStack()
        self._pair: Pair | None = None
        self._numbers = count(1)

    def ready(self) -> Pair:
        if self._pair is None or self._pair.is_spent:
            self._stack.close()
            self._pair = self._stack.enter_context(pair())
            self._pair.primary.says(f"CREATE DATABASE {_INDEXED}")
            done = dalil("index", SEEDS, DALIL_DATABASE_URL=self._pair.url(_INDEXED))
            assert done.code == 0, done.err
        return self._pair

    def database(self) -> str:
        """The name of a new database with the sample reports."""
        name = f"dalil_{next(self._numbers)}"
        self.ready().primary.says(f"CREATE DATABASE {name} TEMPLATE {_INDEXED}")
        return name

    def close(self) -> None:
        self._stack.close()


@contextmanager
def paired(servers: Servers, seeds_data: Path, place: Path) -> Iterator[Paired]:
    """A stage whose database has a standby, with the sample reports indexed, while entered."""
    with Double() as double:
        name, stage = servers.database(), staged(double, seeds_data, place)
        made = Paired(
            stage.double, stage.bot, stage.data, url=servers.ready().url(name), pair=servers.ready(), name=name
        )
        try:
            yield made
        finally:
            made.end()
