"""Answers in private that quote a report which is not in the library any more: they are marked by editing them."""

from __future__ import annotations

import asyncio
import time
from typing import Final

import structlog
from telegram.error import TelegramError

from bot.address import Asker
from bot.notices import notice
from bot.phrases import PhraseName, phrases
from bot.receipts import Gone, receipt
from bot.services import Services
from bot.state.values import StoredAnswer
from index.library import Library
from retrieval.answer import NotFound
from retrieval.assistant import Assistant

_MOST: Final = 1_000  # answers that are looked at after a switch, the newest first
_PAUSE: Final = 1.0  # seconds between two edits: answering has Telegram's limits to itself but for one in a second
_HOUR: Final = 3_600.0
_log = structlog.get_logger("dalil.withdrawals")


class Withdrawals:
    """Marks what was quoted from reports that were withdrawn or replaced."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def mark(self, assistant: Assistant) -> None:
        """Marks each answer of the last hours (`Settings.withdrawn_hours`) that quotes what is gone.

        Interrupted, it goes on where it was: an answer that is marked does not stand there any more.
        """
        hours = self._services.settings.withdrawn_hours
        if not hours:
            return
        since = time.time() - _HOUR * hours
        standing = await asyncio.to_thread(self._services.store.answers.standing, since=since, most=_MOST)
        marked = 0
        for kept in standing:
            if await asyncio.to_thread(self._quotes_what_is_gone, assistant.live.current(), kept):
                if marked:
                    await asyncio.sleep(_PAUSE)
                marked += await self._mark(kept)
        _log.info("looked for withdrawn reports", answers=len(standing), marked=marked)

    def _quotes_what_is_gone(self, library: Library, kept: StoredAnswer) -> bool:
        """Whether any excerpt of an answer is not in the library any more, or not for this person."""
        asker = Asker(kept.chat, None, kept.person, "private", None)
        reply = self._services.desk.again(library, asker, kept)
        if isinstance(reply, Gone | NotFound):
            return isinstance(reply, Gone)
        return len(reply.excerpts) < len(receipt(kept.reply, kept.asked, kept.understood).excerpts)

    async def _mark(self, kept: StoredAnswer) -> bool:
        services, message = self._services, kept.answer_message
        if message is None:
            return False
        async with services.locks.of(kept.chat):  # whoever asks there now gets their answer first
            newest = await asyncio.to_thread(services.store.answers.by_answer_message, kept.chat, message)
            if newest is None or newest.id != kept.id:  # another answer stands there by now
                return False
            try:
                await services.delivery.edit(kept.chat, message, notice(PhraseName.WITHDRAWN, phrases(None)))
            except TelegramError as error:
                _log.warning("answer not marked", answer=kept.id, error=error.message)
            services.showing.forget(kept.chat, message)
            await asyncio.to_thread(services.store.answers.taken_back, kept.id)
        return True
