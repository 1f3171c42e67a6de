"""Who sends messages into chats: people, other bots, channels, each with the fields that show them."""

from __future__ import annotations

import time
from dataclasses import dataclass

from tests.telegram.accounts import Account
from tests.telegram.chats import Chat
from tests.telegram.errors import Misplayed
from tests.telegram.messages import Message, written
from tests.telegram.texts import Formatted
from tests.telegram.values import JSON
from tests.telegram.world import World


@dataclass(frozen=True)
class Place:
    """Where a message goes: by default to the private chat with the only bot."""

    chat: Chat
    reply_to: Message | None = None
    topic: int | None = None
    ago: float = 0  # seconds since it was sent, for what was said while a bot was down


class Sender:
    """Whoever sends messages: a person, another bot, a channel."""

    def __init__(self, world: World, head: JSON) -> None:
        self.world = world
        self.head = head  # the fields that say who sends: `from`, `sender_chat`

    def posts(self, place: Place, content: JSON) -> Message:
        """Send a message, and give it to the bots that may see it."""
        with self.world.lock:
            chat = place.chat
            fields: JSON = {**self.head, **content, **chat.placing(place.topic, place.reply_to)}
            replied = place.reply_to or (chat.messages[place.topic] if place.topic is not None else None)
            if replied is not None:
                fields["reply_to_message"] = replied.without_reply()
            if place.ago:
                fields["date"] = int(time.time() - place.ago)
            if self.head.get("from", {}).get("is_bot") and "sender_chat" not in self.head:
                chat.last_bot = self.head["from"]["id"]
            message = chat.add(fields)
            self.world.publish(message)
            return message

    def says(
        self,
        text: str,
        chat: Chat | None = None,
        *,
        reply_to: Message | None = None,
        topic: int | None = None,
        ago: float = 0,
        via: Account | None = None,
    ) -> Message:
        """Send a text; commands, mentions, links and hashtags in it become entities."""
        content = written(Formatted(text).cleaned())
        if via is not None:
            content["via_bot"] = via.user()
        return self.posts(Place(chat or self.default_chat(), reply_to, topic, ago), content)

    def default_chat(self) -> Chat:
        raise Misplayed("say in which chat")

    def edits(self, message: Message, text: str) -> None:
        """Change the text of one's own message, or the caption of one's file."""
        is_file = not message.has("text")
        with self.world.lock:
            for key in ("text", "entities", "caption", "caption_entities"):
                message.body.pop(key, None)
            message.body.update(written(Formatted(text).cleaned(), caption=is_file), edit_date=int(time.time()))
            message.remember()
            self.world.publish(message, "edited_message")

    def deletes(self, message: Message) -> None:
        """Delete a message; bots are not told."""
        message.deleted = True
