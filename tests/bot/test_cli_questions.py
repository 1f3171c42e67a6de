"""Questions of every kind, as typed by people, and conversations."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest

from bot.phrases import PhraseName, not_arabic
from bot.terminal import SAY
from tests.bot.command import Finished, dalil, here
from tests.bot.places import asked
from tests.reports import ANSWER, QUESTION, QUESTIONS


@pytest.mark.parametrize("question", ["", "   ", "\n", "🙂🙂", "12345", "٪؟!", "\u200f"])
def test_a_question_without_letters_gets_an_example(seeds_data: Path, question: str) -> None:
    [reply] = asked(seeds_data, question)
    assert (reply["outcome"], reply["reason"], reply["excerpts"], reply["language"]) == ("none", "empty", [], None)
    shown = here("--data", seeds_data, "ask", question)
    assert (shown.code, shown.out) == (0, SAY(PhraseName.EMPTY_QUESTION) + "\n")


@pytest.mark.parametrize(
    ("said", "line"),
    [
        ("السلام عليكم", SAY(PhraseName.COURTESY_PEACE)),
        ("مرحبا", SAY(PhraseName.COURTESY_GREETING)),
        ("شكرا جزيلا", SAY(PhraseName.COURTESY_THANKS)),
        ("مع السلامة", SAY(PhraseName.COURTESY_GOODBYE)),
        ("ممكن سؤال", SAY(PhraseName.COURTESY_REQUEST)),
        ("ما", SAY(PhraseName.EMPTY_QUESTION)),
    ],
)
def test_courtesy_alone_gets_a_friendly_line_and_never_passages(seeds_data: Path, said: str, line: str) -> None:
    [reply] = asked(seeds_data, said)
    assert (reply["outcome"], reply["reason"], reply["excerpts"]) == ("none", "empty", [])
    assert here("--data", seeds_data, "ask", said).out == line + "\n"


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "How many houses are connected to the internet?"),
        ("fr", "Combien de maisons sont connectées à internet dans la province ?"),
        ("vi", "Tỉnh Long An có bao nhiêu hộ gia đình sử dụng internet cáp quang?"),
        ("fa", "چند درصد از خانه‌ها در این استان به اینترنت دسترسی دارند؟"),
        ("ur", "صوبے میں کتنے فیصد گھروں میں انٹرنیٹ کی سہولت موجود ہے؟"),
    ],
)
def test_a_question_in_another_language_gets_a_polite_line_in_it(
    seeds_data: Path, language: str, question: str
) -> None:
    [reply] = asked(seeds_data, question)
    assert (reply["outcome"], reply["reason"], reply["language"]) == ("none", "language", language)
    assert here("--data", seeds_data, "ask", question).out == not_arabic(language) + "\n"


def test_a_very_long_question_is_cut_with_a_note_and_quickly(seeds_data: Path) -> None:
    question = (QUESTION + " ") * (100_000 // len(QUESTION))
    begun = time.monotonic()
    [reply] = asked(seeds_data, question)
    assert reply["question"] == question
    assert len(reply["understood"]) <= 1000
    assert reply["outcome"] == "answer"
    shown = here("--data", seeds_data, "chat", stdin=question + "\n")
    assert time.monotonic() - begun < 30  # both processes; read whole, the question would take minutes
    assert shown.out.startswith(SAY(PhraseName.CUT_QUESTION) + "\n")
    assert ANSWER in shown.out


def test_the_note_on_a_cut_question_does_not_spoil_the_json(seeds_data: Path) -> None:
    done = here("--data", seeds_data, "ask", QUESTION * 30, "--json")
    assert done.json["outcome"] == "answer"
    assert done.err == SAY(PhraseName.CUT_QUESTION) + "\n"


@pytest.mark.parametrize(
    "question", ["كم \udcff نسبة", "كم\u0000نسبة", "كم نسبة \ud800 المنازل", "\u202eكم نسبة", "ا" * 5000]
)
def test_strange_characters_in_a_question_fail_nothing(seeds_data: Path, question: str) -> None:
    done = here("--data", seeds_data, "ask", "--jsonl", stdin=json.dumps({"question": question}) + "\n")
    assert (done.code, "outcome" in done.lines[0]) == (0, True)


def test_an_answer_in_plain_lines_names_its_source(seeds_data: Path) -> None:
    done = here("--data", seeds_data, "ask", QUESTION)
    first, quotation, source, address = done.out.splitlines()[:4]
    assert first == SAY(PhraseName.ANSWER_HEADING)
    assert re.fullmatch("«.*88.9%.*»", quotation)
    assert source.startswith("— ")
    assert source.endswith("، لونغ آن، 2024-07-12")
    assert address.startswith("  https://mic.gov.vn/")


def test_a_question_that_nothing_answers_is_told_so(seeds_data: Path) -> None:
    assert here("--data", seeds_data, "ask", "ما وصفة البيتزا الإيطالية؟").out == SAY(PhraseName.NOT_FOUND) + "\n"


def test_a_conversation_answers_each_line_of_standard_input(seeds_data: Path) -> None:
    done = dalil("--data", seeds_data, "chat", stdin=f"{QUESTION}\n\nHello, who are you?\n{QUESTIONS[1]}")
    assert (done.code, done.err) == (0, "")
    assert done.out.count(SAY(PhraseName.ANSWER_HEADING)) == 2
    assert done.out.index(ANSWER) < done.out.index(not_arabic("en")) < done.out.index("93.21")
    assert SAY(PhraseName.TERMINAL_WELCOME) not in done.out
    assert SAY(PhraseName.TERMINAL_PROMPT) not in done.out


def test_an_empty_conversation_answers_the_sample_if_there_is_one(seeds_data: Path) -> None:
    assert here("--data", seeds_data, "chat") == Finished(0, "", "")
    for nothing in ("", "\n  \n"):
        done = here("--data", seeds_data, "chat", "--sample", QUESTION, stdin=nothing)
        assert done.code == 0
        assert done.out.startswith(f"{SAY(PhraseName.TERMINAL_PROMPT)} {QUESTION}\n{SAY(PhraseName.ANSWER_HEADING)}\n")
    assert QUESTION not in here("--data", seeds_data, "chat", "--sample", QUESTION, stdin=QUESTIONS[1]).out


def test_one_of_a_question_and_lines_must_be_given(seeds_data: Path) -> None:
    for arguments in (["ask"], ["ask", QUESTION, "--jsonl"], ["search"], ["search", QUESTION, "--top", "0"]):
        assert here("--data", seeds_data, *arguments).code == 2


def test_the_data_folder_may_be_given_before_or_after_the_command_or_set(seeds_data: Path) -> None:
    assert here("--data", seeds_data, "status").code == 0
    assert here("status", "--data", seeds_data).code == 0
    assert dalil("status", DALIL_DATA=str(seeds_data)).code == 0
