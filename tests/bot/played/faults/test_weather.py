"""Faults of the connection and of Telegram while the bot serves; all of it happens to one process."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.bot.played.faults.stage import ANSWER, QUESTION, Stage, replies, staged
from tests.telegram import faults
from tests.telegram.asking import ask
from tests.telegram.double import Double
from tests.telegram.messages import Message
from tests.telegram.people import Person

OTHER = "كم طول طريق السياحة السريع في بحيرة فان ثوي؟"


@pytest.fixture(scope="module")
def served(seeds_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with Double() as double:
        stage = staged(double, seeds_data, tmp_path_factory.mktemp("weather"))
        running = stage.ready(DALIL_LOG_LEVEL="debug")
        yield stage
        try:
            stage.double.heals()
            assert running.stop() == 0
            stage.is_clean(probes=3 + 1 + 8, allowed=("blocked", "kicked", "upgraded"))
        finally:
            stage.end()


@dataclass
class Play:
    """Somebody asks, and a fault is met."""

    stage: Stage
    person: Person
    questions: list[Message]

    def ends_well(self, *, timeout: float = 25) -> None:
        """There is one answer, and still one when something else is answered."""
        chat = self.person.private()
        self.stage.answered(chat, self.questions, timeout)
        self.questions.append(self.person.says("/help"))
        self.stage.answered(chat, self.questions, timeout)
        assert len(chat.bot_messages) == len(self.questions)

    @property
    def searches(self) -> list[int]:
        calls = self.stage.double.calls("editMessageReplyMarkup")
        return [each.status for each in calls if each.parameters["chat_id"] == self.person.id]


def play(stage: Stage, said: str = QUESTION, **fault: faults.Fault) -> Play:
    """Somebody new asks, and the next request of this method meets a fault."""
    for method, each in fault.items():
        stage.double.fails(method, each)
    person = stage.person()
    playing = Play(stage, person, [person.says(said)])
    stage.wait(lambda: stage.double.faults_left == 0)
    return playing


def test_a_message_that_fails_is_sent_once(served: Stage) -> None:
    every = (faults.server_error(), faults.bad_gateway(), faults.too_many(1), faults.slow(1))
    plays = [play(served, said, sendMessage=fault) for said in (QUESTION, "/help") for fault in every]
    for each in plays:
        each.ends_well()
        assert each.searches == []


def test_a_message_whose_connection_drops_or_hangs_is_sent_once_and_holds_up_nobody(served: Stage) -> None:
    """The library gives up a request after ten seconds."""
    hung, late = (play(served, sendMessage=fault) for fault in (faults.half_open(), faults.slow(30)))
    began = time.monotonic()
    arrived = play(served, sendMessage=faults.dropped(applied=True))
    lost = play(served, sendMessage=faults.dropped())
    arrived_help = play(served, "/help", sendMessage=faults.dropped(applied=True))
    lost_help = play(served, "/help", sendMessage=faults.dropped())
    play(served).ends_well()
    assert time.monotonic() - began < 8
    for each in (arrived, lost, arrived_help, lost_help, hung, late):
        each.ends_well()
    assert [arrived.searches, arrived_help.searches, late.searches] == [[200], [400], [200]]
    for each in (lost, lost_help, hung):
        assert each.searches == [400]


def test_a_search_that_fails_too_is_made_again(served: Stage) -> None:
    served.double.fails("editMessageReplyMarkup", faults.bad_gateway())
    served.double.fails("editMessageReplyMarkup", faults.dropped(applied=True))
    served.double.fails("sendMessage", faults.dropped(applied=True))
    play(served).ends_well()


def test_an_answer_does_not_depend_on_typing(served: Stage) -> None:
    every = (faults.dropped(), faults.bad_gateway(), faults.too_many(3), faults.half_open())
    for each in [play(served, sendChatAction=fault) for fault in every]:
        each.ends_well(timeout=5)


def test_presses_are_answered_and_carried_out_in_spite_of_faults(served: Stage) -> None:
    plays = [play(served) for _ in range(3)]
    answers = [served.answered(each.person.private(), each.questions)[0] for each in plays]
    for each, answer, fault in zip(
        plays, answers, (faults.dropped(), faults.bad_gateway(), faults.too_many(1)), strict=True
    ):
        for method in ("answerCallbackQuery", "editMessageReplyMarkup"):
            served.double.fails(method, fault)
        press = each.person.presses(answer, "غير مفيد")
        served.wait(lambda press=press, answer=answer: press.answered and answer.history_of_edits)
        assert served.double.faults_left == 0
    assert [len(each.person.private().bot_messages) for each in plays] == [1, 1, 1]


def test_edited_questions_are_answered_anew_in_spite_of_faults(served: Stage) -> None:
    plays = [play(served) for _ in range(4)]
    answers = [served.answered(each.person.private(), each.questions)[0] for each in plays]
    every = (faults.dropped(), faults.dropped(applied=True), faults.server_error(), faults.too_many(1))
    for each, fault in zip(plays, every, strict=True):
        served.double.fails("editMessageText", fault)
        each.person.edits(each.questions[0], OTHER)
        served.wait(lambda: served.double.faults_left == 0)
    for each, answer in zip(plays, answers, strict=True):
        each.ends_well()
        assert ANSWER not in answer.text


def test_updates_are_fetched_again_after_every_fault(served: Stage) -> None:
    for fault in (faults.dropped(applied=True), faults.bad_gateway(), faults.too_many(1)):
        play(served, getUpdates=fault).ends_well()


def test_a_flood_wait_in_one_chat_does_not_stop_the_others(served: Stage) -> None:
    slow = play(served, sendMessage=faults.too_many(4))
    began = time.monotonic()
    slow.questions.append(slow.person.says("/help"))
    quick = play(served)
    quick.ends_well()
    assert slow.person.private().bot_messages == []
    slow.ends_well()
    assert time.monotonic() - began > 3


def test_telegram_goes_away_with_questions_in_work_and_comes_back(served: Stage) -> None:
    people = served.people(8)
    asked = {person.id: [person.says(QUESTION), person.says("/help")] for person in people}
    served.wait(lambda: any(replies(person.private()) for person in people))
    served.double.goes_down()
    time.sleep(1.5)
    for person in people:
        asked[person.id].append(person.says("/help"))
    served.double.comes_back()
    for person in people:
        served.answered(person.private(), asked[person.id], timeout=30)
        assert len(person.private().bot_messages) == 3


def test_a_poller_elsewhere_is_told_of_once_and_survived(served: Stage) -> None:
    told, well = "another process fetches this bot's updates", "updates are fetched again"
    running = served.started[0]

    def count(beginning: str) -> int:
        return sum(event.startswith(beginning) for event in running.events)

    recovered = count(well)
    for times in (1, 2):
        for _ in range(2):
            served.wait(lambda: served.bot.poll is not None and not served.bot.poll.done())
            ask(served.double, served.bot, "getUpdates")
        play(served).ends_well()
        served.wait(lambda times=times: count(well) == recovered + times)
        assert count(told) == times


def test_people_who_go_while_their_answer_is_under_way(served: Stage) -> None:
    blocker, asker, deleter = served.people(3)
    group = served.double.group(asker)
    served.double.groups.add(served.bot, group, asker)
    for person, chat in ((blocker, None), (asker, group), (deleter, None)):
        served.double.fails("sendMessage", faults.too_many(2))
        person.says(f"/ask {QUESTION}", chat)
        served.wait(lambda: served.double.faults_left == 0)
    blocker.blocks(served.bot)
    served.double.groups.kick(served.bot, group, asker)
    deleter.deletes(deleter.private().messages[2])
    answer = served.double.wait_for(lambda: deleter.private().last_answer)
    assert ANSWER in answer.text
    assert answer.reply_to_id is None
    served.wait(served.is_idle)
    forbidden = [each for each in served.double.refusals if "blocked" in each or "kicked" in each]
    assert len(forbidden) <= 3
    blocker.unblocks(served.bot)
    question = blocker.says(QUESTION)
    served.answered(blocker.private(), [question])


def test_a_group_that_becomes_a_supergroup_while_its_answer_is_under_way(served: Stage) -> None:
    asker = served.person()
    group = served.double.group(asker)
    served.double.groups.add(served.bot, group, asker)
    served.wait(lambda: group.bot_messages)  # the greeting
    served.double.fails("sendMessage", faults.too_many(2))
    asker.says(f"/ask {QUESTION}", group)
    served.wait(lambda: served.double.faults_left == 0)
    moved = served.double.groups.migrate(group, asker)
    answer = served.double.wait_for(lambda: moved.last_answer)
    assert ANSWER in answer.text
    again = asker.says("/help", moved)
    served.answered(moved, [again])
    assert len(moved.bot_messages) == 2
