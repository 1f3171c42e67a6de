from __future__ import annotations

import re

import pytest

from bot.state.errors import StateUnavailable
from bot.state.store import Store
from bot.state.values import Counts, new_answer_id
from tests.bot.state.material import answer, numbers


def test_a_receipt_comes_back_as_it_was_given(store: Store) -> None:
    for kept in (answer(), answer(confidence=None, person=None, question_message=None, reply={}, outcome="none")):
        store.answers.add(kept)
        assert store.answers.get(kept.id) == kept


def test_an_id_fits_a_deep_link_and_a_button_and_does_not_come_twice() -> None:
    ids = {new_answer_id() for _ in range(10_000)}
    assert len(ids) == 10_000
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{10}", one) for one in ids)


def test_an_unknown_id_is_no_answer(store: Store) -> None:
    assert store.answers.get("unknown") is None


def test_one_id_is_one_answer(store: Store) -> None:
    kept = answer()
    store.answers.add(kept)
    with pytest.raises(StateUnavailable):
        store.answers.add(answer(id=kept.id, asked="another"))
    assert store.answers.get(kept.id) == kept


def test_an_answer_is_found_by_its_question_and_by_its_own_message(store: Store) -> None:
    chat = next(numbers)
    kept = answer(chat=chat, question_message=5)
    store.answers.add(kept)
    assert store.answers.by_question(chat, 5) == kept
    assert store.answers.by_answer_message(chat, 6) is None
    store.answers.sent(kept.id, 6)
    found = store.answers.by_answer_message(chat, 6)
    assert found is not None
    assert (found.id, found.answer_message) == (kept.id, 6)
    assert store.answers.by_question(chat + 10**6, 5) is None


def test_the_newest_of_several_answers_to_a_question_counts(store: Store) -> None:
    chat = next(numbers)
    for created in (2.0, 3.0, 1.0):
        store.answers.add(answer(chat=chat, question_message=5, answer_message=6, created=created))
    for found in (store.answers.by_question(chat, 5), store.answers.by_answer_message(chat, 6)):
        assert found is not None
        assert found.created == 3.0


def test_old_receipts_go_with_their_feedback(store: Store) -> None:
    old, new = answer(created=0.5), answer(created=0.75)
    for kept in (old, new):
        store.answers.add(kept)
        store.feedback.give(kept.id, 42, "up", now=1)
    assert store.answers.purge(older_than=0.75) == 1
    assert store.answers.get(old.id) is None
    assert store.feedback.counts(old.id) == Counts(0, 0)
    assert store.feedback.counts(new.id) == Counts(1, 0)
