"""A message in a chat, as the bots and the tests see it."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.telegram.errors import Misplayed
from tests.telegram.texts import slice_of
from tests.telegram.values import JSON, Version

if TYPE_CHECKING:
    from tests.telegram.chats import Chat

SERVICE = {
    "new_chat_members",
    "left_chat_member",
    "group_chat_created",
    "migrate_to_chat_id",
    "migrate_from_chat_id",
    "forum_topic_created",
    "pinned_message",
    "new_chat_title",
}


@dataclass(eq=False)
class Message:
    """Kept as the Bot API writes it, with what only the server knows beside it."""

    chat: Chat
    body: JSON
    reply_markup: JSON | None = None  # as the bot sent it, of every kind; `body` shows inline keyboards only
    deleted: bool = False
    reactions: list[str] = field(default_factory=list)
    versions: list[Version] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.remember()

    @property
    def id(self) -> int:
        return int(self.body["message_id"])

    @property
    def author_id(self) -> int:
        return int(self.body.get("from", {}).get("id", 0))

    @property
    def text(self) -> str:
        """The text, or the caption of a file."""
        return str(self.body.get("text", self.body.get("caption", "")))

    @property
    def entities(self) -> list[JSON]:
        found: list[JSON] | None = self.body.get("entities") or self.body.get("caption_entities")
        return found or []

    @property
    def keyboard(self) -> list[list[JSON]]:
        """The rows of the inline keyboard that the message has now."""
        rows: list[list[JSON]] = self.body.get("reply_markup", {}).get("inline_keyboard", [])
        return rows

    @property
    def buttons(self) -> list[str]:
        """The labels of the inline keyboard, row by row."""
        return [button["text"] for row in self.keyboard for button in row]

    @property
    def reply_to_id(self) -> int | None:
        replied: JSON | None = self.body.get("reply_to_message")
        return None if replied is None else int(replied["message_id"])

    @property
    def topic(self) -> int | None:
        return self.body.get("message_thread_id") if self.body.get("is_topic_message") else None

    @property
    def is_service(self) -> bool:
        return not SERVICE.isdisjoint(self.body)

    @property
    def asks_for_reply(self) -> bool:
        """Whether it opens the person's reply field (ForceReply)."""
        return bool((self.reply_markup or {}).get("force_reply"))

    @property
    def history_of_edits(self) -> list[Version]:
        """What it showed after each edit, without the first version."""
        return self.versions[1:]

    @property
    def bold(self) -> list[str]:
        return self.parts("bold")

    @property
    def quotations(self) -> list[str]:
        return self.parts("blockquote", "expandable_blockquote")

    def parts(self, *kinds: str) -> list[str]:
        """The words that entities of these kinds cover."""
        return [slice_of(self.text, entity) for entity in self.entities if entity["type"] in kinds]

    def button(self, label: str) -> JSON:
        """The button with this label, or that holds it if only one does.

        Raises:
            Misplayed: there is none, or the message is gone.
        """
        if self.deleted:
            raise Misplayed(f"message {self.id} is deleted")
        buttons = [button for row in self.keyboard for button in row]
        for fits in (lambda b: b["text"] == label, lambda b: label in b["text"]):
            chosen = [button for button in buttons if fits(button)]
            if len(chosen) == 1:
                return dict(chosen[0])
        raise Misplayed(f"no button {label!r} under message {self.id}, but {self.buttons}")

    def for_bot(self) -> JSON:
        """The whole message."""
        return dict(self.body)

    def without_reply(self) -> JSON:
        """As it stands inside of another message: one level only."""
        return {key: value for key, value in self.body.items() if key != "reply_to_message"}

    def remember(self) -> None:
        """Keep what it shows now as a version."""
        keyboard = tuple(tuple(dict(button) for button in row) for row in self.keyboard)
        self.versions.append(Version(time.time(), self.text, tuple(self.entities), keyboard))

    def has(self, *fields: str) -> bool:
        return any(name in self.body for name in fields)

    def __repr__(self) -> str:
        return f"Message({self.chat.id}/{self.id}, {self.text!r}, buttons={self.buttons})"


def written(formatted: Any, *, caption: bool = False) -> JSON:
    """The fields of a text or a caption."""
    entities = formatted.entities()
    names = ("caption", "caption_entities") if caption else ("text", "entities")
    return {names[0]: formatted.text, **({names[1]: entities} if entities else {})}
