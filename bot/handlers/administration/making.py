"""Updates: what will change is shown first; who confirms it follows it; it can be stopped, and decided upon."""

from __future__ import annotations

import asyncio
import dataclasses
from typing import Any, Final

from telegram import Update
from telegram.ext import BaseHandler, CommandHandler, ContextTypes

from bot.address import asker_of
from bot.administration_notices import changes
from bot.administration_notices.staged import ALL, FOLDER
from bot.buttons import ButtonKind, Rendered
from bot.handlers.administration.cards import Cards
from bot.handlers.administration.following import Following
from bot.handlers.administration.guarding import NEW_IN_PRIVATE, FromAdministrator
from bot.handlers.administration.library import Library
from bot.handlers.administration.office import Office
from bot.handlers.administration.targets import WITHDRAW, Target, target
from bot.jobs.foreseeing import foresee
from bot.jobs.requests import new_job
from bot.jobs.troubles import trouble_of
from bot.notices import Toast
from bot.phrases import PhraseName, Phrases
from bot.press import Press
from bot.services import words_for
from bot.shelf.errors import NotStaged, ShelfError, StaleProposal
from bot.state.jobs import OPEN
from bot.state.values import Job
from index.errors import IndexingError, LibraryLocked

Context = ContextTypes.DEFAULT_TYPE

_LOOKED_BACK: Final = 50  # updates among which one is looked for that was asked for by the same message


class Making:
    """The handlers of updates."""

    def __init__(self, office: Office, following: Following, cards: Cards, library: Library) -> None:
        self._office = office
        self._following = following
        self._cards = cards
        self._library = library

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        """The one handler of a command."""
        mine = NEW_IN_PRIVATE & FromAdministrator(self._office.services)
        return [CommandHandler("jobs", self.listed, mine)]

    async def listed(self, update: Update, context: Context) -> None:
        """Every update that is not over, each with what can be done about it."""
        message = update.effective_message
        assert message is not None  # the handler's filters see to it
        jobs = await asyncio.to_thread(self._office.store.jobs.in_state, *OPEN)
        if not jobs:
            await self._office.say(message, PhraseName.JOBS_NONE)
        for job in jobs:
            await self._office.reply(message, await self._following.rendered(job, words_for(asker_of(message))))

    async def foresee(self, press: Press) -> None:
        """What would change, where the button was."""
        wanted = await self._wanted(press)
        if wanted is None:
            is_of_library = press.what.id.startswith(WITHDRAW)
            await self._gone(press, PhraseName.DOCUMENT_GONE if is_of_library else PhraseName.STAGED_GONE)
            return
        if isinstance(wanted, Job):
            await self._following.refuse(press, wanted)
            return
        await self._office.services.answer(press.query)
        await self._show(press, await self._foreseen(press.what.id, wanted, words_for(press.asker)))

    async def _foreseen(self, name: str, wanted: Target, words: Phrases) -> Rendered:
        office = self._office
        try:
            found = await asyncio.to_thread(foresee, office.dalil, office.store, wanted.change)
        except (ShelfError, IndexingError, OSError) as error:
            return changes.impossible(trouble_of(error), name, words)
        return changes.foreseen(found, name, wanted.digest, words)

    async def make(self, press: Press) -> None:
        """Has it built, once, if it is what was shown."""
        async with self._office.changing:
            if await asyncio.to_thread(self._asked_by, press):
                await self._office.services.answer(press.query)
                return
            wanted = await self._wanted(press)
            if isinstance(wanted, Job):
                await self._following.refuse(press, wanted)
                return
            if wanted is None or wanted.digest != press.what.argument:
                await self._gone(press, PhraseName.CHANGE_OTHER)
                return
            job = new_job(wanted.change, press.asker.person)
            shown = {"message": press.message.message_id, "language": press.asker.language}
            job = dataclasses.replace(job, request={**job.request, **shown})
            await asyncio.to_thread(self._office.queue.put, job)
        await self._office.services.answer(press.query)
        self._following.begin(job)
        await asyncio.to_thread(self._office.queue.start)

    def _asked_by(self, press: Press) -> Job | None:
        """The update that was asked for by a button under the same message."""
        where = press.message.chat_id, press.message.message_id
        newest = self._office.store.jobs.newest(_LOOKED_BACK)
        return next((each for each in newest if (each.asked_by, each.request.get("message")) == where), None)

    async def cancel(self, press: Press) -> None:
        """Back to what was shown before."""
        words, name = words_for(press.asker), press.what.id
        await self._office.services.answer(press.query)
        if name.startswith(WITHDRAW):
            await self._show(press, await self._library.page(press.asker, 1))
        elif name in (ALL, FOLDER):
            await self._show(press, await self._cards.list(words))
        else:
            try:
                await self._show(press, await self._cards.card(name, words))
            except NotStaged:
                await self._show(press, await self._cards.list(words))

    async def decide(self, press: Press) -> None:
        """Stops an update, or switches to what it built."""
        office, kind = self._office, press.what.kind
        act = office.queue.stop if kind is ButtonKind.STOP else office.queue.switch_anyway
        try:
            async with office.changing:
                is_done = await asyncio.to_thread(act, press.what.id, by=press.asker.person)
        except LibraryLocked:
            await office.services.answer(press.query, PhraseName.JOB_BUSY)
            return
        except (StaleProposal, IndexingError, OSError):  # the update has failed, and says why
            is_done = False
        if not is_done:
            await office.services.answer(press.query, PhraseName.JOB_OVER)
        else:
            await office.services.answer(press.query, PhraseName.JOB_STOPPED if kind is ButtonKind.STOP else None)
        job = await asyncio.to_thread(office.store.jobs.get, press.what.id)
        if job is not None and not self._following.is_told_in(job, press.message):
            await self._show(press, await self._following.rendered(job, words_for(press.asker)))

    async def _wanted(self, press: Press) -> Target | Job | None:
        return await asyncio.to_thread(target, press.what.id, self._office.dalil, self._office.store)

    async def _gone(self, press: Press, why: Toast) -> None:
        """What was to change is not what it was: shows what there is now."""
        words, is_of_library = words_for(press.asker), press.what.id.startswith(WITHDRAW)
        await self._office.services.answer(press.query, why)
        shown = await self._library.page(press.asker, 1) if is_of_library else await self._cards.list(words)
        await self._show(press, shown)

    async def _show(self, press: Press, rendered: Rendered) -> None:
        await self._office.board.show(press.message.chat_id, press.message.message_id, rendered)
