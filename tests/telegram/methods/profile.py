"""What a bot says of itself: name, descriptions, commands by scope and language."""

from __future__ import annotations

import re
from typing import Any

from tests.telegram.calls import Call
from tests.telegram.errors import bad_request
from tests.telegram.texts import utf16_length
from tests.telegram.values import JSON

COMMAND = re.compile(r"[a-z0-9_]{1,32}\Z")
MOST_COMMANDS = 100
WITHOUT_CHAT = {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}
WITH_CHAT = {"chat", "chat_administrators", "chat_member"}
MOST = {"name": 64, "description": 512, "short_description": 120}


def get_me(call: Call) -> JSON:
    can = {"can_join_groups": True, "can_read_all_group_messages": not call.bot.privacy}
    cannot = ("supports_inline_queries", "can_connect_to_business", "has_main_web_app", "has_topics_enabled")
    return {**call.bot.user(), **can, **dict.fromkeys(cannot, False)}


def set_my_commands(call: Call) -> bool:
    commands = call.json("commands")
    if not isinstance(commands, list):
        raise bad_request("can't parse commands JSON object: array expected")
    if len(commands) > MOST_COMMANDS:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        _check(command)
    call.bot.commands[_key(call)] = commands
    return True


def _check(command: Any) -> None:
    if not isinstance(command, dict) or not COMMAND.match(str(command.get("command", ""))):
        raise bad_request("BOT_COMMAND_INVALID")
    if not 1 <= utf16_length(str(command.get("description", "")).strip()) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")


def get_my_commands(call: Call) -> list[JSON]:
    return call.bot.commands.get(_key(call), [])


def delete_my_commands(call: Call) -> bool:
    call.bot.commands.pop(_key(call), None)
    return True


def _key(call: Call) -> tuple[str, int, int, str]:
    scope: Any = call.json("scope") or {"type": "default"}
    kind = scope.get("type") if isinstance(scope, dict) else None
    language = _language(call)
    if kind in WITHOUT_CHAT:
        return str(kind), 0, 0, language
    if kind not in WITH_CHAT:
        raise bad_request("can't parse BotCommandScope: unsupported type specified")
    chat_id = scope.get("chat_id")
    if isinstance(chat_id, str) and chat_id.lstrip("-").isdecimal():
        chat_id = int(chat_id)
    chat = call.world.find(call.bot, chat_id)
    if kind != "chat" and chat.kind == "private":
        raise bad_request("can't change commands in private chats with this scope")
    user = int(scope.get("user_id", 0)) if kind == "chat_member" else 0
    return str(kind), chat.id, user, language


def _language(call: Call) -> str:
    language = call.string("language_code")
    if language and not re.fullmatch("[a-z]{2}", language):
        raise bad_request("invalid language code specified")
    return language


def _set(call: Call, what: str) -> bool:
    value = call.string(what)
    if utf16_length(value) > MOST[what]:
        raise bad_request(f"bot {what.replace('_', ' ')} is too long")
    call.bot.profile[what, _language(call)] = value
    return True


def _get(call: Call, what: str) -> JSON:
    profile = call.bot.profile
    usual = profile.get((what, ""), call.bot.name if what == "name" else "")
    return {what: profile.get((what, _language(call))) or usual}


METHODS = {
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": lambda call: _set(call, "name"),
    "setMyDescription": lambda call: _set(call, "description"),
    "setMyShortDescription": lambda call: _set(call, "short_description"),
    "getMyName": lambda call: _get(call, "name"),
    "getMyDescription": lambda call: _get(call, "description"),
    "getMyShortDescription": lambda call: _get(call, "short_description"),
}
