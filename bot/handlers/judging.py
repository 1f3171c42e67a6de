"""Presses of the buttons under an answer: its pages, what people think of it, its receipt, the literal question."""

from __future__ import annotations

import asyncio
import time
from typing import Final

from bot.buttons import ButtonKind, Reason
from bot.delivery import Place
from bot.desk import Alone, completed_from
from bot.handling import patiently
from bot.notices import Toast
from bot.phrases import PhraseName
from bot.press import Press
from bot.receipts import Gone
from bot.rendering import page
from bot.replying import Replying, Standing
from bot.services import Services, words_for
from bot.state.values import StoredAnswer, Verdict
from bot.unanswered.noting import Complaining, note_complaint
from retrieval.answer import NotFound

_IN_PRIVATE_ONLY: Final = frozenset({ButtonKind.PAGE, ButtonKind.WHY})


class Judging:
    """What is done when a button under an answer is pressed."""

    def __init__(self, services: Services, replying: Replying) -> None:
        self._services = services
        self._replying = replying

    async def about_answer(self, press: Press) -> None:
        """Whatever was pressed; nothing that is not this person's to see is shown, whatever a forged press asks for."""
        kept = await asyncio.to_thread(self._services.store.answers.get, press.what.id)
        if kept is None or not await self._belongs_here(press, kept):
            await self._services.answer(press.query, PhraseName.BUTTON_OLD)
            return
        match press.what.kind:
            case ButtonKind.GOOD | ButtonKind.BAD:
                await self._rate(press, kept)
            case ButtonKind.REASON:
                await self._reason(press)
            case ButtonKind.PAGE:
                await self._page(press, kept)
            case ButtonKind.WHY:
                await self._why(press, kept)
            case ButtonKind.LITERAL:
                await self._literal(press, kept)
            case _:
                await self._services.answer(press.query, PhraseName.BUTTON_OLD)

    async def _belongs_here(self, press: Press, kept: StoredAnswer) -> bool:
        """Groups see answers given there, and one excerpt of each; in private everybody sees what they may see."""
        if press.asker.scope == "private":
            return self._services.desk.may_see(press.asker, kept)
        if press.what.kind in _IN_PRIVATE_ONLY:
            return False
        moved = await asyncio.to_thread(self._services.store.chats.migrated, press.message.chat_id)
        return kept.scope == "group" and kept.chat in (press.message.chat_id, moved)

    async def _rate(self, press: Press, kept: StoredAnswer) -> None:
        is_good, in_private = press.what.kind is ButtonKind.GOOD, press.asker.scope == "private"
        thanks: Toast = PhraseName.THANKS_GOOD
        if not is_good:
            thanks = PhraseName.THANKS_BAD if in_private else PhraseName.THANKS_REASON
        await self._services.answer(press.query, thanks)
        if press.asker.person is None:
            return
        verdict: Verdict = "up" if is_good else "down"
        is_new = await patiently(
            self._services.store.feedback.give, press.what.id, press.asker.person, verdict, now=time.time()
        )
        if is_new and not is_good:
            complaint = Complaining(press.asker.person, in_private=in_private)
            await patiently(note_complaint, self._services.store, kept, complaint, now=time.time())
        if is_new and in_private:  # in a group all would see the reasons that one is asked for
            await self._services.showing.rebutton(
                press.message, press.what.id, words_for(press.asker), asks=not is_good
            )

    async def _reason(self, press: Press) -> None:
        if press.what.argument not in set(Reason):
            await self._services.answer(press.query, PhraseName.BUTTON_OLD)
            return
        await self._services.answer(press.query, PhraseName.THANKS_REASON)
        if press.asker.person is not None:
            await patiently(self._services.store.feedback.why, press.what.id, press.asker.person, press.what.argument)
        await self._services.showing.rebutton(press.message, press.what.id, words_for(press.asker), asks=False)

    async def _page(self, press: Press, kept: StoredAnswer) -> None:
        assistant = await self._services.desk.assistant()
        is_page = press.what.argument.isdecimal() and not await self._is_replaced(press, kept)
        if assistant is None or not is_page:
            await self._services.answer(press.query, PhraseName.BUTTON_OLD)
            return
        reply = self._services.desk.again(assistant.live.current(), press.asker, kept)
        if isinstance(reply, Gone | NotFound):
            await self._services.answer(press.query, PhraseName.WITHDRAWN)
            return
        await self._services.answer(press.query)
        shown = page(reply, kept.id, int(press.what.argument), words_for(press.asker), completed=completed_from(kept))
        await self._services.showing.show(press.message, shown)

    async def _why(self, press: Press, kept: StoredAnswer) -> None:
        await self._services.answer(press.query)
        place = Place(press.message.chat_id, press.asker.topic, press.message.message_id)
        await self._services.delivery.send(place, await self._services.receipt_of(kept, press.asker))

    async def _literal(self, press: Press, kept: StoredAnswer) -> None:
        """Shows the answer to what was typed in place of the one shown."""
        if press.asker.scope == "group" and kept.person not in (None, press.asker.person):
            await self._services.answer(press.query, PhraseName.BUTTON_NOT_YOURS)
            return
        is_askable = kept.is_follow_up and kept.asked
        if not is_askable or not await self._services.may_speak_in(press.message.chat_id):
            await self._services.answer(press.query, PhraseName.BUTTON_OLD)
            return
        await self._services.answer(press.query)
        async with self._services.locks.of(press.message.chat_id):
            if not await self._is_replaced(press, kept):
                question = kept.question_message if kept.chat == press.asker.chat else None
                standing = Standing(kept, press.message.message_id, question)
                await self._replying.replace(press.asker, kept.asked, standing, after=Alone.ALONE)

    async def _is_replaced(self, press: Press, kept: StoredAnswer) -> bool:
        """Whether another answer stands in the message by now."""
        newest = await asyncio.to_thread(
            self._services.store.answers.by_answer_message, press.message.chat_id, press.message.message_id
        )
        return newest is not None and newest.id != kept.id
