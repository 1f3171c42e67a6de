"""What happens to groups: members come and go, topics open, a group becomes a supergroup, strangers speak."""

from __future__ import annotations

import time

from tests.telegram.accounts import Account
from tests.telegram.chats import Chat
from tests.telegram.errors import Misplayed
from tests.telegram.messages import Message
from tests.telegram.methods.places import change_of_member
from tests.telegram.people import Person
from tests.telegram.senders import Place, Sender
from tests.telegram.values import ANONYMOUS_ADMINISTRATOR, AUTOMATIC_FORWARD, CHANNEL_SENDER, JSON
from tests.telegram.world import World

FIRST_SUPERGROUP = -1_000_000_000_000  # ids of supergroups and channels lie below it


class Groups:
    """Opens groups and channels and plays what happens in them."""

    def __init__(self, world: World) -> None:
        self.world = world

    def open(self, title: str, members: tuple[Person, ...], *, kind: str = "group", forum: bool = False) -> Chat:
        """A group whose first member created it."""
        number = self.world.new_id()
        chat = Chat(-number if kind == "group" else FIRST_SUPERGROUP - number, kind, {"title": title}, forum=forum)
        for place, person in enumerate(members):
            chat.admit(person.user, "member" if place else "creator")
        self.world.chats[chat.id] = chat
        return chat

    def add(self, bot: Account, chat: Chat, by: Person, *, as_admin: bool = False) -> None:
        """A member adds the bot: a change of its membership and a service message."""
        old, new = chat.status_of(bot.id), "administrator" if as_admin else "member"
        with self.world.lock:
            chat.admit(bot.user(), new)
            chat.tested.add(bot.id)
            self.world.deliver(bot, "my_chat_member", change_of_member(chat, by.user, bot.user(), (old, new)))
            if chat.kind != "channel" and old not in {"member", "administrator"}:
                by.posts(Place(chat), {"new_chat_members": [bot.user()]})

    def kick(self, bot: Account, chat: Chat, by: Person) -> None:
        """The bot is removed and cannot write any more."""
        old = chat.status_of(bot.id)
        with self.world.lock:
            chat.members[bot.id] = "kicked"
            self.world.deliver(bot, "my_chat_member", change_of_member(chat, by.user, bot.user(), (old, "kicked")))
            by.posts(Place(chat), {"left_chat_member": bot.user()})

    def open_topic(self, chat: Chat, name: str, by: Person) -> int:
        """A new topic of a forum; its id is that of the message that created it."""
        if not chat.forum:
            raise Misplayed(f"group {chat.id} has no topics")
        with self.world.lock:
            created = chat.add({"from": by.user, "forum_topic_created": {"name": name, "icon_color": 7322096}})
            created.body |= {"message_thread_id": created.id, "is_topic_message": True}
            chat.topics[created.id] = name
            self.world.publish(created)
            return created.id

    def migrate(self, chat: Chat, by: Person) -> Chat:
        """The group becomes a supergroup with another id; the old one refuses from now on."""
        if chat.kind != "group":
            raise Misplayed(f"chat {chat.id} is no basic group")
        with self.world.lock:
            new = self.open(chat.names["title"], (), kind="supergroup")
            new.members, new.people, new.tested = dict(chat.members), dict(chat.people), set(chat.tested)
            by.posts(Place(chat), {"migrate_to_chat_id": new.id})
            by.posts(Place(new), {"migrate_from_chat_id": chat.id})
            chat.migrated_to = new.id
            return new

    def anonymous_admin(self, chat: Chat) -> Sender:
        """An administrator who shows as the group itself."""
        user = _user(ANONYMOUS_ADMINISTRATOR, "Group", "GroupAnonymousBot")
        return Sender(self.world, {"from": user, "sender_chat": chat.json()})

    def channel_sender(self, channel: Chat) -> Sender:
        """A person who speaks in a group as a channel."""
        user = _user(CHANNEL_SENDER, "Channel", "Channel_Bot")
        return Sender(self.world, {"from": user, "sender_chat": channel.json()})

    def other_bot(self, name: str, chat: Chat) -> Sender:
        """A bot that is not tested, in a group; here bots with privacy off see what it says, so that they ignore it."""
        user = _user(self.world.new_id(), name, f"{name}_bot")
        chat.admit(user)
        return Sender(self.world, {"from": user})

    def post(self, channel: Chat, text: str) -> Message:
        """A post in a channel."""
        return Sender(self.world, {"sender_chat": channel.json()}).says(text, channel)

    def forward_automatically(self, post: Message, group: Chat) -> Message:
        """The channel's post appears in the group that is linked with it."""
        user = {"id": AUTOMATIC_FORWARD, "is_bot": False, "first_name": "Telegram"}
        channel = post.chat.json()
        origin = {"type": "channel", "date": int(time.time()), "chat": channel, "message_id": post.id}
        head = {"from": user, "sender_chat": channel, "is_automatic_forward": True, "forward_origin": origin}
        return Sender(self.world, head).says(post.text, group)


def _user(user_id: int, name: str, username: str) -> JSON:
    return {"id": user_id, "is_bot": True, "first_name": name, "username": username}
