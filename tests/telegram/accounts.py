"""A bot's account: its token, its profile, its waiting updates and how they reach it."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.telegram.chats import Chat
from tests.telegram.values import JSON

KINDS = frozenset(
    "message edited_message channel_post edited_channel_post inline_query chosen_inline_result callback_query "
    "shipping_query pre_checkout_query poll poll_answer my_chat_member chat_member chat_join_request "
    "message_reaction message_reaction_count chat_boost removed_chat_boost business_connection business_message "
    "edited_business_message deleted_business_messages purchased_paid_media managed_bot".split()
)
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass
class Webhook:
    """Where updates are posted to; an empty address means polling."""

    url: str = ""
    secret: str | None = None
    max_connections: int = 40
    last_error: str = ""
    last_error_at: int = 0
    attempts: list[tuple[int, int]] = field(default_factory=list)  # (update_id, status), 0 where nothing answered


@dataclass(eq=False)
class Account:
    """What Telegram knows of one bot."""

    token: str
    id: int
    username: str
    name: str
    privacy: bool = True
    private: dict[int, Chat] = field(default_factory=dict)
    pending: deque[JSON] = field(default_factory=deque)
    delivered: list[JSON] = field(default_factory=list)  # what was handed over at least once
    allowed: frozenset[str] = KINDS - ON_REQUEST
    webhook: Webhook = field(default_factory=Webhook)
    commands: dict[tuple[str, int, int, str], list[JSON]] = field(default_factory=dict)
    profile: dict[tuple[str, str], str] = field(default_factory=dict)  # (what, language) -> text
    menu_buttons: dict[int, JSON] = field(default_factory=dict)
    must_wait: dict[int, tuple[float, float]] = field(default_factory=dict)  # chat id (0: all) -> 429 at, until
    ended: bool = False  # after logOut
    poll: asyncio.Future[str] | None = None  # the long poll that waits now; its result is why it was ended
    wakers: set[asyncio.Event] = field(default_factory=set)  # set when something may have come
    update_ids: Iterator[int] = field(default_factory=lambda: itertools.count(int(time.time()) % 100_000_000))

    def user(self) -> JSON:
        """The User that others see."""
        return {"id": self.id, "is_bot": True, "first_name": self.name, "username": self.username}

    def queue(self, kind: str, body: JSON) -> None:
        """Keep an update for the bot, if it asked for that kind when it happened."""
        if kind in self.allowed:
            self.pending.append({"update_id": next(self.update_ids), kind: body})

    def end_poll(self, why: str) -> None:
        """Answer the waiting long poll with 409 Conflict."""
        if self.poll is not None and not self.poll.done():
            self.poll.set_result(why)

    def allow(self, kinds: Any) -> None:
        """Which kinds are kept from now on; None changes nothing, an empty list asks for the usual ones."""
        if isinstance(kinds, list):
            self.allowed = KINDS & frozenset(kinds) if kinds else KINDS - ON_REQUEST

    def acknowledge(self, offset: int) -> None:
        """Forget what came before this update; a negative offset counts from the end."""
        while self.pending and offset > self.pending[0]["update_id"]:
            self.pending.popleft()
        while offset < 0 and len(self.pending) > -offset:
            self.pending.popleft()

    def commands_for(self, scope: str, *, language: str = "", chat: int = 0, user: int = 0) -> dict[str, str]:
        """The commands set for exactly this scope and language, as name -> description."""
        return _named(self.commands.get((scope, chat, user, language), []))

    def menu(self, chat: Chat, user: JSON) -> dict[str, str]:
        """The commands that Telegram shows to a person in a chat: the narrowest scope that has some wins."""
        scopes: list[tuple[str, int, int]]
        if chat.kind == "private":
            scopes = [("chat", chat.id, 0), ("all_private_chats", 0, 0), ("default", 0, 0)]
        else:
            admin = chat.status_of(user["id"]) in {"administrator", "creator"}
            for_admins = [("chat_administrators", chat.id, 0)] if admin else []
            all_admins = [("all_chat_administrators", 0, 0)] if admin else []
            scopes = [("chat_member", chat.id, user["id"]), *for_admins, ("chat", chat.id, 0), *all_admins]
            scopes += [("all_group_chats", 0, 0), ("default", 0, 0)]
        for scope in scopes:
            for language in (user.get("language_code", ""), ""):
                if self.commands.get((*scope, language)):
                    return _named(self.commands[(*scope, language)])
        return {}


def _named(commands: list[JSON]) -> dict[str, str]:
    return {command["command"]: command["description"] for command in commands}
