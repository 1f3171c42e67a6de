"""Buttons in private chats: pages, ratings, receipts; pressed twice, pressed late, forged."""

from __future__ import annotations

import pytest

from bot.phrases import PhraseName
from bot.state.values import Counts
from tests.bot.played.people.stage import Stage, answer_id, quoted, shown
from tests.bot.played.people.words import FOLLOW_UP, SPENT, says
from tests.telegram.messages import Message
from tests.telegram.people import Person


def nothing_more(stage: Stage, person: Person, answer: Message, *, edits: int, messages: int = 1) -> bool:
    """Whether the chat holds so many messages of the bot, and this one was edited so often."""
    stage.settled()
    return len(answer.history_of_edits) == edits and len(person.private().bot_messages) == messages


def test_further_excerpts_are_shown_in_the_same_message(stage: Stage) -> None:
    person = stage.newcomer()
    answer = stage.asks(person, SPENT)
    first, buttons = quoted(answer), answer.buttons
    stage.presses(person, answer, "مقاطع أخرى")
    assert shown(stage.edited(answer)).startswith("مقاطع أخرى:")
    assert quoted(answer) != first
    assert "الصفحة 2 من" in shown(answer)
    stage.presses(person, answer, "السابق")
    assert quoted(stage.edited(answer, times=2)) == first
    assert answer.buttons == buttons


def test_a_page_pressed_twice_is_turned_once(stage: Stage) -> None:
    person = stage.newcomer()
    answer = stage.asks(person, SPENT)
    data = answer.button("مقاطع أخرى")["callback_data"]
    for press in [person.presses_with(answer, data) for _ in range(2)]:
        stage.answered(press)
    assert nothing_more(stage, person, answer, edits=1)


def test_pages_of_a_follow_up_say_how_it_was_understood(stage: Stage) -> None:
    person = stage.newcomer()
    stage.asks(person, "كم مرتبة لونغ آن في مؤشر التحول الرقمي لعام 2021؟")
    answer = stage.asks(person, "وماذا عن 2022؟")
    stage.presses(person, answer, "مقاطع أخرى")
    assert shown(stage.edited(answer)).startswith("فهمتُ:")
    assert "ليس هذا ما قصدت" in answer.buttons


def test_thumbs_up_is_thanked_and_counted_once(stage: Stage) -> None:
    person = stage.newcomer()
    answer = stage.asks(person, SPENT)
    for _ in range(2):
        assert stage.presses(person, answer, "👍").text == says(PhraseName.THANKS_GOOD)
    assert nothing_more(stage, person, answer, edits=0)
    assert stage.store.feedback.counts(answer_id(answer)) == Counts(up=1, down=0)


@pytest.mark.parametrize("reason", ["من تقرير غير مناسب", "معلومة قديمة", "جواب ناقص", "ليس جوابًا عن سؤالي"])
def test_thumbs_down_asks_why_once(stage: Stage, reason: str) -> None:
    person = stage.newcomer()
    answer = stage.asks(person, SPENT)
    identity, buttons = answer_id(answer), answer.buttons
    assert stage.presses(person, answer, "👎").text == says(PhraseName.THANKS_BAD)
    stage.double.wait_for(lambda: reason in answer.buttons)
    text = answer.text
    stage.forges(person, answer, f"bad:{identity}:")
    assert stage.presses(person, answer, reason).text == says(PhraseName.THANKS_REASON)
    stage.double.wait_for(lambda: answer.buttons == buttons)
    assert answer.text == text
    assert stage.store.feedback.counts(identity) == Counts(up=0, down=1)


def test_a_changed_mind_replaces_the_verdict(stage: Stage) -> None:
    person = stage.newcomer()
    answer = stage.asks(person, SPENT)
    identity = answer_id(answer)
    stage.presses(person, answer, "👎")
    stage.double.wait_for(lambda: "جواب ناقص" in answer.buttons)
    stage.forges(person, answer, f"good:{identity}:")
    stage.double.wait_for(lambda: "مفيد 👍" in answer.buttons)
    assert stage.store.feedback.counts(identity) == Counts(up=1, down=0)


def test_the_receipt_tells_how_the_answer_came_about(stage: Stage) -> None:
    person = stage.newcomer()
    stage.asks(person, SPENT)
    answer = stage.asks(person, FOLLOW_UP)
    data = answer.button("لماذا هذا الجواب؟")["callback_data"]
    for press in [person.presses_with(answer, data) for _ in range(2)]:
        stage.answered(press)
    receipt = shown(stage.reply_to(answer))
    assert f"السؤال كما ورد: {FOLLOW_UP}" in receipt
    assert "السؤال كما فهمتُه: كم بلغ معدل صرف رأس مال الاستثمار العام في عام 2023؟" in receipt
    assert "نسخة المكتبة: 1" in receipt
    assert "بصمة التقرير: " in receipt
    assert "درجته: " in receipt
    assert f"/why {answer_id(answer)}" in receipt
    assert nothing_more(stage, person, answer, edits=0, messages=3)


@pytest.mark.parametrize(
    "data",
    [
        "",
        ":",
        "page",
        "page::",
        "page:AAAAAAAAAA:2",
        "why:AAAAAAAAAA:",
        "literal:../../x:",
        "good:1' or '1'='1:",
        "unknown:1:2",
        "page:1:2:3",
        "reason:AAAAAAAAAA:no-reason",
        "documents:0:x",
        "documents:0:",
        "sample:0:9",
        "صفحة:١:٢",
    ],
)
def test_forged_data_gets_a_kind_line_and_changes_nothing(stage: Stage, data: str) -> None:
    person = stage.newcomer()
    answer = stage.asks(person, SPENT)
    assert stage.forges(person, answer, data).text == says(PhraseName.BUTTON_OLD)
    assert nothing_more(stage, person, answer, edits=0)


@pytest.mark.parametrize("argument", ["0", "1", "99999999999999999999", "-1", "x", "", "٢"])
def test_a_page_that_there_is_not_does_no_harm(stage: Stage, argument: str) -> None:
    person = stage.newcomer()
    answer = stage.asks(person, SPENT)
    stage.forges(person, answer, f"page:{answer_id(answer)}:{argument}")
    stage.settled()
    assert quoted(answer)


@pytest.mark.parametrize("kind", ["page", "why", "literal", "good", "bad", "reason"])
def test_somebody_elses_answer_is_not_shown_or_changed_by_a_forged_press(stage: Stage, kind: str) -> None:
    author, stranger = stage.newcomer(), stage.newcomer()
    theirs = stage.asks(author, SPENT)
    mine = stage.asks(stranger, "ما تصنيف الحكومة الرقمية في خانه هوا؟")
    argument = {"page": "2", "reason": "outdated"}.get(kind, "")
    press = stage.forges(stranger, mine, f"{kind}:{answer_id(theirs)}:{argument}")
    assert press.text == says(PhraseName.BUTTON_OLD)
    assert nothing_more(stage, stranger, mine, edits=0)
    assert stage.store.feedback.counts(answer_id(theirs)) == Counts(up=0, down=0)


def test_a_button_under_a_message_that_is_gone_gets_a_kind_line(stage: Stage) -> None:
    person = stage.newcomer()
    answer = stage.asks(person, SPENT)
    data = answer.button("مقاطع أخرى")["callback_data"]
    person.deletes(answer)
    assert stage.forges(person, answer, data).text == says(PhraseName.BUTTON_OLD)


def test_a_sample_question_is_asked_once_however_often_it_is_pressed(stage: Stage) -> None:
    person = stage.newcomer()
    greeting = stage.asks(person, "/start")
    data = greeting.button(greeting.buttons[0])["callback_data"]
    for press in [person.presses_with(greeting, data) for _ in range(3)]:
        stage.answered(press)
    assert shown(stage.reply_to(greeting)).startswith(says(PhraseName.ANSWER_HEADING))
    assert nothing_more(stage, person, greeting, edits=0, messages=2)


def test_both_sample_questions_can_be_asked_and_followed_up(stage: Stage) -> None:
    person = stage.newcomer()
    greeting = stage.asks(person, "/start")
    for number, label in enumerate(greeting.buttons, start=2):
        stage.presses(person, greeting, label)
        stage.double.wait_for(lambda number=number: len(person.private().bot_messages) == number)
    first, second = person.private().bot_messages[1:]
    assert quoted(first) != quoted(second)
    assert shown(stage.asks(person, "وفي كا ماو؟")).startswith("فهمتُ:")


def test_buttons_only_carry_ids(stage: Stage) -> None:
    person = stage.newcomer()
    stage.asks(person, SPENT)
    answer = stage.asks(person, FOLLOW_UP)
    for row in answer.keyboard:
        for button in row:
            assert button["callback_data"].isascii()
            assert len(button["callback_data"]) <= 64


def test_rows_are_read_from_right_to_left(stage: Stage) -> None:
    answer = stage.asks(stage.newcomer(), SPENT)
    assert answer.buttons.index("غير مفيد 👎") < answer.buttons.index("مفيد 👍")
