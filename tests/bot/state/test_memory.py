from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.state.store import Store
from bot.state.values import MemoryKey
from tests.bot.state.material import numbers

# PostgreSQL keeps no letter U+0000; Telegram sends none
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=8,
)


def key(**changes: int) -> MemoryKey:
    return MemoryKey(**{"chat": -5, "topic": 0, "person": next(numbers), **changes})


def test_nothing_is_remembered_of_a_stranger(store: Store) -> None:
    assert store.memory.turns(key(), since=0) == []


@given(turns=st.lists(st.dictionaries(TEXTS, JSON, max_size=3), max_size=3))
def test_turns_come_back_as_they_were(store: Store, turns: list[dict[str, Any]]) -> None:
    whose = key()
    store.memory.remember(whose, [{"other": 1}], now=1)
    store.memory.remember(whose, turns, now=2)
    assert store.memory.turns(whose, since=2) == turns


def test_old_turns_are_not_told(store: Store) -> None:
    whose = key()
    store.memory.remember(whose, [{}], now=10)
    assert store.memory.turns(whose, since=10) == [{}]
    assert store.memory.turns(whose, since=10.001) == []


def test_each_chat_topic_and_person_has_a_conversation_of_its_own(store: Store) -> None:
    whose = key()
    others = [
        MemoryKey(-6, 0, whose.person),
        MemoryKey(whose.chat, 9, whose.person),
        key(),
        MemoryKey(whose.person, 0, whose.person),
    ]
    for number, each in enumerate([whose, *others]):
        store.memory.remember(each, [{"number": number}], now=1)
    assert [store.memory.turns(each, since=0)[0]["number"] for each in [whose, *others]] == [0, 1, 2, 3, 4]
    store.memory.forget(whose)
    assert [len(store.memory.turns(each, since=0)) for each in [whose, *others]] == [0, 1, 1, 1, 1]
    store.memory.forget_person(whose.person)
    assert [len(store.memory.turns(each, since=0)) for each in [whose, *others]] == [0, 0, 0, 1, 0]


def test_ended_conversations_are_deleted(store: Store) -> None:
    old, new = key(), key()
    store.memory.remember(old, [{}], now=0.5)
    store.memory.remember(new, [{}], now=0.75)
    assert store.memory.purge(older_than=0.75) == 1
    assert store.memory.turns(old, since=0) == []
    assert store.memory.turns(new, since=0) == [{}]
