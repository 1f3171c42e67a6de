from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from index.embedders import load_embedder
from retrieval.evaluation import QuestionSet, QuestionSetError, contains, evaluate, index_set, trials
from retrieval.measures import Measured, summary
from retrieval.question import Kind
from tests.retrieval.conftest import silent

PASSAGES = [
    {"id": "a", "text": "بلغ عدد سكان مدينة الواحة 52000 نسمة عام 2019. وتشتهر المدينة بالتمور."},
    {"id": "b", "text": "افتتح الجسر الكبير في مارس 2004 بعد بناء دام ست سنوات."},
    {"id": "c", "text": "ترأس المهندس سالم الهادي مشروع الميناء الجديد."},
    {"id": "d", "text": "تنتج المزارع القمح والشعير والذرة في فصل الصيف."},
    {"id": "e", "text": "تقع البحيرة المالحة شمال السهل وتجف كل خريف."},
    {"id": "f", "text": "يصدر المجلس نشرة أسبوعية عن حركة القطارات."},
]
QUESTIONS = [
    {"id": "1", "question": "كم عدد سكان مدينة الواحة؟", "passage": "a", "answers": ["٥٢٠٠٠"]},
    {"id": "2", "question": "متى افتتح الجسر الكبير؟", "passage": "b", "answers": ["مارس 2004"]},
    {"id": "3", "question": "من ترأس مشروع الميناء الجديد؟", "passage": "c", "answers": ["سالم الهادي"]},
    {"id": "4", "question": "ما لا جواب له؟", "passage": "c", "answers": [], "impossible": True},
]


def write(path: Path, rows: Sequence[dict[str, Any]]) -> Path:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def measure(folder: Path, questions: Sequence[dict[str, Any]]) -> Measured:
    passages = write(folder / "passages.jsonl", PASSAGES)
    asked = write(folder / "questions.jsonl", questions)
    return evaluate(passages, asked, load_embedder("shipped"), folder / "data", silent)


def indexed(folder: Path, questions: Sequence[dict[str, Any]]) -> QuestionSet:
    passages = write(folder / "passages.jsonl", PASSAGES)
    asked = write(folder / "questions.jsonl", questions)
    return index_set(passages, asked, load_embedder("shipped"), folder / "data", silent)


def test_measures_what_can_be_checked_by_hand(tmp_path: Path) -> None:
    measured = measure(tmp_path, QUESTIONS)
    assert (measured.passages, measured.questions) == (6, 3)
    assert measured.recall_at_1 == measured.mrr_at_10 == measured.excerpt_at_1 == 100.0
    assert measured.roc_area == 1.0
    assert measured.answered_without_passage == 0.0
    assert 0 < measured.latency_p50 <= measured.latency_p95


def test_each_question_is_a_trial_that_can_be_looked_at(tmp_path: Path) -> None:
    done = trials(indexed(tmp_path, QUESTIONS), silent)
    assert [each.kind for each in done] == [Kind.HOW_MANY, Kind.WHEN, Kind.WHO]
    assert all(each.rank == 1 and each.in_first for each in done)
    assert all(each.confidence > each.confidence_without for each in done)
    assert {each.outcome_without for each in done} <= {"related", "none"}


def test_dense_alone_ranks_by_the_embedders_vectors_only(tmp_path: Path) -> None:
    embedder = load_embedder("shipped")
    asked = [{**QUESTIONS[0], "passage": row["id"]} for row in PASSAGES]
    vector = embedder.embed_question(str(QUESTIONS[0]["question"]))
    nearness = embedder.embed_passages([row["text"] for row in PASSAGES]) @ vector
    expected = [int((nearness > own).sum()) + 1 for own in nearness]
    done = trials(indexed(tmp_path, asked), silent)
    assert [each.dense_rank for each in done] == expected
    assert summary(6, done).dense_at_1 == pytest.approx(100 / 6)


def test_a_wrong_gold_answer_counts_against_us(tmp_path: Path) -> None:
    wrong = [{**QUESTIONS[0], "answers": ["1700"]}, *QUESTIONS[1:]]
    measured = measure(tmp_path, wrong)
    assert measured.recall_at_1 == 100.0
    assert measured.excerpt_at_1 == pytest.approx(200 / 3)


def test_digits_and_hamzas_do_not_hide_a_gold_answer() -> None:
    assert contains("بلغ  العدد ٣٧٦,٨٧٤ إجراءً", ["376874 اجراء"])
    assert not contains("بلغ العدد 376", ["376874"])


@pytest.mark.parametrize("line", ["not json", "[1]", '{"question": "ما؟"}'])
def test_names_the_line_that_cannot_be_used(tmp_path: Path, line: str) -> None:
    passages = write(tmp_path / "passages.jsonl", PASSAGES)
    questions = tmp_path / "questions.jsonl"
    questions.write_text(json.dumps(QUESTIONS[0]) + "\n" + line, encoding="utf-8")
    with pytest.raises(QuestionSetError, match="line 2"):
        evaluate(passages, questions, load_embedder("shipped"), tmp_path / "data", silent)


def test_refuses_a_question_about_an_unknown_passage(tmp_path: Path) -> None:
    with pytest.raises(QuestionSetError, match="elsewhere"):
        measure(tmp_path, [{**QUESTIONS[0], "passage": "elsewhere"}])
