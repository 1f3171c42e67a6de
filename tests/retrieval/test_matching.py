from __future__ import annotations

import pytest

from retrieval.assistant import Assistant
from retrieval.matching import Matcher, both


@pytest.fixture
def matcher(seeds: Assistant) -> Matcher:
    return Matcher(seeds.live.current(), ("خانه", "هوا", "مقاطعه", "2023"))


def test_the_weights_of_a_question_add_up_to_one(matcher: Matcher) -> None:
    assert sum(matcher.weights) == pytest.approx(1.0)
    assert matcher.coverage(matcher.met(matcher.words)) == pytest.approx(1.0)
    assert matcher.coverage(matcher.nothing) == 0.0


def test_a_rare_word_weighs_more_than_a_common_one(matcher: Matcher) -> None:
    assert matcher.weights[1] > matcher.weights[2]


def test_an_inflected_word_meets_its_stem(matcher: Matcher) -> None:
    assert matcher.met(["المقاطعه"])[2] == 1.0


def test_a_similar_spelling_meets_a_word_partly(seeds: Assistant) -> None:
    met = Matcher(seeds.live.current(), ("تكنولوجيا",)).met(["تكنلوجيا"])
    assert 0.4 < met[0] < 1.0


def test_another_number_meets_nothing(matcher: Matcher) -> None:
    assert matcher.met(["2022"]) == matcher.nothing


def test_what_two_texts_meet_together(matcher: Matcher) -> None:
    assert both(matcher.met(["2023"]), matcher.met(["هوا"])) == matcher.met(["2023", "هوا"])
