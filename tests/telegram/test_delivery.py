from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import httpx
import pytest

from tests.telegram.accounts import Account
from tests.telegram.asking import ask, refusal, result
from tests.telegram.double import Double
from tests.telegram.errors import Misplayed
from tests.telegram.limits import Rate, Rates
from tests.telegram.people import Person


def texts(updates: list[dict[str, Any]]) -> list[str]:
    return [update["message"]["text"] for update in updates]


def test_an_update_comes_again_until_it_is_acknowledged(double: Double, bot: Account, person: Person) -> None:
    person.says("a")
    person.says("b")
    first = result(double, bot, "getUpdates")
    assert texts(first) == texts(result(double, bot, "getUpdates")) == ["a", "b"]
    assert texts(result(double, bot, "getUpdates", offset=first[1]["update_id"])) == ["b"]
    assert result(double, bot, "getUpdates", offset=first[1]["update_id"] + 1) == []
    assert texts(bot.delivered) == ["a", "b"]


def test_a_long_poll_ends_as_soon_as_something_comes(double: Double, bot: Account, person: Person) -> None:
    threading.Timer(0.1, lambda: person.says("x")).start()
    began = time.monotonic()
    assert texts(result(double, bot, "getUpdates", timeout=4)) == ["x"]
    assert 0.05 < time.monotonic() - began < 1


def test_a_poller_that_was_killed_is_in_nobodys_way(double: Double, bot: Account, person: Person) -> None:
    with pytest.raises(httpx.ReadTimeout):
        httpx.get(f"{double.base_url}{bot.token}/getUpdates?timeout=5", timeout=0.2)
    double.wait_for(lambda: bot.poll is not None and bot.poll.cancelled())
    person.says("x")
    assert texts(result(double, bot, "getUpdates", timeout=5)) == ["x"]
    assert double.conflicts == 0


def test_only_the_kinds_that_were_asked_for_are_kept(double: Double, bot: Account, person: Person) -> None:
    result(double, bot, "getUpdates", allowed_updates=["edited_message"])
    message = person.says("a")
    person.edits(message, "b")
    (update,) = result(double, bot, "getUpdates")
    assert update["edited_message"]["text"] == "b"
    result(double, bot, "getUpdates", allowed_updates=[], offset=update["update_id"] + 1)
    person.says("c", ago=900)
    (update,) = result(double, bot, "getUpdates")
    assert time.time() - update["message"]["date"] > 890


def test_a_webhook_gets_updates_in_order_until_it_takes_them(double: Double, bot: Account, person: Person) -> None:
    seen: list[tuple[str, str | None]] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = httpx.Response(200, content=self.rfile.read(int(self.headers["Content-Length"]))).json()
            seen.append((body["message"]["text"], self.headers["X-Telegram-Bot-Api-Secret-Token"]))
            self.send_response(500 if len(seen) < 3 else 200)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Hook) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/"
        result(double, bot, "setWebhook", url=url, secret_token="secret-1", allowed_updates=["message"])
        person.says("a")
        person.says("b")
        double.wait_for(lambda: not bot.pending)
        server.shutdown()
    assert seen == [("a", "secret-1")] * 3 + [("b", "secret-1")]
    assert [status for _, status in bot.webhook.attempts] == [500, 500, 200, 200]
    assert result(double, bot, "getWebhookInfo")["last_error_message"] == "Wrong response from the webhook: 500"
    assert result(double, bot, "deleteWebhook")


def test_bots_do_not_see_one_another(double: Double, bot: Account, person: Person) -> None:
    other = double.bot("other_bot")
    person.says("x", person.private(other))
    assert result(double, bot, "getUpdates") == []
    assert texts(result(double, other, "getUpdates")) == ["x"]
    with pytest.raises(Misplayed, match="say which bot"):
        person.says("x")


def test_telegram_goes_away_and_comes_back_on_the_same_port(double: Double, bot: Account, person: Person) -> None:
    person.says("kept")
    address = double.base_url
    double.goes_down()
    with pytest.raises(httpx.ConnectError):
        ask(double, bot, "getMe")
    double.comes_back()
    assert double.base_url == address
    assert texts(result(double, bot, "getUpdates")) == ["kept"]


def test_flood_control_tells_how_long_to_wait_and_notes_who_does_not(
    double: Double, bot: Account, person: Person
) -> None:
    group = double.group(person)
    double.groups.add(bot, group, person)
    where = {"chat_id": group.id, "text": "x"}
    for _ in range(25):
        result(double, bot, "sendMessage", **where)  # off by default
    double.limits(Rates(group=Rate(2, 60), private=Rate(1, 60), overall=None))
    result(double, bot, "sendMessage", chat_id=person.id, text="x")
    for _ in range(2):
        sent = result(double, bot, "sendMessage", **where)
    edit = {"chat_id": group.id, "message_id": sent["message_id"], "text": "y"}
    refused = ask(double, bot, "editMessageText", **edit)
    assert refused["error_code"] == 429
    assert 58 <= refused["parameters"]["retry_after"] <= 60
    result(double, bot, "sendChatAction", chat_id=group.id, action="typing")
    assert double.early_returns == []
    bot.must_wait[group.id] = time.time() - 1, time.time() + 59
    assert refusal(double, bot, "sendMessage", **where).startswith("429 ")
    assert len(double.early_returns) == 1
    assert double.refusals == []


def test_the_overall_limit_holds_across_chats(double: Double, bot: Account, person: Person) -> None:
    double.limits(Rates(group=None, private=None, overall=Rate(3, 1)))
    answers = [ask(double, bot, "sendMessage", chat_id=person.id, text="x") for _ in range(4)]
    assert [answer["ok"] for answer in answers] == [True, True, True, False]
    assert answers[3]["parameters"] == {"retry_after": 1}


def test_a_person_cannot_do_what_the_application_does_not_offer(double: Double, bot: Account, person: Person) -> None:
    rows = [[{"text": "رابط", "url": f"https://t.me/{bot.username}?start=a1"}, {"text": "زر", "callback_data": "x"}]]
    result(double, bot, "sendMessage", chat_id=person.id, text="x", reply_markup={"inline_keyboard": rows})
    message = person.private().last_answer
    with pytest.raises(Misplayed, match="no button"):
        person.presses(message, "آخر")
    with pytest.raises(Misplayed, match="sends nothing"):
        person.presses(message, "رابط")
    assert person.follows(message, "رابط").text == "/start a1"
    assert person.presses(message, "زر").data == "x"
    with pytest.raises(Misplayed, match="not in group"):
        person.says("x", double.group(double.person()))
    result(double, bot, "deleteMessage", chat_id=person.id, message_id=message.id)
    with pytest.raises(Misplayed, match="deleted"):
        person.presses(message, "زر")


def test_what_people_send_beside_texts_arrives_as_its_kind(double: Double, bot: Account, person: Person) -> None:
    said = person.says("x")
    sent = [person.sends_voice(), person.sends_photo(caption="y"), person.sends_sticker(), person.sends_contact()]
    sent.append(person.forwards(said))
    kinds = ["voice", "photo", "sticker", "contact", "forward_origin"]
    assert [message.has(kind) for message, kind in zip(sent, kinds, strict=True)] == [True] * 5
    assert len(result(double, bot, "getUpdates")) == 6


def test_waiting_in_vain_says_what_was_asked_last(double: Double, bot: Account) -> None:
    ask(double, bot, "getMe")
    with pytest.raises(AssertionError, match="getMe 200"):
        double.wait_for(lambda: False, timeout=0.05)
