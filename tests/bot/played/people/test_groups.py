"""Groups to which anybody may add the bot, with privacy mode on."""

from __future__ import annotations

import pytest

from bot.phrases import PhraseName
from bot.state.values import Counts, MemoryKey
from tests.bot.played.people.stage import Stage, answer_id, quoted, shown
from tests.bot.played.people.words import FOLLOW_UP, RANK, SPENT, UNDERSTOOD, WHOLE, is_answer_to_spent, says


def test_when_added_the_bot_says_once_how_to_ask(stage: Stage) -> None:
    person = stage.newcomer()
    group = stage.group(person)
    stage.double.groups.add(stage.bot, group, person, as_admin=True)
    stage.asks(person, "/help", group)
    assert [shown(each) for each in group.bot_messages] == [
        says(PhraseName.GROUP_GREETING),
        says(PhraseName.HELP_GROUP),
    ]


def test_added_again_after_being_kicked_it_greets_again(stage: Stage) -> None:
    person = stage.newcomer()
    group = stage.group(person)
    stage.double.groups.kick(stage.bot, group, person)
    stage.double.groups.add(stage.bot, group, person)
    stage.double.wait_for(lambda: len(group.bot_messages) == 2)
    assert is_answer_to_spent(quoted(stage.asks(person, f"/ask {SPENT}", group)))


@pytest.mark.parametrize("command", ["/ask", "/ask@dalil_bot", "/ask@Dalil_Bot", "/ASK"])
def test_ask_is_answered_with_one_short_excerpt_in_one_message(stage: Stage, command: str) -> None:
    person = stage.newcomer()
    group = stage.group(person)
    answer = stage.asks(person, f"{command} {SPENT}", group)
    assert is_answer_to_spent(quoted(answer))
    assert len(quoted(answer)) == 1
    assert answer.buttons == [WHOLE, "غير مفيد 👎", "مفيد 👍"]
    assert [each.method for each in stage.requests_to(group)] == ["sendMessage", "sendMessage"]


def test_the_question_may_stand_on_the_next_line(stage: Stage) -> None:
    person = stage.newcomer()
    assert is_answer_to_spent(quoted(stage.asks(person, f"/ask\n{SPENT}", stage.group(person))))


def test_the_button_opens_the_same_answer_whole_in_private(stage: Stage) -> None:
    person, reader = stage.newcomer(), stage.newcomer()
    group = stage.group(person, reader)
    answer = stage.asks(person, f"/ask {SPENT}", group)
    whole = stage.reply_to(reader.follows(answer, WHOLE))
    assert whole.chat is reader.private()
    assert is_answer_to_spent(quoted(whole))
    stage.presses(reader, whole, "مقاطع أخرى")
    assert "الصفحة 2" in shown(stage.edited(whole))
    stage.presses(reader, whole, "لماذا هذا الجواب؟")
    assert SPENT in shown(stage.reply_to(whole))
    assert not answer.history_of_edits


def test_the_literal_question_asked_in_private_leaves_the_groups_answer_alone(stage: Stage) -> None:
    person = stage.newcomer()
    group = stage.group(person)
    stage.asks(person, f"/ask {SPENT}", group)
    answer = stage.asks(person, f"/ask {FOLLOW_UP}", group)
    assert shown(answer).startswith(UNDERSTOOD)
    whole = stage.reply_to(person.follows(answer, WHOLE))
    stage.presses(person, whole, "ليس هذا ما قصدت")
    assert "فهمتُ" not in shown(stage.edited(whole))
    assert not answer.history_of_edits


def test_ask_alone_asks_for_the_question(stage: Stage) -> None:
    person = stage.newcomer()
    group = stage.group(person)
    which = stage.asks(person, "/ask", group)
    assert shown(which) == says(PhraseName.ASK_WHAT)
    assert which.asks_for_reply
    assert which.reply_markup is not None
    assert which.reply_markup["selective"]
    assert is_answer_to_spent(quoted(stage.asks(person, SPENT, group, reply_to=which)))


def test_ask_alone_as_a_reply_answers_what_another_asked(stage: Stage) -> None:
    person, other = stage.newcomer(), stage.newcomer()
    group = stage.group(person, other)
    for asked in (SPENT, f"/ask@other_bot {SPENT}"):
        question = other.says(asked, group)
        assert is_answer_to_spent(quoted(stage.asks(person, "/ask", group, reply_to=question)))


def test_ask_alone_as_a_reply_to_what_has_no_words_asks_for_the_question(stage: Stage) -> None:
    person = stage.newcomer()
    group = stage.group(person)
    sticker = person.sends_sticker(group)
    assert shown(stage.asks(person, "/ask", group, reply_to=sticker)) == says(PhraseName.ASK_WHAT)


def test_a_reply_to_an_answer_follows_it_up_whoever_replies(stage: Stage) -> None:
    person, other = stage.newcomer(), stage.newcomer()
    group = stage.group(person, other)
    answer = stage.asks(person, f"/ask {SPENT}", group)
    theirs = stage.asks(other, FOLLOW_UP, group, reply_to=answer)
    assert shown(theirs).startswith(UNDERSTOOD)
    mine = stage.asks(person, "وماذا عن 2022؟", group, reply_to=theirs)
    assert shown(mine).startswith(UNDERSTOOD.replace("2023", "2022"))


def test_each_has_a_conversation_of_their_own(stage: Stage) -> None:
    person, other = stage.newcomer(), stage.newcomer()
    group = stage.group(person, other)
    stage.asks(person, f"/ask {SPENT}", group)
    assert "فهمتُ" not in shown(stage.asks(other, f"/ask {FOLLOW_UP}", group))
    assert shown(stage.asks(person, f"/ask {FOLLOW_UP}", group)).startswith(UNDERSTOOD)


def test_what_is_said_in_private_is_not_known_in_groups_nor_the_other_way(stage: Stage) -> None:
    person = stage.newcomer()
    group = stage.group(person)
    stage.asks(person, SPENT)
    assert "فهمتُ" not in shown(stage.asks(person, f"/ask {FOLLOW_UP}", group))
    reader = stage.newcomer()
    group.admit(reader.user)
    stage.asks(reader, f"/ask {SPENT}", group)
    assert "فهمتُ" not in shown(stage.asks(reader, FOLLOW_UP))


def test_what_is_said_in_one_group_is_not_known_in_another(stage: Stage) -> None:
    person = stage.newcomer()
    stage.asks(person, f"/ask {SPENT}", stage.group(person))
    assert "فهمتُ" not in shown(stage.asks(person, f"/ask {FOLLOW_UP}", stage.group(person)))


def test_new_in_a_group_concerns_who_said_it(stage: Stage) -> None:
    person, other = stage.newcomer(), stage.newcomer()
    group = stage.group(person, other)
    for each in (person, other):
        stage.asks(each, f"/ask {SPENT}", group)
    assert shown(stage.asks(person, "/new@dalil_bot", group)) == says(PhraseName.NEW_DONE)
    assert stage.store.memory.turns(MemoryKey(group.id, 0, person.id), since=0) == []
    assert shown(stage.asks(other, f"/ask {FOLLOW_UP}", group)).startswith(UNDERSTOOD)


@pytest.mark.parametrize("kind", ["page", "why", "documents", "sample"])
def test_a_forged_press_in_a_group_shows_nothing_more_there(stage: Stage, kind: str) -> None:
    person = stage.newcomer()
    group = stage.group(person)
    answer = stage.asks(person, f"/ask {SPENT}", group)
    identity = "0" if kind in {"documents", "sample"} else answer_id(answer)
    assert stage.forges(person, answer, f"{kind}:{identity}:2").text == says(PhraseName.BUTTON_OLD)
    stage.settled()
    assert not answer.history_of_edits
    assert len(group.bot_messages) == 2


@pytest.mark.parametrize("kind", ["page", "why", "literal", "good"])
def test_a_private_answer_does_not_come_into_a_group_by_a_forged_press(stage: Stage, kind: str) -> None:
    person = stage.newcomer()
    group = stage.group(person)
    stage.asks(person, SPENT)
    private = stage.asks(person, FOLLOW_UP)
    answer = stage.asks(person, f"/ask {RANK}", group)
    press = stage.forges(person, answer, f"{kind}:{answer_id(private)}:2")
    assert press.text == says(PhraseName.BUTTON_OLD)
    stage.settled()
    assert not answer.history_of_edits
    assert len(group.bot_messages) == 2


def test_feedback_counts_once_for_each_person(stage: Stage) -> None:
    person, *others = [stage.newcomer() for _ in range(3)]
    group = stage.group(person, *others)
    answer = stage.asks(person, f"/ask {SPENT}", group)
    for each in (person, *others, person):
        assert stage.presses(each, answer, "👍").text == says(PhraseName.THANKS_GOOD)
    stage.presses(others[0], answer, "👎")
    stage.double.wait_for(lambda: stage.store.feedback.counts(answer_id(answer)) == Counts(up=2, down=1))
    assert not answer.history_of_edits


def test_only_who_asked_may_have_the_literal_question_asked(stage: Stage) -> None:
    person, other = stage.newcomer(), stage.newcomer()
    group = stage.group(person, other)
    stage.asks(person, f"/ask {SPENT}", group)
    answer = stage.asks(person, f"/ask {FOLLOW_UP}", group)
    assert stage.presses(other, answer, "ليس هذا ما قصدت").text == says(PhraseName.BUTTON_NOT_YOURS)
    assert not answer.history_of_edits
    stage.presses(person, answer, "ليس هذا ما قصدت")
    assert "فهمتُ" not in shown(stage.edited(answer))


def test_in_a_thread_of_replies_that_is_no_topic_no_topic_is_named(stage: Stage) -> None:
    person, other = stage.newcomer(), stage.newcomer()
    group = stage.group(person, other, kind="supergroup")
    first = other.says("كلام", group)
    answer = stage.asks(person, f"/ask {SPENT}", group, reply_to=first)
    assert is_answer_to_spent(quoted(answer))
    assert shown(stage.asks(other, FOLLOW_UP, group, reply_to=answer)).startswith(UNDERSTOOD)
    assert not any("message_thread_id" in each.parameters for each in stage.requests_to(group))


def test_an_edited_reply_still_follows_up_what_it_replies_to(stage: Stage) -> None:
    person = stage.newcomer()
    group = stage.group(person, kind="supergroup")
    anonymous = stage.double.groups.anonymous_admin(group)
    first = stage.asks(person, f"/ask {SPENT}", group)
    question = anonymous.says("وماذا عن 2022؟", group, reply_to=first)
    answer = stage.reply_to(question)
    anonymous.edits(question, FOLLOW_UP)
    assert shown(stage.edited(answer)).startswith(UNDERSTOOD)


def test_where_nothing_is_found_a_group_gets_one_line(stage: Stage) -> None:
    person = stage.newcomer()
    nothing = stage.asks(person, "/ask من فاز بكأس العالم لكرة القدم؟", stage.group(person))
    assert shown(nothing) == says(PhraseName.NOT_FOUND)
    assert not nothing.buttons


def test_an_edited_question_is_answered_in_the_place_of_its_answer(stage: Stage) -> None:
    person = stage.newcomer()
    group = stage.group(person)
    question = person.says(f"/ask {RANK}", group)
    answer = stage.reply_to(question)
    person.edits(question, f"/ask {SPENT}")
    assert is_answer_to_spent(quoted(stage.edited(answer)))
    assert answer.buttons[0] == WHOLE
    never = person.says("كلام", group)
    person.edits(never, f"/ask {SPENT}")
    stage.settled()
    assert stage.silent_about(never)
