"""Topics, supergroups, anonymous administrators and channels in groups to which anybody may add the bot."""

from __future__ import annotations

import pytest

from bot.phrases import PhraseName
from tests.bot.played.people.stage import Stage, answer_id, quoted, shown
from tests.bot.played.people.words import FOLLOW_UP, SPENT, UNDERSTOOD, WHOLE, is_answer_to_spent, says
from tests.telegram.chats import Chat
from tests.telegram.people import Person


@pytest.fixture
def person(stage: Stage) -> Person:
    return stage.newcomer()


@pytest.fixture
def forum(stage: Stage, person: Person) -> Chat:
    return stage.group(person, forum=True)


def test_a_topics_question_is_answered_in_the_topic(stage: Stage, person: Person, forum: Chat) -> None:
    topic = stage.double.groups.open_topic(forum, "Budget", person)
    assert stage.asks(person, f"/ask {SPENT}", forum, topic=topic).topic == topic
    in_general = stage.asks(person, f"/ask {SPENT}", forum)
    assert in_general.topic is None
    assert "message_thread_id" not in stage.requests_to(forum)[-1].parameters


def test_a_conversation_stays_in_its_topic(stage: Stage, person: Person, forum: Chat) -> None:
    first, second = (stage.double.groups.open_topic(forum, name, person) for name in ("A", "B"))
    stage.asks(person, f"/ask {SPENT}", forum, topic=first)
    assert "فهمتُ" not in shown(stage.asks(person, f"/ask {FOLLOW_UP}", forum, topic=second))
    assert shown(stage.asks(person, f"/ask {FOLLOW_UP}", forum, topic=first)).startswith(UNDERSTOOD)


def test_ask_alone_in_a_topic_asks_for_the_question(stage: Stage, person: Person, forum: Chat) -> None:
    topic = stage.double.groups.open_topic(forum, "Budget", person)
    which = stage.asks(person, "/ask", forum, topic=topic)
    assert shown(which) == says(PhraseName.ASK_WHAT)
    assert which.topic == topic
    answer = stage.asks(person, SPENT, forum, reply_to=which, topic=topic)
    assert is_answer_to_spent(quoted(answer))
    assert answer.topic == topic


def test_memory_and_buttons_go_on_in_the_supergroup_that_a_group_becomes(stage: Stage) -> None:
    person, other = stage.newcomer(), stage.newcomer()
    group = stage.group(person, other)
    answer = stage.asks(person, f"/ask {SPENT}", group)
    supergroup = stage.double.groups.migrate(group, person)
    assert shown(stage.asks(person, f"/ask {FOLLOW_UP}", supergroup)).startswith(UNDERSTOOD)
    assert stage.presses(other, answer, "👍").text == says(PhraseName.THANKS_GOOD)
    whole = stage.reply_to(other.follows(answer, WHOLE))
    assert is_answer_to_spent(quoted(whole))
    assert len(supergroup.bot_messages) == 1


def test_an_anonymous_administrator_is_answered_and_nothing_is_remembered_of_them(stage: Stage, person: Person) -> None:
    group = stage.group(person, kind="supergroup")
    anonymous = stage.double.groups.anonymous_admin(group)
    answer = stage.asks(anonymous, f"/ask {SPENT}", group)
    assert is_answer_to_spent(quoted(answer))
    assert "فهمتُ" not in shown(stage.asks(anonymous, f"/ask {FOLLOW_UP}", group))
    assert shown(stage.asks(anonymous, FOLLOW_UP, group, reply_to=answer)).startswith(UNDERSTOOD)
    kept = stage.store.answers.get(answer_id(answer))
    assert kept is not None
    assert kept.person is None


def test_who_speaks_as_a_channel_is_answered_and_nothing_is_remembered_of_them(stage: Stage, person: Person) -> None:
    group = stage.group(person, kind="supergroup")
    channel = stage.double.group(person, kind="channel")
    sender = stage.double.groups.channel_sender(channel)
    assert is_answer_to_spent(quoted(stage.asks(sender, f"/ask {SPENT}", group)))
    assert "فهمتُ" not in shown(stage.asks(sender, f"/ask {FOLLOW_UP}", group))


def test_forget_in_a_group_takes_the_words_and_leaves_the_answer(stage: Stage) -> None:
    person, other = stage.newcomer(), stage.newcomer()
    group = stage.group(person, other)
    stage.asks(person, f"/ask {SPENT}", group)
    answer = stage.asks(person, f"/ask {FOLLOW_UP}", group)
    assert shown(stage.asks(person, "/forget@dalil_bot", group)) == says(PhraseName.FORGET_DONE)
    whole = stage.reply_to(other.follows(answer, WHOLE))
    assert "فهمتُ" not in shown(whole)
    assert quoted(whole)
    stage.presses(other, whole, "لماذا هذا الجواب؟")
    assert "السؤال" not in shown(stage.reply_to(whole))
    assert stage.presses(other, answer, "ليس هذا ما قصدت").text == says(PhraseName.BUTTON_OLD)


def test_in_a_channel_the_bot_is_silent(stage: Stage, person: Person) -> None:
    channel = stage.double.group(person, kind="channel")
    stage.double.groups.add(stage.bot, channel, person, as_admin=True)
    stage.double.groups.post(channel, f"/ask {SPENT}")
    stage.settled()
    assert not channel.bot_messages
