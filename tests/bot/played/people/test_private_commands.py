"""Commands in private chats, and what the bot tells about itself."""

from __future__ import annotations

import pytest

from bot.phrases import PhraseName, phrases
from bot.state.values import MemoryKey, Role
from tests.bot.played.people.stage import ADMINISTRATOR, Stage, answer_id, quoted, shown
from tests.bot.played.people.words import SPENT, says
from tests.telegram.people import Person

ARABIC, ENGLISH = (phrases(language, isolates=False) for language in ("ar", "en"))


@pytest.fixture(scope="module")
def administrator(open_stage: Stage) -> Person:
    return open_stage.double.person("Administrator", id=ADMINISTRATOR)


def test_start_greets_with_questions_that_have_answers(stage: Stage) -> None:
    greeting = stage.asks(stage.newcomer(), "/start")
    assert shown(greeting) == says(PhraseName.GREETING)
    assert len(greeting.buttons) == 2
    for question in greeting.buttons:
        assert shown(stage.asks(stage.newcomer(), question)).startswith(says(PhraseName.ANSWER_HEADING))


@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("/help", PhraseName.HELP_PRIVATE),
        ("/weather", PhraseName.UNKNOWN_COMMAND),
        ("/why", PhraseName.RECEIPT_NONE_YET),
    ],
)
def test_commands_are_answered(stage: Stage, command: str, name: PhraseName) -> None:
    assert shown(stage.asks(stage.newcomer(), command)) == says(name)


def test_privacy_says_what_is_kept_and_for_how_long(stage: Stage) -> None:
    text = shown(stage.asks(stage.newcomer(), "/privacy"))
    assert "لمدة 30 يومًا" in text
    assert "لمدة 30 دقيقة" in text
    assert "/forget" in text


def test_why_shows_the_receipt_of_the_last_answer_of_one_replied_to_and_of_an_id(stage: Stage) -> None:
    person = stage.newcomer()
    first, second = stage.asks(person, SPENT), stage.asks(person, "ما تصنيف الحكومة الرقمية في خانه هوا؟")
    assert answer_id(second) in shown(stage.asks(person, "/why"))
    assert answer_id(first) in shown(stage.asks(person, "/why", reply_to=first))
    assert answer_id(first) in shown(stage.asks(person, f"/why {answer_id(first)}"))


def test_somebody_elses_answer_is_not_found_but_by_administrators(stage: Stage, administrator: Person) -> None:
    theirs = answer_id(stage.asks(stage.newcomer(), SPENT))
    for command in (f"/why {theirs}", f"/start {theirs}"):
        assert shown(stage.asks(stage.newcomer(), command)) == says(PhraseName.RECEIPT_NOT_FOUND)
    assert shown(stage.asks(stage.newcomer(role=Role.OFFICIAL), f"/why {theirs}")) == says(PhraseName.RECEIPT_NOT_FOUND)
    assert theirs in shown(stage.asks(administrator, f"/why {theirs}"))


def test_a_deep_link_opens_ones_own_answer(stage: Stage) -> None:
    person = stage.newcomer()
    answer = stage.asks(person, SPENT)
    again = stage.reply_to(person.starts(payload=answer_id(answer)))
    assert again.text == answer.text
    assert again.buttons == answer.buttons
    stage.presses(person, again, "مقاطع أخرى")
    assert "الصفحة 2" in shown(stage.edited(again))


@pytest.mark.parametrize("payload", ["AAAAAAAAAA", "x", "-" * 64])
def test_a_deep_link_to_nothing_gets_a_kind_line(stage: Stage, payload: str) -> None:
    assert shown(stage.reply_to(stage.newcomer().starts(payload=payload))) == says(PhraseName.RECEIPT_NOT_FOUND)


def test_documents_are_listed_in_pages(stage: Stage) -> None:
    person = stage.newcomer()
    listed = stage.asks(person, "/documents")
    assert shown(listed).startswith("في المكتبة 10 تقارير:")
    assert "الصفحة 1 من 2" in shown(listed)
    assert listed.buttons == ["التالي"]
    stage.presses(person, listed, "التالي")
    assert "الصفحة 2 من 2" in shown(stage.edited(listed))
    assert listed.buttons == ["السابق"]
    titles = shown(listed).splitlines()[1:-1]
    assert [line.split(".")[0] for line in titles] == ["9", "10"]


def test_forget_deletes_all_that_is_kept(stage: Stage) -> None:
    person = stage.newcomer()
    answer = stage.asks(person, SPENT)
    identity, key = answer_id(answer), MemoryKey(person.id, 0, person.id)
    stage.presses(person, answer, "👍")
    assert stage.store.answers.get(identity) is not None
    assert shown(stage.asks(person, "/forget")) == says(PhraseName.FORGET_DONE)
    assert stage.store.answers.get(identity) is None
    assert stage.store.memory.turns(key, since=0) == []
    assert stage.presses(person, answer, "لماذا هذا الجواب؟").text == says(PhraseName.BUTTON_OLD)
    assert shown(stage.asks(person, "/why")) == says(PhraseName.RECEIPT_NONE_YET)
    assert "فهمتُ" not in shown(stage.asks(person, "وماذا عن 2023؟"))


def test_forget_leaves_a_role(stage: Stage) -> None:
    official = stage.newcomer(role=Role.OFFICIAL)
    stage.asks(official, "/forget")
    assert stage.store.people.role(official.id) is Role.OFFICIAL


def test_english_telegrams_are_spoken_to_in_english_and_quoted_in_arabic(stage: Stage) -> None:
    person = stage.newcomer(language="en-GB")
    assert shown(stage.asks(person, "/start")) == ENGLISH.say(PhraseName.GREETING)
    answer = stage.asks(person, SPENT)
    assert shown(answer).startswith(ENGLISH.say(PhraseName.ANSWER_HEADING))
    assert any("93.21٪" in each for each in quoted(answer))
    assert answer.buttons[1:3] == [ENGLISH.say(PhraseName.BUTTON_GOOD), ENGLISH.say(PhraseName.BUTTON_BAD)]
    assert stage.presses(person, answer, "👍").text == ENGLISH.say(PhraseName.THANKS_GOOD)


@pytest.mark.parametrize("language", [None, "ar", "fr", "ar-EG"])
def test_all_others_are_spoken_to_in_arabic(stage: Stage, language: str | None) -> None:
    assert shown(stage.asks(stage.newcomer(language=language), "/help")) == says(PhraseName.HELP_PRIVATE)


@pytest.mark.parametrize(("language", "words"), [("ar", ARABIC), ("en", ENGLISH), ("vi", ARABIC)])
def test_the_menu_is_in_the_language_of_the_person(stage: Stage, language: str, words: object) -> None:
    assert isinstance(words, type(ARABIC))
    person = stage.newcomer(language=language)
    group = stage.double.group(person)
    in_private = stage.double.wait_for(lambda: stage.bot.menu(person.private(), person.user))
    in_group = stage.double.wait_for(lambda: stage.bot.menu(group, person.user))
    assert in_private["ask"] == in_group["ask"] == words.say(PhraseName.COMMAND_ASK)
    assert set(in_private) == {"ask", "new", "documents", "why", "help", "privacy", "forget", "start"}
    assert set(in_group) == {"ask", "new", "help", "privacy", "forget"}


def test_an_administrators_menu_is_set_when_they_start_the_bot(stage: Stage, administrator: Person) -> None:
    stage.asks(administrator, "/start")
    for language in ("", "ar", "en"):
        stage.double.wait_for(
            lambda language=language: stage.bot.commands_for("chat", chat=administrator.id, language=language)
        )


def test_the_bot_describes_itself_in_both_languages(stage: Stage) -> None:
    for what in ("description", "short_description"):
        for language in ("", "ar", "en"):
            assert stage.double.wait_for(lambda what=what, language=language: stage.bot.profile[what, language])
