from __future__ import annotations

import re

import pytest
import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.state.database import Database
from bot.state.marks import Names, naming
from bot.state.store import Store
from bot.state.tables import metadata
from bot.state.values import Approval, Chat, MemoryKey
from tests.bot.state.material import answer, contents, fill, numbers


@pytest.fixture
def group() -> int:
    return -1000 - next(numbers)


def test_an_unknown_chat_is_unknown(store: Store, group: int) -> None:
    assert store.chats.get(group) is None
    assert not store.chats.approve(group)
    assert not store.chats.left(group)
    assert not store.chats.greeted(group, now=1)
    assert store.chats.get(group) is None


def test_a_chat_is_stored_as_it_is(store: Store, group: int) -> None:
    for chat in (
        Chat(group, "supergroup", "أهل الحي", Approval.APPROVED, 1.5, 2.5),
        Chat(group, "group", "", None, None, None),
    ):
        store.chats.put(chat)
        assert store.chats.get(group) == chat


def test_only_one_may_greet(store: Store, group: int) -> None:
    store.chats.joined(group, "group", "أهل الحي", approval=None)
    assert [store.chats.greeted(group, now=2.5) for _ in range(3)] == [True, False, False]


def test_a_chat_waits_until_one_administrator_approves_it(store: Store, group: int) -> None:
    chat = store.chats.joined(group, "group", "أهل الحي", approval=Approval.WAITING)
    assert store.chats.waiting() == [chat]
    assert [store.chats.approve(group) for _ in range(2)] == [True, False]
    assert store.chats.waiting() == []


def test_a_decision_holds_when_the_bot_is_named_a_member_again(store: Store, group: int) -> None:
    store.chats.joined(group, "group", "before", approval=Approval.WAITING)
    store.chats.approve(group)
    store.chats.greeted(group, now=1)
    chat = store.chats.joined(group, "supergroup", "after", approval=Approval.WAITING)
    assert chat == Chat(group, "supergroup", "after", Approval.APPROVED, greeted_at=1)
    assert store.chats.get(group) == chat


def test_a_chat_that_was_left_is_decided_on_and_greeted_anew(store: Store, group: int) -> None:
    store.chats.joined(group, "group", "", approval=None)
    store.chats.greeted(group, now=1)
    assert [store.chats.left(group) for _ in range(2)] == [True, False]
    assert not store.chats.approve(group)
    assert store.chats.joined(group, "group", "", approval=Approval.WAITING).approval is Approval.WAITING
    assert store.chats.greeted(group, now=2)
    store.chats.left(group)


def test_who_blocks_the_bot_is_known_until_they_let_it_write_again(store: Store) -> None:
    user = next(numbers)
    store.chats.blocked(user, now=4.5)
    assert store.chats.get(user) == Chat(user, "private", "", blocked_at=4.5)
    store.chats.unblocked(user)
    assert store.chats.get(user) == Chat(user, "private", "")


def test_blocking_changes_nothing_else(store: Store) -> None:
    user = next(numbers)
    store.chats.put(Chat(user, "private", "title", greeted_at=1))
    store.chats.blocked(user, now=2)
    assert store.chats.get(user) == Chat(user, "private", "title", greeted_at=1, blocked_at=2)


def test_a_group_that_becomes_a_supergroup_keeps_its_approval_and_conversations(store: Store, group: int) -> None:
    new = group * 1000
    store.chats.put(Chat(group, "group", "أهل الحي", Approval.APPROVED, greeted_at=1))
    store.memory.remember(MemoryKey(group, 0, 42), [{"asked": "كم؟"}], now=1)
    store.limits.take(f"chat:{group}", rate_per_minute=1, burst=1, now=1)
    for _ in range(2):  # both chats tell it
        store.chats.migrate(group, new)
    assert store.chats.get(group) is None
    assert store.chats.get(new) == Chat(new, "supergroup", "أهل الحي", Approval.APPROVED, greeted_at=1)
    assert store.chats.migrated(group) == new
    assert store.chats.migrated(new) is None
    assert store.memory.turns(MemoryKey(new, 0, 42), since=0) == [{"asked": "كم؟"}]
    assert not store.limits.take(f"chat:{new}", rate_per_minute=1, burst=1, now=1).allowed


def test_what_happened_in_the_new_chat_already_is_not_lost(store: Store, group: int) -> None:
    new = group * 1000
    store.chats.put(Chat(group, "group", "old", Approval.APPROVED, greeted_at=1))
    store.chats.joined(new, "supergroup", "new", approval=Approval.WAITING)
    store.memory.remember(MemoryKey(group, 0, 42), [{"asked": "before"}], now=1)
    store.memory.remember(MemoryKey(new, 0, 42), [{"asked": "after"}], now=2)
    store.chats.migrate(group, new)
    assert store.chats.get(new) == Chat(new, "supergroup", "new", Approval.APPROVED, greeted_at=1)
    assert store.memory.turns(MemoryKey(new, 0, 42), since=0) == [{"asked": "after"}]


def test_a_message_of_the_new_chat_is_not_taken_for_one_of_the_old(store: Store, group: int) -> None:
    given_before = answer(chat=group, question_message=7, answer_message=8)
    store.answers.add(given_before)
    store.chats.migrate(group, group * 1000)
    assert store.answers.by_question(group * 1000, 7) is None
    assert store.answers.by_answer_message(group * 1000, 8) is None
    moved = store.answers.get(given_before.id)
    assert moved is not None
    assert moved.chat == group * 1000


def test_a_chat_that_moves_twice_is_found_from_its_first_id(store: Store, group: int) -> None:
    store.chats.migrate(group, group * 1000)
    store.chats.migrate(group * 1000, group * 10**6)
    assert store.chats.migrated(group) == group * 10**6
    assert store.chats.migrated(group * 1000) == group * 10**6


@settings(max_examples=20, deadline=None)
@given(people=st.lists(st.integers(1, 2**52), min_size=1, max_size=3, unique=True), there=st.booleans())
def test_every_row_of_every_table_moves(store: Store, database: Database, people: list[int], there: bool) -> None:
    old = -(10**9) - next(numbers)
    new = old * 1000
    for person in people:
        fill(database, old, person, "words")
        if there:
            fill(database, new, person, "words")
    before = contents(database)
    store.chats.migrate(old, new)
    after = contents(database)
    of_old = re.compile(rf"{old}(?!\d)")
    for table in metadata.sorted_tables:
        former = {column.name for column in naming(table, Names.FORMER_CHAT)}
        for row in after[table.name]:
            assert not any(of_old.match(str(value)) for name, value in row.items() if name not in former)
        moving = naming(table, Names.CHAT) + naming(table, Names.KEY)
        if moving and not there and table.name != "chat_moves":
            assert len(after[table.name]) == len(before[table.name])


def test_no_number_of_a_message_is_required() -> None:
    columns: list[sa.Column[int]] = [
        column for table in metadata.sorted_tables for column in naming(table, Names.MESSAGE)
    ]
    assert all(column.nullable for column in columns)
