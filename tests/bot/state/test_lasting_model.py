"""Whatever is said, and whenever the server is lost: the state is what it would be if it had never been."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.state.lasting.store import LastingStore
from bot.state.store import Store
from bot.state.values import Approval, MemoryKey, StoredAnswer
from tests.bot.state.material import answer
from tests.bot.state.served import OWNER, PERSON, Served, comparable

KEY = MemoryKey(PERSON, 0, PERSON)

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


class Both:
    """The state that lasts, and one that never loses its server: the same is said to both."""

    def __init__(self, model: Store, store: LastingStore) -> None:
        self.model, self.store = model, store
        self._added = 0

    def say(self, part: str, method: str, arguments: tuple[Any, ...], options: dict[str, Any]) -> None:
        if (part, method) == ("answers", "add"):
            [made] = arguments = (self._answer(*arguments),)
            if self.model.answers.get(made.id) is not None:
                return
        ours, theirs = (
            getattr(getattr(each, part), method)(*arguments, **options) for each in (self.store, self.model)
        )
        assert part == "feedback" or ours == theirs  # what people thought before the outage is not known during it

    def _answer(self, number: int) -> StoredAnswer:
        self._added += 1
        return answer(id=f"a{number}", chat=1 + self._added % 2, created=float(self._added))


@settings(max_examples=15, deadline=None)
@given(said=st.lists(calls, max_size=25))
def test_whenever_the_server_is_lost_all_is_as_if_it_never_was(empty: Path, said: list[Any]) -> None:
    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        ours, theirs = (Served(str(shutil.copy(empty, Path(name) / each)), Path(name)) for each in ("ours", "theirs"))
        with theirs.plain() as model, ours.opened() as store:
            both = Both(model, store)
            for each in [*said, "back"]:
                if each == "outage":
                    store.outage.primary.is_lost = True
                elif each == "back":
                    store.reached(OWNER)
                else:
                    both.say(*each)
        assert comparable(ours.contents()) == comparable(theirs.contents())
