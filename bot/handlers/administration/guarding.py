"""Who may administer: looked up at each step, and in private only."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Final

import structlog
from telegram import Message, Update
from telegram.error import BadRequest, TelegramError
from telegram.ext import filters

from bot.address import FROM_PEOPLE, asker_of
from bot.buttons import ButtonKind, Rendered
from bot.delivery import Place
from bot.phrases import PhraseName
from bot.press import Press, press_of
from bot.services import Services
from bot.state.values import Role

IN_PRIVATE: Final = filters.UpdateType.MESSAGE & FROM_PEOPLE & filters.ChatType.PRIVATE
_log = structlog.get_logger("dalil.administration")


class Guard:
    """Lets administrators through; others learn nothing, not even that there is something."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def is_administrator(self, person: int | None) -> bool:
        """Whether a person may administer now."""
        return await asyncio.to_thread(self._services.desk.role, person) is Role.ADMINISTRATOR

    async def command(self, update: Update) -> Message | None:
        """The command of an administrator; None if it was somebody else's, to whom there is no such command."""
        message = update.effective_message
        assert message is not None  # the handlers' filters see to it
        asker = asker_of(message)
        if asker.scope == "private" and await self.is_administrator(asker.person):
            return message
        await self._services.say(message, PhraseName.UNKNOWN_COMMAND)
        return None

    async def press(self, update: Update) -> Press | None:
        """The press of an administrator in private; None if it was another, which is answered."""
        query = update.callback_query
        assert query is not None  # the handler sees to it
        press = press_of(query)
        if press is None:
            await self._services.answer(query, PhraseName.BUTTON_OLD)
        elif press.asker.scope == "private" and await self.is_administrator(press.asker.person):
            return press
        else:
            await self._services.answer(query, PhraseName.ADMINISTRATORS_ONLY)
        return None


def pattern(kinds: Iterable[ButtonKind]) -> str:
    """What a handler of these buttons is called for."""
    return f"^({'|'.join(kinds)}):"


async def told(services: Services, person: int, rendered: Rendered) -> bool:
    """Writes to a person in private; False if they cannot be written to."""
    try:
        return await services.delivery.send(Place(person), rendered) is not None
    except BadRequest as error:  # one who has never started the bot
        _log.warning("person not reached", person=person, error=error.message)
        return False


async def names_of(services: Services, people: Iterable[int]) -> dict[int, str]:
    """What Telegram calls those of these people whom the bot has met; nothing of it is kept."""
    names = {}
    for person in people:
        if await asyncio.to_thread(services.store.chats.get, person) is None:
            continue
        try:
            chat = await services.bot.get_chat(person)
        except TelegramError:  # a name is a nicety: the id tells it too
            continue
        names[person] = chat.effective_name or ""
    return names
