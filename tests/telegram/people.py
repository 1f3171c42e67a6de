"""People, and what they do in Telegram's applications."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from tests.telegram.accounts import Account
from tests.telegram.chats import Chat
from tests.telegram.errors import Misplayed
from tests.telegram.messages import Message, written
from tests.telegram.methods.media import described
from tests.telegram.methods.places import change_of_member
from tests.telegram.senders import Place, Sender
from tests.telegram.texts import Formatted
from tests.telegram.values import JSON, Press
from tests.telegram.world import World

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}\Z")
ONE_PIXEL = b"\xff\xd8\xff\xd9"  # the first and the last marker of a JPEG file


@dataclass(frozen=True)
class Attachment:
    """A file to send; it may claim another size than it has, or tell none."""

    content: bytes
    name: str | None = "report.pdf"
    mime: str | None = "application/pdf"
    claimed_size: int | None = None
    tells_size: bool = True


class Person(Sender):
    """A person with a private chat for every bot."""

    def __init__(self, world: World, user: JSON) -> None:
        super().__init__(world, {"from": user})
        self.user = user
        self._private: dict[int, Chat] = {}

    @property
    def id(self) -> int:
        return int(self.user["id"])

    def private(self, bot: Account | None = None) -> Chat:
        """The private chat with a bot; the bot knows of it once the person has written there."""
        bot = bot or self._only_bot()
        if bot.id not in self._private:
            names: JSON = {key: self.user[key] for key in ("first_name", "username") if key in self.user}
            chat = Chat(self.id, "private", names, {self.id: "member", bot.id: "member"}, tested={bot.id})
            chat.people |= {self.id: self.user, bot.id: bot.user()}
            self._private[bot.id] = chat
        return self._private[bot.id]

    def default_chat(self) -> Chat:
        return self.private()

    def posts(self, place: Place, content: JSON) -> Message:
        with self.world.lock:
            for bot in self.world.bots.values():
                if self._private.get(bot.id) is place.chat:
                    bot.private[self.id] = place.chat
            if place.chat.is_group and not place.chat.has_member(self.id):
                raise Misplayed(f"person {self.id} is not in group {place.chat.id}")
            if place.chat.blocked:
                raise Misplayed("the bot is blocked: unblock it first")
            return super().posts(place, content)

    def starts(self, bot: Account | None = None, payload: str = "") -> Message:
        """Press Start, or open a deep link with its payload."""
        if payload and not PAYLOAD.match(payload):
            raise Misplayed(f"{payload!r} is no payload of a deep link")
        return self.says(f"/start {payload}".rstrip(), self.private(bot))

    def follows(self, message: Message, label: str) -> Message:
        """Press a button that is a deep link to a bot, and then Start."""
        url = message.button(label).get("url", "")
        parts = urlsplit(url)
        named = [bot for bot in self.world.bots.values() if parts.path.strip("/").lower() == bot.username.lower()]
        if parts.hostname not in {"t.me", "telegram.me"} or not named:
            raise Misplayed(f"{url!r} is no link to a bot")
        return self.starts(named[0], parse_qs(parts.query).get("start", [""])[0])

    def presses(self, message: Message, label: str) -> Press:
        """Press an inline button that the message has now, by its label or a part of it."""
        button = message.button(label)
        if "callback_data" not in button:
            raise Misplayed(f"button {label!r} sends nothing: {button}")
        return self.presses_with(message, button["callback_data"])

    def presses_with(self, message: Message, data: str) -> Press:
        """Send callback data whatever the keyboard shows now, as an old or an altered application can."""
        with self.world.lock:
            bot = next(bot for bot in self.world.bots.values() if bot.id == message.author_id)
            press = Press(str(4_000_000_000 + self.world.new_id()), data, self.id, bot.id)
            self.world.presses[press.id] = press
            gone: JSON = {"chat": message.chat.json(), "message_id": message.id, "date": 0}
            shown = gone if message.deleted else message.for_bot()
            query = {"id": press.id, "from": self.user, "message": shown, "chat_instance": str(message.chat.id)}
            self.world.deliver(bot, "callback_query", {**query, "data": data})
            return press

    def sends_document(
        self,
        file: Attachment,
        chat: Chat | None = None,
        *,
        caption: str = "",
        album: str | None = None,
        reply_to: Message | None = None,
    ) -> Message:
        size = file.claimed_size or len(file.content)
        kept = self.world.keep(file.content, name=f"documents/{file.name}", size=size, tells_size=file.tells_size)
        names = {"file_name": file.name, "mime_type": file.mime}
        document = {**described(kept), **{key: value for key, value in names.items() if value is not None}}
        content: JSON = {"document": document, **_caption(caption)}
        if album is not None:
            content["media_group_id"] = album
        return self.posts(Place(chat or self.default_chat(), reply_to), content)

    def sends_album(self, files: Sequence[Attachment], chat: Chat | None = None, *, caption: str = "") -> list[Message]:
        """Several documents at once: one message each, the caption under the first."""
        album = str(13_000_000_000_000 + self.world.new_id())
        captions = [caption, *[""] * len(files)]
        return [
            self.sends_document(file, chat, caption=text, album=album)
            for file, text in zip(files, captions, strict=False)
        ]

    def sends_voice(self, chat: Chat | None = None) -> Message:
        voice = {**self._file("voice", "voice.ogg"), "duration": 3, "mime_type": "audio/ogg"}
        return self.posts(Place(chat or self.default_chat()), {"voice": voice})

    def sends_photo(self, chat: Chat | None = None, *, caption: str = "") -> Message:
        sizes = [{**self._file("photos", "photo.jpg"), "width": side, "height": side} for side in (90, 800)]
        return self.posts(Place(chat or self.default_chat()), {"photo": sizes, **_caption(caption)})

    def sends_sticker(self, chat: Chat | None = None) -> Message:
        kind = {"width": 512, "height": 512, "is_animated": False, "is_video": False, "type": "regular", "emoji": "🙂"}
        sticker = {**self._file("stickers", "sticker.webp"), **kind}
        return self.posts(Place(chat or self.default_chat()), {"sticker": sticker})

    def sends_contact(self, chat: Chat | None = None) -> Message:
        contact = {"phone_number": "+10000000000", "first_name": "Contact"}
        return self.posts(Place(chat or self.default_chat()), {"contact": contact})

    def forwards(self, message: Message, chat: Chat | None = None) -> Message:
        """Forward somebody's message."""
        kept = {key: value for key, value in message.body.items() if key in {"text", "entities", "document", "caption"}}
        origin: JSON = {"type": "user", "date": message.body["date"], "sender_user": message.body["from"]}
        return self.posts(Place(chat or self.default_chat()), {**kept, "forward_origin": origin})

    def reacts(self, message: Message, emoji: str) -> None:
        """React to a message; bots that asked for reactions hear of it, in groups as administrators only."""
        reaction = {"chat": message.chat.json(), "message_id": message.id, "user": self.user, "date": int(time.time())}
        new = [{"type": "emoji", "emoji": emoji}]
        with self.world.lock:
            for bot in self.world.bots.values():
                private = bot.private.get(self.id) is message.chat
                if private or message.chat.status_of(bot.id) == "administrator":
                    self.world.deliver(bot, "message_reaction", {**reaction, "old_reaction": [], "new_reaction": new})

    def blocks(self, bot: Account | None = None) -> None:
        """Stop the bot: it may no longer write here."""
        self._set_blocked(bot or self._only_bot(), True)

    def unblocks(self, bot: Account | None = None) -> None:
        self._set_blocked(bot or self._only_bot(), False)

    def _set_blocked(self, bot: Account, blocked: bool) -> None:
        with self.world.lock:
            chat = self.private(bot)
            bot.private[self.id] = chat
            chat.blocked = blocked
            old, new = ("member", "kicked") if blocked else ("kicked", "member")
            self.world.deliver(bot, "my_chat_member", change_of_member(chat, self.user, bot.user(), (old, new)))

    def _file(self, folder: str, name: str) -> JSON:
        return described(self.world.keep(ONE_PIXEL, name=f"{folder}/{name}"))

    def _only_bot(self) -> Account:
        if len(self.world.bots) != 1:
            raise Misplayed("say which bot")
        return next(iter(self.world.bots.values()))


def _caption(text: str) -> JSON:
    return written(Formatted(text).cleaned(), caption=True) if text else {}
