"""Several processes serve one bot from one database: as one would, and though any of them may die."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.command import dalil
from tests.bot.played.faults.machines import Machines, machines
from tests.bot.played.faults.stage import ANSWER, QUESTION, replies
from tests.postgres_server import Server
from tests.reports import SEEDS, with_sentence
from tests.telegram import faults
from tests.telegram.messages import Message

RANK = "كم مرتبة لونغ آن في مؤشر التحول الرقمي لعام 2021؟"
AFTERWARDS = "وماذا عن 2022؟"
UNDERSTOOD = "كم مرتبة لونغ آن في مؤشر التحول الرقمي لعام 2022؟"


@pytest.fixture
def stage(postgres: Server, seeds_data: Path, tmp_path: Path) -> Iterator[Machines]:
    with machines(postgres, seeds_data, tmp_path) as stage:
        yield stage


def test_an_update_that_reaches_two_processes_is_answered_once_and_in_its_chats_order(stage: Machines) -> None:
    stage.balancer.repeats = True
    people = stage.people(8)
    both = [stage.behind_the_balancer() for _ in range(2)]
    for each in both:
        each.ready()
    asked: dict[int, list[Message]] = {
        person.id: [person.says(RANK), person.says("/help"), person.says(AFTERWARDS)] for person in people
    }
    for person in people:
        told = stage.answered(person.private(), asked[person.id], timeout=30)
        assert UNDERSTOOD in told[2].text  # whoever answered the first question
    stage.wait(stage.is_idle)
    assert all(len(replies(person.private())) == 3 for person in people)
    shares = [each.events.count("answered") for each in both]
    assert sum(shares) == 16
    assert min(shares) > 0, shares
    press = people[0].presses(people[0].private().bot_messages[0], "👍")
    stage.wait(lambda: press.answered)
    assert [each.stop() for each in both] == [0, 0]
    stage.is_clean()


def test_what_a_killed_process_was_at_is_answered_by_another_once(stage: Machines) -> None:
    people = stage.people(6)
    first = stage.behind_the_balancer().ready()
    stage.double.fails("sendMessage", faults.slow(60), times=2)  # they arrive, and nobody hears of it
    stage.double.fails("sendMessage", faults.half_open(), times=2)
    asked = {person.id: [person.says(QUESTION), person.says("/help")] for person in people}
    stage.wait(lambda: not stage.double.faults_left)
    second = stage.behind_the_balancer().ready()
    first.kill()
    began = time.monotonic()
    for person in people:
        stage.answered(person.private(), asked[person.id], timeout=20)
    assert time.monotonic() - began < 10
    stage.wait(stage.is_idle)
    assert all(len(person.private().bot_messages) == 2 for person in people)
    assert "taken over from a process that died" in second.events
    assert second.stop() == 0
    stage.is_clean(probes=60)


def test_limits_hold_for_all_processes_together(stage: Machines) -> None:
    settings = {"DALIL_PERSON_PER_MINUTE": "4"}
    person = stage.person()
    for each in [stage.behind_the_balancer(**settings) for _ in range(2)]:
        each.ready()
    for _ in range(10):
        person.says(QUESTION)
    stage.wait(lambda: stage.is_idle() and len(person.private().bot_messages) >= 5, timeout=20)
    answers = [message for message in person.private().bot_messages if ANSWER in message.text]
    assert len(answers) == 4
    assert len(person.private().bot_messages) == 5  # and that there were too many is said once
    stage.is_clean()


def test_one_process_leads_and_another_takes_over_when_it_dies(stage: Machines) -> None:
    reports = stage.data.parent / "reports"
    shutil.copytree(SEEDS, reports)
    for each in [stage.start() for _ in range(2)]:  # without a webhook: one of them fetches, and both answer
        each.ready()
    first = stage.leader()
    with stage.store() as store:
        stage.wait(lambda: store.facts.get("generation") == 1)
        first.kill()
        second = stage.leader()
        assert second is not first
        with_sentence(reports / "004_c9f28eff85eb5bad.txt", "وبلغ طول قناة الاختبار الجديدة 4567 مترا.")
        assert dalil("index", reports, DALIL_DATABASE_URL=stage.url).code == 0
        stage.wait(lambda: store.facts.get("generation") == 2, timeout=30)
    assert second.events.count("asked again") == 1
    person = stage.person()
    stage.answered(person.private(), [person.says(QUESTION)])
    assert stage.double.conflicts <= 1  # the poll of the one that was killed may still stand
    assert second.stop() == 0
    stage.is_clean(allowed=("Conflict",))


def test_one_process_fetches_and_others_answer(stage: Machines) -> None:
    people = stage.people(4)
    poller = stage.start(DALIL_ROLE="poller").ready()
    asked = {person.id: [person.says(QUESTION), person.says("/help")] for person in people}
    stage.wait(lambda: len(stage.bot.delivered) == 8)
    assert not any(person.private().bot_messages for person in people)
    answerers = [stage.start(DALIL_ROLE="answerer") for _ in range(2)]
    for person in people:
        stage.answered(person.private(), asked[person.id], timeout=30)
    stage.wait(stage.is_idle)
    assert "answered" not in poller.events
    assert all(len(person.private().bot_messages) == 2 for person in people)
    assert [each.ready().stop() for each in (*answerers, poller)] == [0, 0, 0]
    stage.is_clean()


def test_while_the_database_is_gone_everything_waits_in_order(stage: Machines, postgres: Server) -> None:
    one, other = stage.people(2)
    both = [stage.behind_the_balancer() for _ in range(2)]
    for each in both:
        each.ready()
    before = one.says(QUESTION)
    [answer] = stage.answered(one.private(), [before])
    stage.wait(stage.is_idle)
    postgres.allows(stage.url, connections=False)
    asked = [before, one.says("/help"), one.says(QUESTION)]
    theirs = other.says("/help")
    stage.wait(lambda: 503 in [status for _, status in stage.bot.webhook.attempts], timeout=20)
    assert [each.fetched("/healthz")[0] for each in both] == [503, 503]
    postgres.allows(stage.url, connections=True)
    stage.answered(one.private(), asked, timeout=30)
    stage.answered(other.private(), [theirs], timeout=30)
    stage.wait(stage.is_idle)
    assert len(one.private().bot_messages) == 3
    assert answer.history_of_edits == []
    assert [each.stop() for each in both] == [0, 0]
    stage.is_clean()
