"""A state whose server is lost: it goes on to be read and written, and afterwards is what it would have been."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.state.database import Database, database_url
from bot.state.errors import PrimaryLost, StateUnavailable
from bot.state.lasting.calls import OPERATIONS, Call, call
from bot.state.lasting.store import LastingStore, Places
from bot.state.store import Store
from bot.state.unanswered import Asking
from bot.state.values import Approval, Counts, MemoryKey, Role, StoredUpdate
from tests.bot.state.material import answer, contents
from tests.postgres_server import Server

BOT, PERSON, GROUP, OWNER = 5, 42, -100, 7
KEY = MemoryKey(PERSON, 0, PERSON)


@dataclass
class Served:
    """A server that can be lost, with a replica that knows all that it knew: in files, or a real one."""

    url: str
    folder: Path

    def opened(self) -> LastingStore:
        return LastingStore.at(Places(self.url, self.url, self.folder / "waiting"))

    def plain(self) -> Store:
        return Store.open(self.url)

    def contents(self) -> dict[str, list[dict[str, Any]]]:
        database = Database(database_url(self.url))
        try:
            return contents(database)
        finally:
            database.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Served]:
    if request.param == "sqlite":
        yield Served(str(tmp_path / "state.sqlite"), tmp_path)
        return
    postgres: Server = request.getfixturevalue("postgres")
    with postgres.database() as url:
        yield Served(url, tmp_path)


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


def comparable(found: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """All that does not differ from one database to another by chance."""
    chance = {"salts", "limits", "facts"}
    return {
        name: sorted([{key: row[key] for key in row if (name, key) not in _BY_CHANCE} for row in rows], key=repr)
        for name, rows in found.items()
        if name not in chance
    }


_BY_CHANCE = {("unanswered", "id"), ("unanswered", "person_hash")}


def test_what_may_wait_is_all_that_is_done_for_people(place: Served) -> None:
    every = {f"chats.{name}" for name in ("joined", "greeted", "approve", "left", "blocked", "unblocked", "migrate")}
    assert every < OPERATIONS
    with place.plain() as store:
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


def test_what_is_said_during_an_outage_is_read_at_once_and_lands(place: Served, tmp_path: Path) -> None:
    with Store.open(str(tmp_path / "model.sqlite")) as model, place.opened() as store:
        for each in (model, store):
            each.answers.add(answer(id="old"))
            each.memory.remember(KEY, [{"asked": "before"}], now=1.0)
        store.outage.begin()
        assert store.memory.turns(KEY, since=0.0) == [{"asked": "before"}]
        before = place.contents()
        for each in (model, store):
            say_everything(each)
        assert place.contents() == before
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
        assert comparable(place.contents()) == comparable(contents(expected))
        expected.close()


def test_a_conversation_that_was_forgotten_during_an_outage_is_not_read_from_the_replica(place: Served) -> None:
    with place.opened() as store:
        store.memory.remember(KEY, [{"asked": "before"}], now=1.0)
        store.outage.begin()
        store.memory.forget(KEY)
        assert store.memory.turns(KEY, since=0.0) == []
        store.reached(OWNER)
        assert store.memory.turns(KEY, since=0.0) == []


def test_what_needs_the_server_is_refused_at_once(place: Served) -> None:
    with place.opened() as store:
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


def test_landing_that_is_killed_at_any_moment_is_finished_and_nothing_lands_twice(
    place: Served, tmp_path: Path
) -> None:
    """Killed after the server was told, and before this is noted here: the journal is put back as it was."""
    with place.opened() as store:
        store.answers.add(answer(id="old"))
        store.outage.begin()
        say_everything(store)
    kept = shutil.copytree(tmp_path / "waiting", tmp_path / "kept")
    for name in ("once", "twice"):
        with place.opened() as store:
            assert store.waiting() == 0
            assert len(store.unanswered.open()) == 1, name
            assert [each.id for each in store.answers.standing(since=0.0, most=9)] == ["new", "old"]
            store.memory.remember(KEY, [{"asked": name}], now=9.0)
        shutil.rmtree(tmp_path / "waiting")
        shutil.copytree(kept, tmp_path / "waiting")
    with place.opened() as store:
        assert store.memory.turns(KEY, since=0.0) == [{"asked": "twice"}]


def test_what_processes_left_that_are_no_more_is_landed_by_others(place: Served) -> None:
    one, other = place.opened(), place.opened()
    for number, store in enumerate((one, other)):
        store.outage.begin()
        store.answers.add(answer(id=f"of {number}"))
    one.close()
    other.close()
    with place.opened() as store:
        assert [store.answers.get(f"of {number}") is not None for number in (0, 1)] == [True, True]


def test_without_server_and_replica_nothing_is_begun(tmp_path: Path) -> None:
    nowhere = "postgresql://nobody@127.0.0.1:1/nothing"
    with pytest.raises(StateUnavailable):
        LastingStore.at(Places(nowhere, nowhere, tmp_path / "waiting"))


def test_a_start_without_the_server_goes_on_with_the_replica(tmp_path: Path) -> None:
    replica = str(tmp_path / "replica.sqlite")
    with Store.open(replica) as store:
        store.answers.add(answer(id="old"))
    with LastingStore.at(Places("postgresql://nobody@127.0.0.1:1/nothing", replica, tmp_path / "waiting")) as store:
        assert store.is_lost
        assert store.answers.get("old") is not None
        store.answers.add(answer(id="new"))
        assert store.answers.get("new") is not None


def test_updates_of_an_outage_are_handled_here_and_the_server_knows_them_afterwards(place: Served) -> None:
    with place.opened() as store:
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


def test_who_was_alone_goes_on_with_what_waits_on_the_server_in_order(place: Served) -> None:
    with place.opened() as store:
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


def test_an_update_that_was_begun_before_a_kill_is_known_to_be_so(place: Served) -> None:
    with place.opened() as store:
        store.outage.begin()
        store.updates.add(BOT, 1, PERSON, "meanwhile", now=1.0)
        store.updates.claim(BOT, OWNER, most=1)
        store.updates.sending(BOT, 1, after=30, owner=OWNER)
    with place.opened() as store:
        assert store.updates.claim(BOT, OWNER + 1, most=1) == [
            StoredUpdate(BOT, 1, PERSON, "meanwhile", 1.0, begun_after=30)
        ]


calls = st.one_of(
    st.builds(lambda n: ("answers", "add", (n,), {}), st.integers(1, 4)),
    st.builds(lambda n, at: ("answers", "sent", (f"a{n}", at), {}), st.integers(1, 4), st.integers(1, 9)),
    st.builds(
        lambda n, who, what: ("feedback", "give", (f"a{n}", who, what), {"now": 1.0}),
        st.integers(1, 4), st.integers(1, 2), st.sampled_from(["up", "down"]),
    ),
    st.builds(
        lambda n, who, why: ("feedback", "why", (f"a{n}", who, why), {}),
        st.integers(1, 4), st.integers(1, 2), st.sampled_from(["wrong", "outdated"]),
    ),
    st.builds(lambda at: ("memory", "remember", (KEY, [{"at": at}]), {"now": float(at)}), st.integers(1, 9)),
    st.just(("memory", "forget", (KEY,), {})),
    st.just(("memory", "turns", (KEY,), {"since": 0.0})),
    st.builds(lambda chat: ("answers", "last_in", (chat,), {}), st.integers(1, 2)),
    st.builds(lambda n: ("answers", "get", (f"a{n}",), {}), st.integers(1, 4)),
    st.builds(
        lambda chat, approval: ("chats", "joined", (chat, "group", "t"), {"approval": approval}),
        st.integers(-2, -1), st.sampled_from([None, Approval.WAITING]),
    ),
    st.builds(
        lambda name, chat: ("chats", name, (chat,), {}),
        st.sampled_from(["approve", "left", "get", "unblocked"]), st.integers(-2, -1),
    ),
    st.builds(lambda chat, at: ("chats", "greeted", (chat,), {"now": at}), st.integers(-2, -1), st.floats(0, 9)),
    st.sampled_from(["outage", "back"]),
)  # fmt: skip


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("empty") / "state.sqlite"
    Store.open(str(file)).close()
    return file


@settings(max_examples=20, deadline=None)
@given(said=st.lists(calls, max_size=25))
def test_whenever_the_server_is_lost_all_is_as_if_it_never_was(empty: Path, said: list[Any]) -> None:
    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        shutil.copy(empty, folder / "state.sqlite")
        shutil.copy(empty, folder / "model.sqlite")
        place = Served(str(folder / "state.sqlite"), folder)
        with Store.open(str(folder / "model.sqlite")) as model, place.opened() as store:
            added = 0
            for each in [*said, "back"]:
                if each == "outage":
                    store.outage.primary.is_lost = True
                elif each == "back":
                    store.reached(OWNER)
                else:
                    part, method, arguments, options = each
                    if (part, method) == ("answers", "add"):
                        added += 1
                        given_id = f"a{arguments[0]}"
                        if model.answers.get(given_id) is not None:
                            continue
                        arguments = (answer(id=given_id, chat=1 + added % 2, created=float(added)),)
                    ours = getattr(getattr(store, part), method)(*arguments, **options)
                    theirs = getattr(getattr(model, part), method)(*arguments, **options)
                    assert part == "feedback" or ours == theirs, each
            expected = Database(database_url(str(folder / "model.sqlite")))
            found, wanted = comparable(place.contents()), comparable(contents(expected))
            expected.close()
        assert found == wanted
