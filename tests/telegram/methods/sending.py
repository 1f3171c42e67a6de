"""New messages: texts, forwards, copies, drafts and signs of activity."""

from __future__ import annotations

import time
from typing import Any

from tests.telegram import keyboards
from tests.telegram.calls import MOST_TEXT, Call
from tests.telegram.chats import Chat
from tests.telegram.errors import bad_request
from tests.telegram.markup import read_html
from tests.telegram.messages import Message, written
from tests.telegram.texts import utf16_length
from tests.telegram.values import JSON, ChatAction, Draft

ACTIONS = set(
    "typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker "
    "find_location record_video_note upload_video_note".split()
)
MOST_QUOTE = 1024


def send(call: Call, content: JSON) -> Message:
    """Put a message into the chat that the call names, with its reply, topic and keyboard."""
    chat, thread = call.destination()
    markup = keyboards.check(call.json("reply_markup"))
    replied, reply_fields = _reply(call, chat, thread)
    body = {**_author(call, chat), **content, **chat.placing(thread, replied), **reply_fields}
    if markup is not None and any(markup.get("inline_keyboard", ())):
        body["reply_markup"] = markup
    chat.last_bot = call.bot.id
    message = chat.add(body)
    message.reply_markup = markup
    return message


def send_message(call: Call) -> JSON:
    formatted = call.text()
    options = call.json("link_preview_options")
    return send(call, {**written(formatted), **({"link_preview_options": options} if options else {})}).for_bot()


def send_message_draft(call: Call) -> bool:
    """Streams a text that vanishes; in private chats only."""
    formatted = call.formatted("text", most=MOST_TEXT)
    chat, _ = call.destination()
    if chat.kind != "private":
        raise bad_request("drafts can be sent to private chats only")
    if call.integer("draft_id") == 0:
        raise bad_request("DRAFT_ID_INVALID")
    chat.drafts.append(Draft(time.time(), call.integer("draft_id"), formatted.text))
    return True


def send_chat_action(call: Call) -> bool:
    action = call.string("action")
    if action not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat, thread = call.destination()
    chat.actions.append(ChatAction(time.time(), action, thread))
    return True


def forward_message(call: Call) -> JSON:
    original = _original(call, "message to forward not found")
    origin = {"type": "user", "date": original.body["date"], "sender_user": original.body.get("from")}
    return send(call, {**_content(original), "forward_origin": origin}).for_bot()


def copy_message(call: Call) -> JSON:
    content = _content(_original(call, "message to copy not found"))
    if call.has("caption") and "caption" in content:
        content = {**content, **written(call.caption(), caption=True)}
    return {"message_id": send(call, content).id}


def _original(call: Call, missing: str) -> Message:
    return call.world.find(call.bot, call.integer("from_chat_id")).message(call.integer("message_id"), missing)


def _content(message: Message) -> JSON:
    wanted = {"text", "entities", "caption", "caption_entities", "document", "photo", "voice", "sticker", "contact"}
    return {key: value for key, value in message.body.items() if key in wanted}


def _author(call: Call, chat: Chat) -> JSON:
    return {"sender_chat": chat.json()} if chat.kind == "channel" else {"from": call.bot.user()}


def _reply(call: Call, chat: Chat, thread: int | None) -> tuple[Message | None, JSON]:
    """The message that is answered, and the fields that say so."""
    wanted = call.json("reply_parameters")
    if wanted is None and call.has("reply_to_message_id"):
        lenient = call.flag("allow_sending_without_reply")
        wanted = {"message_id": call.integer("reply_to_message_id"), "allow_sending_without_reply": lenient}
    if wanted is None:
        return None, _in_topic(chat, thread)
    if not isinstance(wanted, dict) or not isinstance(wanted.get("message_id"), int):
        raise bad_request("can't parse reply parameters: message identifier is not specified")
    replied = chat.messages.get(wanted["message_id"])
    elsewhere = wanted.get("chat_id", chat.id) != chat.id
    if replied is None or replied.deleted or elsewhere or (thread is not None and replied.topic != thread):
        if wanted.get("allow_sending_without_reply") is True:
            return None, _in_topic(chat, thread)
        raise bad_request("message to be replied not found")
    return replied, {"reply_to_message": replied.without_reply(), **_quote(wanted, replied)}


def _in_topic(chat: Chat, thread: int | None) -> JSON:
    """In a topic every message "replies" to the topic's creation."""
    return {} if thread is None else {"reply_to_message": chat.messages[thread].without_reply()}


def _quote(wanted: dict[str, Any], replied: Message) -> JSON:
    quote = wanted.get("quote")
    if not quote:
        return {}
    if str(wanted.get("quote_parse_mode") or "").lower() == "html":
        quote = read_html(quote).text
    if utf16_length(quote) > MOST_QUOTE or quote not in replied.text:
        raise bad_request("QUOTE_TEXT_INVALID")
    position = utf16_length(replied.text[: replied.text.index(quote)])
    return {"quote": {"text": quote, "position": position, "is_manual": True}}


METHODS = {
    "sendMessage": send_message,
    "sendMessageDraft": send_message_draft,
    "sendChatAction": send_chat_action,
    "forwardMessage": forward_message,
    "copyMessage": copy_message,
}
