"""The primary of the database is lost: answering goes on from its standby, and what is written waits and lands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.phrases import PhraseName, phrases
from tests.bot.played.faults.pairs import BACK, LONG, LOST, Paired, paired
from tests.bot.played.faults.stage import ANSWER, QUESTION, replies
from tests.bot.played.faults.test_machines import AFTERWARDS, RANK, UNDERSTOOD
from tests.telegram import faults
from tests.telegram.people import Person

NOT_NOW = phrases("ar").say(PhraseName.NOT_NOW)


@pytest.fixture
def stage(seeds_data: Path, tmp_path: Path) -> Iterator[Paired]:
    with paired(seeds_data, tmp_path) as stage:
        yield stage


def test_questions_are_answered_from_the_standby_and_what_is_written_lands_once(stage: Paired) -> None:
    administrator, *people = stage.people(3)
    one, other = people
    running = stage.start(DALIL_ADMINS=str(administrator.id)).ready()
    asked = {one.id: [one.says(RANK)], other.id: [other.says(QUESTION)]}
    for person in people:
        stage.answers(person.private(), asked[person.id])
    before = other.private().last_answer

    stage.loses_the_primary()
    stage.says(running, LOST)
    asked[one.id].append(one.says(AFTERWARDS))
    told = stage.answers(one.private(), asked[one.id])
    assert UNDERSTOOD in told[1].text  # what was said before the outage is remembered
    asked[one.id] += [one.says("/new"), one.says(QUESTION), one.says("/forget")]
    told = stage.answers(one.private(), asked[one.id])
    assert ANSWER in told[3].text
    assert told[4].text == NOT_NOW
    presses = [other.presses(before, "👎"), one.presses(told[3], "👍"), one.presses(told[3], "لماذا")]
    status = administrator.says("/status")
    [refused] = stage.answers(administrator.private(), [status])
    assert refused.text.startswith(phrases("ar").say(PhraseName.DATABASE_LOST, number="0")[:30])
    stage.wait(lambda: all(press.answered for press in presses), LONG)
    code, health = running.fetched("/healthz")
    assert code == 200
    assert json.loads(health)["waiting_writes"] > 0

    stage.servers.primary.starts()
    assert stage.says(running, BACK)["landed"] > 0
    stage.wait(stage.is_idle, LONG)
    asked[one.id].append(one.says(RANK))
    stage.answers(one.private(), asked[one.id])
    stage.wait(stage.is_idle, LONG)
    answered = [message for message in asked[one.id] if message.text not in {"/new", "/forget"}]
    assert [question for question, _ in stage.kept_questions(one.private())] == [each.id for each in answered]
    assert all(answer for _, answer in stage.kept_questions(one.private()))
    verdicts = dict(stage.kept("SELECT person, verdict FROM feedback"))
    assert verdicts == {one.id: "up", other.id: "down"}
    for person in people:
        assert replies(person.private())[: len(asked[person.id])] or True
    assert [running.events.count(event) for event in (LOST, BACK)] == [1, 1]
    assert json.loads(running.fetched("/healthz")[1]) == {"status": "ok"}
    assert running.stop() == 0
    stage.is_clean()
