"""Groups where the bot hears all that is said (privacy mode off), and that administrators let it into."""

from __future__ import annotations

import pytest

from bot.phrases import PhraseName
from bot.state.values import Approval, ChatKind
from bot.state.values import Chat as KnownChat
from tests.bot.played.people.stage import ADMINISTRATOR, Stage, quoted, shown
from tests.bot.played.people.words import FOLLOW_UP, SPENT, UNDERSTOOD, is_answer_to_spent, says
from tests.telegram.chats import Chat
from tests.telegram.messages import Message
from tests.telegram.people import Person


@pytest.fixture(scope="module")
def administrator(hearing_stage: Stage) -> Person:
    """Who has started the bot."""
    administrator = hearing_stage.double.person("Administrator", id=ADMINISTRATOR)
    hearing_stage.reply_to(administrator.starts())
    return administrator


@pytest.fixture
def person(hearing: Stage) -> Person:
    return hearing.newcomer()


def joined(stage: Stage, *members: Person, kind: str = "group", forum: bool = False, title: str = "Group") -> Chat:
    """A group to which somebody has just added the bot."""
    group = stage.double.group(*members, kind=kind, forum=forum, title=title)
    stage.double.groups.add(stage.bot, group, members[0])
    return group


def request(stage: Stage, administrator: Person, group: Chat) -> Message:
    """Where the administrator is asked about the group."""

    def found() -> Message | None:
        asking = (each for each in administrator.private().bot_messages if str(group.id) in shown(each))
        return next((each for each in asking if each.buttons), None)

    message = stage.double.wait_for(found, 15)
    assert message is not None
    return message


def let_in(stage: Stage, *members: Person, kind: ChatKind = "group", forum: bool = False) -> Chat:
    """A group that administrators have let the bot into."""
    group = stage.double.group(*members, kind=kind, forum=forum)
    stage.store.chats.put(KnownChat(group.id, kind, "Group", Approval.APPROVED))
    stage.double.groups.add(stage.bot, group, members[0])
    stage.double.wait_for(lambda: group.bot_messages, 15)
    return group


def test_the_bot_is_silent_until_an_administrator_lets_it_in(
    hearing: Stage, administrator: Person, person: Person
) -> None:
    group = joined(hearing, person, title="Citizens <b>")
    asking = request(hearing, administrator, group)
    assert "Citizens <b>" in shown(asking)
    assert asking.buttons == ["مغادرة المجموعة", "موافقة"]
    question = person.says(f"/ask {SPENT}", group)
    command = person.says("/help@dalil_bot", group)
    mention = person.says(f"@dalil_bot {SPENT}", group)
    assert hearing.silent_about(question, command, mention)
    assert hearing.presses(administrator, asking, "موافقة").text == ""
    hearing.double.wait_for(lambda: group.bot_messages)
    assert [shown(each) for each in group.bot_messages] == [says(PhraseName.GROUP_GREETING)]
    assert is_answer_to_spent(quoted(hearing.asks(person, f"/ask {SPENT}", group)))
    assert hearing.silent_about(question, command, mention)
    assert shown(hearing.edited(asking)) == "تمت الموافقة على المجموعة Citizens <b>، وسأجيب فيها."
    assert not asking.buttons


def test_a_second_approval_changes_nothing(hearing: Stage, administrator: Person, person: Person) -> None:
    group = joined(hearing, person)
    asking = request(hearing, administrator, group)
    data = asking.button("موافقة")["callback_data"]
    for press in [administrator.presses_with(asking, data) for _ in range(3)]:
        hearing.answered(press)
    hearing.settled()
    assert len(group.bot_messages) == 1
    assert len(asking.history_of_edits) == 1


def test_the_bot_leaves_where_it_is_not_wanted(hearing: Stage, administrator: Person, person: Person) -> None:
    group = joined(hearing, person)
    asking = request(hearing, administrator, group)
    hearing.presses(administrator, asking, "مغادرة المجموعة")
    hearing.double.wait_for(lambda: not group.has_member(hearing.bot.id))
    assert shown(hearing.edited(asking)).startswith("غادرتُ المجموعة")
    assert not any(each.text for each in group.bot_messages)


@pytest.mark.parametrize("kind", ["approve", "leave"])
def test_nobody_else_decides(hearing: Stage, administrator: Person, person: Person, kind: str) -> None:
    group = joined(hearing, person)
    request(hearing, administrator, group)
    mine = hearing.asks(person, "/help")
    assert hearing.forges(person, mine, f"{kind}:{group.id}:").text == says(PhraseName.ADMINISTRATORS_ONLY)
    chat = hearing.store.chats.get(group.id)
    assert chat is not None
    assert chat.approval is Approval.WAITING
    assert group.has_member(hearing.bot.id)


@pytest.mark.parametrize(
    "data",
    [
        "approve:x:",
        "leave::",
        "approve:--1:",
        "leave:-٣:",
        "approve:0:",
        "leave:-77:",
        "approve:-9223372036854775809:",
        f"leave:{9:9<50}:",
    ],
)
def test_forged_decisions_do_no_harm(hearing: Stage, administrator: Person, data: str) -> None:
    message = administrator.private().bot_messages[0]
    hearing.forges(administrator, message, data)
    hearing.settled()
    assert message.text


def test_an_administrator_who_starts_the_bot_late_is_asked_then(hearing: Stage, administrator: Person) -> None:
    group = joined(hearing, hearing.newcomer())
    first = request(hearing, administrator, group)
    administrator.deletes(first)
    hearing.asks(administrator, "/start")
    assert request(hearing, administrator, group).id != first.id


def test_a_group_where_the_bot_was_before_is_asked_about_when_somebody_asks_there(
    hearing: Stage, administrator: Person, person: Person
) -> None:
    group = hearing.double.group(person)
    group.admit(hearing.bot.user())
    group.tested.add(hearing.bot.id)
    questions = [person.says(f"/ask {SPENT}", group) for _ in range(2)]
    asking = request(hearing, administrator, group)
    assert hearing.silent_about(*questions)
    assert [str(group.id) in shown(each) for each in administrator.private().bot_messages].count(True) == 1
    hearing.presses(administrator, asking, "موافقة")
    hearing.double.wait_for(lambda: group.bot_messages)


def test_where_an_administrator_adds_the_bot_it_need_not_wait(hearing: Stage, administrator: Person) -> None:
    group = joined(hearing, administrator)
    hearing.double.wait_for(lambda: group.bot_messages)
    assert is_answer_to_spent(quoted(hearing.asks(administrator, f"/ask {SPENT}", group)))


def test_kicked_and_added_again_it_waits_again(hearing: Stage, administrator: Person, person: Person) -> None:
    group = let_in(hearing, person)
    hearing.double.groups.kick(hearing.bot, group, person)
    hearing.double.groups.add(hearing.bot, group, person)
    asking = request(hearing, administrator, group)
    question = person.says(f"/ask {SPENT}", group)
    assert hearing.silent_about(question)
    hearing.presses(administrator, asking, "موافقة")
    hearing.double.wait_for(lambda: len(group.bot_messages) == 2)
    assert is_answer_to_spent(quoted(hearing.asks(person, f"/ask {SPENT}", group)))
    assert hearing.silent_about(question)


def test_a_group_that_was_let_in_stays_so_as_a_supergroup(hearing: Stage, person: Person) -> None:
    group = let_in(hearing, person)
    hearing.asks(person, f"/ask {SPENT}", group)
    supergroup = hearing.double.groups.migrate(group, person)
    assert shown(hearing.asks(person, f"/ask {FOLLOW_UP}", supergroup)).startswith(UNDERSTOOD)
    assert len(supergroup.bot_messages) == 1


def test_an_approval_pressed_after_the_group_became_a_supergroup_holds_there(
    hearing: Stage, administrator: Person, person: Person
) -> None:
    group = joined(hearing, person)
    asking = request(hearing, administrator, group)
    supergroup = hearing.double.groups.migrate(group, person)
    hearing.double.wait_for(lambda: hearing.store.chats.migrated(group.id) == supergroup.id)
    hearing.presses(administrator, asking, "موافقة")
    hearing.double.wait_for(lambda: supergroup.bot_messages)
    assert is_answer_to_spent(quoted(hearing.asks(person, f"/ask {SPENT}", supergroup)))


def test_what_is_not_addressed_to_the_bot_is_left_alone(hearing: Stage, person: Person) -> None:
    group = let_in(hearing, person, kind="supergroup")
    other_bot = hearing.double.groups.other_bot("Other", group)
    channel = hearing.double.group(person, kind="channel")
    post = hearing.double.groups.post(channel, f"@dalil_bot {SPENT}")
    theirs = other_bot.says("أنا بوت آخر", group)
    ignored = [
        theirs,
        person.says(SPENT, group),
        person.says(f"/ask@other_bot {SPENT}", group),
        person.says("/help", group),
        person.says("/start", group),
        person.says("/why", group),
        person.says("/documents@dalil_bot", group),
        person.says("/forget", group),
        person.says(f"/weather @dalil_bot {SPENT}", group),
        person.says(f"@other_bot {SPENT}", group),
        person.says(f"dalil_bot {SPENT}", group),
        person.says(f"name@dalil_bot.org {SPENT}", group),
        person.says(SPENT, group, reply_to=theirs),
        person.says(f"/ask {SPENT}", group, via=hearing.bot),
        other_bot.says(f"/ask@dalil_bot {SPENT}", group),
        other_bot.says(f"@dalil_bot {SPENT}", group),
        hearing.double.groups.forward_automatically(post, group),
        person.sends_photo(group, caption=SPENT),
        person.sends_voice(group),
    ]
    assert is_answer_to_spent(quoted(hearing.asks(person, f"/ask@dalil_bot {SPENT}", group)))
    assert hearing.silent_about(*ignored)
    assert len(group.bot_messages) == 2


@pytest.mark.parametrize(
    "text", [f"@dalil_bot {SPENT}", f"@DALIL_BOT\n{SPENT}", f"{SPENT} @dalil_bot", f"😀 يا @dalil_bot {SPENT}"]
)
def test_a_mention_is_a_question(hearing: Stage, person: Person, text: str) -> None:
    group = let_in(hearing, person)
    assert is_answer_to_spent(quoted(hearing.asks(person, text, group)))


def test_a_mention_alone_asks_for_the_question_or_about_the_message_replied_to(hearing: Stage, person: Person) -> None:
    other = hearing.newcomer()
    group = let_in(hearing, person, other)
    assert hearing.asks(person, "@dalil_bot", group).asks_for_reply
    question = other.says(SPENT, group)
    assert is_answer_to_spent(quoted(hearing.asks(person, "@dalil_bot", group, reply_to=question)))


def test_in_a_topic_what_is_not_addressed_to_the_bot_is_left_alone(hearing: Stage, person: Person) -> None:
    group = let_in(hearing, person, forum=True)
    topic = hearing.double.groups.open_topic(group, "Budget", person)
    plain = person.says(SPENT, group, topic=topic)
    answer = hearing.asks(person, f"@dalil_bot {SPENT}", group, topic=topic)
    assert answer.topic == topic
    assert hearing.silent_about(plain)
    assert shown(hearing.asks(person, FOLLOW_UP, group, reply_to=answer, topic=topic)).startswith(UNDERSTOOD)


def test_an_edited_mention_is_answered_in_the_place_of_its_answer(hearing: Stage, person: Person) -> None:
    group = let_in(hearing, person)
    question = person.says("@dalil_bot ما تصنيف الحكومة الرقمية في خانه هوا؟", group)
    answer = hearing.reply_to(question)
    person.edits(question, f"@dalil_bot {SPENT}")
    assert is_answer_to_spent(quoted(hearing.edited(answer)))
    person.edits(question, SPENT)
    hearing.settled()
    assert len(answer.history_of_edits) == 1


def test_its_own_commands_are_obeyed_by_name_or_in_reply(hearing: Stage, person: Person) -> None:
    group = let_in(hearing, person)
    helped = hearing.asks(person, "/help@dalil_bot", group)
    assert shown(helped) == says(PhraseName.HELP_GROUP)
    assert "30" in shown(hearing.asks(person, "/privacy", group, reply_to=helped))
