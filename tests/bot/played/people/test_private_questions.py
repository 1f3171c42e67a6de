"""Questions in private chats, and what people write instead of questions."""

from __future__ import annotations

import pytest

from bot.phrases import PhraseName
from bot.state.values import MemoryKey
from tests.bot.played.people.library import SIDE_BY_SIDE_QUESTION
from tests.bot.played.people.stage import Stage, answer_id, quoted, shown
from tests.bot.played.people.words import FOLLOW_UP, SPENT, says
from tests.telegram.people import ONE_PIXEL, Attachment
from tests.telegram.senders import Place

COMPLETED = "فهمتُ: كم بلغ معدل صرف رأس مال الاستثمار العام في عام 2023؟"
UNANSWERED = "من فاز بكأس العالم لكرة القدم؟"


def test_an_answer_replies_to_the_question_with_the_words_that_answer_in_bold(stage: Stage) -> None:
    person = stage.newcomer()
    answer = stage.asks(person, SPENT)
    assert shown(answer).startswith(says(PhraseName.ANSWER_HEADING))
    assert any("93.21٪" in bold for bold in answer.bold)
    assert [each["type"] for each in answer.entities].count("expandable_blockquote") == 1
    assert "المصدر: اجتماع اللجنة التوجيهية للتحول الرقمي في مقاطعة خان هوا، خان هوا" in shown(answer)
    sent = stage.requests_to(person.private())[-1].parameters
    assert sent["reply_parameters"]["allow_sending_without_reply"]
    assert sent["link_preview_options"]["is_disabled"]


def test_typing_is_shown_before_the_answer_and_not_after_it(stage: Stage) -> None:
    person = stage.newcomer()
    stage.asks(person, SPENT)
    assert [each.method for each in stage.requests_to(person.private())] == ["sendChatAction", "sendMessage"]


def test_a_follow_up_is_completed_says_so_and_can_be_asked_literally(stage: Stage) -> None:
    person = stage.newcomer()
    stage.asks(person, SPENT)
    answer = stage.asks(person, FOLLOW_UP)
    assert shown(answer).startswith(COMPLETED)
    press = stage.presses(person, answer, "ليس هذا ما قصدت")
    literal = stage.edited(answer)
    assert press.answered
    assert "فهمتُ" not in shown(literal)
    assert "ليس هذا ما قصدت" not in literal.buttons
    stage.forges(person, answer, f"literal:{answer_id(literal)}:")
    stage.settled()
    assert len(answer.history_of_edits) == 1


def test_the_literal_question_is_asked_once_however_often_its_button_is_pressed(stage: Stage) -> None:
    person = stage.newcomer()
    stage.asks(person, SPENT)
    answer = stage.asks(person, FOLLOW_UP)
    data = answer.button("ليس هذا ما قصدت")["callback_data"]
    presses = [person.presses_with(answer, data) for _ in range(3)]
    for press in presses:
        stage.answered(press)
    stage.settled()
    assert len(answer.history_of_edits) == 1


def test_a_complete_question_is_left_as_it_is_after_another(stage: Stage) -> None:
    person = stage.newcomer()
    stage.asks(person, SPENT)
    assert "فهمتُ" not in shown(stage.asks(person, "ما تصنيف الحكومة الرقمية في خانه هوا؟"))


def test_new_begins_anew(stage: Stage) -> None:
    person = stage.newcomer()
    stage.asks(person, SPENT)
    assert shown(stage.asks(person, "/new")) == says(PhraseName.NEW_DONE)
    assert "فهمتُ" not in shown(stage.asks(person, FOLLOW_UP))


def test_one_person_knows_nothing_of_what_another_asked(stage: Stage) -> None:
    stage.asks(stage.newcomer(), SPENT)
    assert "فهمتُ" not in shown(stage.asks(stage.newcomer(), FOLLOW_UP))


def test_a_reply_to_an_earlier_answer_follows_that_one_up(stage: Stage) -> None:
    person = stage.newcomer()
    first = stage.asks(person, SPENT)
    stage.asks(person, "ما تصنيف الحكومة الرقمية في خانه هوا؟")
    assert shown(stage.asks(person, FOLLOW_UP, reply_to=first)).startswith(COMPLETED)


def test_where_nothing_is_found_the_reports_coverage_and_questions_to_try_are_offered(stage: Stage) -> None:
    person = stage.newcomer()
    nothing = stage.asks(person, UNANSWERED)
    text = shown(nothing)
    assert text.startswith(says(PhraseName.NOT_FOUND))
    assert "خان هوا" in text
    assert "2024" in text
    example = nothing.buttons[0]
    assert f"«{example}»" in text
    stage.presses(person, nothing, example)
    answer = stage.reply_to(nothing)
    assert shown(answer).startswith(says(PhraseName.ANSWER_HEADING))


def test_the_closest_passages_are_said_to_be_no_answer(stage: Stage) -> None:
    related = stage.asks(stage.newcomer(), "متى صدر القرار رقم 57 عن المكتب السياسي؟")
    assert shown(related).startswith(says(PhraseName.RELATED_HEADING))
    assert len(quoted(related)) > 1


def test_reports_that_disagree_stand_side_by_side(stage: Stage) -> None:
    answer = stage.asks(stage.newcomer(), SIDE_BY_SIDE_QUESTION)
    assert shown(answer).startswith(says(PhraseName.SIDE_BY_SIDE_HEADING))
    assert {"حقل النور", "جبل الزيتون"} <= set(shown(answer).splitlines())


def test_a_very_long_question_is_cut_and_that_is_said(stage: Stage) -> None:
    answer = stage.asks(stage.newcomer(), f"{SPENT} " + "وهذا كلام كثير جدا. " * 190)
    assert says(PhraseName.CUT_QUESTION) in shown(answer)


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("How many reports are there about the province?", "English"),
        ("Combien y a-t-il de rapports dans la province ?", "arabe"),
    ],
)
def test_a_question_in_another_language_gets_a_line_in_it(stage: Stage, asked: str, language: str) -> None:
    answer = stage.asks(stage.newcomer(), asked)
    assert ("Arabic" if language == "English" else language) in answer.text
    assert not answer.buttons


def test_marks_alone_are_no_question(stage: Stage) -> None:
    assert shown(stage.asks(stage.newcomer(), "؟؟")) == says(PhraseName.EMPTY_QUESTION)


def test_what_is_not_written_gets_one_friendly_line(stage: Stage) -> None:
    for send in ("sends_voice", "sends_photo", "sends_sticker", "sends_contact"):
        person = stage.newcomer()
        message = getattr(person, send)()
        assert shown(stage.reply_to(message)) == says(PhraseName.TEXT_ONLY)


def test_an_album_gets_one_line(stage: Stage) -> None:
    person = stage.newcomer()
    files = [Attachment(ONE_PIXEL, f"{number}.pdf") for number in range(4)]
    first, *others = person.sends_album(files)
    stage.reply_to(first)
    stage.settled()
    assert stage.silent_about(*others)


def test_an_edited_question_is_answered_in_the_place_of_its_answer(stage: Stage) -> None:
    person = stage.newcomer()
    question = person.says("ما تصنيف الحكومة الرقمية في خانه هوا؟")
    answer = stage.reply_to(question)
    person.edits(question, SPENT)
    assert any("93.21٪" in each for each in quoted(stage.edited(answer)))
    stage.presses(person, answer, "لماذا هذا الجواب؟")
    assert SPENT in shown(stage.reply_to(answer))
    person.edits(question, SPENT)
    stage.settled()
    assert len(answer.history_of_edits) == 1
    assert len([each for each in person.private().bot_messages if each.reply_to_id == question.id]) == 1


def test_an_edited_follow_up_is_completed_as_well(stage: Stage) -> None:
    person = stage.newcomer()
    stage.asks(person, SPENT)
    question = person.says(FOLLOW_UP)
    answer = stage.reply_to(question)
    person.edits(question, "وماذا عن 2022؟")
    assert shown(stage.edited(answer)).startswith(COMPLETED.replace("2023", "2022"))


def test_edits_of_what_was_never_answered_are_left_alone(stage: Stage) -> None:
    person = stage.newcomer()
    command = person.says("/privacy")
    stage.reply_to(command)
    person.edits(command, SPENT)
    stage.settled()
    assert len(person.private().bot_messages) == 1


def test_a_deleted_question_is_answered_all_the_same(stage: Stage) -> None:
    person = stage.newcomer()
    question = person.says(SPENT)
    person.deletes(question)
    answer = stage.double.wait_for(lambda: person.private().last_answer)
    assert any("93.21٪" in each for each in quoted(answer))


def test_ask_with_a_question_and_alone(stage: Stage) -> None:
    person = stage.newcomer()
    assert any("93.21٪" in each for each in quoted(stage.asks(person, f"/ask {SPENT}")))
    which = stage.asks(person, "/ask")
    assert which.asks_for_reply
    assert any("93.21٪" in each for each in quoted(stage.asks(person, SPENT, reply_to=which)))


def test_what_another_bot_wrote_for_somebody_is_left_alone(stage: Stage) -> None:
    person = stage.newcomer()
    message = person.says(SPENT, via=stage.bot)
    stage.settled()
    assert stage.silent_about(message)


def test_memory_is_under_the_chat_and_the_person(stage: Stage) -> None:
    person = stage.newcomer()
    stage.asks(person, SPENT)
    stage.double.wait_for(lambda: stage.store.memory.turns(MemoryKey(person.id, 0, person.id), since=0))


def test_a_forwarded_question_is_a_question(stage: Stage) -> None:
    author, person = stage.newcomer(), stage.newcomer()
    question = author.says(SPENT)
    assert any("93.21٪" in each for each in quoted(stage.reply_to(person.forwards(question))))


def test_a_question_with_markup_and_control_characters_is_answered(stage: Stage) -> None:
    person = stage.newcomer()
    text = f"{SPENT} \N{RIGHT-TO-LEFT OVERRIDE}\x07<b>&"
    message = person.posts(Place(person.private()), {"text": text})
    assert any("93.21٪" in each for each in quoted(stage.reply_to(message)))


def test_an_edit_that_changes_nothing_of_the_answer_changes_nothing(stage: Stage) -> None:
    person = stage.newcomer()
    question = person.says("How many reports are there about the province?")
    answer = stage.reply_to(question)
    person.edits(question, "How many reports are there about this province?")
    stage.settled()
    assert not answer.history_of_edits
    person.edits(question, SPENT)
    assert any("93.21٪" in each for each in quoted(stage.edited(answer)))
