"""The primary of the database is lost: answering goes on from its standby, and what is written waits and lands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.phrases import PhraseName, phrases
from bot.state.errors import StateUnavailable
from bot.state.lasting.store import LastingStore, Places
from tests.bot.played.faults.pairs import BACK, LONG, LOST, Paired, Servers, paired
from tests.bot.played.faults.stage import ANSWER, QUESTION, replies
from tests.bot.played.faults.test_machines import AFTERWARDS, RANK, UNDERSTOOD
from tests.telegram import faults
from tests.telegram.people import Person

OWNER = 7
ARABIC = phrases("ar")


@pytest.fixture(scope="module")
def servers() -> Iterator[Servers]:
    made = Servers()
    yield made
    made.close()


@pytest.fixture
def stage(servers: Servers, seeds_data: Path, tmp_path: Path) -> Iterator[Paired]:
    with paired(servers, seeds_data, tmp_path) as stage:
        yield stage


def test_questions_are_answered_from_the_standby_and_what_is_written_lands_once(stage: Paired) -> None:
    administrator, one, other, third = stage.people(4)
    running = stage.start(DALIL_ADMINS=str(administrator.id)).ready()
    asked = {one.id: [one.says(RANK)], other.id: [other.says(QUESTION)]}
    for person in (one, other):
        stage.answers(person.private(), asked[person.id])
    before = other.private().last_answer

    stage.loses_the_primary()
    stage.says(running, LOST)
    asked[one.id] += [one.says(AFTERWARDS), one.says("/new"), one.says(QUESTION)]
    told = stage.answers(one.private(), asked[one.id])
    assert UNDERSTOOD in told[1].text  # what was said before the outage is remembered
    assert ANSWER in told[3].text
    presses = [other.presses(before, "👎"), one.presses(told[3], "👍"), other.presses(before, "لماذا")]
    stage.wait(lambda: all(press.answered for press in presses), LONG)
    is_refused_what_needs_the_primary(stage, third, administrator)
    code, health = running.fetched("/healthz")
    assert code == 200
    assert json.loads(health)["waiting_writes"] > 0

    stage.servers.primary.starts()
    assert stage.says(running, BACK)["landed"] > 0
    afterwards = third.says(RANK)
    stage.answers(third.private(), [afterwards])
    stage.wait(stage.is_idle, LONG)
    kept = stage.kept_questions(one.private())
    assert [question for question, _ in kept] == [each.id for each in asked[one.id] if each.text != "/new"]
    assert all(answer for _, answer in kept)
    assert dict(stage.kept("SELECT person, verdict FROM feedback")) == {one.id: "up", other.id: "down"}
    assert [running.events.count(event) for event in (LOST, BACK)] == [1, 1]
    assert json.loads(running.fetched("/healthz")[1]) == {"status": "ok"}
    assert running.stop() == 0
    stage.is_clean()


def is_refused_what_needs_the_primary(stage: Paired, person: Person, administrator: Person) -> None:
    [told] = stage.answers(person.private(), [person.says("/forget")])
    assert told.text == ARABIC.say(PhraseName.NOT_NOW)
    [told] = stage.answers(administrator.private(), [administrator.says("/status")])
    assert told.text.startswith(ARABIC.say(PhraseName.DATABASE_LOST, number="")[:30])


def test_what_waits_lands_although_the_bot_is_killed(stage: Paired) -> None:
    one, other = stage.people(2)
    first = stage.start().ready()
    asked = [one.says(RANK)]
    stage.answers(one.private(), asked)
    stage.loses_the_primary()
    stage.says(first, LOST)
    asked.append(one.says(AFTERWARDS))
    stage.answers(one.private(), asked)
    stage.double.fails("sendMessage", faults.slow(60))  # it arrives, and nobody hears of it
    theirs = other.says(QUESTION)
    stage.wait(lambda: not stage.double.faults_left, LONG)
    first.kill()

    second = stage.start().ready()  # still without the primary
    stage.answers(other.private(), [theirs])
    asked.append(one.says(QUESTION))
    told = stage.answers(one.private(), asked)
    press = one.presses(told[1], "👍")
    stage.wait(lambda: press.answered, LONG)

    stage.servers.primary.starts()
    assert stage.says(second, BACK)["landed"] > 0
    stage.wait(stage.is_idle, LONG)
    assert [question for question, _ in stage.kept_questions(one.private())] == [each.id for each in asked]
    assert stage.kept_questions(other.private()) == [(theirs.id, other.private().last_answer.id)]
    assert stage.kept("SELECT person, verdict FROM feedback") == [(one.id, "up")]
    assert len(one.private().bot_messages) == 3
    assert len(other.private().bot_messages) == 1
    assert second.stop() == 0
    stage.is_clean(probes=20)


def test_what_others_may_take_over_waits_as_long_as_the_standby_hears_of_the_primary(stage: Paired) -> None:
    places = Places(stage.url, stage.servers.read_url(stage.name), stage.data / "waiting")
    with LastingStore.at(places) as store:
        for number in (1, 2):
            store.updates.add(stage.bot.id, number, number, "", now=float(number))
        store.updates.claim(stage.bot.id, OWNER, most=2)
        assert store.updates.sending(stage.bot.id, 1, after=30, owner=OWNER)
        stage.servers.caught_up()
        store.outage.begin()  # this process cannot reach the primary any more, and others can
        store.updates.add(stage.bot.id, 3, 3, "", now=3.0)
        assert store.updates.sending(stage.bot.id, 3, after=31)
        with pytest.raises(StateUnavailable, match="to this process only"):
            store.updates.sending(stage.bot.id, 2, after=31, owner=OWNER)
        stage.servers.primary.stops()
        stage.wait(lambda: not store.outage.others_go_on(), LONG)
        assert store.updates.sending(stage.bot.id, 2, after=31, owner=OWNER)
        stage.servers.primary.starts()
        store.reached(OWNER)
        waiting = {each.update_id: each.begun_after for each in store.updates.pending(stage.bot.id)}
        assert waiting == {1: 30, 2: 31, 3: 31}


def test_when_the_standby_is_promoted_work_goes_on_and_nothing_is_lost_or_done_twice(stage: Paired) -> None:
    people = stage.people(4)
    both = [stage.behind_the_balancer() for _ in range(2)]
    for each in both:
        each.ready()
    asked = {person.id: [person.says(QUESTION)] for person in people}
    for person in people:
        stage.answers(person.private(), asked[person.id])
    stage.loses_the_primary()
    for person in people:  # some come before it is noticed
        asked[person.id].append(person.says(RANK))
    for each in both:
        stage.says(each, LOST)
    for person in people:
        stage.answers(person.private(), asked[person.id])
    stage.servers.promotes()
    for person in people:
        asked[person.id].append(person.says("/help"))
    for each in both:
        stage.says(each, BACK)
    for person in people:
        stage.answers(person.private(), asked[person.id])
    stage.wait(stage.is_idle, LONG)
    for person in people:
        assert replies(person.private()) == [each.id for each in asked[person.id]]
        assert [question for question, _ in stage.kept_questions(person.private())] == replies(person.private())[:2]
    assert stage.kept("SELECT count(*) FROM updates WHERE payload IS NOT NULL") == [(0,)]
    assert [each.stop() for each in both] == [0, 0]
    stage.is_clean()
