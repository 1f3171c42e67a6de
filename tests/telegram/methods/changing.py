"""Messages that are there already: edits, deletions, reactions, pins."""

from __future__ import annotations

import time

from tests.telegram import keyboards
from tests.telegram.calls import Call
from tests.telegram.chats import Chat
from tests.telegram.errors import bad_request
from tests.telegram.messages import Message, written
from tests.telegram.values import JSON

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)
MEDIA = ("document", "photo", "voice", "audio", "video")
REACTIONS = set("👍 👎 ❤ 🔥 🥰 👏 😁 🤔 🤯 😱 😢 🎉 🤩 🙏 👌 🕊 👀 ✍ 🤝 🫡 🆒 💯 ⚡ 🏆".split())


def edit_message_text(call: Call) -> JSON:
    formatted = call.text()
    message = _editable(call)
    if not message.has("text"):
        raise bad_request("there is no text in the message to edit")
    return _change(call, message, written(formatted))


def edit_message_caption(call: Call) -> JSON:
    formatted = call.caption()
    message = _editable(call)
    if not message.has(*MEDIA):
        raise bad_request("there is no caption in the message to edit")
    return _change(call, message, written(formatted, caption=True) if formatted.text else {})


def edit_message_reply_markup(call: Call) -> JSON:
    message = _editable(call)
    kept = ("text", "entities", "caption", "caption_entities")
    return _change(call, message, {key: message.body[key] for key in kept if key in message.body})


def _editable(call: Call) -> Message:
    if call.has("inline_message_id"):
        raise bad_request("MESSAGE_ID_INVALID")
    chat = call.world.find_to_write(call.bot, call.chat_id)
    message = chat.message(call.integer("message_id"), "message to edit not found")
    is_own = message.author_id == call.bot.id or (chat.kind == "channel" and "sender_chat" in message.body)
    plain = message.reply_markup is None or "inline_keyboard" in message.reply_markup
    if not is_own or not plain or message.has("forward_origin") or message.is_service:
        raise bad_request("message can't be edited")
    return message


def _change(call: Call, message: Message, content: JSON) -> JSON:
    """Show something else; without reply_markup the keyboard goes."""
    markup = keyboards.check(call.json("reply_markup"), editing=True)
    shown = {"text", "entities", "caption", "caption_entities", "reply_markup"}
    new = {**content, **({"reply_markup": markup} if markup and any(markup["inline_keyboard"]) else {})}
    if new == {key: value for key, value in message.body.items() if key in shown}:
        raise bad_request(NOT_MODIFIED)
    for key in shown:
        message.body.pop(key, None)
    message.body.update(new, edit_date=int(time.time()))
    message.reply_markup = markup
    message.remember()
    return message.for_bot()


def delete_message(call: Call) -> bool:
    chat = call.world.find_to_write(call.bot, call.chat_id)
    message = chat.message(call.integer("message_id"), "message to delete not found")
    if not _may_delete(call, chat, message):
        raise bad_request("message can't be deleted")
    message.deleted = True
    return True


def delete_messages(call: Call) -> bool:
    """Up to 100 at once; those that are not there are passed over."""
    chat = call.world.find_to_write(call.bot, call.chat_id)
    wanted = call.json("message_ids")
    if not isinstance(wanted, list) or not 1 <= len(wanted) <= 100:
        raise bad_request("there must be 1-100 message identifiers")
    for message in [chat.messages[key] for key in wanted if key in chat.messages]:
        if not _may_delete(call, chat, message):
            raise bad_request("message can't be deleted")
        message.deleted = True
    return True


def _may_delete(call: Call, chat: Chat, message: Message) -> bool:
    own = message.author_id == call.bot.id
    return own or chat.kind == "private" or chat.status_of(call.bot.id) == "administrator"


def set_message_reaction(call: Call) -> bool:
    chat = call.world.find_to_write(call.bot, call.chat_id)
    message = chat.message(call.integer("message_id"), "message to react not found")
    wanted = call.json("reaction") or []
    emoji = [reaction.get("emoji", "") for reaction in wanted if isinstance(reaction, dict)]
    if len(wanted) > 1 or any(one not in REACTIONS for one in emoji):
        raise bad_request("REACTION_INVALID")
    message.reactions = emoji
    return True


def pin_chat_message(call: Call) -> bool:
    chat = call.world.find_to_write(call.bot, call.chat_id)
    message = chat.message(call.integer("message_id"), "message to pin not found")
    if chat.kind != "private" and chat.status_of(call.bot.id) != "administrator":
        raise bad_request("not enough rights to manage pinned messages in the chat")
    chat.pinned.append(message.id)
    return True


METHODS = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "setMessageReaction": set_message_reaction,
    "pinChatMessage": pin_chat_message,
}
