"""All that the double knows: bots, people, chats, files, and what was asked of it."""

from __future__ import annotations

import itertools
import secrets
import threading
from collections.abc import Callable
from typing import Any

from tests.telegram.accounts import Account
from tests.telegram.chats import Chat
from tests.telegram.errors import bad_request, forbidden, group_was_upgraded
from tests.telegram.messages import Message
from tests.telegram.values import CHANNEL_SENDER, JSON, Exchange, Press, StoredFile

MOST_TO_DOWNLOAD = 20 * 1024 * 1024
LOOKS_LIKE_A_BOT_BUT_PLAYS_A_PERSON = {1087968824, CHANNEL_SENDER}


class World:
    """Every change happens under `lock`; `told` is called after what may concern a waiting bot."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.bots: dict[str, Account] = {}
        self.people: dict[int, JSON] = {}
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self.presses: dict[str, Press] = {}
        self.exchanges: list[Exchange] = []
        self.notes: list[str] = []
        self.callback_timeout = 15.0
        self.told: Callable[[Account], None] = lambda account: None
        self._ids = itertools.count(1000)

    def new_id(self) -> int:
        return next(self._ids)

    def find(self, bot: Account, chat_id: Any) -> Chat:
        """The chat as this bot may look at it.

        Raises:
            Refused: 400 for a chat that it does not know, 400 with the new id for a group that was upgraded.
        """
        if isinstance(chat_id, str) and chat_id.startswith("@"):
            named = [chat for chat in self.chats.values() if chat.names.get("username") == chat_id[1:]]
            chat = named[0] if named else None
        else:
            chat = bot.private.get(chat_id) or self.chats.get(chat_id)
        if chat is None or (chat.kind != "private" and bot.id not in chat.members):
            if any(other.id == chat_id for other in self.bots.values()):
                raise forbidden("bot can't send messages to bots")
            raise bad_request("chat not found")
        if chat.migrated_to is not None:
            raise group_was_upgraded(chat.migrated_to)
        return chat

    def find_to_write(self, bot: Account, chat_id: Any) -> Chat:
        """The chat, if the bot may write there now.

        Raises:
            Refused: as `find`; 403 for a bot that was blocked or is no longer a member.
        """
        chat = self.find(bot, chat_id)
        if chat.blocked:
            raise forbidden("bot was blocked by the user")
        if chat.kind != "private" and not chat.has_member(bot.id):
            place = f"{chat.kind} chat"
            if chat.status_of(bot.id) == "kicked":
                raise forbidden(f"bot was kicked from the {place}")
            raise forbidden(f"bot is not a member of the {place}")
        if chat.kind == "channel" and chat.status_of(bot.id) != "administrator":
            raise bad_request("need administrator rights in the channel chat")
        return chat

    def deliver(self, bot: Account, kind: str, body: JSON) -> None:
        """Queue an update and wake whoever waits for it."""
        bot.queue(kind, body)
        self.told(bot)

    def publish(self, message: Message, kind: str = "message") -> None:
        """Give a message, or its edit, to the bots that may see it."""
        if message.chat.kind == "channel":
            kind = kind.replace("message", "channel_post")
        for bot in self._bots_in(message.chat):
            if sees(bot, message):
                self.deliver(bot, kind, message.for_bot())

    def keep(self, content: bytes, *, name: str, size: int = 0, tells_size: bool = True) -> StoredFile:
        """Store a file under a new id; its path shows the folder and the ending of the name, as Telegram's do."""
        number = self.new_id()
        folder, _, file_name = name.partition("/")
        ending = file_name.rpartition(".")[2] if "." in file_name else "bin"
        safe = ending if ending.isascii() and ending.isalnum() else "bin"
        size = size or len(content)
        path = f"{folder}/file_{number}.{safe}"
        told = size if tells_size else None
        kept = StoredFile(f"BQAC{secrets.token_urlsafe(24)}", path, content, told, size > MOST_TO_DOWNLOAD)
        self.files[kept.file_id] = kept
        return kept

    def _bots_in(self, chat: Chat) -> list[Account]:
        if chat.kind == "private":
            return [bot for bot in self.bots.values() if bot.private.get(chat.id) is chat]
        return [bot for bot in self.bots.values() if chat.has_member(bot.id)]


def sees(bot: Account, message: Message) -> bool:
    """Whether an update of this message reaches the bot: privacy mode, as Telegram describes it."""
    chat, author = message.chat, message.body.get("from", {})
    if author.get("id") == bot.id:
        return message.has("new_chat_members")
    if not chat.is_group or message.is_service:
        return True
    if chat.status_of(bot.id) == "administrator" or not bot.privacy:
        return True
    if message.body.get("via_bot", {}).get("id") == bot.id:
        return True
    if author.get("is_bot") and author["id"] not in LOOKS_LIKE_A_BOT_BUT_PLAYS_A_PERSON:
        return False
    if message.body.get("reply_to_message", {}).get("from", {}).get("id") == bot.id:
        return True
    return _commands(bot, message)


def _commands(bot: Account, message: Message) -> bool:
    """Whether it begins with a command for this bot, or for any where no other bot spoke last."""
    first = next((word for word in message.text.split() if message.text.startswith("/")), "")
    starts = any(entity["type"] == "bot_command" and entity["offset"] == 0 for entity in message.entities)
    if not starts:
        return False
    _, at, name = first.partition("@")
    if at:
        return name.lower() == bot.username.lower()
    return message.chat.last_bot in {None, bot.id}
