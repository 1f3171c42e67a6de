"""Staged documents in messages: one with all that is known of it, those that came together, or all that wait."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final

from bot.administration_notices import staged as notices
from bot.administration_notices.saying import plain
from bot.buttons import Rendered
from bot.handlers.administration.office import Office
from bot.phrases import PhraseName, Phrases, phrases
from bot.shelf.errors import NotStaged
from bot.shelf.sendings import Sending
from bot.shelf.staging import Staged

_LOOKED_BACK: Final = 50  # updates among which one is looked for that is told of in the same message


class Displaying:
    """Renders staged documents, and keeps the messages that show them true."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._shelf = office.dalil.shelf
        self._arrivals = office.dalil.shelf.arrivals

    async def list(self, words: Phrases, page: int = 1) -> Rendered:
        """All that waits, a page of it."""
        return notices.waiting(await asyncio.to_thread(self._shelf.staged), words, page)

    async def card(self, staged: str, words: Phrases, sending: Sending | None = None) -> Rendered:
        """One that waits; ``sending`` is the message that it is shown for, if it is for one.

        Raises:
            NotStaged: it does not wait any more.
        """
        seen = await self._office.inspect(staged)
        others = len(await asyncio.to_thread(self._shelf.staged)) - 1
        return notices.card(seen, words, others=others, sending=sending)

    async def album(self, group: str, words: Phrases) -> Rendered:
        """What came together and waits."""
        for each in await asyncio.to_thread(self._arrivals.of, group):
            if each.passages is None:
                await self._inspected(each)
        came = await asyncio.to_thread(self._arrivals.of, group)
        others = len(await asyncio.to_thread(self._shelf.staged)) - len(came)
        return notices.album(came, group, words, others=others)

    async def show(self, sending: Sending) -> None:
        """Shows in our message what came with this one, unless it follows an update by now.

        Raises:
            TelegramError: as `Board.show`.
        """
        came = await asyncio.to_thread(self._arrivals.of, sending.group)
        known = [each for staged in came for each in staged.sent_in(sending.group)]
        where = next((each for each in (*known, sending) if each.shown), None)
        if where is None or where.shown is None:
            return
        if not await self.is_taken(where):
            rendered = await self._rendered(came, where, phrases(where.language))
            await self._office.board.show(where.chat, where.shown, rendered)
        await asyncio.to_thread(self._arrivals.mark, where.group, told=True)

    async def show_others(self, group: str) -> None:
        """Shows anew what was shown of the same documents for other messages."""
        came = await asyncio.to_thread(self._arrivals.of, group)
        others = {each.group: each for staged in came for each in staged.sendings if each.group != group}
        for each in others.values():
            await self.show(each)

    async def is_taken(self, sending: Sending) -> bool:
        """Whether the message that shows what came tells of an update by now."""
        newest = await asyncio.to_thread(self._office.store.jobs.newest, _LOOKED_BACK)
        where = sending.chat, sending.shown
        return any((each.asked_by, each.request.get("message")) == where for each in newest)

    async def _rendered(self, came: Sequence[Staged], sending: Sending, words: Phrases) -> Rendered:
        if len(came) > 1:
            return await self.album(sending.group, words)
        try:
            return await self.card(came[0].id if came else "", words, sending)
        except NotStaged:  # another administrator was quicker
            return plain(PhraseName.STAGED_GONE, words)

    async def _inspected(self, staged: Staged) -> None:
        try:
            await self._office.inspect(staged.id)
        except NotStaged:
            return
