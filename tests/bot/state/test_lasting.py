"""A state whose server is lost: it goes on to be read and written, and what was written lands when it is back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bot.state.database import Database, database_url
from bot.state.errors import PrimaryLost, StateUnavailable
from bot.state.lasting.calls import OPERATIONS, Call, call
from bot.state.lasting.store import LastingStore, Places
from bot.state.store import Store
from bot.state.unanswered import Asking
from bot.state.values import Approval, Counts, MemoryKey, Role
from tests.bot.state.material import answer, contents
from tests.bot.state.served import OWNER, PERSON, Served, comparable

GROUP = -100
KEY = MemoryKey(PERSON, 0, PERSON)


def say_everything(store: Store) -> None:
    """One call of each kind that may wait."""
    store.chats.joined(GROUP, "group", "مجموعة", approval=Approval.WAITING)
    store.chats.approve(GROUP)
    store.chats.greeted(GROUP, now=3.0)
    store.chats.migrate(GROUP, 2 * GROUP)
    store.chats.left(2 * GROUP)
    store.chats.blocked(PERSON, now=4.0)
    store.chats.unblocked(PERSON)
    store.answers.add(answer(id="new", created=2000.0))
    store.answers.sent("new", 8, seconds=0.5)
    store.answers.sent("old", 6)
    store.feedback.give("old", PERSON, "down", now=5.0)
    store.feedback.why("old", PERSON, "outdated")
    store.memory.forget(KEY)
    store.memory.remember(KEY, [{"asked": "كم؟"}], now=6.0)
    store.unanswered.note("كم؟", Asking("related", PERSON, in_private=True), now=7.0)


def test_what_may_wait_is_all_that_is_done_for_people(served: Served) -> None:
    every = {f"chats.{name}" for name in ("joined", "greeted", "approve", "left", "blocked", "unblocked", "migrate")}
    assert every < OPERATIONS
    with served.plain() as store:
        for operation in OPERATIONS:
            part, _, method = operation.partition(".")
            assert callable(getattr(getattr(store, part), method))
    with pytest.raises(ValueError, match="cannot wait"):
        call("people.forget", 1)


def test_a_call_comes_back_as_it_was_made() -> None:
    for made in (
        call("answers.add", answer()),
        call("memory.remember", KEY, [{"kind": "MemoryKey", "value": 1}], now=1.5),
        call("chats.joined", 1, "group", "", approval=Approval.WAITING),
        call("unanswered.note", "كم؟", Asking("down", 1, shown="a:1-2"), now=1.0),
    ):
        assert Call.from_json(made.as_json()) == made


def test_what_is_said_during_an_outage_is_read_at_once_and_lands(served: Served, tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "model.sqlite")) as model, served.opened() as store:
        for each in (model, store):
            each.answers.add(answer(id="old"))
            each.memory.remember(KEY, [{"asked": "before"}], now=1.0)
        store.outage.begin()
        assert store.memory.turns(KEY, since=0.0) == [{"asked": "before"}]
        before = served.contents()
        for each in (model, store):
            say_everything(each)
        assert served.contents() == before
        for each in (model, store):
            assert each.memory.turns(KEY, since=0.0) == [{"asked": "كم؟"}]
            assert [found and found.id for found in (each.answers.get("old"), each.answers.last_in(PERSON))] == [
                "old",
                "new",
            ]
            assert each.answers.by_answer_message(PERSON, 6) == each.answers.get("old")
            assert each.chats.migrated(GROUP) == 2 * GROUP
            chat = each.chats.get(2 * GROUP)
            assert chat is not None
            assert chat.approval is Approval.LEFT
        assert store.waiting() == 15
        store.reached(OWNER)
        assert store.waiting() == 0
        assert store.feedback.counts("old") == Counts(up=0, down=1)
        expected = Database(database_url(str(tmp_path / "model.sqlite")))
        assert comparable(served.contents()) == comparable(contents(expected))
        expected.close()


def test_a_conversation_that_was_forgotten_during_an_outage_is_not_read_from_the_replica(served: Served) -> None:
    with served.opened() as store:
        store.memory.remember(KEY, [{"asked": "before"}], now=1.0)
        store.outage.begin()
        store.memory.forget(KEY)
        assert store.memory.turns(KEY, since=0.0) == []
        store.reached(OWNER)
        assert store.memory.turns(KEY, since=0.0) == []


def test_what_needs_the_server_is_refused_at_once(served: Served) -> None:
    with served.opened() as store:
        store.people.set_role(PERSON, Role.OFFICIAL)
        store.outage.begin()
        assert store.people.role(PERSON) is Role.OFFICIAL
        for needs in (
            lambda: store.people.forget(PERSON),
            lambda: store.rights.invite(Role.OFFICIAL, by=None, now=1.0),
            lambda: store.facts.get("generation"),
            lambda: store.unanswered.keep_quiet(PERSON, quiet=True),
        ):
            with pytest.raises(PrimaryLost):
                needs()


def test_who_is_killed_between_landing_and_noting_it_lands_nothing_twice(served: Served, tmp_path: Path) -> None:
    """The journal is put back as it was before it landed."""
    with served.opened() as store:
        store.answers.add(answer(id="old"))
        store.outage.begin()
        say_everything(store)
    kept = shutil.copytree(tmp_path / "waiting", tmp_path / "kept")
    for name in ("once", "twice"):
        with served.opened() as store:
            assert store.waiting() == 0
            assert len(store.unanswered.open()) == 1, name
            assert [each.id for each in store.answers.standing(since=0.0, most=9)] == ["new", "old"]
            store.memory.remember(KEY, [{"asked": name}], now=9.0)
        shutil.rmtree(tmp_path / "waiting")
        shutil.copytree(kept, tmp_path / "waiting")
    with served.opened() as store:
        assert store.memory.turns(KEY, since=0.0) == [{"asked": "twice"}]


def test_what_processes_left_that_are_no_more_is_landed_by_others(served: Served) -> None:
    one, other = served.opened(), served.opened()
    for number, store in enumerate((one, other)):
        store.outage.begin()
        store.answers.add(answer(id=f"of {number}"))
    one.close()
    other.close()
    with served.opened() as store:
        assert [store.answers.get(f"of {number}") is not None for number in (0, 1)] == [True, True]


def test_what_waits_for_one_state_is_not_said_to_another(served: Served, tmp_path: Path) -> None:
    with served.opened() as store:
        store.outage.begin()
        store.answers.add(answer(id="new"))
    with Served(str(tmp_path / "other.sqlite"), served.folder).opened() as other:
        assert other.answers.get("new") is None
    with served.opened() as store:
        assert store.answers.get("new") is not None


def test_without_server_and_replica_nothing_is_begun(tmp_path: Path) -> None:
    nowhere = "postgresql://nobody@127.0.0.1:1/nothing"
    with pytest.raises(StateUnavailable):
        LastingStore.at(Places(nowhere, nowhere, tmp_path / "waiting"))


def test_a_start_without_the_server_goes_on_with_the_replica(tmp_path: Path) -> None:
    replica = str(tmp_path / "replica.sqlite")
    with LastingStore.at(Places(replica, replica, tmp_path / "waiting")) as store:
        store.answers.add(answer(id="old"))
    with LastingStore.at(Places("postgresql://nobody@127.0.0.1:1/nothing", replica, tmp_path / "waiting")) as store:
        assert store.is_lost
        assert store.answers.get("old") is not None
        store.answers.add(answer(id="new"))
        assert store.answers.get("new") is not None
