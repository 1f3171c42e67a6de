from __future__ import annotations

import random

from retrieval.confidence import Signals
from training.fit_confidence import PASSING, Asked, Example, doubtless, figures, fit, thresholds


def made(count: int, seed: int) -> list[Example]:
    """Questions of which those with more of their words met are more often answered."""
    draw = random.Random(seed)
    found = []
    for asked in Asked:
        for _ in range(count):
            words = draw.random() if asked is Asked.WITH else 0.6 * draw.random()
            signals = Signals(words, draw.random(), draw.random(), draw.random(), 0.0, 0.0)
            found.append(Example(asked, signals, asked is Asked.WITH and draw.random() < words))
    return found


def test_the_fit_finds_what_speaks_for_an_answer_and_is_calibrated() -> None:
    sets = [made(600, 1), made(600, 2)]
    model = fit(sets)
    assert model.weights.words > 3
    assert max(map(abs, (model.weights.rare, model.weights.lead, model.weights.near))) < 1
    assert figures(model, *thresholds(model, sets), made(600, 3))["calibration_error"] < 12


def test_few_questions_without_their_passages_pass_the_threshold() -> None:
    sets = [made(400, 4)]
    model = fit(sets)
    answers, related = thresholds(model, sets)
    assert related < answers
    assert figures(model, answers, related, sets[0])["answered_without_passage"] <= 100 * PASSING


def test_an_answer_found_although_the_passage_is_gone_teaches_nothing() -> None:
    signals = Signals(1, 1, 1, 1, 0, 0)
    kept = Example(Asked.WITH, signals, True)
    assert doubtless([kept, Example(Asked.WITHOUT, signals, True), Example(Asked.ELSEWHERE, signals, True)]) == [kept]
