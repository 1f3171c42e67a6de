"""Invitations, the list of people with rights, and the audit log."""

from __future__ import annotations

import re
import time

import pytest

from bot.buttons import ButtonKind, button
from bot.phrases import PhraseName, phrases
from bot.state.values import Role
from tests.bot.played.people.stage import ADMINISTRATOR, Stage, shown
from tests.telegram.messages import Message
from tests.telegram.people import Person

ARABIC = phrases("ar", isolates=False)
HOUR = 3600.0
OFFICIAL, BECOMES_ADMINISTRATOR = "مسؤول", "مشرف"


def says(name: PhraseName, **values: str) -> str:
    return ARABIC.say(name, **values)


def link_in(message: Message) -> str:
    found = re.search(r"https://t\.me/dalil_bot\?start=([A-Za-z0-9_-]{32})\Z", shown(message))
    assert found
    return found[1]


def invites(stage: Stage, administrator: Person, label: str) -> str:
    """The token of a fresh invitation."""
    menu = stage.asks(administrator, "/invite")
    stage.presses(administrator, menu, label)
    return link_in(stage.edited(menu))


def hears(stage: Stage, person: Person, words: str) -> Message:
    """The message to a person that holds these words, once it is there."""
    return stage.double.wait_for(
        lambda: next((each for each in reversed(person.private().bot_messages) if words in shown(each)), None), 15
    )


def becomes(stage: Stage, administrator: Person, label: str = BECOMES_ADMINISTRATOR, name: str = "خالد") -> Person:
    """Somebody who has accepted an invitation."""
    person = stage.newcomer(name)
    stage.reply_to(person.starts(payload=invites(stage, administrator, label)))
    hears(stage, administrator, str(person.id))
    return person


def test_an_invitation_makes_who_opens_it_an_official_and_both_are_told(stage: Stage, administrator: Person) -> None:
    token = invites(stage, administrator, OFFICIAL)
    person = stage.newcomer("خالد <b>")
    assert shown(stage.reply_to(person.starts(payload=token))) == says(PhraseName.WELCOME_OFFICIAL)
    assert stage.store.people.role(person.id) is Role.OFFICIAL
    told = shown(hears(stage, administrator, str(person.id)))
    assert "خالد <b>" in told
    assert OFFICIAL in told
    assert shown(stage.asks(person, "/people")) == says(PhraseName.UNKNOWN_COMMAND)


def test_an_invited_administrator_finds_the_commands_and_may_use_them(stage: Stage, administrator: Person) -> None:
    person = becomes(stage, administrator)
    stage.settled()
    assert {"invite", "people", "audit"} <= stage.bot.menu(person.private(), person.user).keys()
    assert person.user["first_name"] in shown(stage.asks(person, "/people"))
    assert link_in(stage.edited(_pressed(stage, person, stage.asks(person, "/invite"), OFFICIAL)))


def _pressed(stage: Stage, person: Person, message: Message, label: str) -> Message:
    stage.presses(person, message, label)
    return message


def test_an_invitation_is_used_once(stage: Stage, administrator: Person, citizen: Person) -> None:
    token = invites(stage, administrator, BECOMES_ADMINISTRATOR)
    first = stage.newcomer()
    for _ in range(2):  # opening it again changes nothing
        assert shown(stage.reply_to(first.starts(payload=token))) == says(PhraseName.WELCOME_ADMINISTRATOR)
    assert shown(stage.reply_to(citizen.starts(payload=token))) == says(PhraseName.INVITATION_WORTHLESS)
    assert stage.store.people.role(citizen.id) is Role.CITIZEN
    stage.settled()
    told = [each for each in administrator.private().bot_messages if str(first.id) in shown(each)]
    assert len(told) == 1


def test_an_administrator_who_opens_an_invitation_is_told_that_it_was_not_used(
    stage: Stage, administrator: Person
) -> None:
    token = invites(stage, administrator, OFFICIAL)
    told = stage.reply_to(administrator.starts(payload=token))
    assert shown(told) == phrases("ar", isolates=False).say(PhraseName.INVITATION_UNNEEDED)
    assert stage.store.people.role(ADMINISTRATOR) is Role.CITIZEN, "the settings say it, and nothing else does"
    person = stage.newcomer()
    stage.reply_to(person.starts(payload=token))
    assert stage.store.people.role(person.id) is Role.OFFICIAL


def test_an_invitation_is_worth_nothing_once_expired_or_guessed(stage: Stage, citizen: Person) -> None:
    old = stage.store.rights.invite(Role.ADMINISTRATOR, by=ADMINISTRATOR, now=time.time() - 48 * HOUR)
    for token in (old, "A" * 32):
        assert shown(stage.reply_to(citizen.starts(payload=token))) == says(PhraseName.INVITATION_WORTHLESS)
    assert stage.store.people.role(citizen.id) is Role.CITIZEN


def test_what_a_removed_administrator_made_is_worth_nothing(
    stage: Stage, administrator: Person, citizen: Person
) -> None:
    removed = becomes(stage, administrator)
    token = invites(stage, removed, BECOMES_ADMINISTRATOR)
    menu = stage.asks(removed, "/invite")
    listed = stage.asks(removed, "/people")
    stage.store.people.set_role(removed.id, Role.CITIZEN)
    assert shown(stage.reply_to(citizen.starts(payload=token))) == says(PhraseName.INVITATION_WORTHLESS)
    for message, label in ((menu, OFFICIAL), (listed, "أزل")):
        if any(label in each for each in message.buttons):
            press = stage.forges(removed, message, message.keyboard[0][0]["callback_data"])
            assert press.text == says(PhraseName.ADMINISTRATORS_ONLY)
    assert menu.history_of_edits == listed.history_of_edits == []


def test_a_menu_pressed_twice_makes_one_invitation(stage: Stage, administrator: Person) -> None:
    menu = stage.asks(administrator, "/invite")
    data = menu.keyboard[0][0]["callback_data"]
    for press in [administrator.presses_with(menu, data) for _ in range(2)]:
        stage.answered(press)
    stage.edited(menu)
    stage.settled()
    made = [each for each in stage.store.audit.newest(3) if each.what == "invited" and time.time() - each.at < 60]
    assert len(menu.history_of_edits) == 1
    assert link_in(menu)
    assert made[0].who == ADMINISTRATOR


def test_rights_are_taken_after_a_question_and_the_person_is_told(stage: Stage, administrator: Person) -> None:
    person = becomes(stage, administrator, OFFICIAL, name="نادية")
    listed = stage.asks(administrator, "/people")
    while "أزل نادية" not in map(_plain, listed.buttons):
        edits = len(listed.history_of_edits)
        stage.presses(administrator, listed, "التالي")
        stage.edited(listed, edits + 1)
    edits = len(listed.history_of_edits)
    label = next(each for each in listed.buttons if _plain(each) == "أزل نادية")
    stage.presses(administrator, listed, label)
    stage.edited(listed, edits + 1)
    assert "نادية" in shown(listed)
    assert stage.store.people.role(person.id) is Role.OFFICIAL
    stage.presses(administrator, listed, "نعم")
    stage.edited(listed, edits + 2)
    assert stage.store.people.role(person.id) is Role.CITIZEN
    hears(stage, person, says(PhraseName.DISMISSED))
    assert "نادية" not in shown(listed)


def _plain(label: str) -> str:
    return label.replace("\N{FIRST STRONG ISOLATE}", "").replace("\N{POP DIRECTIONAL ISOLATE}", "")


def test_an_administrator_of_the_settings_cannot_be_removed(stage: Stage, administrator: Person) -> None:
    other = becomes(stage, administrator)
    listed = stage.asks(other, "/people")
    assert f"رقم {ADMINISTRATOR}: منى، مشرف بحسب الإعدادات" in shown(listed)
    for step in ("ask", "yes"):
        press = stage.forges(other, listed, f"dismiss:{ADMINISTRATOR}:{step}")
        assert press.text == says(PhraseName.IRREMOVABLE)
    assert "people" in stage.bot.menu(administrator.private(), administrator.user)


def test_who_removes_themselves_is_shown_no_more(stage: Stage, administrator: Person) -> None:
    person = becomes(stage, administrator)
    listed = stage.asks(person, "/people")
    stage.forges(person, listed, f"dismiss:{person.id}:yes")
    stage.edited(listed)
    assert shown(listed) == says(PhraseName.DISMISSED)
    stage.double.wait_for(lambda: "people" not in stage.bot.menu(person.private(), person.user), 15)


def test_everything_is_in_the_log(stage: Stage, administrator: Person) -> None:
    person = becomes(stage, administrator, OFFICIAL, name="وليد")
    listed = stage.asks(administrator, "/people")
    stage.forges(administrator, listed, f"dismiss:{person.id}:yes")
    stage.edited(listed)
    log = shown(stage.asks(administrator, "/audit")).splitlines()
    assert [line.partition(" · ")[0] for line in log[1:4]] == [
        "تغيير من منى لصفة وليد، من مسؤول إلى مواطن",
        "قبول وليد دعوةً، وصفته الآن: مسؤول",
        "دعوة من منى لصفة: مسؤول",
    ]


def test_the_log_turns_its_pages(stage: Stage, administrator: Person) -> None:
    for number in range(12):
        stage.store.rights.give(number + 1, Role.OFFICIAL, by=None, now=time.time())
        stage.store.rights.give(number + 1, Role.CITIZEN, by=None, now=time.time())
    log = stage.asks(administrator, "/audit")
    stage.presses(administrator, log, "التالي")
    stage.edited(log)
    assert "الصفحة 2 من" in shown(log)
    assert "سطر الأوامر" in shown(log)


@pytest.mark.parametrize("command", ["/invite", "/people", "/audit"])
def test_a_citizen_finds_no_such_command(stage: Stage, citizen: Person, command: str) -> None:
    assert shown(stage.asks(citizen, command)) == says(PhraseName.UNKNOWN_COMMAND)


def test_a_citizen_who_forges_presses_reaches_nothing(stage: Stage, citizen: Person, administrator: Person) -> None:
    victim = becomes(stage, administrator, OFFICIAL)
    mine = stage.asks(citizen, "/documents")
    for data in (
        "invite:0:administrator", "invite:0:official", "people:0:1", "audit:0:1", f"dismiss:{victim.id}:ask",
        f"dismiss:{victim.id}:yes", f"dismiss:{citizen.id}:yes", "dismiss:x:yes",
    ):  # fmt: skip
        assert stage.forges(citizen, mine, data).text == says(PhraseName.ADMINISTRATORS_ONLY)
    stage.settled()
    assert mine.history_of_edits == []
    assert stage.store.people.role(victim.id) is Role.OFFICIAL
    assert stage.store.people.role(citizen.id) is Role.CITIZEN


def test_in_a_group_administrators_administer_nothing(stage: Stage, administrator: Person, citizen: Person) -> None:
    group = stage.group(administrator, citizen)
    commands = [administrator.says(f"{each}@dalil_bot", group) for each in ("/invite", "/people", "/audit")]
    assert stage.silent_about(*commands)
    answer = stage.asks(administrator, "/ask كم هدفًا تحقق في عام 2023؟", group)
    for kind, argument in ((ButtonKind.INVITE, "official"), (ButtonKind.PEOPLE, "1"), (ButtonKind.AUDIT, "1")):
        data = button("x", kind, "0", argument).data
        assert data is not None
        assert stage.forges(administrator, answer, data).text == says(PhraseName.ADMINISTRATORS_ONLY)
    assert answer.history_of_edits == []
