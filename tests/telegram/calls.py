"""One request of a bot, with its parameters read by type, from a form, a multipart body, JSON or the query."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from tests.telegram.accounts import Account
from tests.telegram.chats import GENERAL_TOPIC, Chat
from tests.telegram.errors import bad_request
from tests.telegram.markup import read_html
from tests.telegram.texts import Formatted, Span, character_at, is_blank, utf16_length
from tests.telegram.values import JSON, Upload
from tests.telegram.world import World

MOST_TEXT = 4096
MOST_CAPTION = 1024
MOST_RAW_BYTES = 1 << 15
MOST_ENTITIES = 100


@dataclass(frozen=True)
class Call:
    """A method, who calls it, and with what."""

    world: World
    bot: Account
    method: str
    parameters: JSON
    files: dict[str, Upload]

    def has(self, name: str) -> bool:
        return self.parameters.get(name) not in (None, "")

    def string(self, name: str, default: str = "") -> str:
        value = self.parameters.get(name, default)
        return value if isinstance(value, str) else json.dumps(value)

    def integer(self, name: str, default: int = 0) -> int:
        value = self.parameters.get(name, default)
        try:
            return int(value)
        except (TypeError, ValueError):
            raise bad_request(f"invalid {name} specified") from None

    def flag(self, name: str) -> bool:
        return str(self.parameters.get(name, "")).lower() in {"true", "1", "yes", "on"}

    def json(self, name: str) -> Any:
        """The value of a parameter that is written as JSON; None where it is absent."""
        value = self.parameters.get(name)
        if value in (None, "") or not isinstance(value, str):
            return value or None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None

    @property
    def chat_id(self) -> int | str:
        value = self.string("chat_id")
        if not value:
            raise bad_request("chat_id is empty")
        return value if value.startswith("@") else self.integer("chat_id")

    def chat(self) -> Chat:
        """The chat, to look at."""
        return self.world.find(self.bot, self.chat_id)

    def destination(self) -> tuple[Chat, int | None]:
        """The chat to write to, and the topic in it if one is named.

        Raises:
            Refused: the bot may not write there, or there is no such topic; General's id 1 is none.
        """
        chat = self.world.find_to_write(self.bot, self.chat_id)
        if not self.has("message_thread_id"):
            return chat, None
        thread = self.integer("message_thread_id")
        if thread == GENERAL_TOPIC or thread not in chat.topics:
            raise bad_request("message thread not found")
        return chat, thread

    def formatted(self, name: str, *, most: int, entities: str = "entities") -> Formatted:
        """A text as it will be shown.

        Raises:
            Refused: 400: not parsed, too long, too many entities; a blank text is for the caller to judge.
        """
        raw = self.string(name)
        if len(raw.encode()) > MOST_RAW_BYTES:
            raise bad_request("text is too long")
        formatted = self._parsed(raw, entities)
        if len(formatted.spans) > MOST_ENTITIES:
            raise bad_request("ENTITIES_TOO_LONG")
        formatted = formatted.cleaned()
        if utf16_length(formatted.text) > most:
            raise bad_request("message caption is too long" if name == "caption" else "message is too long")
        return formatted

    def text(self) -> Formatted:
        """The text of a message, which must not be blank."""
        formatted = self.formatted("text", most=MOST_TEXT)
        if is_blank(formatted.text):
            raise bad_request("message text is empty")
        return formatted

    def caption(self) -> Formatted:
        return self.formatted("caption", most=MOST_CAPTION, entities="caption_entities")

    def _parsed(self, raw: str, entities: str) -> Formatted:
        mode = self.string("parse_mode")
        if not mode:
            return Formatted(raw, tuple(_span(raw, entity) for entity in self.json(entities) or ()))
        if mode.lower() != "html":
            raise bad_request("unsupported parse_mode")  # the double reads HTML only
        return read_html(raw)


def _span(text: str, entity: Any) -> Span:
    try:
        start = character_at(text, entity["offset"])
        end = character_at(text, entity["offset"] + entity["length"])
        extra = {key: str(entity[key]) for key in ("url", "language", "custom_emoji_id") if key in entity}
        return Span(start, end, entity["type"], tuple(extra.items()))
    except (KeyError, TypeError, ValueError):
        raise bad_request("can't parse entities: entity begins or ends outside of the message text") from None
