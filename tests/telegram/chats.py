"""Chats: who is in them, what was said, which topics they have."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.telegram.errors import bad_request
from tests.telegram.messages import Message
from tests.telegram.values import JSON, ChatAction, Draft

GENERAL_TOPIC = 1
IN = {"member", "administrator", "creator", "restricted"}


@dataclass(eq=False)
class Chat:
    """A private chat of one bot with a person, a group, a supergroup or a channel."""

    id: int
    kind: str
    names: JSON
    members: dict[int, str] = field(default_factory=dict)  # id -> status
    people: dict[int, JSON] = field(default_factory=dict)  # id -> User, also of those who left
    forum: bool = False
    blocked: bool = False
    migrated_to: int | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    topics: dict[int, str] = field(default_factory=dict)  # message_thread_id -> name
    actions: list[ChatAction] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    pinned: list[int] = field(default_factory=list)
    last_bot: int | None = None
    ids: Iterator[int] = field(default_factory=lambda: itertools.count(2))  # 1 is the General topic

    def json(self) -> JSON:
        """The Chat as it stands in messages."""
        return {"id": self.id, "type": self.kind, **self.names, **({"is_forum": True} if self.forum else {})}

    @property
    def is_group(self) -> bool:
        return self.kind in {"group", "supergroup"}

    @property
    def bot_messages(self) -> list[Message]:
        """What bots that are tested sent here and was not deleted, oldest first."""
        tested = {message_id for message_id, message in self.messages.items() if message.author_id in self.tested}
        return [self.messages[key] for key in sorted(tested) if not self.messages[key].deleted]

    @property
    def last_answer(self) -> Message:
        return self.bot_messages[-1]

    tested: set[int] = field(default_factory=set)  # ids of the bots that are tested

    def add(self, body: JSON) -> Message:
        """A new message with the next id."""
        head: JSON = {"message_id": next(self.ids), "date": int(time.time()), "chat": self.json()}
        message = Message(self, {**head, **body})
        self.messages[message.id] = message
        return message

    def message(self, message_id: object, missing: str) -> Message:
        """The message, if it is there.

        Raises:
            Refused: 400 with the words of `missing`.
        """
        found = self.messages.get(message_id) if isinstance(message_id, int) else None
        if found is None or found.deleted:
            raise bad_request(missing)
        return found

    def placing(self, thread: int | None, replied: Message | None) -> JSON:
        """The fields that place a new message in a topic or a thread of replies."""
        if thread is not None:
            return {"message_thread_id": thread, "is_topic_message": True}
        if replied is None or self.kind != "supergroup":
            return {}
        if self.forum:
            return {"message_thread_id": replied.topic, "is_topic_message": True} if replied.topic else {}
        return {"message_thread_id": replied.body.get("message_thread_id", replied.id)}

    def status_of(self, user_id: int) -> str:
        return self.members.get(user_id, "left")

    def has_member(self, user_id: int) -> bool:
        return self.status_of(user_id) in IN

    def admit(self, user: JSON, status: str = "member") -> None:
        self.members[user["id"]] = status
        self.people[user["id"]] = user
