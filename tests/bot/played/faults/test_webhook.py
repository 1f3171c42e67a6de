"""Updates that Telegram posts to the bot, and changing between that and fetching them."""

from __future__ import annotations

import httpx

from tests.bot.played.faults.stage import ANSWER, QUESTION, Stage, replies
from tests.bot.played.process import free_port
from tests.telegram import faults

HEADER = "X-Telegram-Bot-Api-Secret-Token"


def test_served_by_webhook(stage: Stage) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}/hooks/a.b+c"
    settings = {"DALIL_WEBHOOK_URL": url, "DALIL_WEBHOOK_PORT": str(port), "DALIL_WEBHOOK_SECRET": "se-cr_et"}
    person, other = stage.people(2)
    stage.double.fails("setWebhook", faults.server_error())
    before = person.says(QUESTION)
    running = stage.ready(**settings)
    [answer] = stage.answered(person.private(), [before])
    assert ANSWER in answer.text
    assert (stage.bot.webhook.url, stage.bot.webhook.secret) == (url, "se-cr_et")
    assert stage.bot.allowed == {"message", "edited_message", "callback_query", "my_chat_member"}

    update = next(update for update in stage.bot.delivered if "message" in update)
    strange = {**update, "update_id": update["update_id"] + 1000}
    assert _posted(url, strange) == _posted(url, strange, "wrong") == 403
    assert _posted(f"http://127.0.0.1:{port}/hooks/axbcc", strange, "se-cr_et") == 404
    assert _posted(url, update, "se-cr_et") == 200  # again, as Telegram does where it did not hear the answer
    assert [_posted(url, garbage, "se-cr_et") for garbage in ([], {})] == [400, 400]

    after = person.says("/help")
    stage.answered(person.private(), [before, after])
    assert len(person.private().bot_messages) == 2

    stage.wait(stage.is_idle)
    running.kill()
    meanwhile = other.says(QUESTION)
    stage.wait(lambda: stage.bot.webhook.last_error)
    restarted = stage.ready(**settings)
    stage.answered(other.private(), [meanwhile])
    assert restarted.stop() == 0
    assert stage.bot.webhook.url == url

    there = [other.says("/help")]
    polling = stage.ready()
    stage.answered(other.private(), there)
    assert stage.bot.webhook.url == ""
    assert polling.stop() == 0
    waiting = other.says("/help")
    del settings["DALIL_WEBHOOK_SECRET"]
    hooked = stage.ready(**settings)
    stage.answered(other.private(), [waiting])
    assert len(stage.bot.webhook.secret or "") == 64
    assert hooked.stop() == 0
    assert replies(other.private()) == [meanwhile.id, *(each.id for each in there), waiting.id]
    stage.is_clean()


def _posted(url: str, update: object, secret: str | None = None) -> int:
    headers = {} if secret is None else {HEADER: secret}
    return httpx.post(url, json=update, headers=headers, trust_env=False, timeout=5).status_code
