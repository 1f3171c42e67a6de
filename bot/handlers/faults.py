"""What goes wrong while an update is handled: logged once with an id, which the person is told."""

from __future__ import annotations

import secrets

import structlog
from telegram import Message, Update
from telegram.constants import ChatType
from telegram.error import ChatMigrated, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import ContextTypes

from bot import notices
from bot.address import FROM_PEOPLE, asker_of, question_to_bot, replied_to_bot
from bot.delivery import is_not_modified
from bot.handling import HANDLING, TakenOver
from bot.metrics import FAULTS
from bot.phrases import PhraseName
from bot.services import Services, place_of, words_for
from bot.state.errors import PrimaryLost, StateUnavailable

_log = structlog.get_logger("dalil.faults")


class Faults:
    """The handler of errors."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def handle(self, update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Logs an error, and tells who asked that there was one."""
        error = context.error
        if error is None or _is_no_fault(update, error):
            _log.debug("no fault", error=repr(error))
            return
        handling = HANDLING.get()
        if isinstance(error, TakenOver):
            _log.warning("another process handles this update by now", update=handling.update if handling else None)
            return
        if isinstance(error, PrimaryLost):
            _log.warning("not possible without the database", update=handling.update if handling else None)
            await self._refuse(update)
            return
        if handling is not None and isinstance(error, (StateUnavailable, InvalidToken)):
            handling.is_to_be_repeated = True
            _log.warning("update will be handled again", update=handling.update, reason=type(error).__name__)
            return
        if isinstance(error, StateUnavailable):
            _log.warning("not done, for the state is not available", reason=str(error))
            return
        identity = secrets.token_hex(4)
        FAULTS.inc()
        update_id = update.update_id if isinstance(update, Update) else None
        _log.error("fault", id=identity, update=update_id, exc_info=error)
        if isinstance(update, Update) and not isinstance(error, NetworkError):
            await self._tell(update, identity)

    async def _refuse(self, update: object) -> None:
        """Tells who asked for something that the database is needed for that it is lost."""
        if not isinstance(update, Update):
            return
        message = update.effective_message
        try:
            if update.callback_query is not None:
                await self._services.answer(update.callback_query, PhraseName.NOT_NOW)
            elif isinstance(message, Message) and self._is_for_us(message):
                await self._services.say(message, PhraseName.NOT_NOW)
        except TelegramError as error:
            _log.warning("refusal not told", error=error.message)

    async def _tell(self, update: Update, identity: str) -> None:
        message = update.effective_message
        if not isinstance(message, Message) or update.callback_query or not self._is_for_us(message):
            return
        try:
            await self._services.delivery.send(
                place_of(message), notices.failed(identity, words_for(asker_of(message)))
            )
        except TelegramError as error:
            _log.warning("fault not told", id=identity, error=error.message)

    def _is_for_us(self, message: Message) -> bool:
        if not FROM_PEOPLE.filter(message):
            return False
        if message.chat.type == ChatType.PRIVATE:
            return True
        bot = self._services.bot
        is_command = (message.text or "").startswith("/")
        return is_command or bool(question_to_bot(message, bot.bot) or replied_to_bot(message, bot.id))


def _is_no_fault(update: object, error: Exception) -> bool:
    """Hiccups of the connection without an update, and what is in the nature of chats."""
    if isinstance(error, (Forbidden, ChatMigrated, RetryAfter, Conflict)):
        return True
    if isinstance(error, TelegramError) and is_not_modified(error):
        return True
    return update is None and isinstance(error, NetworkError)
