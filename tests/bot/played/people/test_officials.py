"""Reports for officials: searched for officials and administrators only, and for them in private only."""

from __future__ import annotations

import pytest

from bot.phrases import PhraseName
from bot.state.values import Role
from tests.bot.played.people.library import (
    MISSPELT_QUESTION,
    SECRET_PLACE,
    SECRET_QUESTION,
    SECRET_SENTENCE,
    SECRET_TITLE,
    SECRET_WORD,
)
from tests.bot.played.people.stage import ADMINISTRATOR, Stage, answer_id, quoted, shown
from tests.bot.played.people.words import ARABIC, WHOLE
from tests.telegram.chats import Chat
from tests.telegram.messages import Message
from tests.telegram.people import Person

SECRETS = (SECRET_TITLE, SECRET_PLACE, SECRET_WORD, "37.4%", "48 مفتشا", "secret.txt")


def tells(*messages: Message) -> list[str]:
    """What of the report for officials these messages tell, or have ever told."""
    said = [version.text for message in messages for version in message.versions]
    labels = [label for message in messages for label in message.buttons]
    return [secret for secret in SECRETS if any(secret in text for text in (*said, *labels))]


@pytest.fixture
def citizen(stage: Stage) -> Person:
    return stage.newcomer()


@pytest.fixture
def official(stage: Stage) -> Person:
    return stage.newcomer(role=Role.OFFICIAL)


@pytest.fixture
def group(stage: Stage, official: Person, citizen: Person) -> Chat:
    return stage.group(official, citizen)


def test_officials_and_administrators_are_answered_in_private(stage: Stage, official: Person) -> None:
    administrator = stage.double.person("Administrator", id=ADMINISTRATOR)
    for person in (official, administrator):
        answer = stage.asks(person, SECRET_QUESTION)
        assert any(SECRET_SENTENCE in each for each in quoted(answer))
        assert SECRET_TITLE in shown(answer)


@pytest.mark.parametrize("asked", [SECRET_QUESTION, SECRET_SENTENCE, "ما عدد المفتشين؟", "محضر التفتيش"])
def test_citizens_are_told_nothing_in_private(stage: Stage, citizen: Person, asked: str) -> None:
    answer = stage.asks(citizen, asked)
    if "مقاطع أخرى" in answer.buttons:
        stage.presses(citizen, answer, "مقاطع أخرى")
        stage.edited(answer)
    assert not any(SECRET_SENTENCE in each for each in quoted(answer))
    assert tells(answer) == []
    if "لماذا هذا الجواب؟" in answer.buttons:
        stage.presses(citizen, answer, "لماذا هذا الجواب؟")
        assert "secret.txt" not in shown(stage.reply_to(answer))


def test_nobody_is_told_anything_in_a_group(stage: Stage, official: Person, citizen: Person, group: Chat) -> None:
    for person in (official, citizen):
        answer = stage.asks(person, f"/ask {SECRET_QUESTION}", group)
        assert tells(answer) == []
        if WHOLE in answer.buttons:
            assert tells(stage.reply_to(person.follows(answer, WHOLE))) == []


def test_what_an_official_asks_literally_in_private_does_not_reach_the_group(
    stage: Stage, official: Person, citizen: Person, group: Chat
) -> None:
    first = stage.asks(citizen, "/ask كم بلغ معدل صرف رأس مال الاستثمار العام في عام 2024؟", group)
    answer = stage.asks(official, "وماذا عن نسبة المخالفات الجمركية المكتشفة؟", group, reply_to=first)
    if WHOLE in answer.buttons:
        whole = stage.reply_to(official.follows(answer, WHOLE))
        for label in ("ليس هذا ما قصدت", "مقاطع أخرى"):
            if label in whole.buttons:
                stage.presses(official, whole, label)
    stage.settled()
    assert tells(answer) == []


def test_an_officials_answer_is_not_opened_by_a_citizen(stage: Stage, official: Person, citizen: Person) -> None:
    theirs = stage.asks(official, SECRET_QUESTION)
    identity = answer_id(theirs)
    gone = ARABIC.say(PhraseName.RECEIPT_NOT_FOUND)
    assert shown(stage.reply_to(citizen.starts(payload=identity))) == gone
    assert shown(stage.asks(citizen, f"/why {identity}")) == gone
    mine = stage.asks(citizen, "/documents")
    for kind in ("page", "why", "literal"):
        press = stage.forges(citizen, mine, f"{kind}:{identity}:1")
        assert press.text == ARABIC.say(PhraseName.BUTTON_OLD)
    stage.settled()
    assert tells(*citizen.private().bot_messages) == []


def test_who_is_no_official_any_more_is_not_shown_it_again(stage: Stage, official: Person) -> None:
    answer = stage.asks(official, SECRET_QUESTION)
    stage.store.people.set_role(official.id, Role.CITIZEN)
    press = stage.presses(official, answer, "مقاطع أخرى")
    assert press.text == ARABIC.say(PhraseName.WITHDRAWN)
    opened = stage.reply_to(official.starts(payload=answer_id(answer)))
    assert shown(opened) == ARABIC.say(PhraseName.WITHDRAWN)
    receipt = stage.asks(official, "/why")
    assert answer_id(answer) in shown(receipt)
    assert tells(opened, receipt) == []


def test_examples_coverage_and_the_list_do_not_name_it(stage: Stage, official: Person, citizen: Person) -> None:
    said = [stage.asks(citizen, text) for text in ("/start", "من فاز بكأس العالم لكرة القدم؟", "/documents")]
    stage.presses(citizen, said[2], "التالي")
    stage.edited(said[2])
    assert tells(*said) == []
    assert SECRET_TITLE in shown(stage.asks(official, "/documents"))


def test_a_list_opened_by_an_official_shows_a_citizen_nothing_more(stage: Stage, citizen: Person) -> None:
    listed = stage.asks(citizen, "/documents")
    for page in ("9", "1"):
        stage.forges(citizen, listed, f"documents:0:{page}")
    stage.settled()
    assert len(listed.history_of_edits) == 2
    assert tells(listed) == []


def test_repairs_of_spelling_do_not_tell_its_words(stage: Stage, official: Person, citizen: Person) -> None:
    for person, is_told in ((official, True), (citizen, False)):
        stage.asks(person, MISSPELT_QUESTION)
        receipt = stage.asks(person, "/why")
        assert (SECRET_WORD in shown(receipt)) is is_told


@pytest.mark.parametrize(
    "follow_up", ["وفي وادي الغزلن؟", "وفي وادي الغزالن؟", "وفي وادى الغزلان؟", "وماذا عن الغزلان؟"]
)
def test_completing_a_follow_up_does_not_tell_its_place(stage: Stage, citizen: Person, follow_up: str) -> None:
    stage.asks(citizen, "كم بلغ معدل صرف رأس مال الاستثمار العام في عام 2024؟")
    assert tells(stage.asks(citizen, follow_up), stage.asks(citizen, "/why")) == []


def test_what_an_official_asked_in_private_is_not_followed_up_in_a_group(
    stage: Stage, official: Person, group: Chat
) -> None:
    stage.asks(official, SECRET_QUESTION)
    answer = stage.asks(official, "/ask وماذا عن 2023؟", group)
    assert tells(answer) == []
    assert "فهمتُ" not in shown(answer)
