"""To whom a message is addressed, and who wrote it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from telegram import Message, MessageEntity, User
from telegram.constants import ChatType
from telegram.ext import filters

Scope = Literal["private", "group"]

_NOBODY: Final = frozenset({1087968824, 136817688, 777000})
"""The ids of anonymous administrators, of channels and of automatic forwards: nobody's memory, rights or feedback."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks where. ``topic`` is None outside of topics; ``person`` is None where it is not known who it is."""

    chat: int
    topic: int | None
    person: int | None
    scope: Scope
    language: str | None


def asker_of(message: Message) -> Asker:
    """Who wrote a message, and where."""
    user = message.from_user
    return Asker(
        chat=message.chat_id,
        topic=message.message_thread_id if message.is_topic_message else None,
        person=person_of(user) if message.sender_chat is None else None,
        scope="private" if message.chat.type == ChatType.PRIVATE else "group",
        language=user.language_code if user else None,
    )


def person_of(user: User | None) -> int | None:
    """A person's id; None for ids behind which anybody may be."""
    return user.id if user and user.id not in _NOBODY else None


class _FromPeople(filters.MessageFilter):
    """What a person wrote for us: no automatic forwards, no other bots, nothing sent by way of one."""

    def filter(self, message: Message) -> bool:
        user = message.from_user
        is_bot = user is not None and user.is_bot and user.id not in _NOBODY
        return not (is_bot or message.is_automatic_forward or message.via_bot)


FROM_PEOPLE: Final = _FromPeople()


def replied_to_bot(message: Message, bot: int) -> Message | None:
    """The bot's own message that this one replies to; None if it does not.

    In a topic every message says that it replies to the one that opened the topic: that is no reply.
    """
    replied = message.reply_to_message
    if replied is None or replied.forum_topic_created or replied.from_user is None or replied.from_user.id != bot:
        return None
    return replied


def question_to_bot(message: Message, bot: User) -> str | None:
    """The words of a group's message that mentions the bot, without the mention; None if it does not."""
    text = message.text or ""
    mentions = [
        entity
        for entity, words in message.parse_entities([MessageEntity.MENTION, MessageEntity.TEXT_MENTION]).items()
        if words.casefold() == f"@{bot.username}".casefold() or (entity.user is not None and entity.user.id == bot.id)
    ]
    if not mentions:
        return None
    units = text.encode("utf-16-le")  # what entities are counted in
    for entity in sorted(mentions, key=lambda each: -each.offset):
        units = units[: 2 * entity.offset] + units[2 * (entity.offset + entity.length) :]
    return " ".join(units.decode("utf-16-le").split())
