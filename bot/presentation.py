"""What Telegram shows of the bot itself: its commands and its descriptions, in plain text."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from bot.phrases import PhraseName, Phrases

Scope: TypeAlias = Literal["private", "group", "administrators"]

_COMMANDS: Final = {
    "ask": PhraseName.COMMAND_ASK,
    "new": PhraseName.COMMAND_NEW,
    "documents": PhraseName.COMMAND_DOCUMENTS,
    "why": PhraseName.COMMAND_WHY,
    "help": PhraseName.COMMAND_HELP,
    "privacy": PhraseName.COMMAND_PRIVACY,
    "forget": PhraseName.COMMAND_FORGET,
    "start": PhraseName.COMMAND_START,
    "staged": PhraseName.COMMAND_STAGED,
    "jobs": PhraseName.COMMAND_JOBS,
    "generations": PhraseName.COMMAND_GENERATIONS,
    "rollback": PhraseName.COMMAND_ROLLBACK,
    "canary": PhraseName.COMMAND_CANARY,
}
_OF_STAFF: Final = {
    "invite": PhraseName.COMMAND_INVITE,
    "people": PhraseName.COMMAND_PEOPLE,
    "audit": PhraseName.COMMAND_AUDIT,
    "unanswered": PhraseName.COMMAND_UNANSWERED,
    "status": PhraseName.COMMAND_STATUS,
    "backup": PhraseName.COMMAND_BACKUP,
    "digest": PhraseName.COMMAND_DIGEST,
}
_FOR_ALL: Final = ("ask", "new", "documents", "why", "help", "privacy", "forget", "start")
_SHOWN: Final[dict[Scope, tuple[str, ...]]] = {
    "private": _FOR_ALL,
    "group": ("ask", "new", "help", "privacy", "forget"),
    "administrators": (*_COMMANDS, *_OF_STAFF),
}


def commands(scope: Scope, phrases: Phrases) -> tuple[tuple[str, str], ...]:
    """The commands of a scope with their descriptions, as `set_my_commands` takes them."""
    return tuple((name, phrases.say({**_COMMANDS, **_OF_STAFF}[name])) for name in _SHOWN[scope])


def description(phrases: Phrases) -> str:
    """What an empty chat with the bot shows; at most 512 code points."""
    return phrases.say(PhraseName.BOT_DESCRIPTION)


def short_description(phrases: Phrases) -> str:
    """What the bot's profile shows; at most 120 code points."""
    return phrases.say(PhraseName.BOT_SHORT_DESCRIPTION)
