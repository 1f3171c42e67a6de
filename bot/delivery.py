"""Messages on their way out: each is sent once, and what Telegram refuses or loses is taken care of here."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

import httpx
import structlog
from telegram import (
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Message,
    ReplyParameters,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, TelegramError
from telegram.ext import ExtBot

from bot.buttons import Button, ButtonKind, Rendered, pressed, rating, reasons
from bot.phrases import Phrases
from bot.state.store import Store

_PAUSES: Final = (0.5, 1.0, 2.0, 4.0, 8.0)  # seconds between attempts while Telegram fails
_NEVER_SENT: Final = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
_PROBED: Final = 3  # messages after the question, among which an answer of unknown fate is looked for
_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)
_log = structlog.get_logger("dalil.delivery")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a message goes: a chat, and a topic of it if it has topics; ``reply_to`` is what it replies to."""

    chat: int
    topic: int | None = None
    reply_to: int | None = None


class Delivery:
    """Sends, edits and answers. None, or False, says that nobody is there to read it any more; that is logged here."""

    def __init__(self, bot: ExtBot[Any], store: Store) -> None:
        self._bot = bot
        self._store = store

    async def send(self, place: Place, rendered: Rendered, *, asks: str | None = None) -> int | None:
        """The id of the message that was sent.

        ``asks``: the person's client offers to reply to it, and shows this in the empty field.

        Raises:
            TelegramError: it was refused, or Telegram failed for longer than is waited.
        """
        markup = ForceReply(selective=True, input_field_placeholder=asks) if asks else keyboard(rendered)
        for pause in (*_PAUSES, None):
            try:
                sent: Message = await self._send(place, rendered.text, markup)
                return sent.message_id
            except ChatMigrated as moved:
                place = await self._moved(place, moved.new_chat_id)
            except Forbidden as error:
                await self._gone(place.chat, error)
                return None
            except BadRequest:
                raise
            except NetworkError as error:
                if may_have_arrived(error):
                    found = await self.find(place, rendered)
                    if found is not None:
                        return found
                if pause is None:
                    raise
                await asyncio.sleep(pause)
        raise AssertionError("unreachable")

    def _send(self, place: Place, text: str, markup: ForceReply | InlineKeyboardMarkup | None) -> Awaitable[Message]:
        reply = ReplyParameters(place.reply_to, allow_sending_without_reply=True) if place.reply_to else None
        return self._bot.send_message(
            place.chat,
            text,
            parse_mode=ParseMode.HTML,
            message_thread_id=place.topic,
            reply_parameters=reply,
            reply_markup=markup,
            link_preview_options=_NO_PREVIEW,
        )

    async def find(self, place: Place, rendered: Rendered) -> int | None:
        """The message that shows ``rendered`` in reply to ``place``, if Telegram has it; None if it has not.

        Telegram cannot be asked for a message. But it says «not modified» when a message is given the very buttons
        that it has, and those of an answer hold its own id. Only messages right after the question are tried, and none
        that is known to be another answer.
        """
        markup = keyboard(rendered)
        if place.reply_to is None or markup is None:
            return None
        for message in range(place.reply_to + 1, place.reply_to + 1 + _PROBED):
            known = await asyncio.to_thread(self._store.answers.by_answer_message, place.chat, message)
            if known is None and await self._shows(place.chat, message, markup):
                return message
        return None

    async def _shows(self, chat: int, message: int, markup: InlineKeyboardMarkup) -> bool:
        try:
            await self._bot.edit_message_reply_markup(chat, message, reply_markup=markup)
        except TelegramError as error:
            return is_not_modified(error)
        return True

    async def edit(self, chat: int, message: int, rendered: Rendered) -> bool:
        """Shows ``rendered`` in place of what a message showed; False if it is gone.

        Raises:
            TelegramError: as `send`. A message that shows it already is no fault.
        """

        def edited() -> Awaitable[object]:
            return self._bot.edit_message_text(
                rendered.text,
                chat,
                message,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard(rendered),
                link_preview_options=_NO_PREVIEW,
            )

        try:
            await self.repeated(edited)
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
        of_rating = [at for at, row in enumerate(rows) if any(_is_of_rating(each) for each in row)]
        if not of_rating:
            return
        new = reasons(answer, words) if asks else (rating(answer, words),)
        rows[of_rating[0] : of_rating[-1] + 1] = [list(_buttons(row)) for row in new]
        markup = InlineKeyboardMarkup(rows)
        if markup == message.reply_markup:
            return
        try:
            await self.repeated(
                lambda: self._bot.edit_message_reply_markup(message.chat_id, message.message_id, reply_markup=markup)
            )
        except BadRequest as error:
            if not is_not_modified(error):
                raise

    async def repeated(self, request: Callable[[], Awaitable[T]]) -> T:
        """Makes a request that may be made twice, until Telegram answers.

        Raises:
            TelegramError: it was refused, or Telegram failed for longer than is waited.
        """
        for pause in _PAUSES:
            try:
                return await request()
            except BadRequest:
                raise
            except NetworkError:
                await asyncio.sleep(pause)
        return await request()

    async def _moved(self, place: Place, chat: int) -> Place:
        """The same place in the supergroup that its group became."""
        await asyncio.to_thread(self._store.chats.migrate, place.chat, chat)
        _log.info("group became supergroup", chat=place.chat, now=chat)
        return replace(place, chat=chat, reply_to=None)

    async def _gone(self, chat: int, error: Forbidden) -> None:
        _log.info("nobody there", chat=chat, reason=error.message)
        if chat > 0:
            await asyncio.to_thread(self._store.chats.blocked, chat, now=time.time())
        else:
            await asyncio.to_thread(self._store.chats.left, chat)


def may_have_arrived(error: NetworkError) -> bool:
    """Whether Telegram may have done what it was asked, though no answer came."""
    cause = error.__cause__
    return isinstance(cause, httpx.HTTPError) and not isinstance(cause, _NEVER_SENT)


def is_not_modified(error: TelegramError) -> bool:
    """Whether a message was to be changed into what it is."""
    return "not modified" in error.message.lower()


def keyboard(rendered: Rendered) -> InlineKeyboardMarkup | None:
    """The buttons as Telegram takes them; None if there are none."""
    rows = [list(_buttons(row)) for row in rendered.buttons]
    return InlineKeyboardMarkup(rows) if rows else None


def _is_of_rating(button: InlineKeyboardButton) -> bool:
    what = pressed(button.callback_data) if isinstance(button.callback_data, str) else None
    return what is not None and what.kind in (ButtonKind.GOOD, ButtonKind.BAD, ButtonKind.REASON)


def _buttons(row: Iterable[Button]) -> Iterable[InlineKeyboardButton]:
    for each in row:
        yield InlineKeyboardButton(each.label, url=each.url, callback_data=each.data)
