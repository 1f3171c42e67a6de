"""Each figure against a direct, slow computation of what it means, on trials made at random."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.measures import (
    Judged,
    Trial,
    as_asked,
    calibration_error,
    mixed,
    mrr,
    recall_at,
    reliability,
    risk_curve,
    summary,
)
from retrieval.question import Kind

CONFIDENCES = st.sampled_from([0.0, 0.05, 0.1, 0.25, 0.5, 0.75, 0.99, 1.0])
OUTCOMES = st.sampled_from(["answer", "related", "none"])
TRIALS = st.lists(
    st.builds(
        Trial,
        kind=st.sampled_from(Kind),
        rank=st.none() | st.integers(1, 10),
        dense_rank=st.none() | st.integers(1, 10),
        in_first=st.booleans(),
        in_any=st.booleans(),
        outcome=OUTCOMES,
        confidence=CONFIDENCES,
        outcome_without=OUTCOMES,
        confidence_without=CONFIDENCES,
        seconds=st.floats(0.001, 1.0),
    ),
    min_size=1,
    max_size=40,
)


@settings(deadline=None)
@given(TRIALS)
def test_ranking_figures_are_the_mean_over_the_questions(trials: list[Trial]) -> None:
    measured = summary(7, trials)
    count = len(trials)
    ranks = [each.rank or 10**9 for each in trials]
    assert (measured.passages, measured.questions) == (7, count)
    assert measured.recall_at_1 == pytest.approx(100 * ranks.count(1) / count)
    assert measured.recall_at_5 == pytest.approx(100 * len([rank for rank in ranks if rank < 6]) / count)
    assert measured.mrr_at_10 == pytest.approx(100 * sum(1 / rank for rank in ranks if rank <= 10) / count)
    assert measured.dense_at_1 == pytest.approx(100 * [each.dense_rank for each in trials].count(1) / count)
    assert measured.dense_at_10 == pytest.approx(100 * len([1 for each in trials if each.dense_rank]) / count)


@settings(deadline=None)
@given(TRIALS)
def test_shares_right_are_counted_among_the_questions_that_are_answered(trials: list[Trial]) -> None:
    measured = summary(7, trials)
    answered = [each for each in trials if each.outcome == "answer"]
    assert measured.answered == pytest.approx(100 * len(answered) / len(trials))
    right = 100 * len([each for each in answered if each.in_first]) / len(answered) if answered else 0.0
    assert measured.answered_rightly == pytest.approx(right)
    without = [each for each in trials if each.outcome_without == "answer"]
    assert measured.answered_without_passage == pytest.approx(100 * len(without) / len(trials))


@settings(deadline=None)
@given(TRIALS)
def test_the_roc_area_is_how_often_a_question_is_surer_with_its_document(trials: list[Trial]) -> None:
    pairs = list(product((each.confidence for each in trials), (each.confidence_without for each in trials)))
    surer = sum((present > absent) + 0.5 * (present == absent) for present, absent in pairs)
    assert summary(7, trials).roc_area == pytest.approx(surer / len(pairs))


@settings(deadline=None)
@given(TRIALS)
def test_a_point_of_the_risk_curve_is_the_share_wrong_among_the_surest(trials: list[Trial]) -> None:
    judged = as_asked(trials)
    curve = risk_curve(judged)
    assert curve == risk_curve(reversed(judged)), "the order of the questions does not count"
    wrong_first = sorted(sorted(judged, key=lambda each: each.right), key=lambda each: each.confidence, reverse=True)
    for done, point in enumerate(curve, start=1):
        surest = wrong_first[:done]
        assert point.coverage == pytest.approx(done / len(judged))
        assert point.risk == pytest.approx(len([each for each in surest if not each.right]) / done)
    assert summary(7, trials).risk_area == pytest.approx(sum(point.risk for point in curve) / len(curve))


def test_what_is_surest_of_its_right_excerpts_has_the_smaller_risk_area() -> None:
    surer_when_right = [Judged(0.9, True), Judged(0.8, True), Judged(0.2, False)]
    surer_when_wrong = [Judged(0.9, False), Judged(0.8, True), Judged(0.2, True)]
    assert [point.risk for point in risk_curve(surer_when_right)] == [0, 0, pytest.approx(1 / 3)]
    assert [point.risk for point in risk_curve(surer_when_wrong)] == [1, 0.5, pytest.approx(1 / 3)]


def test_confidence_is_compared_with_the_share_right_in_ten_bins() -> None:
    judged = [Judged(0.71, True), Judged(0.79, False), Judged(1.0, True), Judged(0.0, False)]
    assert [(each.size, each.confidence, each.right) for each in reliability(judged)] == [
        (1, 0.0, 0.0),
        (2, pytest.approx(0.75), 0.5),
        (1, 1.0, 1.0),
    ]
    assert calibration_error(judged) == pytest.approx(2 / 4 * 0.25)


@settings(deadline=None)
@given(TRIALS)
def test_taking_the_document_out_makes_every_excerpt_wrong(trials: list[Trial]) -> None:
    judged = mixed(trials)
    assert len(judged) == 2 * len(trials)
    assert sum(each.right for each in judged) == sum(each.in_first for each in trials)
    assert sum(each.size for each in reliability(judged)) == len(judged)


def test_a_document_beyond_the_tenth_rank_counts_for_nothing() -> None:
    assert recall_at([1, 11, None], 10) == pytest.approx(100 / 3)
    assert mrr([2, 11, None]) == pytest.approx(100 / 6)
