"""Told to stop, the bot ends within ten seconds, and what it had not answered is answered after the next start."""

from __future__ import annotations

import signal

from tests.bot.played.faults.stage import QUESTION, Stage, timed
from tests.bot.played.process import Running
from tests.telegram import faults

LONGEST = 10.0


def ended(running: Running) -> None:
    assert timed(lambda: running.stop(30)) < LONGEST
    assert running.process.returncode == 0


def test_stopped_with_questions_in_work(stage: Stage) -> None:
    people = stage.people(10)
    asked = {person.id: [] for person in people}
    for _ in range(2):
        running = stage.ready()
        for person in people:
            asked[person.id] += [person.says(QUESTION), person.says("/help")]
        stage.wait(lambda person=person: person.private().bot_messages)
        ended(running)
    stage.ready()
    for person in people:
        stage.answered(person.private(), asked[person.id])
        assert len(person.private().bot_messages) == 4
    stage.is_clean()


def test_stopped_while_telegram_wants_a_wait_and_while_it_hangs(stage: Stage) -> None:
    waiting, hanging, lucky = stage.people(3)
    running = stage.ready()
    stage.double.fails("sendMessage", faults.too_many(9))
    asked = waiting.says(QUESTION)
    stage.wait(lambda: not stage.double.faults_left)
    stage.double.fails("sendMessage", faults.half_open())
    hung = hanging.says(QUESTION)
    stage.wait(lambda: not stage.double.faults_left)
    stage.answered(lucky.private(), [lucky.says(QUESTION)])
    ended(running)
    assert waiting.private().bot_messages == []
    stage.ready()
    stage.answered(hanging.private(), [hung])
    stage.answered(waiting.private(), [asked])
    stage.is_clean(probes=3)


def test_stopped_while_telegram_is_down(stage: Stage) -> None:
    person = stage.person()
    running = stage.ready()
    stage.double.fails("sendMessage", faults.server_error(), times=2)
    asked = person.says(QUESTION)
    stage.wait(lambda: not stage.double.faults_left)
    stage.double.goes_down()
    ended(running)
    stage.double.comes_back()
    restarted = stage.ready()
    stage.answered(person.private(), [asked])
    restarted.process.send_signal(signal.SIGINT)
    assert restarted.process.wait(LONGEST) == 0
    stage.is_clean()


def test_questions_asked_while_it_was_down_are_answered_unless_they_are_old(stage: Stage) -> None:
    one, two = stage.people(2)
    old = [one.says(QUESTION, ago=seconds) for seconds in (5000, 3000, 700)]
    fresh = one.says(QUESTION, ago=500)
    others = [two.says("/help", ago=5000), two.says(QUESTION, ago=5)]
    running = stage.ready()
    answers = stage.answered(one.private(), [old[0], fresh])
    assert "أعد" in answers[0].text
    assert len(one.private().bot_messages) == 2
    stage.answered(two.private(), others)
    ended(running)
    stage.is_clean()
