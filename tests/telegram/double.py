"""The double as tests use it: start it, make bots, people and groups, wait for what must happen.

with Double() as double:
    bot = double.bot("dalil_bot")                    # its token, and double.base_url, go into the settings
    person = double.person()
    question = person.says("...")                    # in private; in a group: person.says("/ask ...", group)
    answer = double.wait_for(lambda: person.private().last_answer)
    assert answer.reply_to_id == question.id
    press = person.presses(answer, "...")            # fails where there is no such button
    double.wait_for(lambda: press.answered and answer.history_of_edits)
    assert double.refusals == double.leaks == double.early_returns == double.unanswered == []
"""

from __future__ import annotations

import asyncio
import itertools
import secrets
import time
from collections.abc import Callable
from types import TracebackType
from typing import TypeVar

from tests.telegram.accounts import Account
from tests.telegram.chats import Chat
from tests.telegram.faults import Fault
from tests.telegram.groups import Groups
from tests.telegram.limits import Rates
from tests.telegram.people import Person
from tests.telegram.running import HOST, Running
from tests.telegram.server import Serving
from tests.telegram.values import JSON, Exchange, Press
from tests.telegram.world import World

Seen = TypeVar("Seen")
GLANCE = 0.01  # seconds between two looks at whether something happened


class Double:
    """A loopback Bot API: `with Double() as double:`."""

    def __init__(self, *, callback_timeout: float = 15.0) -> None:
        self.world = World()
        self.world.callback_timeout = callback_timeout
        self._serving = Serving(self.world)
        self._running = Running(self._serving)
        self.world.told = self._running.tell
        self.groups = Groups(self.world)
        self._people = itertools.count(700_000_001)

    def __enter__(self) -> Double:
        self._running.up()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._running.close()

    @property
    def base_url(self) -> str:
        return f"http://{HOST}:{self._running.port}/bot"

    @property
    def base_file_url(self) -> str:
        return f"http://{HOST}:{self._running.port}/file/bot"

    def bot(self, username: str = "tested_bot", *, privacy: bool = True) -> Account:
        """A bot with a new token, as BotFather makes it: privacy mode is on."""
        number = 5_000_000_000 + self.world.new_id()
        bot = Account(f"{number}:{secrets.token_urlsafe(26)}", number, username, username, privacy)
        self.world.bots[bot.token] = bot
        self._running.serve(bot)
        return bot

    def person(self, name: str = "Person", *, language: str | None = "ar", id: int | None = None) -> Person:  # noqa: A002
        """A person who has not met any bot yet."""
        user: JSON = {"id": id or next(self._people), "is_bot": False, "first_name": name}
        if language:
            user["language_code"] = language
        self.world.people[user["id"]] = user
        return Person(self.world, user)

    def group(self, *members: Person, title: str = "Group", kind: str = "group", forum: bool = False) -> Chat:
        """A group that the first member made; a forum is a supergroup."""
        return self.groups.open(title, members, kind="supergroup" if forum else kind, forum=forum)

    def fails(self, method: str, fault: Fault, *, times: int = 1) -> None:
        """The next requests of a method meet a fault; "*" is every method but getUpdates, "file" a download."""
        self._serving.faults.add(method, fault, times=times)

    @property
    def faults_left(self) -> int:
        return self._serving.faults.left

    def heals(self) -> None:
        """No fault that has not happened yet will happen."""
        self._serving.faults.clear()

    def limits(self, rates: Rates) -> None:
        """Turn flood control on."""
        self._serving.flood.rates = rates

    @property
    def early_returns(self) -> list[str]:
        """Where a bot sent again before `retry_after` had passed."""
        return self._serving.flood.early

    def goes_down(self) -> None:
        """Telegram cannot be reached."""
        self._running.down()

    def comes_back(self) -> None:
        """On the same port, with all it knew."""
        self._running.up()

    def calls(self, method: str, bot: Account | None = None) -> list[Exchange]:
        """The requests of a method so far."""
        name = method.lower()
        with self.world.lock:
            exchanges = list(self.world.exchanges)
        return [one for one in exchanges if one.method.lower() == name and bot in (None, self._bot_of(one))]

    @property
    def exchanges(self) -> list[Exchange]:
        """Every request and its answer, in the order of the answers."""
        with self.world.lock:
            return list(self.world.exchanges)

    @property
    def refusals(self) -> list[str]:
        """What was refused through the bot's own fault (no injected fault, no flood control)."""
        return [f"{one.method}: {one.description}" for one in self.exchanges if one.refused]

    @property
    def conflicts(self) -> int:
        """How often a poll met another poller or a webhook; ending a poll may leave one behind."""
        return sum(one.status == 409 for one in self.exchanges)

    @property
    def leaks(self) -> list[str]:
        """The methods whose query or parameters held the token."""
        return [one.method for one in self.exchanges if one.token_in_query or one.token_in_parameters]

    @property
    def unanswered(self) -> list[Press]:
        """The pressed buttons that nobody answered."""
        with self.world.lock:
            return [press for press in self.world.presses.values() if not press.answered]

    def wait_for(self, seen: Callable[[], Seen], timeout: float = 5.0) -> Seen:
        """The first true value of `seen`.

        Raises:
            AssertionError: nothing true came in time; with what was asked last.
        """
        deadline = time.monotonic() + timeout
        while not (value := self._look(seen)):
            if time.monotonic() > deadline:
                raise AssertionError(f"not within {timeout} s; the last requests: {self._last()}")
            time.sleep(GLANCE)
        return value

    async def until(self, seen: Callable[[], Seen], timeout: float = 5.0) -> Seen:
        """As `wait_for`, for a test whose own event loop runs the bot."""
        deadline = time.monotonic() + timeout
        while not (value := self._look(seen)):
            if time.monotonic() > deadline:
                raise AssertionError(f"not within {timeout} s; the last requests: {self._last()}")
            await asyncio.sleep(GLANCE)
        return value

    def _look(self, seen: Callable[[], Seen]) -> Seen | None:
        with self.world.lock:
            try:
                return seen()
            except IndexError:  # the last of nothing yet
                return None

    def _last(self) -> str:
        return "; ".join(f"{one.method} {one.status} {one.description}".strip() for one in self.exchanges[-8:])

    def _bot_of(self, exchange: Exchange) -> Account | None:
        return next((bot for bot in self.world.bots.values() if bot.username == exchange.bot), None)
