from __future__ import annotations

import pytest

from tests.telegram.accounts import Account
from tests.telegram.asking import ask, refusal, result
from tests.telegram.chats import Chat
from tests.telegram.double import Double
from tests.telegram.errors import Misplayed
from tests.telegram.people import Person


@pytest.fixture
def group(double: Double, bot: Account, person: Person) -> Chat:
    """A group that the bot was added to, with that already read."""
    group = double.group(person)
    double.groups.add(bot, group, person)
    bot.pending.clear()
    return group


def arrived(bot: Account) -> list[str]:
    """The texts of the messages that wait for the bot."""
    bodies = [next(body for kind, body in update.items() if kind != "update_id") for update in bot.pending]
    return [body.get("text", body.get("data", "")) for body in bodies]


def speak(double: Double, person: Person, group: Chat) -> None:
    """One message of every kind that privacy mode judges."""
    answer = group.last_answer
    person.says("plain", group)
    person.says("@tested_bot mention", group)
    person.says("/ask", group)
    person.says("/ask@tested_bot mine", group)
    person.says("/ask@Other_bot other", group)
    person.says("later /ask", group)
    person.says("reply", group, reply_to=answer)


def test_privacy_mode_delivers_commands_and_replies_only(
    double: Double, bot: Account, person: Person, group: Chat
) -> None:
    result(double, bot, "sendMessage", chat_id=group.id, text="answer")
    speak(double, person, group)
    assert arrived(bot) == ["/ask", "/ask@tested_bot mine", "reply"]


@pytest.mark.parametrize("reason", ["privacy off", "administrator"])
def test_without_privacy_everything_arrives(
    double: Double, bot: Account, person: Person, group: Chat, reason: str
) -> None:
    if reason == "administrator":
        group.admit(bot.user(), "administrator")
    else:
        bot.privacy = False
    result(double, bot, "sendMessage", chat_id=group.id, text="answer")
    speak(double, person, group)
    assert len(arrived(bot)) == 7


def test_a_bare_command_goes_to_the_bot_that_spoke_last(
    double: Double, bot: Account, person: Person, group: Chat
) -> None:
    double.groups.other_bot("other", group).says("hello", group)
    person.says("/ask", group)
    assert arrived(bot) == []
    bot.privacy = False
    double.groups.other_bot("other", group).says("/ask", group)
    assert arrived(bot) == ["/ask"]


def test_adding_and_kicking_are_told_and_the_kicked_bot_is_refused(
    double: Double, bot: Account, person: Person
) -> None:
    group = double.group(person)
    where = {"chat_id": group.id, "text": "x"}
    assert refusal(double, bot, "sendMessage", **where) == "400 Bad Request: chat not found"
    double.groups.add(bot, group, person)
    assert [next(iter(set(update) - {"update_id"})) for update in bot.pending] == ["my_chat_member", "message"]
    assert bot.pending[1]["message"]["new_chat_members"][0]["id"] == bot.id
    double.groups.kick(bot, group, person)
    assert bot.pending[-1]["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert refusal(double, bot, "sendMessage", **where) == "403 Forbidden: bot was kicked from the group chat"


def test_a_blocked_bot_is_refused_until_it_is_unblocked(double: Double, bot: Account, person: Person) -> None:
    person.blocks()
    where = {"chat_id": person.id, "text": "x"}
    assert refusal(double, bot, "sendMessage", **where) == "403 Forbidden: bot was blocked by the user"
    with pytest.raises(Misplayed):
        person.says("x")
    person.unblocks()
    assert result(double, bot, "sendMessage", **where)


def test_a_person_who_has_not_started_the_bot_is_unknown_to_it(double: Double, bot: Account) -> None:
    stranger = double.person()
    scope = {"type": "chat", "chat_id": stranger.id}
    assert refusal(double, bot, "setMyCommands", commands=[], scope=scope) == "400 Bad Request: chat not found"
    stranger.starts(bot)
    assert result(double, bot, "setMyCommands", commands=[], scope=scope)


def test_a_group_becomes_a_supergroup(double: Double, bot: Account, person: Person, group: Chat) -> None:
    new = double.groups.migrate(group, person)
    old_told, new_told = (update["message"] for update in bot.pending)
    assert (old_told["chat"]["id"], old_told["migrate_to_chat_id"]) == (group.id, new.id)
    assert (new_told["chat"]["id"], new_told["migrate_from_chat_id"]) == (new.id, group.id)
    refused = ask(double, bot, "sendMessage", chat_id=group.id, text="x")
    assert (refused["error_code"], refused["parameters"]) == (400, {"migrate_to_chat_id": new.id})
    assert result(double, bot, "sendMessage", chat_id=new.id, text="x")


def test_messages_in_a_topic_reply_to_its_creation(double: Double, bot: Account, person: Person) -> None:
    forum = double.group(person, forum=True)
    double.groups.add(bot, forum, person)
    topic = double.groups.open_topic(forum, "reports", person)
    question = person.says("/ask x", forum, topic=topic)
    assert (question.topic, question.reply_to_id) == (topic, topic)
    assert person.says("/ask in general", forum).topic is None
    answer = result(double, bot, "sendMessage", chat_id=forum.id, text="x", message_thread_id=topic)
    assert (answer["message_thread_id"], answer["is_topic_message"]) == (topic, True)
    by_reply = {"message_id": question.id}
    answer = result(double, bot, "sendMessage", chat_id=forum.id, text="x", reply_parameters=by_reply)
    assert answer["message_thread_id"] == topic
    for wrong in (1, 999):
        refused = refusal(double, bot, "sendMessage", chat_id=forum.id, text="x", message_thread_id=wrong)
        assert refused == "400 Bad Request: message thread not found"


def test_a_thread_of_replies_in_a_supergroup_is_no_topic(double: Double, bot: Account, person: Person) -> None:
    group = double.group(person, kind="supergroup")
    double.groups.add(bot, group, person)
    first = person.says("/ask x", group)
    second = person.says("/ask y", group, reply_to=first)
    assert (second.body["message_thread_id"], second.topic) == (first.id, None)
    refused = refusal(double, bot, "sendMessage", chat_id=group.id, text="x", message_thread_id=first.id)
    assert refused == "400 Bad Request: message thread not found"


def test_those_who_are_not_people_come_with_telegrams_own_ids(
    double: Double, bot: Account, person: Person, group: Chat
) -> None:
    bot.privacy = False
    channel = double.group(person, kind="channel", title="Channel")
    double.groups.add(bot, channel, person, as_admin=True)
    bot.pending.clear()
    double.groups.anonymous_admin(group).says("/ask a", group)
    double.groups.channel_sender(channel).says("/ask b", group)
    double.groups.forward_automatically(double.groups.post(channel, "/ask c"), group)
    person.says("/ask d", group, via=bot)
    bodies = [update.get("message") or update["channel_post"] for update in bot.pending]
    assert [body.get("from", {}).get("id") for body in bodies] == [1087968824, 136817688, None, 777000, person.id]
    assert bodies[0]["sender_chat"]["id"] == group.id
    assert bodies[3]["is_automatic_forward"] is True
    assert bodies[4]["via_bot"]["id"] == bot.id


def test_reactions_come_where_they_were_asked_for(double: Double, bot: Account, person: Person, group: Chat) -> None:
    private = person.says("x")
    in_group = person.says("/ask", group)
    bot.pending.clear()
    person.reacts(private, "👍")
    assert not bot.pending
    result(double, bot, "getUpdates", allowed_updates=["message", "message_reaction"])
    person.reacts(private, "👍")
    person.reacts(in_group, "👍")
    assert [update["message_reaction"]["message_id"] for update in bot.pending] == [private.id]


def test_the_menu_shows_the_commands_of_the_narrowest_scope(
    double: Double, bot: Account, person: Person, group: Chat
) -> None:
    for scope, language in (("default", ""), ("all_private_chats", "ar")):
        commands = [{"command": "ask", "description": scope}]
        result(double, bot, "setMyCommands", commands=commands, scope={"type": scope}, language_code=language)
    assert bot.menu(person.private(), person.user) == {"ask": "all_private_chats"}
    assert bot.menu(group, person.user) == {"ask": "default"}
    assert bot.commands_for("all_private_chats", language="ar") == {"ask": "all_private_chats"}
