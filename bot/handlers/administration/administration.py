"""All that administrators do, put together: their documents, commands and buttons."""

from __future__ import annotations

from typing import Any, Final

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, ContextTypes

from bot.buttons import ButtonKind
from bot.composition import Dalil
from bot.handlers.administration.canaries import Canaries
from bot.handlers.administration.cards import Cards
from bot.handlers.administration.following import Following
from bot.handlers.administration.generations import Generations
from bot.handlers.administration.library import Library
from bot.handlers.administration.making import Making
from bot.handlers.administration.office import Office, is_administrator
from bot.handlers.administration.receiving import Receiving
from bot.phrases import PhraseName
from bot.press import press_of
from bot.services import Services


class Administration:
    """The handlers of administrators. They are tried before those of everybody."""

    def __init__(self, services: Services, dalil: Dalil) -> None:
        self._services = services
        office = Office.of(services, dalil)
        cards, library = Cards(office), Library(office)
        self._following = Following(office)
        making, generations = Making(office, self._following, cards, library), Generations(office)
        self._parts = (Receiving(office), cards, making, library, generations, Canaries(office))
        self._does: Final = {
            **dict.fromkeys(
                (ButtonKind.STAGED, ButtonKind.RETITLE, ButtonKind.DISCARD, ButtonKind.REPLACE), cards.pressed
            ),
            ButtonKind.CHANGE: making.foresee,
            ButtonKind.MAKE: making.make,
            ButtonKind.CANCEL: making.cancel,
            ButtonKind.STOP: making.decide,
            ButtonKind.SWITCH: making.decide,
            ButtonKind.LIBRARY: library.pressed,
            ButtonKind.DOCUMENT: library.pressed,
            ButtonKind.ROLLBACK: generations.pressed,
        }

    async def start(self) -> None:
        """Takes up what was going on before the bot was started."""
        await self._following.start()

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        """In the order in which they are to be tried."""
        pressing = CallbackQueryHandler(self.pressed, pattern=f"^(?:{'|'.join(self._does)}):")
        return [pressing, *(handler for part in self._parts for handler in part.handlers())]

    async def pressed(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """A button of an administrator's message, whoever pressed it."""
        query = update.callback_query
        assert query is not None
        press = press_of(query)
        if press is None:
            await self._services.answer(query, PhraseName.BUTTON_OLD)
        elif is_administrator(self._services, press.asker):
            await self._does[press.what.kind](press)
        else:
            await self._services.answer(query, PhraseName.BUTTON_ADMINISTRATORS)
