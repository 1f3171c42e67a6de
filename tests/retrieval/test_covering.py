from __future__ import annotations

from collections.abc import Callable

import pytest

from retrieval.answer import Answer
from retrieval.assistant import Assistant
from retrieval.covering import coverage, examples

Library = Callable[..., Assistant]


def test_the_places_and_years_of_the_reports_are_told(seeds: Assistant) -> None:
    told = coverage(seeds)
    assert set(told.places) == {"لونغ آن", "كا ماو", "خان هوا", "تاي نينه"}
    assert told.years == ("2024",)


def test_every_example_is_answered_from_the_sentence_that_it_was_made_of(seeds: Assistant) -> None:
    found = examples(seeds, count=5)
    assert found
    for question in found:
        reply = seeds.ask(question)
        assert isinstance(reply, Answer)
        assert reply.excerpts[0].marks


def test_examples_are_of_different_reports(seeds: Assistant) -> None:
    documents = [
        reply.excerpts[0].document for question in examples(seeds) if isinstance(reply := seeds.ask(question), Answer)
    ]
    assert len(documents) == len(set(documents)) == 2


@pytest.mark.parametrize("count", [0, 1])
def test_no_more_examples_are_given_than_asked_for(seeds: Assistant, count: int) -> None:
    assert len(examples(seeds, count=count)) == count


def test_reports_that_somebody_may_not_read_give_neither_places_nor_examples(seeds: Assistant) -> None:
    every = frozenset(record.row for record in seeds.live.current().documents)
    told = coverage(seeds, without=every)
    assert (told.places, told.years, told.examples) == ((), (), ())
