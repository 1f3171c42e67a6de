from __future__ import annotations

from pathlib import Path

import pytest

from bot.state.database import Database, database_url
from bot.state.store import Store
from bot.state.unanswered import TOLD_FOR, Asking
from bot.state.values import Finding
from bot.unanswered.asking_again import ask_again, place_of
from bot.unanswered.clustering import clusters
from index.generations import FileGenerations
from index.live import OneLibrary
from retrieval.answer import Answer
from retrieval.assistant import Assistant
from tests.bot.places import run
from tests.bot.state.material import contents
from tests.index.builds import shipped
from tests.reports import QUESTION

SCHOOLS = (
    "كم عدد المدارس الجديدة في هايفونغ؟",
    "كم مدرسة جديدة بنيت في هايفونغ؟",
    "ما عدد المدارس في هايفونغ عام 2023؟",
)
POWER = ("ما سعر الكهرباء؟", "كم سعر الكهرباء هذا العام؟")
DAY = 86_400.0


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(str(tmp_path / "state.db"))


def assistant(place: Path) -> Assistant:
    return Assistant(OneLibrary(FileGenerations(place / "data").open_live()), shipped())


def test_questions_alike_are_put_together_and_what_most_people_asked_is_first(store: Store) -> None:
    for person, question in enumerate((*POWER, *SCHOOLS, SCHOOLS[0], "من هو رئيس اللجنة الشعبية؟"), start=1):
        store.unanswered.note(question, Asking("none", person), now=float(person))
    store.unanswered.note(SCHOOLS[0], Asking("related", 3), now=9.0)
    found = clusters(store.unanswered.open(), shipped())
    assert [(each.people, len(each.questions)) for each in found] == [(4, 4), (2, 2), (1, 1)]
    assert set(found[0].examples(9)) == set(SCHOOLS)
    assert len(found[0].examples(2)) == 2
    assert found[2].typical.question == "من هو رئيس اللجنة الشعبية؟"
    assert clusters([], shipped()) == []


def test_nobody_is_named_but_who_asked_in_private_and_may_be_told(store: Store, tmp_path: Path) -> None:
    store.unanswered.keep_quiet(4_000_003, quiet=True)
    for person, in_private in ((4_000_001, True), (4_000_002, False), (4_000_003, True)):
        store.unanswered.note("كم؟", Asking("none", person, in_private=in_private), now=1.0)
    assert [each.person for each in store.unanswered.open()] == [4_000_001, None, None]
    assert len({each.asker for each in store.unanswered.open()}) == 3
    store.unanswered.keep_quiet(4_000_001, quiet=True)
    database = Database(database_url(str(tmp_path / "state.db")))
    assert "4000001" not in str(contents(database)["unanswered"])
    database.close()
    store.unanswered.keep_quiet(4_000_001, quiet=False)
    store.unanswered.note("وأين؟", Asking("none", 4_000_001, in_private=True), now=1.0)
    assert [each.person for each in store.unanswered.open()].count(4_000_001) == 1


def test_who_is_forgotten_has_asked_nothing(store: Store) -> None:
    store.unanswered.note("كم؟", Asking("none", 7, in_private=True), now=1.0)
    store.unanswered.note("وأين؟", Asking("down", 7), now=1.0)
    store.unanswered.note("ومتى؟", Asking("none", 8), now=1.0)
    store.people.forget(7)
    assert [each.question for each in store.unanswered.open()] == ["ومتى؟"]


def test_after_two_weeks_it_is_not_known_who_asked_and_later_nothing_is(store: Store) -> None:
    store.unanswered.note("كم؟", Asking("none", 7, in_private=True), now=0.0)
    store.unanswered.note("وأين؟", Asking("none", 7, in_private=True), now=10 * DAY)
    assert store.unanswered.purge(older_than=-1.0, names_older_than=15 * DAY - TOLD_FOR) == 0
    assert [each.person for each in store.unanswered.open()] == [None, 7]
    assert store.unanswered.purge(older_than=5 * DAY, names_older_than=0.0) == 1


def test_what_a_new_generation_answers_is_found_once_and_who_asked_lately_is_named(place: Path, store: Store) -> None:
    for person, asked, question in ((7, 10 * DAY, QUESTION), (8, 0.0, QUESTION), (9, 10 * DAY, "ما حالة الطقس غدًا؟")):
        store.unanswered.note(question, Asking("none", person, in_private=True), now=asked)
    found = ask_again(store, assistant(place), now=15 * DAY)
    assert [(each.question, each.person) for each in found] == [(QUESTION, None), (QUESTION, 7)]
    assert isinstance(found[0].reply, Answer)
    assert [each.person for each in store.unanswered.open()] == [9]
    assert ask_again(store, assistant(place), now=15 * DAY) == []


def test_an_answer_that_somebody_found_wanting_is_no_news(place: Path, store: Store) -> None:
    reply = assistant(place).ask(QUESTION)
    assert isinstance(reply, Answer)
    store.unanswered.note(QUESTION, Asking("down", 7, shown=place_of(reply.excerpts[0])), now=0.0)
    assert ask_again(store, assistant(place), now=1.0) == []
    store.unanswered.note(QUESTION, Asking("down", 8, shown="1:2:other.txt"), now=0.0)
    assert len(ask_again(store, assistant(place), now=1.0)) == 1


def test_what_is_ignored_is_not_asked_again_and_what_was_added_is(place: Path, store: Store) -> None:
    for person in (1, 2):
        store.unanswered.note(QUESTION, Asking("none", person), now=float(person))
    first, second = store.unanswered.open()
    store.unanswered.mark([first.id], Finding.IGNORED)
    store.unanswered.mark([second.id], Finding.ADDED)
    assert len(ask_again(store, assistant(place), now=3.0)) == 1
    assert store.unanswered.open() == []


def test_the_command_lists_groups_and_marks_them(seeds_data: Path, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with Store.open(str(tmp_path / "data" / "state.sqlite")) as store:
        for person, question in enumerate((*POWER, *SCHOOLS), start=1):
            store.unanswered.note(question, Asking("none", person), now=float(person))
    groups = run(tmp_path, "unanswered", "--json").json
    assert [(each["people"], each["questions"]) for each in groups] == [(3, 3), (2, 2)]
    assert len(run(tmp_path, "unanswered", "--top", 1).out.splitlines()) == 3
    assert run(tmp_path, "unanswered", "--ignored", groups[0]["id"]).code == 0
    assert run(tmp_path, "unanswered", "--added", groups[1]["id"]).code == 0
    assert [each["state"] for each in run(tmp_path, "unanswered", "--json").json] == ["added"]
    assert run(tmp_path, "unanswered", "--ignored", groups[0]["id"]).code == 2
