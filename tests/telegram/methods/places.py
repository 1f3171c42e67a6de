"""Chats and who is in them."""

from __future__ import annotations

import time
from typing import Any

from tests.telegram.calls import Call
from tests.telegram.chats import Chat
from tests.telegram.errors import bad_request
from tests.telegram.values import JSON

RIGHTS = (
    "can_manage_chat can_delete_messages can_manage_video_chats can_restrict_members can_promote_members "
    "can_change_info can_invite_users can_post_stories can_edit_stories can_delete_stories can_pin_messages"
).split()
NO_GIFTS = dict.fromkeys(
    (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    ),
    False,
)


def member(status: str, user: JSON) -> JSON:
    """A ChatMember with the fields that its status brings."""
    head: JSON = {"status": status, "user": user}
    if status == "administrator":
        return {**head, "can_be_edited": False, "is_anonymous": False, **dict.fromkeys(RIGHTS, True)}
    if status == "creator":
        return {**head, "is_anonymous": False}
    return {**head, "until_date": 0} if status == "kicked" else head


def change_of_member(chat: Chat, by: JSON, user: JSON, statuses: tuple[str, str]) -> JSON:
    """A ChatMemberUpdated from one status to another."""
    old, new = (member(status, user) for status in statuses)
    when = int(time.time())
    return {"chat": chat.json(), "from": by, "date": when, "old_chat_member": old, "new_chat_member": new}


def get_chat(call: Call) -> JSON:
    chat = call.chat()
    more = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": NO_GIFTS}
    return {**chat.json(), **more}


def get_chat_member(call: Call) -> JSON:
    chat, user_id = _joined(call), call.integer("user_id")
    user = chat.people.get(user_id) or call.world.people.get(user_id)
    if user is None:
        raise bad_request("invalid user_id specified")
    return member(chat.status_of(user_id), user)


def get_chat_administrators(call: Call) -> list[JSON]:
    chat = _joined(call)
    if chat.kind == "private":
        raise bad_request("there are no administrators in the private chat")
    chosen = [(status, chat.people[key]) for key, status in chat.members.items() if key in chat.people]
    return [member(status, user) for status, user in chosen if status in {"administrator", "creator"}]


def get_chat_member_count(call: Call) -> int:
    chat = _joined(call)
    return 2 if chat.kind == "private" else sum(chat.has_member(user_id) for user_id in chat.members)


def _joined(call: Call) -> Chat:
    chat = call.chat()
    return chat if chat.kind == "private" else call.world.find_to_write(call.bot, call.chat_id)


def leave_chat(call: Call) -> bool:
    chat = call.world.find_to_write(call.bot, call.chat_id)
    if chat.kind == "private":
        raise bad_request("chat is private")
    chat.members[call.bot.id] = "left"
    user = call.bot.user()
    call.world.deliver(call.bot, "my_chat_member", change_of_member(chat, user, user, ("member", "left")))
    call.world.publish(chat.add({"from": user, "left_chat_member": user}))
    return True


def set_chat_menu_button(call: Call) -> bool:
    button: Any = call.json("menu_button") or {"type": "default"}
    if button.get("type") not in {"commands", "web_app", "default"}:
        raise bad_request("menu button type is invalid")
    chat_id = call.chat().id if call.has("chat_id") else 0
    call.bot.menu_buttons[chat_id] = button
    return True


def get_chat_menu_button(call: Call) -> JSON:
    chat_id = call.chat().id if call.has("chat_id") else 0
    buttons = call.bot.menu_buttons
    return buttons.get(chat_id) or buttons.get(0) or {"type": "commands"}


METHODS = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "leaveChat": leave_chat,
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
