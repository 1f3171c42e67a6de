"""``dalil eval`` on question sets small enough to reckon by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.bot.command import Finished, here

PASSAGES = {
    "bridges": "بلغ عدد الجسور في مقاطعة لونغ آن 41 جسرًا في عام 2023.",
    "schools": "افتتحت مدينة كا ماو 17 مدرسة جديدة للأطفال.",
    "rivers": "يجري نهر ميكونغ عبر أراضٍ زراعية واسعة تزرع الأرز.",
    "health": "زار وزير الصحة المستشفى المركزي وتفقد أجهزة الأشعة.",
}
QUESTIONS = [
    ("كم عدد الجسور في مقاطعة لونغ آن؟", "bridges", ["41"]),
    ("كم مدرسة افتتحت مدينة كا ماو؟", "schools", ["17", "17 مدرسة"]),
    ("من زار المستشفى المركزي؟", "health", ["وزير الصحة"]),
]


def evaluate(folder: Path, passages: list[str], questions: list[str], *options: str) -> Finished:
    (folder / "passages.jsonl").write_text("\n".join(passages), encoding="utf-8")
    (folder / "questions.jsonl").write_text("\n".join(questions), encoding="utf-8")
    return here("eval", folder / "passages.jsonl", folder / "questions.jsonl", "--data", folder / "data", *options)


def passages() -> list[str]:
    return [json.dumps({"id": name, "text": text}) for name, text in PASSAGES.items()]


def questions() -> list[str]:
    return [json.dumps({"question": asked, "passage": name, "answers": gold}) for asked, name, gold in QUESTIONS]


def test_the_figures_of_a_small_set(tmp_path: Path) -> None:
    figures = evaluate(tmp_path, passages(), questions(), "--json").json
    assert (figures["passages"], figures["questions"]) == (4, 3)
    assert figures["recall_at_1"] == figures["recall_at_10"] == figures["mrr_at_10"] == 100.0
    assert figures["excerpt_at_1"] == figures["excerpt_at_3"] == 100.0
    assert 0.5 < figures["roc_area"] <= 1
    assert 0 <= figures["dense_at_1"] <= figures["dense_at_10"] <= 100
    assert 0 <= figures["risk_area"] < 0.5 > figures["calibration_error_mixed"]
    assert 0 < figures["latency_p50"] <= figures["latency_p95"]
    assert not (tmp_path / "data").exists(), "it is measured in a place of its own"


def test_the_figures_as_a_table(tmp_path: Path) -> None:
    done = evaluate(tmp_path, passages(), questions())
    assert done.code == 0
    assert "questions asked" in done.out
    assert "dense alone, R@1" in done.out
    assert "100.0" in done.out


def test_questions_without_an_answer_are_left_out(tmp_path: Path) -> None:
    unanswerable = [
        json.dumps({"question": "أين؟", "passage": "rivers", "answers": []}),
        json.dumps({"question": "أين؟", "passage": "rivers", "answers": ["ميكونغ"], "impossible": True}),
    ]
    assert evaluate(tmp_path, passages(), [*questions(), *unanswerable], "--json").json["questions"] == 3


@pytest.mark.parametrize(
    ("broken", "problem"),
    [
        ("{", "questions.jsonl, line 4: is not JSON"),
        ("[1]", "questions.jsonl, line 4: needs question, passage, answers"),
        ('{"question": "أين؟"}', "questions.jsonl, line 4: needs question, passage, answers"),
        ('{"question": "أين؟", "passage": "nowhere", "answers": ["x"]}', "its passage nowhere is not in"),
    ],
)
def test_a_broken_question_is_named(tmp_path: Path, broken: str, problem: str) -> None:
    done = evaluate(tmp_path, passages(), [*questions(), broken])
    assert (done.code, done.out) == (2, "")
    assert problem in done.err


def test_a_broken_passage_is_named(tmp_path: Path) -> None:
    done = evaluate(tmp_path, [*passages(), '{"id": "x"}'], questions())
    assert done.code == 2
    assert "passages.jsonl, line 5: needs id, text" in done.err


def test_a_set_without_questions_and_a_file_that_is_none_are_refused(tmp_path: Path) -> None:
    done = evaluate(tmp_path, passages(), [])
    assert done.code == 2
    assert "no question with an answer" in done.err
    assert here("eval", tmp_path / "nothing", tmp_path / "questions.jsonl").code == 2
