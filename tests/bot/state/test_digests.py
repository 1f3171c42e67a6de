from __future__ import annotations

import itertools
from typing import Any

import pytest

from bot.state.digests import Slow, Tally
from bot.state.store import Store
from bot.state.values import Counts, StoredAnswer
from tests.bot.state.material import answer, numbers

weeks = itertools.count(1)


@pytest.fixture
def start() -> float:
    """The beginning of two days that belong to one test."""
    return 1_000_000.0 * next(weeks)


def edges(start: float) -> list[float]:
    return [start, start + 100, start + 200]


def asked(store: Store, created: float, seconds: float | None = 0.5, **changes: Any) -> StoredAnswer:
    """Somebody asks, and is answered."""
    message = next(numbers)
    kept = answer(**{"created": created, "question_message": message, **changes})
    store.answers.add(kept)
    store.answers.sent(kept.id, message + 10**6, seconds=seconds)
    return kept


def quoting(document: str) -> dict[str, Any]:
    return {"reason": None, "excerpts": [{"document": document}, {"document": "other.txt"}]}


def test_days_are_counted_by_outcome_from_edge_to_edge(store: Store, start: float) -> None:
    for moment, outcome in (
        (-1, "answer"),
        (0, "answer"),
        (99, "related"),
        (100, "none"),
        (199, "none"),
        (200, "none"),
    ):
        asked(store, start + moment, outcome=outcome)
    activity = store.digests.activity(edges(start))
    assert activity.days == (Tally(answer=1, related=1), Tally(none=2))
    assert (activity.tally, activity.tally.all) == (Tally(1, 1, 2), 4)


def test_a_time_without_questions_is_all_zeros(store: Store, start: float) -> None:
    activity = store.digests.activity(edges(start))
    assert (activity.tally.all, activity.people, activity.verdicts) == (0, 0, Counts(0, 0))
    assert (activity.days, activity.quoted, activity.slowest) == ((Tally(), Tally()), (), ())


def test_people_are_counted_once_and_those_who_are_not_known_not_at_all(store: Store, start: float) -> None:
    for person in (5, 5, 6, None):
        asked(store, start, person=person)
    assert store.digests.activity(edges(start)).people == 2


def test_only_what_somebody_asked_anew_is_a_question(store: Store, start: float) -> None:
    first = asked(store, start)
    asked(store, start + 1, None, question_message=first.question_message)  # the question was edited
    asked(store, start + 2, question_message=first.question_message)  # another sample under the same greeting
    asked(store, start + 3, None)  # answered when its duration was not kept, or after a restart
    asked(store, start + 4, None, question_message=None)  # the bot has told news
    asked(store, start + 5, outcome="none", reply={"reason": "empty", "excerpts": []})  # a greeting without a question
    asked(store, start + 6, outcome="none", reply={"reason": "language", "excerpts": []})
    assert store.digests.activity(edges(start)).tally == Tally(answer=3, none=1)


def test_documents_count_where_they_are_quoted_first_in_an_answer(store: Store, start: float) -> None:
    for document in ("b.txt", "a.txt", "a.txt", "c.txt", "تقرير.pdf"):
        asked(store, start, reply=quoting(document))
    asked(store, start, outcome="related", reply=quoting("b.txt"))
    assert store.digests.activity(edges(start)).quoted == (("a.txt", 2), ("b.txt", 1), ("c.txt", 1))


def test_the_slowest_are_told_in_the_words_of_people_who_have_not_asked_to_be_forgotten(
    store: Store, start: float
) -> None:
    someone, other = next(numbers) + 10**9, next(numbers) + 10**9
    for seconds, person in ((9.0, someone), (3.0, other), (1.0, other), (2.0, other), (0.5, other)):
        in_group = {"chat": -5, "scope": "group"}
        asked(store, start, seconds, person=person, understood=f"سؤال {seconds}", **in_group)
    assert store.digests.activity(edges(start)).slowest[0] == Slow("سؤال 9.0", 9.0)
    store.people.forget(someone)
    activity = store.digests.activity(edges(start))
    assert activity.slowest == (Slow("سؤال 3.0", 3.0), Slow("سؤال 2.0", 2.0), Slow("سؤال 1.0", 1.0))
    assert (activity.tally.all, activity.people) == (5, 1)


def test_verdicts_count_when_they_were_given(store: Store, start: float) -> None:
    kept = asked(store, start - 500)
    for person, verdict, moment in ((1, "up", -1), (2, "up", 0), (3, "down", 150), (4, "up", 199), (5, "down", 200)):
        store.feedback.give(kept.id, person, verdict, now=start + moment)
    assert store.digests.activity(edges(start)).verdicts == Counts(up=2, down=1)


def test_what_took_how_long_is_kept_with_the_answer(store: Store) -> None:
    kept = answer()
    store.answers.add(kept)
    store.answers.sent(kept.id, 5, seconds=0.25)
    store.answers.sent(kept.id, 6)
    found = store.answers.get(kept.id)
    assert found is not None
    assert (found.seconds, found.answer_message) == (0.25, 6)


def test_each_moment_is_claimed_once_by_those_who_were_there_before_it(store: Store) -> None:
    person = next(numbers)
    assert [store.digests.claim(person, due) for due in (10.0, 10.0, 20.0, 20.0, 10.0, 30.0)] == [
        False, False, True, False, False, True,
    ]  # fmt: skip


def test_what_was_not_sent_can_be_claimed_again(store: Store) -> None:
    person = next(numbers)
    for due in (1.0, 2.0):
        store.digests.claim(person, due)
    store.digests.release(person, 1.0)  # not the one that was claimed last
    assert not store.digests.claim(person, 2.0)
    store.digests.release(person, 2.0)
    assert [store.digests.claim(person, 2.0) for _ in range(2)] == [True, False]
