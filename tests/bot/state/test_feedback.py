from __future__ import annotations

import pytest

from bot.state.store import Store
from bot.state.values import Counts
from tests.bot.state.material import answer


@pytest.fixture
def given_answer(store: Store) -> str:
    kept = answer()
    store.answers.add(kept)
    return kept.id


def test_a_second_press_of_the_same_button_changes_nothing(store: Store, given_answer: str) -> None:
    assert [store.feedback.give(given_answer, 42, "up", now=now) for now in (1, 2)] == [True, False]
    assert store.feedback.counts(given_answer) == Counts(up=1, down=0)


def test_who_changes_their_mind_is_counted_once(store: Store, given_answer: str) -> None:
    assert [store.feedback.give(given_answer, 42, verdict, now=1) for verdict in ("up", "down", "up", "down")] == (
        [True] * 4
    )
    assert store.feedback.counts(given_answer) == Counts(up=0, down=1)


def test_each_person_in_a_group_has_a_verdict(store: Store, given_answer: str) -> None:
    for person, verdict in ((1, "up"), (2, "down"), (3, "up")):
        assert store.feedback.give(given_answer, person, verdict, now=1)
    assert store.feedback.counts(given_answer) == Counts(up=2, down=1)


def test_a_verdict_on_an_answer_that_is_gone_is_no_fault(store: Store) -> None:
    assert not store.feedback.give("gone", 42, "up", now=1)
    assert store.feedback.counts("gone") == Counts(0, 0)


def test_only_who_found_an_answer_wanting_can_say_why_and_each_reason_counts_once(
    store: Store, given_answer: str
) -> None:
    assert not store.feedback.why(given_answer, 42, "outdated")
    store.feedback.give(given_answer, 42, "up", now=1)
    assert not store.feedback.why(given_answer, 42, "outdated")
    store.feedback.give(given_answer, 42, "down", now=2)
    reasons = ("outdated", "outdated", "incomplete")
    assert [store.feedback.why(given_answer, 42, reason) for reason in reasons] == [True, False, True]


def test_a_reason_goes_with_its_verdict(store: Store, given_answer: str) -> None:
    store.feedback.give(given_answer, 42, "down", now=1)
    store.feedback.why(given_answer, 42, "outdated")
    store.feedback.give(given_answer, 42, "up", now=2)
    store.feedback.give(given_answer, 42, "down", now=3)
    assert store.feedback.why(given_answer, 42, "outdated")
