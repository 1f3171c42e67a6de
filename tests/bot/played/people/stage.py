"""A bot that runs, a library that it answers from, and what people do with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.buttons import ButtonKind, pressed
from bot.state.store import Store
from bot.state.values import Role
from tests.bot.played.process import running
from tests.telegram.accounts import Account
from tests.telegram.chats import Chat
from tests.telegram.double import Double
from tests.telegram.messages import Message
from tests.telegram.people import Person
from tests.telegram.senders import Sender
from tests.telegram.values import Exchange, Press

ADMINISTRATOR = 600_000_001
INVISIBLE = re.compile("[\N{FIRST STRONG ISOLATE}\N{POP DIRECTIONAL ISOLATE}\N{RIGHT-TO-LEFT MARK}]")
WAITED = 15.0  # seconds: the slowest thing that is waited for is a message that keeps to Telegram's limits


@dataclass(frozen=True)
class Stage:
    """One running bot; each test brings its own people and groups."""

    double: Double
    bot: Account
    store: Store

    def newcomer(self, name: str = "Person", *, language: str | None = "ar", role: Role = Role.CITIZEN) -> Person:
        """Somebody who has not met the bot yet."""
        person = self.double.person(name, language=language)
        if role is not Role.CITIZEN:
            self.store.people.set_role(person.id, role)
        return person

    def group(self, *members: Person, title: str = "Group", kind: str = "group", forum: bool = False) -> Chat:
        """A group to which its first member has added the bot, which has greeted there."""
        group = self.double.group(*members, title=title, kind=kind, forum=forum)
        self.double.groups.add(self.bot, group, members[0])
        self.double.wait_for(lambda: group.bot_messages, WAITED)
        return group

    def reply_to(self, message: Message) -> Message:
        """What the bot says to a message, once it has."""
        return self.double.wait_for(
            lambda: next((each for each in message.chat.bot_messages if each.reply_to_id == message.id), None), WAITED
        )

    def asks(
        self,
        person: Sender,
        text: str,
        chat: Chat | None = None,
        *,
        reply_to: Message | None = None,
        topic: int | None = None,
    ) -> Message:
        """Somebody writes; what the bot replies."""
        return self.reply_to(person.says(text, chat, reply_to=reply_to, topic=topic))

    def presses(self, person: Person, message: Message, label: str) -> Press:
        """Somebody presses a button; the press once it is answered."""
        return self.answered(person.presses(message, label))

    def forges(self, person: Person, message: Message, data: str) -> Press:
        """Somebody's application sends what no button shown here sends; the press once it is answered."""
        return self.answered(person.presses_with(message, data))

    def answered(self, press: Press) -> Press:
        self.double.wait_for(lambda: press.answered, WAITED)
        return press

    def edited(self, message: Message, times: int = 1) -> Message:
        """A message once it was edited so many times."""
        self.double.wait_for(lambda: len(message.history_of_edits) >= times, WAITED)
        return message

    def requests_to(self, chat: Chat) -> list[Exchange]:
        """What the bot asked of Telegram for a chat, in that order."""
        return [each for each in self.double.exchanges if each.parameters.get("chat_id") == chat.id]

    def settled(self) -> None:
        """Waits until the bot has done with all that it was told."""
        self.double.wait_for(lambda: not self.bot.pending and not self.store.updates.pending(self.bot.id), WAITED)

    def silent_about(self, *messages: Message) -> bool:
        """Whether the bot has said nothing to these."""
        self.settled()
        replied = {each.reply_to_id for message in messages for each in message.chat.bot_messages}
        return replied.isdisjoint(message.id for message in messages)

    @contextmanager
    def in_order(self) -> Iterator[None]:
        """Nothing is refused, leaked, sent too early or left unanswered while entered."""
        double = self.double
        before = len(double.refusals), len(double.leaks), len(double.early_returns)
        yield
        double.wait_for(lambda: not double.unanswered, WAITED)
        after = double.refusals[before[0] :], double.leaks[before[1] :], double.early_returns[before[2] :]
        assert after == ([], [], [])


@contextmanager
def playing(data: Path, *, privacy: bool = True, **settings: str) -> Iterator[Stage]:
    """A stage whose bot answers from the library in ``data``."""
    with Double() as double:
        bot = double.bot("dalil_bot", privacy=privacy)
        with (
            running(double, bot, data, DALIL_ADMINS=str(ADMINISTRATOR), **settings),
            Store.open(str(data / "state.sqlite")) as store,
        ):
            yield Stage(double, bot, store)


def shown(message: Message) -> str:
    """The words of a message as they are read."""
    return INVISIBLE.sub("", message.text)


def quoted(message: Message) -> list[str]:
    """What a message quotes, as it stands in the report."""
    return [INVISIBLE.sub("", each) for each in message.quotations]


def answer_id(message: Message) -> str:
    """The id that the buttons under an answer carry."""
    found = [pressed(each["callback_data"]) for row in message.keyboard for each in row if "callback_data" in each]
    return next(each.id for each in found if each and each.kind in (ButtonKind.GOOD, ButtonKind.WHY))
