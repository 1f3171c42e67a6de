"""Updates that come while the server is lost, and those that were on it."""

from __future__ import annotations

from bot.state.values import StoredUpdate
from tests.bot.state.served import BOT, OWNER, PERSON, Served

GROUP = -100


def test_updates_of_an_outage_are_handled_here_and_the_server_knows_them_afterwards(served: Served) -> None:
    with served.opened() as store:
        for number in (1, 2):
            store.updates.add(BOT, number, PERSON, "before", now=1.0)
        [first] = store.updates.claim(BOT, OWNER, most=5)
        store.updates.sending(BOT, 1, after=30, owner=OWNER)
        store.outage.begin()
        assert not store.updates.add(BOT, 2, PERSON, "before", now=2.0)  # Telegram brings it again
        for number in (3, 4, 5):
            assert store.updates.add(BOT, number, GROUP * number, "meanwhile", now=2.0)
        assert not store.updates.add(BOT, 3, GROUP * 3, "meanwhile", now=2.0)
        assert [each.update_id for each in store.updates.claim(BOT, OWNER, most=2)] == [3, 4]
        store.updates.done(BOT, first.update_id)
        store.updates.done(BOT, 3)
        assert store.updates.sending(BOT, 4, after=31, owner=OWNER)
        store.reached(OWNER)
        waiting = {each.update_id: each.begun_after for each in store.updates.pending(BOT)}
        assert waiting == {2: None, 4: 31, 5: None}
        assert not store.updates.add(BOT, 3, GROUP * 3, "meanwhile", now=3.0)
        assert {each.update_id for each in store.updates.claim(BOT, OWNER + 1, most=9)} == {2, 5}
        store.updates.done(BOT, 4)
        assert {each.update_id for each in store.updates.pending(BOT)} == {2, 5}


def test_who_was_alone_goes_on_with_what_waits_on_the_server_in_order(served: Served) -> None:
    with served.opened() as store:
        for number in (1, 2, 3):
            store.updates.add(BOT, number, PERSON, "before", now=1.0)
        store.updates.claim(BOT, OWNER, most=1)
        store.updates.done(BOT, 1)
        assert [each.update_id for each in store.updates.claim(BOT, OWNER, most=1)] == [2]
        store.met(others=0)
        store.outage.begin()
        store.updates.add(BOT, 4, PERSON, "meanwhile", now=2.0)
        assert store.updates.claim(BOT, OWNER, most=9) == []  # for the second is being handled
        for number in (3, 4):
            store.updates.done(BOT, number - 1)
            assert [each.update_id for each in store.updates.claim(BOT, OWNER, most=9)] == [number]
        store.updates.done(BOT, 4)
        store.reached(OWNER)
        assert store.updates.pending(BOT) == []


def test_an_update_that_was_begun_before_a_kill_is_known_to_be_so(served: Served) -> None:
    with served.opened() as store:
        store.outage.begin()
        store.updates.add(BOT, 1, PERSON, "meanwhile", now=1.0)
        store.updates.claim(BOT, OWNER, most=1)
        store.updates.sending(BOT, 1, after=30, owner=OWNER)
    with served.opened() as store:
        assert store.updates.claim(BOT, OWNER + 1, most=1) == [
            StoredUpdate(BOT, 1, PERSON, "meanwhile", 1.0, begun_after=30)
        ]
