"""While the database that is written is lost, what administrators do is refused at once, and not begun in vain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, ContextTypes

from bot.address import asker_of
from bot.notices import database_lost
from bot.phrases import PhraseName
from bot.services import Services, place_of, words_for

Context = ContextTypes.DEFAULT_TYPE


class Refusing(BaseHandler[Update, Context, None]):
    """Takes, as long as the database is lost, whatever one of these handlers would take."""

    def __init__(self, services: Services, handlers: Sequence[BaseHandler[Any, Any, Any]]) -> None:
        super().__init__(self.refused)
        self._services = services
        self._handlers = handlers

    def check_update(self, update: object) -> bool:
        """Whether to take it."""
        if not self._services.store.is_lost:
            return False
        return any(each.check_update(update) not in (None, False) for each in self._handlers)

    async def refused(self, update: Update, context: Context) -> None:
        """Says that it cannot be done now, and how many writes wait."""
        if update.callback_query is not None:
            await self._services.answer(update.callback_query, PhraseName.NOT_NOW)
        elif (message := update.effective_message) is not None:
            shown = database_lost(self._services.store.waiting(), words_for(asker_of(message)))
            await self._services.delivery.send(place_of(message), shown)
