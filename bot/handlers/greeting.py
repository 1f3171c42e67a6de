"""What Telegram shows of the bot: its commands and descriptions, set at the start."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

import structlog
from telegram import BotCommandScope, BotCommandScopeAllGroupChats, BotCommandScopeAllPrivateChats, BotCommandScopeChat
from telegram.error import TelegramError
from telegram.ext import ExtBot

from bot import presentation
from bot.attempts import repeated
from bot.phrases import Phrases, phrases

_log = structlog.get_logger("dalil.greeting")
_LANGUAGES: Final = (None, "ar", "en")  # None: for everybody whose language has none of its own


async def tell_commands(bot: ExtBot[Any], *, administrators: Sequence[int] = ()) -> None:
    """Sets the commands for the private chats of ``administrators``; without any, those for all chats.

    A chat is unknown to Telegram until its person has started the bot, so an administrator's is set then.
    """
    scopes: list[tuple[presentation.Scope, BotCommandScope]] = [
        ("administrators", BotCommandScopeChat(chat)) for chat in administrators
    ] or [("private", BotCommandScopeAllPrivateChats()), ("group", BotCommandScopeAllGroupChats())]
    for name, scope in scopes:
        for language in _LANGUAGES:
            shown = presentation.commands(name, phrases(language))
            await repeated(partial(bot.set_my_commands, shown, scope=scope, language_code=language))


async def introduce(bot: ExtBot[Any], administrators: Sequence[int]) -> None:
    """Sets commands and descriptions; a fault is logged, and no reason not to answer."""
    every = [partial(tell_commands, bot)]
    every += [partial(_describe, bot, phrases(language), language) for language in _LANGUAGES]
    every += [partial(tell_commands, bot, administrators=[each]) for each in administrators]
    for tell in every:
        try:
            await tell()
        except TelegramError as error:
            _log.warning("commands or descriptions could not be set", error=error.message)


async def _describe(bot: ExtBot[Any], words: Phrases, language: str | None) -> None:
    description, short = presentation.description(words), presentation.short_description(words)
    await repeated(partial(bot.set_my_description, description, language_code=language))
    await repeated(partial(bot.set_my_short_description, short, language_code=language))
