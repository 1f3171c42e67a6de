from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.telegram.accounts import Account
from tests.telegram.asking import ask, refusal, result
from tests.telegram.double import Double
from tests.telegram.people import Person

HTML = {"parse_mode": "HTML"}
UNKNOWN_REACTION = [{"type": "emoji", "emoji": "x"}]
LONG_DESCRIPTION = [{"command": "a", "description": "x" * 257}]
WRONG_SECRET = {"url": "http://127.0.0.1:1/", "secret_token": "سر"}
ROW = [{"text": "زر", "callback_data": "x"}]

BAD_SCOPE = "can't parse BotCommandScope: unsupported type specified"


def keyboard(*rows: list[dict[str, str]]) -> dict[str, Any]:
    return {"reply_markup": {"inline_keyboard": list(rows)}}


def test_a_wrong_token_and_an_unknown_method_are_told_apart(double: Double, bot: Account) -> None:
    assert refusal(double, f"1:{'x' * 35}", "getMe") == "401 Unauthorized"
    assert refusal(double, "nonsense", "getMe") == "404 Not Found"
    assert refusal(double, bot, "sendNothing") == "404 Not Found: method not found"
    assert result(double, bot, "GETME")["username"] == "tested_bot"


@pytest.mark.parametrize(
    ("parameters", "problem"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n\N{RIGHT-TO-LEFT MARK}"}, "message text is empty"),
        ({"text": "<b> </b>", **HTML}, "message text is empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": "&#1575;" * 4096 + "<b></b>" * 600, **HTML}, "text is too long"),
        ({"text": "<b>x</b>y" * 101, **HTML}, "ENTITIES_TOO_LONG"),
        ({"text": "<x>", **HTML}, 'can\'t parse entities: Unsupported start tag "x" at byte offset 0'),
        ({"text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
        ({"text": "x", "chat_id": 123}, "chat not found"),
        ({"text": "x", "chat_id": "@nobody"}, "chat not found"),
        ({"text": "x", "chat_id": ""}, "chat_id is empty"),
        ({"text": "x", "message_thread_id": 1}, "message thread not found"),
        ({"text": "x", "reply_parameters": {"message_id": 999}}, "message to be replied not found"),
        ({"text": "x", "reply_parameters": {"message_id": 2, "quote": "absent"}}, "QUOTE_TEXT_INVALID"),
        ({"text": "x", **keyboard([{"text": "a", "callback_data": "ا" * 33}])}, "BUTTON_DATA_INVALID"),
        ({"text": "x", **keyboard([{"text": "a", "callback_data": ""}])}, "BUTTON_DATA_INVALID"),
        ({"text": "x", **keyboard(*[ROW] * 101)}, "reply markup is too long"),
        ({"text": "x", **keyboard(ROW * 9)}, "reply markup is too long"),
        ({"text": "x", "reply_markup": []}, "object expected as reply markup"),
        ({"text": "x", "reply_markup": {"buttons": []}}, "can't parse reply markup: unknown kind"),
        ({"text": "x", "reply_markup": "{"}, "can't parse reply_markup JSON object"),
    ],
)
def test_a_message_that_telegram_refuses_is_refused(
    double: Double, bot: Account, person: Person, parameters: dict[str, Any], problem: str
) -> None:
    assert refusal(double, bot, "sendMessage", **{"chat_id": person.id, **parameters}) == f"400 Bad Request: {problem}"
    assert len(double.refusals) == 1


def test_what_lies_just_inside_the_limits_is_accepted(double: Double, bot: Account, person: Person) -> None:
    row = [{"text": "a", "callback_data": "ا" * 32}]
    for parameters in (
        {"text": "<b>" + "ا" * 4096 + "</b>", **HTML},
        {"text": "&lt;" * 4096, **HTML},
        {"text": "<b>x</b>y" * 100, **HTML},
        {"text": "x", **keyboard(*[row] * 100)},
        {"text": "x", "reply_parameters": {"message_id": 999, "allow_sending_without_reply": True}},
        {"text": "x", "reply_parameters": {"message_id": 2, "quote": "start"}},
        {"text": "x", "reply_markup": {"force_reply": True, "selective": True}},
    ):
        result(double, bot, "sendMessage", chat_id=person.id, **parameters)
    assert double.refusals == []


def test_edits_are_checked(double: Double, bot: Account, person: Person) -> None:
    sent = result(double, bot, "sendMessage", chat_id=person.id, text="a", **keyboard(ROW))
    where = {"chat_id": person.id, "message_id": sent["message_id"]}
    same = refusal(double, bot, "editMessageText", text="a", **where, **keyboard(ROW))
    assert same.startswith("400 Bad Request: message is not modified")
    assert "reply_markup" not in result(double, bot, "editMessageText", text="a", **where)
    missing = refusal(double, bot, "editMessageText", chat_id=person.id, message_id=999, text="a")
    assert missing == "400 Bad Request: message to edit not found"
    not_ours = refusal(double, bot, "editMessageText", chat_id=person.id, message_id=2, text="a")
    assert not_ours == "400 Bad Request: message can't be edited"
    no_caption = refusal(double, bot, "editMessageCaption", caption="a", **where)
    assert no_caption == "400 Bad Request: there is no caption in the message to edit"
    message = person.private().last_answer
    assert [version.text for version in message.history_of_edits] == ["a"]
    assert result(double, bot, "deleteMessage", **where) is True
    assert refusal(double, bot, "deleteMessage", **where) == "400 Bad Request: message to delete not found"


def test_a_pressed_button_is_answered_once_and_in_time(double: Double, bot: Account, person: Person) -> None:
    result(double, bot, "sendMessage", chat_id=person.id, text="a", **keyboard(ROW))
    press = person.presses(person.private().last_answer, "زر")
    too_long = refusal(double, bot, "answerCallbackQuery", callback_query_id=press.id, text="x" * 201)
    assert too_long == "400 Bad Request: MESSAGE_TOO_LONG"
    assert double.unanswered == [press]
    assert result(double, bot, "answerCallbackQuery", callback_query_id=press.id, text="x" * 200, show_alert=True)
    assert (press.answered, press.alert) == (True, True)
    assert double.unanswered == []
    old = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"
    assert refusal(double, bot, "answerCallbackQuery", callback_query_id=press.id) == old
    late = person.presses(person.private().last_answer, "زر")
    late.at -= 15.1
    assert refusal(double, bot, "answerCallbackQuery", callback_query_id=late.id) == old


@pytest.mark.parametrize(
    ("method", "parameters", "problem"),
    [
        ("setMyCommands", {"commands": [{"command": "اسأل", "description": "سؤال"}]}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [{"command": "Ask", "description": "سؤال"}]}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [{"command": "a" * 33, "description": "سؤال"}]}, "BOT_COMMAND_INVALID"),
        ("setMyCommands", {"commands": [{"command": "a", "description": ""}]}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ("setMyCommands", {"commands": LONG_DESCRIPTION}, "BOT_COMMAND_DESCRIPTION_INVALID"),
        ("setMyCommands", {"commands": [], "scope": {"type": "chat", "chat_id": 55}}, "chat not found"),
        ("setMyCommands", {"commands": [], "language_code": "ara"}, "invalid language code specified"),
        ("setMyCommands", {"commands": [], "scope": {"type": "people"}}, BAD_SCOPE),
        ("setMyDescription", {"description": "x" * 513}, "bot description is too long"),
        ("setMyShortDescription", {"short_description": "x" * 121}, "bot short description is too long"),
        ("setMyName", {"name": "x" * 65}, "bot name is too long"),
        ("sendMessageDraft", {"chat_id": "PERSON", "draft_id": 0, "text": "x"}, "DRAFT_ID_INVALID"),
        ("sendChatAction", {"chat_id": "PERSON", "action": "thinking"}, "wrong parameter action in request"),
        (
            "setMessageReaction",
            {"chat_id": "PERSON", "message_id": 2, "reaction": UNKNOWN_REACTION},
            "REACTION_INVALID",
        ),
        ("setWebhook", {"url": "http://example.org/"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ("setWebhook", WRONG_SECRET, "secret token contains unallowed characters"),
        ("getFile", {"file_id": "x"}, "wrong file_id or the file is temporarily unavailable"),
        ("sendDocument", {"chat_id": "PERSON"}, "there is no document in the request"),
    ],
)
def test_other_methods_refuse_what_telegram_refuses(
    double: Double, bot: Account, person: Person, method: str, parameters: dict[str, Any], problem: str
) -> None:
    filled = {key: person.id if value == "PERSON" else value for key, value in parameters.items()}
    assert refusal(double, bot, method, **filled) == f"400 Bad Request: {problem}"


def test_parameters_of_an_unexpected_shape_are_a_bad_request(double: Double, bot: Account, person: Person) -> None:
    for value in (5, [5], {"message_id": "two"}, {"message_id": None}):
        answer = ask(double, bot, "sendMessage", chat_id=person.id, text="x", reply_parameters=value)
        assert answer["error_code"] == 400
    assert ask(double, bot, "setMyCommands", commands=[], scope=["chat"])["error_code"] == 400
    assert ask(double, bot, "setMyCommands", commands=[], scope={"type": "chat"})["error_code"] == 400


def test_json_bodies_and_queries_are_understood_and_a_token_in_them_is_noticed(
    double: Double, bot: Account, person: Person
) -> None:
    url = f"{double.base_url}{bot.token}/sendMessage"
    assert httpx.post(url, json={"chat_id": person.id, "text": "<b>x</b>", "parse_mode": "HTML"}).json()["ok"]
    assert person.private().last_answer.bold == ["x"]
    assert double.leaks == []
    assert httpx.get(url, params={"chat_id": person.id, "text": bot.token}).json()["ok"]
    assert double.leaks == ["sendMessage"]
