"""What the bot tells those who run it, and how it keeps people within limits."""

from __future__ import annotations

import re

from tests.bot.played.faults.stage import ANSWER, QUESTION, WORDS_OF_IT, Stage, replies, timed
from tests.telegram import faults


def test_the_log_holds_ids_and_times_and_no_words_at_any_level(stage: Stage) -> None:
    person = stage.person()
    running = stage.ready(DALIL_LOG_LEVEL="debug")
    stage.double.fails("sendMessage", faults.dropped(applied=True))
    [answer] = stage.answered(person.private(), [person.says(QUESTION)])
    stage.wait(lambda: "answered" in running.events)
    told = next(event for event in running.log if event["event"] == "answered")
    assert set(told) == {"event", "level", "logger", "timestamp", "answer", "chat", "outcome", "milliseconds"}
    assert (told["chat"], told["outcome"]) == (person.id, "answer")
    assert 0 < told["milliseconds"] < 10_000
    before = len(answer.history_of_edits)
    person.presses(answer, "غير مفيد")
    stage.wait(lambda: len(answer.history_of_edits) > before)
    assert running.stop() == 0
    log = running.log_file.read_text(encoding="utf-8")
    assert WORDS_OF_IT not in log
    assert WORDS_OF_IT.encode("unicode_escape").decode() not in log
    stage.is_clean()


def test_questions_are_logged_only_if_that_is_set_and_the_token_never(stage: Stage) -> None:
    person = stage.person()
    running = stage.ready(DALIL_LOG_TEXT="1", DALIL_LOG_LEVEL="debug")
    stage.double.fails("sendMessage", faults.dropped(applied=True))
    stage.double.fails("getUpdates", faults.server_error())
    stage.answered(person.private(), [person.says(QUESTION)])
    stage.wait(lambda: "answered" in running.events)
    told = next(event for event in running.log if event["event"] == "answered")
    assert told["asked"] == told["understood"] == QUESTION
    assert running.stop() == 0
    stage.is_clean()


def test_metrics_and_health(stage: Stage) -> None:
    people = stage.people(3)
    running = stage.ready()
    assert running.fetched("/healthz") == (200, '{"status": "ok"}')
    for person in people:
        stage.answered(person.private(), [person.says(QUESTION)])
    stage.wait(
        lambda: running.events.count("answered") == 3
    )  # told when the answer stands in its chat, and then counted
    status, text = running.fetched("/metrics")
    assert status == 200
    assert re.search(r'^dalil_answers_total\{outcome="answer",scope="private"\} 3\.0$', text, re.MULTILINE)
    assert re.search(r"^dalil_answer_seconds_count 3\.0$", text, re.MULTILINE)
    assert re.search(r"^dalil_faults_total 0\.0$", text, re.MULTILINE)
    assert running.fetched("/")[0] == 404
    stage.is_clean()


def test_who_asks_too_much_is_told_once_and_then_left_unanswered(stage: Stage) -> None:
    person, member, other = stage.people(3)
    group = stage.double.group(member, other)
    running = stage.ready(DALIL_PERSON_PER_MINUTE="2", DALIL_CHAT_PER_MINUTE="3")
    stage.double.groups.add(stage.bot, group, member)
    asked = [person.says(QUESTION) for _ in range(6)]
    stage.answered(person.private(), asked[:3])
    assert ANSWER in person.private().bot_messages[1].text
    assert ANSWER not in person.private().bot_messages[2].text
    stage.wait(stage.is_idle)
    assert replies(person.private()) == [question.id for question in asked[:3]]
    asked = [who.says(f"/ask {QUESTION}", group) for who in (member, other, member, other, other, other)]
    stage.answered(group, asked[:4])
    stage.wait(stage.is_idle)
    assert [ANSWER in message.text for message in group.bot_messages[1:]] == [True, True, True, False]
    assert running.stop() == 0
    stage.is_clean()


def test_a_flood_from_one_chat_keeps_nobody_else_waiting(stage: Stage) -> None:
    flooding, other = stage.people(2)
    running = stage.ready(DALIL_PERSON_PER_MINUTE="10000")
    for _ in range(1100):
        flooding.says("/help")
    question = other.says(QUESTION)
    stage.answered(other.private(), [question], timeout=15)
    assert timed(lambda: running.stop(30)) < 10
    assert running.process.returncode == 0
    stage.is_clean()
