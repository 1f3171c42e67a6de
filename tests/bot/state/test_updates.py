from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.state.database import Database
from bot.state.store import Store
from bot.state.values import StoredUpdate
from tests.bot.state.material import contents, numbers


def test_an_update_is_kept_as_it_came_until_it_is_done(store: Store) -> None:
    bot = next(numbers)
    assert store.updates.add(bot, 10, -100123, '{"text": "كم؟ 😀"}', now=5.5)
    assert store.updates.pending(bot) == [StoredUpdate(bot, 10, -100123, '{"text": "كم؟ 😀"}', 5.5, None)]
    store.updates.done(bot, 10)
    assert store.updates.pending(bot) == []


def test_updates_wait_in_the_order_in_which_they_came(store: Store) -> None:
    bot = next(numbers)
    for update_id, now in ((900, 1.0), (901, 1.0), (5, 2.0), (6, 2.0)):  # ids began anew after a quiet week
        store.updates.add(bot, update_id, None, "", now=now)
    assert [update.update_id for update in store.updates.pending(bot)] == [900, 901, 5, 6]


def test_two_bots_may_share_a_database(store: Store) -> None:
    one, other = next(numbers), next(numbers)
    assert store.updates.add(one, 1, None, "first", now=1)
    assert store.updates.add(other, 1, None, "second", now=1)
    store.updates.done(one, 1)
    assert [update.payload for update in store.updates.pending(other)] == ["second"]


def test_it_stays_known_that_an_answer_may_have_been_sent(store: Store) -> None:
    bot = next(numbers)
    store.updates.add(bot, 1, 7, "", now=1)
    store.updates.sending(bot, 1, after=35)
    assert [update.begun_after for update in store.updates.pending(bot)] == [35]
    store.updates.not_sent(bot, 1)
    assert [update.begun_after for update in store.updates.pending(bot)] == [None]


def test_a_done_update_leaves_only_its_id(store: Store, database: Database) -> None:
    bot = next(numbers)
    store.updates.add(bot, 1, 7, "words to delete", now=1)
    store.updates.sending(bot, 1, after=2)
    store.updates.done(bot, 1)
    (left,) = (row for row in contents(database)["updates"] if row["bot"] == bot)
    nothing = dict.fromkeys(("chat", "payload", "begun_after", "owner"))
    assert left == {"bot": bot, "update_id": 1, "received": 1.0, **nothing}
    assert not store.updates.add(bot, 1, 7, "words to delete", now=2)
    assert store.updates.pending(bot) == []


def test_purging_drops_old_ids_and_never_a_question_that_waits(store: Store) -> None:
    bot = next(numbers)
    for update_id in (1, 2, 3):
        store.updates.add(bot, update_id, None, "", now=float(update_id))
    store.updates.done(bot, 1)
    store.updates.done(bot, 3)
    store.updates.purge(older_than=3.0)
    assert [update.update_id for update in store.updates.pending(bot)] == [2]
    assert store.updates.add(bot, 1, None, "", now=9)
    assert not store.updates.add(bot, 3, None, "", now=9)


@given(arriving=st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=20))
def test_each_update_is_taken_in_once_however_often_it_is_offered(
    store: Store, arriving: list[tuple[int, bool]]
) -> None:
    bot = next(numbers)
    known: dict[int, bool] = {}
    for update_id, done in arriving:
        assert store.updates.add(bot, update_id, None, "", now=1) == (update_id not in known)
        if done:
            store.updates.done(bot, update_id)
        known[update_id] = known.get(update_id, False) or done
    waiting = sorted(update_id for update_id, done in known.items() if not done)
    assert [update.update_id for update in store.updates.pending(bot)] == waiting


def test_of_each_chat_only_the_first_update_that_is_not_done_can_be_claimed(store: Store) -> None:
    bot = next(numbers)
    for update_id, chat in ((1, 7), (2, 7), (3, 8), (4, None), (5, None), (6, 7)):
        store.updates.add(bot, update_id, chat, "", now=1.0)
    assert [each.update_id for each in store.updates.claim(bot, 100, most=2)] == [1, 3]
    assert [each.update_id for each in store.updates.claim(bot, 200, most=9)] == [4, 5]
    assert store.updates.claim(bot, 300, most=9) == []
    store.updates.done(bot, 1)
    assert [each.update_id for each in store.updates.claim(bot, 200, most=9)] == [2]
    assert store.updates.owners(bot) == {100, 200}
    assert store.updates.free(bot, 200) == 3
    assert [each.update_id for each in store.updates.claim(bot, 100, most=9)] == [2, 4, 5]


def test_ids_tell_what_came_first_but_not_after_a_quiet_week(store: Store) -> None:
    bot, week = next(numbers), 7 * 86_400.0
    for update_id, now in ((5, 1.1 * week), (11, 0.3), (10, 0.7)):  # the clocks of two machines differ
        store.updates.add(bot, update_id, 7, "", now=now)
    claimed = []
    for _ in range(3):
        claimed += [each.update_id for each in store.updates.claim(bot, 1, most=9)]
        store.updates.done(bot, claimed[-1])
    assert claimed == [10, 11, 5]


def test_who_does_not_own_an_update_any_more_does_not_begin_to_answer_it(store: Store) -> None:
    bot = next(numbers)
    store.updates.add(bot, 1, 7, "", now=1)
    store.updates.claim(bot, 100, most=1)
    assert store.updates.sending(bot, 1, after=35, owner=100)
    store.updates.free(bot, 100)
    assert not store.updates.sending(bot, 1, after=36, owner=100)
    [again] = store.updates.claim(bot, 200, most=1)
    assert again.begun_after == 35
    store.updates.not_sent(bot, 1, owner=100)
    assert [update.begun_after for update in store.updates.pending(bot)] == [35]
