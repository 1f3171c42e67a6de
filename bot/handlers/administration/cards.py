"""Staged documents: their list, each by itself, its title, whether it replaces another, and its end."""

from __future__ import annotations

import asyncio
import re
import time
from typing import Any, Final

from telegram import Message, Update
from telegram.ext import BaseHandler, CommandHandler, ContextTypes, MessageHandler, filters

from bot.address import asker_of, replied_to_bot
from bot.administration_notices import staged as notices
from bot.buttons import ButtonKind, Rendered
from bot.delivery import Place
from bot.handlers.administration.displaying import Displaying
from bot.handlers.administration.following import Following
from bot.handlers.administration.guarding import NEW_IN_PRIVATE, FromAdministrator
from bot.handlers.administration.office import Office
from bot.jobs.requests import UnderWay
from bot.phrases import PhraseName, Phrases
from bot.press import Press
from bot.services import Services, words_for
from bot.shelf.caption import caption
from bot.shelf.errors import CaptionError, NotStaged
from bot.shelf.staging import Staged
from bot.state.values import Deed

Context = ContextTypes.DEFAULT_TYPE

_ID: Final = re.compile(r"[0-9a-f]{10}")


class _RepliesToPrompt(filters.MessageFilter):
    """A reply to our question for a new title."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self._services = services

    def filter(self, message: Message) -> bool:
        replied = replied_to_bot(message, self._services.bot.id)
        return replied is not None and _asked_about(replied) is not None


class Cards:
    """The handlers of staged documents."""

    def __init__(self, office: Office, displaying: Displaying, following: Following) -> None:
        self._office = office
        self._displaying = displaying
        self._following = following
        self._shelf = office.dalil.shelf

    def handlers(self) -> list[BaseHandler[Any, Any, Any]]:
        """In the order in which they are to be tried."""
        services = self._office.services
        mine = NEW_IN_PRIVATE & FromAdministrator(services)
        title = NEW_IN_PRIVATE & filters.TEXT & ~filters.COMMAND & _RepliesToPrompt(services)
        return [
            CommandHandler("staged", self.listed, mine),
            MessageHandler(title & FromAdministrator(services), self.retitled),
        ]

    async def listed(self, update: Update, context: Context) -> None:
        """All that waits to be published, whoever sent it."""
        message = update.effective_message
        assert message is not None  # the handler's filters see to it
        await self._office.reply(message, await self.list(words_for(asker_of(message))))

    async def list(self, words: Phrases) -> Rendered:
        """All that waits."""
        return await self._displaying.list(words)

    async def card(self, staged: str, words: Phrases) -> Rendered:
        """One that waits, or what came together: what a button's id stands for.

        Raises:
            NotStaged: it does not wait any more.
        """
        if staged.startswith(notices.ALBUM):
            return await self._displaying.album(staged.removeprefix(notices.ALBUM), words)
        return await self._displaying.card(staged, words)

    async def pressed(self, press: Press) -> None:
        """A button under a staged document or their list."""
        services, words = self._office.services, words_for(press.asker)
        try:
            if press.what.id == notices.NONE:
                await services.answer(press.query)
                page = press.what.argument
                number = int(page) if page.isascii() and page.isdecimal() else 1
                await self._show(press, await self._displaying.list(words, number))
                return
            staged = await asyncio.to_thread(self._shelf.get, press.what.id)
            if press.what.kind is not ButtonKind.STAGED:
                await self._office.check_free(staged.id)
            await services.answer(press.query)
            await self._about(press, staged, words)
        except UnderWay as error:
            await self._following.refuse(press, error.job)
        except NotStaged:
            await services.answer(press.query, PhraseName.STAGED_GONE)
            await self._show(press, await self.list(words))

    async def _about(self, press: Press, staged: Staged, words: Phrases) -> None:
        match press.what.kind:
            case ButtonKind.RETITLE:
                place = Place(press.message.chat_id, reply_to=press.message.message_id)
                prompt, field = notices.retitle_prompt(staged, words), notices.retitle_placeholder(words)
                await self._office.services.delivery.send(place, prompt, asks=field)
            case ButtonKind.DISCARD if press.what.argument != "yes":
                await self._show(press, notices.discarding(staged, words))
            case ButtonKind.DISCARD:
                async with self._office.editing(staged.id):
                    await asyncio.to_thread(self._discard, staged, press.asker.person)
                await self._show(press, notices.discarded(staged, words))
            case ButtonKind.REPLACE:
                await self._replace(staged, yes=press.what.argument == "yes")
                await self._show(press, await self.card(staged.id, words))
            case _:
                await self._show(press, await self.card(staged.id, words))

    async def _replace(self, staged: Staged, *, yes: bool) -> None:
        like = (await self._office.inspect(staged.id)).like
        async with self._office.editing(staged.id):
            await asyncio.to_thread(self._shelf.replace, staged.id, like.name if yes and like else None)

    def _discard(self, staged: Staged, by: int | None) -> None:
        self._shelf.discard(staged.id)
        self._office.store.audit.note(Deed(time.time(), by, "discarded", None, {"document": staged.name}))

    async def _show(self, press: Press, rendered: Rendered) -> None:
        await self._office.board.show(press.message.chat_id, press.message.message_id, rendered)

    async def retitled(self, update: Update, context: Context) -> None:
        """The reply to our question: a title, and lines with names if there are any."""
        message = update.effective_message
        assert message is not None  # the handler's filters see to it
        assert message.reply_to_message is not None
        words = words_for(asker_of(message))
        try:
            said = caption((message.text or "").encode("utf-8", "replace").decode())
            staged = _asked_about(message.reply_to_message) or ""
            async with self._office.editing(staged):
                await asyncio.to_thread(self._shelf.arrivals.decide, staged, said)
            await self._office.reply(message, await self.card(staged, words))
        except UnderWay as error:
            await self._office.reply(message, await self._following.held(error.job, words))
        except CaptionError as error:
            await self._office.reply(message, notices.caption_refused(error, words))
        except NotStaged:
            await self._office.say(message, PhraseName.STAGED_GONE)


def _asked_about(prompt: Message) -> str | None:
    """The document whose title a message of ours asks for; None if it asks for none.

    Such a message ends with the document's id, and has no buttons, as nothing else that ends so.
    """
    last = (prompt.text or "").split()[-1:]
    found = _ID.search(last[0]) if last and prompt.reply_markup is None else None
    return found[0] if found else None
