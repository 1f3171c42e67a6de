"""All that administrators do, put together: their documents, commands and buttons, and what they are told."""

from __future__ import annotations

from typing import Any, Final

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, ContextTypes, JobQueue

from bot.buttons import ButtonKind
from bot.composition import Dalil
from bot.handlers.administration.alarms import Alarms
from bot.handlers.administration.canaries import Canaries
from bot.handlers.administration.cards import Cards
from bot.handlers.administration.digest import Digests
from bot.handlers.administration.displaying import Displaying
from bot.handlers.administration.following import Following
from bot.handlers.administration.generations import Generations
from bot.handlers.administration.guarding import is_administrator, pattern
from bot.handlers.administration.health import Health
from bot.handlers.administration.library import Library
from bot.handlers.administration.making import Making
from bot.handlers.administration.news import News
from bot.handlers.administration.office import Office
from bot.handlers.administration.people import People
from bot.handlers.administration.questions import Questions
from bot.handlers.administration.receiving import Receiving
from bot.phrases import PhraseName
from bot.press import press_of
from bot.remembering import Remembered
from bot.services import Services

_WATCH: Final = 10.0  # seconds between two looks at the disk and at builds
_GLANCE: Final = 3.0  # seconds between two looks at whether another generation is live
_MINUTE: Final = 60.0  # seconds between two looks at the clock
_ONE_BESIDE: Final = {"max_instances": 2}  # a look that finds another going on ends at once


class Administration:
    """The handlers of administrators. They are tried before those of everybody."""

    def __init__(self, services: Services, dalil: Dalil) -> None:
        self._services = services
        remembered = Remembered(services.store)
        self._news, self._alarms = News(services, remembered), Alarms(services, remembered)
        self._digests = Digests(services)
        office = Office.of(services, dalil)
        displaying = Displaying(office)
        self._following = Following(office)
        self._receiving = Receiving(office, displaying, self._following)
        cards, library = Cards(office, displaying, self._following), Library(office)
        making, generations = Making(office, self._following, cards, library), Generations(office)
        people, questions = People(services), Questions(services)
        documents = (self._receiving, cards, making, library, generations, Canaries(office))
        self._parts = (*documents, people, questions, Health(services, dalil), self._digests)
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
            **dict.fromkeys(
                (ButtonKind.INVITE, ButtonKind.PEOPLE, ButtonKind.DISMISS, ButtonKind.AUDIT), people.pressed
            ),
            ButtonKind.UNANSWERED: questions.pressed,
            ButtonKind.FINDING: questions.pressed,
        }

    async def start(self) -> None:
        """Takes up what was going on before the bot was started."""
        await self._following.start()
        await self._receiving.start()

    def watch(self, jobs: JobQueue[Any]) -> None:
        """Has the disk, builds, generations and the hour of the digest looked at from time to time."""
        jobs.run_repeating(self._alarms.look, interval=_WATCH, first=2, job_kwargs=_ONE_BESIDE)
        jobs.run_repeating(self._news.look, interval=_GLANCE, first=1, job_kwargs=_ONE_BESIDE)
        jobs.run_repeating(self._digests.look, interval=_MINUTE, first=2, job_kwargs=_ONE_BESIDE)

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        """In the order in which they are to be tried."""
        pressing = CallbackQueryHandler(self.pressed, pattern(self._does))
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
            await self._services.answer(query, PhraseName.ADMINISTRATORS_ONLY)
