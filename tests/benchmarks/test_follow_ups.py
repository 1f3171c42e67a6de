from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from benchmarks.follow_ups import HALVES, REPORTS, Outcome, assistant_of, dialogues, has_all, held
from retrieval.assistant import Assistant

SHARE = {"train": 0.95, "dev": 0.85}  # of follow-ups that have to be completed rightly
LEFT_ALONE = 0.99


@pytest.fixture(scope="module")
def assistants(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Assistant]:
    return {name: assistant_of(reports, tmp_path_factory.mktemp(name)) for name, reports in REPORTS.items()}


def share(right: list[bool]) -> float:
    return sum(right) / len(right)


@pytest.mark.parametrize("half", HALVES)
def test_dialogues_are_completed_as_their_author_meant_them(assistants: Mapping[str, Assistant], half: str) -> None:
    outcomes: list[Outcome] = [each for one in dialogues(half) for each in held(assistants[one["reports"]], one)]
    later = [each for each in outcomes if not each.is_first]
    assert share([each.is_right for each in later if each.is_follow_up]) >= SHARE[half]
    assert share([each.is_right for each in later if not each.is_follow_up]) >= LEFT_ALONE
    assert share([not each.is_follow_up for each in later]) >= 1 / 3, "enough new questions"


@pytest.mark.parametrize("half", HALVES)
def test_dialogues_begin_with_a_complete_question_and_name_reports_that_are_there(half: str) -> None:
    assert len(dialogues(half)) >= 40
    for one in dialogues(half):
        files = {path.name for path in Path(REPORTS[one["reports"]]).iterdir()}
        assert one["steps"][0]["alone"]
        assert all(step["document"] in files for step in one["steps"] if "document" in step)


def test_a_question_has_all_that_it_must_in_any_spelling_and_nothing_that_it_must_not() -> None:
    step = {"has": ["نسبة الفقر", "2022/٢٠٢٢"], "lacks": ["سون لا"]}
    assert has_all(step, "كم نسبه الفقر عام ٢٠٢٢؟")
    assert not has_all(step, "كم نسبة الفقر؟")
    assert not has_all(step, "كم نسبة الفقر في سون لا عام 2022؟")
