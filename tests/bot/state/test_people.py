from __future__ import annotations

import json
import re

import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.state.database import Database
from bot.state.marks import KEPT, NAMES
from bot.state.store import Store
from bot.state.tables import metadata
from bot.state.values import Counts, MemoryKey, Role
from tests.bot.state.material import answer, contents, fill, numbers


def test_a_stranger_is_a_citizen(store: Store) -> None:
    assert store.people.role(2**52) is Role.CITIZEN


def test_a_role_can_be_given_changed_and_taken_back(store: Store) -> None:
    one, other = sorted((next(numbers), next(numbers)))
    store.people.set_role(one, Role.OFFICIAL)
    store.people.set_role(other, Role.ADMINISTRATOR)
    store.people.set_role(one, Role.ADMINISTRATOR)
    assert store.people.role(one) is Role.ADMINISTRATOR
    assert store.people.all_with_roles() == {one: Role.ADMINISTRATOR, other: Role.ADMINISTRATOR}
    store.people.set_role(one, Role.CITIZEN)
    store.people.set_role(other, Role.CITIZEN)
    assert store.people.all_with_roles() == {}


def test_the_language_last_seen_is_known(store: Store) -> None:
    user = next(numbers)
    assert store.people.language(user) is None
    store.people.seen(user, "en", 1.0)
    store.people.seen(user, "ar", 2.0)
    assert store.people.language(user) == "ar"
    store.people.seen(user, None, 3.0)
    assert store.people.language(user) is None


def test_who_is_forgotten_keeps_their_role(store: Store) -> None:
    user = next(numbers)
    store.people.set_role(user, Role.OFFICIAL)
    store.people.seen(user, "ar", 1.0)
    store.people.forget(user)
    assert store.people.language(user) is None
    assert store.people.role(user) is Role.OFFICIAL
    store.people.set_role(user, Role.CITIZEN)


def test_an_answer_in_a_group_outlives_who_asked_and_one_in_private_does_not(store: Store) -> None:
    user, group = next(numbers), -next(numbers)
    alone, public = answer(chat=user, person=user), answer(chat=group, person=user, scope="group")
    for kept in (alone, public):
        store.answers.add(kept)
        store.feedback.give(kept.id, user, "up", now=1)
    store.feedback.give(public.id, 2**50, "down", now=1)
    store.people.forget(user)
    assert store.answers.get(alone.id) is None
    left = store.answers.get(public.id)
    assert left is not None
    assert (left.person, left.asked, left.understood, left.reply) == (None, "", "", public.reply)
    assert store.feedback.counts(public.id) == Counts(up=0, down=1)


def test_forgetting_one_person_leaves_the_memory_of_others(store: Store) -> None:
    user, other, group = next(numbers), next(numbers), -next(numbers)
    for person in (user, other):
        store.memory.remember(MemoryKey(group, 0, person), [{"asked": "كم؟"}], now=1)
    store.people.forget(user)
    assert store.memory.turns(MemoryKey(group, 0, user), since=0) == []
    assert store.memory.turns(MemoryKey(group, 0, other), since=0) == [{"asked": "كم؟"}]


def test_every_column_that_can_hold_an_id_or_free_text_says_whose() -> None:
    silent = [
        str(column)
        for table in metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, sa.BigInteger | sa.Text | sa.JSON) and NAMES not in column.info
    ]
    assert silent == []


@settings(max_examples=20, deadline=None)
@given(step=st.integers(1, 10**12), topics=st.integers(1, 3))
def test_nothing_in_any_table_tells_of_a_forgotten_person(
    store: Store, database: Database, step: int, topics: int
) -> None:
    user = 10**13 + step * 10 + next(numbers)
    other, group = user * 10, -user * 10  # ids that contain the person's digits
    store.people.forget(other)
    for _ in range(topics):
        fill(database, group, user, f"secret {user}")
        fill(database, user, user, f"secret {user}")
        fill(database, group, other, "of somebody else")
    before = contents(database)
    store.people.forget(user)
    after = contents(database)
    of_user = re.compile(rf"(?<!\d){user}(?!\d)")
    for table in metadata.sorted_tables:
        assert before[table.name], "a table that was not filled would prove nothing"
        if KEPT not in table.info:
            rest = [row for row in after[table.name] if of_user.search(json.dumps(row))]
            assert rest == []
        assert [row for row in before[table.name] if other in row.values()] == [
            row for row in after[table.name] if other in row.values()
        ]
