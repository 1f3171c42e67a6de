"""Every question about the sample reports, asked in private and in a group, in both languages of the interface."""

from __future__ import annotations

import tomllib
from itertools import cycle

import pytest

from bot.markup import begins_right_to_left, harmless
from tests.bot.played.people.stage import Stage, quoted
from tests.reports import QUESTIONS, SEEDS

ASKED = [each["text"] for each in tomllib.loads((SEEDS / "questions.toml").read_text(encoding="utf-8"))["question"]]
REPORTS = [harmless(path.read_text(encoding="utf-8")) for path in SEEDS.glob("*.txt")]
MOST_QUOTED = 500  # code points in a group


@pytest.mark.parametrize("language", ["ar", "en"])
def test_answers_in_private_are_read_from_the_right_and_quote_the_reports(stage: Stage, language: str) -> None:
    people = [stage.newcomer(language=language) for _ in (*ASKED, *QUESTIONS)]
    asked = [person.says(question) for person, question in zip(people, (*ASKED, *QUESTIONS), strict=True)]
    for person, question in zip(people, asked, strict=True):
        answer = stage.reply_to(question)
        quotes_the_reports(stage, quoted(answer))
        assert begins_right_to_left(answer.text) == (language == "ar")
        assert all(begins_right_to_left(each) for each in answer.quotations)
        if answer.buttons[0] in {"مقاطع أخرى", "Further excerpts"}:
            stage.presses(person, answer, answer.buttons[0])
            quotes_the_reports(stage, quoted(stage.edited(answer)))


def test_answers_in_groups_are_read_from_the_right_and_quote_the_reports(stage: Stage) -> None:
    person = stage.newcomer()
    groups = [stage.group(person) for _ in range(4)]
    asked = [person.says(f"/ask {each}", group) for each, group in zip(ASKED, cycle(groups), strict=False)]
    for question in asked:
        answer = stage.reply_to(question)
        assert begins_right_to_left(answer.text)
        assert len(quoted(answer)) <= 1
        assert all(len(each) <= MOST_QUOTED for each in quoted(answer))
        quotes_the_reports(stage, quoted(answer))


def quotes_the_reports(stage: Stage, quotations: list[str]) -> None:
    for each in quotations:
        assert any(each in report for report in REPORTS) or "المكتبات" in each
    assert stage.double.refusals == []
