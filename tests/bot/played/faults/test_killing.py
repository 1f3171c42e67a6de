"""Killed without warning at any moment, each question is answered once."""

from __future__ import annotations

import random
import time

from tests.bot.played.faults.stage import ANSWER, QUESTION, Stage, replies
from tests.telegram import faults
from tests.telegram.people import Person
from tests.telegram.values import Exchange

MARKED = "SELECT count(*) FROM updates WHERE begun_after IS NOT NULL"


def test_killed_while_messages_are_under_way(stage: Stage) -> None:
    applied, lost = faults.slow(60), faults.half_open()
    plays = [(QUESTION, applied), (QUESTION, lost), ("/help", applied), ("/help", lost)]
    people = stage.people(len(plays))
    running = stage.ready()
    asked = []
    for number, (person, (what, fault)) in enumerate(zip(people, plays, strict=True)):
        stage.double.fails("sendMessage", fault)
        asked.append(person.says(what))
        stage.wait(lambda number=number: stage.stored(MARKED) == [(number + 1,)] and not stage.double.faults_left)
    running.kill()
    meanwhile = [person.says("/help") for person in people]
    restarted = stage.ready()
    for person, *said in zip(people, asked, meanwhile, strict=True):
        stage.answered(person.private(), said)
        assert len(person.private().bot_messages) == 2
    stage.wait(stage.is_idle)
    assert restarted.stop() == 0
    # An answer that arrived is found without a refusal: its buttons are changed. Words without buttons are not.
    searches = [[each.status for each in searched(stage, person)] for person in people]
    assert searches[0] == [200]
    assert searches[2] == [400]
    assert all(1 <= len(each) <= 3 and set(each) == {400} for each in (searches[1], searches[3]))
    stage.is_clean(probes=7)


def test_killed_after_the_answer_nothing_is_said_again_or_searched_for(stage: Stage) -> None:
    person = stage.person()
    running = stage.ready()
    question = person.says(QUESTION)
    [answer] = stage.answered(person.private(), [question])
    stage.wait(stage.is_idle)
    running.kill()
    stage.ready()
    again = person.says(QUESTION)
    stage.answered(person.private(), [question, again])
    assert answer.history_of_edits == []
    stage.is_clean()


def test_killed_before_the_answer_goes_out_nothing_is_searched_for(stage: Stage) -> None:
    """Nothing was sent of what waits for Telegram's limits."""
    people = stage.people(3)
    running = stage.ready()
    for person in people:
        stage.double.fails("sendMessage", faults.too_many(3))
        person.says(QUESTION)
    stage.wait(lambda: stage.double.faults_left == 0)
    time.sleep(0.2)  # until the refusals have been written down
    running.kill()
    stage.ready()
    for person in people:
        [answer] = stage.answered(person.private(), [person.private().messages[2]])
        assert ANSWER in answer.text
    stage.is_clean()


def test_killed_again_and_again_among_many_questions(stage: Stage) -> None:
    """Thirty questions in ten chats, asked while the bot is up and while it is down."""
    people = stage.people(10)
    chance = random.Random(5)
    asked = {person: [] for person in people}
    for kill in range(3):
        running = stage.start()
        if kill % 2:
            running.ready()
        for person in people:
            asked[person].append(person.says(QUESTION if kill < 2 else "/help"))
        if not kill % 2:
            running.ready()
        time.sleep(chance.uniform(0, 0.25))
        running.kill()
    last = stage.ready()
    for person in people:
        stage.answered(person.private(), asked[person], timeout=30)
    stage.wait(stage.is_idle)
    assert all(len(replies(person.private())) == 3 for person in people)
    assert last.stop() == 0
    stage.is_clean(probes=60)


def test_killed_at_every_step_of_an_answer(stage: Stage) -> None:
    people = stage.people(2)
    for step, person in enumerate(people):
        running = stage.ready()
        person.says(QUESTION)
        time.sleep(0.02 * step)
        running.kill()
    stage.ready()
    for person in people:
        stage.answered(person.private(), [person.private().messages[2]])
        assert len(person.private().bot_messages) == 1
    stage.wait(stage.is_idle)
    stage.is_clean(probes=15)


def test_killed_while_a_pressed_sample_question_is_answered(stage: Stage) -> None:
    person = stage.person()
    running = stage.ready()
    greeting = stage.answered(person.private(), [person.starts()])[0]
    stage.double.fails("sendMessage", faults.slow(60))
    press = person.presses(greeting, greeting.buttons[0])
    stage.wait(lambda: press.answered and not stage.double.faults_left)
    running.kill()
    stage.ready()
    stage.answered(person.private(), [person.private().messages[2], person.says("/help")])
    stage.wait(stage.is_idle)
    assert len(person.private().bot_messages) == 3
    stage.is_clean()


def searched(stage: Stage, person: Person) -> list[Exchange]:
    """The requests that looked for a message in somebody's chat."""
    calls = stage.double.calls("editMessageReplyMarkup")
    return [each for each in calls if each.parameters["chat_id"] == person.id]
