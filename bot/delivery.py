"""Messages on their way out: each is sent once, and what Telegram refuses or loses is taken care of here."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, Final, Literal

import structlog
from telegram import (
    ForceReply,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, TelegramError
from telegram.ext import ExtBot

from bot.attempts import Attempt, may_have_arrived, pauses, repeated
from bot.buttons import Rendered, rating, reasons
from bot.handling import Newest, patiently
from bot.keyboards import buttons_of, is_of_rating, keyboard
from bot.limiter import LOOKING, SENDING
from bot.phrases import Phrases
from bot.state.store import Store

_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)
_log = structlog.get_logger("dalil.delivery")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message goes: a chat, and a topic of it if it has topics; ``reply_to`` is what it replies to."""

    chat: int
    topic: int | None = None
    reply_to: int | None = None


class Delivery:
    """Sends, edits and answers. None, or False, says that nobody is there to read it any more; that is logged here.

    While Telegram cannot be reached or fails, all of them wait.
    """

    def __init__(self, bot: ExtBot[Any], store: Store, newest: Newest) -> None:
        self._bot = bot
        self._store = store
        self._newest = newest

    async def send(self, place: Place, rendered: Rendered, *, asks: str | None = None) -> int | None:
        """The id of the message that was sent, or that was sent before we were stopped and started again.

        ``asks``: the person's client offers to reply to it, and shows this in the empty field.

        Raises:
            TelegramError: it was refused.
        """
        markup = ForceReply(selective=True, input_field_placeholder=asks) if asks else keyboard(rendered)
        attempt = Attempt(place.chat, self._bot.id, self._store, self._newest)
        if (after := attempt.left_from_before()) is not None:
            found = await self._find(place.chat, rendered, after)
            if found is not None:
                return found
        for pause in pauses():
            try:
                sent = await self._send(place, rendered.text, markup, attempt)
            except ChatMigrated as moved:
                place = await self._moved(place, moved.new_chat_id)
                attempt = Attempt(place.chat, self._bot.id, self._store, self._newest)
                continue
            except Forbidden as error:
                await self._gone(place.chat, error)
                return None
            except BadRequest:
                raise
            except NetworkError as error:
                found = await self._after_fault(place.chat, rendered, attempt, error)
                if found is not None:
                    return found
                await asyncio.sleep(pause)
                continue
            self._newest.stands(place.chat, sent.message_id)
            return sent.message_id
        raise AssertionError("unreachable")

    async def _send(
        self, place: Place, text: str, markup: ForceReply | InlineKeyboardMarkup | None, attempt: Attempt
    ) -> Message:
        reply = ReplyParameters(place.reply_to, allow_sending_without_reply=True) if place.reply_to else None
        before = SENDING.set(attempt)
        try:
            return await self._bot.send_message(
                place.chat,
                text,
                parse_mode=ParseMode.HTML,
                message_thread_id=place.topic,
                reply_parameters=reply,
                reply_markup=markup,
                link_preview_options=_NO_PREVIEW,
            )
        finally:
            SENDING.reset(before)

    async def _after_fault(self, chat: int, rendered: Rendered, attempt: Attempt, error: NetworkError) -> int | None:
        """The message, if it has arrived in spite of that."""
        if may_have_arrived(error):
            found = await self._find(chat, rendered, attempt.after)
            if found is not None:
                return found
        await attempt.take_back()
        return None

    async def _find(self, chat: int, rendered: Rendered, after: int) -> int | None:
        """The message that shows ``rendered``, if Telegram has it; None if it has not.

        Telegram cannot be asked for a message. But a message of ours can be given new buttons, and no other can: so
        the buttons are set again under what may stand in the chat after message ``after`` and is not known. The new
        ones differ in what they send back only; where that is not possible, Telegram says «not modified».
        """
        for message in self._newest.unknown(chat, after=after, most=self._newest.probed):
            known = await patiently(self._store.answers.by_answer_message, chat, message)
            seen = "not ours" if known else await self._looked_at(chat, message, rendered)
            if seen == "ours":
                self._newest.stands(chat, message)
                _log.info("found what was sent", chat=chat)
                return message
            if seen == "nothing" and self._newest.is_gapless(chat):
                break
        return None

    async def _looked_at(self, chat: int, message: int, rendered: Rendered) -> Literal["ours", "not ours", "nothing"]:
        versions, before = count(1), LOOKING.set(True)
        try:
            await repeated(
                lambda: self._bot.edit_message_reply_markup(
                    chat, message, reply_markup=keyboard(rendered, version=next(versions))
                )
            )
        except TelegramError as error:
            if is_not_modified(error):
                return "ours"
            return "nothing" if "not found" in error.message.lower() else "not ours"
        finally:
            LOOKING.reset(before)
        return "ours"

    async def edit(self, chat: int, message: int, rendered: Rendered) -> bool:
        """Shows ``rendered`` in place of what a message showed; False if it is gone.

        Raises:
            TelegramError: as `send`. A message that shows it already is no fault.
        """
        versions = count()

        def edited() -> Awaitable[object]:
            return self._bot.edit_message_text(
                rendered.text,
                chat,
                message,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard(rendered, version=next(versions)),
                link_preview_options=_NO_PREVIEW,
            )

        try:
            await repeated(edited)
        except ChatMigrated as moved:
            await self._moved(Place(chat), moved.new_chat_id)
            return False  # the messages of the former group stay there
        except Forbidden as error:
            await self._gone(chat, error)
            return False
        except BadRequest as error:
            if is_not_modified(error):
                return True
            if "not found" in error.message.lower() or "can't be edited" in error.message.lower():
                return False
            raise
        return True

    async def rebutton(self, message: Message, answer: str, words: Phrases, *, asks: bool) -> None:
        """Puts the reasons in the place of 👍 and 👎 under a message if ``asks``, or these back.

        Raises:
            TelegramError: as `edit`.
        """
        rows = [list(row) for row in message.reply_markup.inline_keyboard] if message.reply_markup else []
        of_rating = [at for at, row in enumerate(rows) if any(is_of_rating(each) for each in row)]
        if not of_rating:
            return
        new = reasons(answer, words) if asks else (rating(answer, words),)
        rows[of_rating[0] : of_rating[-1] + 1] = [list(buttons_of(row)) for row in new]
        markup = InlineKeyboardMarkup(rows)
        if markup == message.reply_markup:
            return
        try:
            await repeated(
                lambda: self._bot.edit_message_reply_markup(message.chat_id, message.message_id, reply_markup=markup)
            )
        except BadRequest as error:
            if not is_not_modified(error):
                raise

    async def _moved(self, place: Place, chat: int) -> Place:
        """The same place in the supergroup that its group became."""
        await patiently(self._store.chats.migrate, place.chat, chat)
        _log.info("group became supergroup", chat=place.chat, now=chat)
        return replace(place, chat=chat, reply_to=None)

    async def _gone(self, chat: int, error: Forbidden) -> None:
        _log.info("nobody there", chat=chat, reason=error.message)
        if chat > 0:
            await patiently(self._store.chats.blocked, chat, now=time.time())
        else:
            await patiently(self._store.chats.left, chat)


def is_not_modified(error: TelegramError) -> bool:
    """Whether a message was to be changed into what it is."""
    return "not modified" in error.message.lower()
