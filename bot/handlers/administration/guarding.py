"""Who may administer: looked up at each step, and in private only."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Final

import structlog
from telegram import Message
from telegram.error import BadRequest, TelegramError
from telegram.ext import filters

from bot.address import FROM_PEOPLE, Asker, asker_of
from bot.buttons import ButtonKind, Rendered
from bot.delivery import Place
from bot.services import Services
from bot.state.values import Role

NEW_IN_PRIVATE: Final = filters.UpdateType.MESSAGE & FROM_PEOPLE & filters.ChatType.PRIVATE
_log = structlog.get_logger("dalil.administration")


class FromAdministrator(filters.MessageFilter):
    """What an administrator writes in private. To others there is no such command: they learn nothing."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services

    def filter(self, message: Message) -> bool:
        """Whether it is."""
        return is_administrator(self._services, asker_of(message))


def is_administrator(services: Services, asker: Asker) -> bool:
    """Whether somebody may do here what administrators do."""
    return asker.scope == "private" and services.desk.role(asker.person) is Role.ADMINISTRATOR


def pattern(kinds: Iterable[ButtonKind]) -> str:
    """What a handler of these buttons is called for."""
    return f"^(?:{'|'.join(kinds)}):"


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
