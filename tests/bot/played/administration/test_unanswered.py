"""What people could not find: shown to administrators, asked again of each new generation, and told once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.phrases import PhraseName, phrases
from bot.state.values import Finding
from tests.bot.command import dalil
from tests.bot.played.people.stage import ADMINISTRATOR, Stage, playing, quoted, shown
from tests.reports import SEEDS
from tests.telegram.messages import Message
from tests.telegram.people import Person

ARABIC = phrases("ar", isolates=False)
NEWS = ARABIC.say(PhraseName.NEWS_HEADING)


@dataclass
class Place:
    """A bot, and the reports that it answers from."""

    stage: Stage
    data: Path
    reports: Path

    def publishes(self, name: str, text: str) -> None:
        """A report becomes part of the library while the bot answers."""
        (self.reports / name).write_text(text, encoding="utf-8")
        self.reindexes()

    def is_done_with_it(self) -> None:
        """Waits until everybody is told who is to be."""
        live = int((self.data / "current").read_text())
        self.stage.double.wait_for(lambda: self.stage.store.facts.get("generation") == live, 20)

    def reindexes(self) -> None:
        done = dalil("--data", self.data, "index", self.reports)
        assert done.code == 0, done.err


@pytest.fixture(scope="module")
def playing_place(seeds_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("unanswered")
    shutil.copytree(seeds_data, folder / "data")
    shutil.copytree(SEEDS, folder / "reports")
    with playing(folder / "data") as stage:
        yield Place(stage, folder / "data", folder / "reports")


@pytest.fixture
def place(playing_place: Place) -> Iterator[Place]:
    with playing_place.stage.in_order():
        yield playing_place


@pytest.fixture(scope="module")
def administrator(playing_place: Place) -> Person:
    person = playing_place.stage.double.person("منى", id=ADMINISTRATOR)
    playing_place.stage.reply_to(person.starts())
    return person


def news(person: Person) -> list[Message]:
    return [each for each in person.private().bot_messages if shown(each).startswith(NEWS)]


def test_who_asked_in_vain_is_told_once_of_the_answer(place: Place, administrator: Person) -> None:
    question = "كم بلغ عدد المكتبات المدرسية المجهزة؟"
    asking, silent, gone = (place.stage.newcomer() for _ in range(3))
    group = place.stage.group(silent)
    for person in (asking, gone):
        assert "312" not in shown(place.stage.asks(person, question))
    place.stage.asks(silent, f"/ask {question}", group)
    place.stage.asks(gone, "/forget")
    place.publishes("libraries.txt", "تقرير التعليم في حقل النور.\nبلغ عدد المكتبات المدرسية المجهزة 312 مكتبة.")
    told = place.stage.double.wait_for(lambda: news(asking), 20)[0]
    assert question in shown(told)
    assert any("312" in each for each in quoted(told))
    assert place.stage.presses(asking, told, "مفيد 👍").text
    place.publishes("more.txt", "نشرة الأرصاد رقم 9.")
    place.is_done_with_it()
    assert [len(news(person)) for person in (asking, silent, gone)] == [1, 0, 0]
    assert question not in shown(place.stage.asks(administrator, "/unanswered"))


def test_who_does_not_want_to_be_told_is_not(place: Place) -> None:
    asking, other = place.stage.newcomer(), place.stage.newcomer()
    for person in (asking, other):
        place.stage.asks(person, "كم بلغ عدد محطات تحلية المياه العاملة؟")
    place.publishes("water.txt", "تقرير المياه في حقل النور.\nبلغ عدد محطات تحلية المياه العاملة 48 محطة.")
    told = place.stage.double.wait_for(lambda: news(asking), 20)[0]
    place.stage.double.wait_for(lambda: news(other), 20)
    assert place.stage.presses(asking, told, "لا تخبرني").text == ARABIC.say(PhraseName.QUIET_ON)
    place.stage.edited(told)
    assert "أخبرني من جديد" in told.buttons
    for person in (asking, other):
        place.stage.asks(person, "كم بلغ عدد سيارات الإسعاف المجهزة؟")
    place.publishes("health.txt", "تقرير الصحة في حقل النور.\nبلغ عدد سيارات الإسعاف المجهزة 77 سيارة.")
    place.stage.double.wait_for(lambda: len(news(other)) == 2, 20)
    place.is_done_with_it()
    assert len(news(asking)) == 1
    assert place.stage.presses(asking, told, "أخبرني من جديد").text == ARABIC.say(PhraseName.QUIET_OFF)
    place.stage.edited(told, 2)
    assert not place.stage.store.unanswered.is_quiet(asking.id)


def test_administrators_see_the_largest_cluster_first_and_say_what_became_of_it(
    place: Place, administrator: Person
) -> None:
    people = [place.stage.newcomer() for _ in range(3)]
    for person in people:
        place.stage.asks(person, "كم سعر الكهرباء هذا العام؟")
    place.stage.asks(people[0], "من فاز بكأس العالم لكرة القدم؟")
    listed = place.stage.asks(administrator, "/unanswered")
    assert "سأل عنه 3 أشخاص" in shown(listed)
    assert "سعر الكهرباء" in shown(listed)
    assert str(people[0].id) not in shown(listed)
    place.stage.presses(administrator, listed, "أضفت تقريرًا")
    place.stage.edited(listed)
    assert "كأس العالم" in shown(listed)
    place.stage.presses(administrator, listed, "تجاهل")
    place.stage.edited(listed, 2)
    assert "كأس العالم" not in shown(listed)
    states = {each.question: each.state for each in place.stage.store.unanswered.open()}
    assert states["كم سعر الكهرباء هذا العام؟"] is Finding.ADDED
    log = shown(place.stage.asks(administrator, "/audit"))
    assert "تجاهل منى أسئلة بلا جواب" in log


def test_an_answer_that_was_no_good_is_among_them(place: Place, administrator: Person) -> None:
    person = place.stage.newcomer()
    answer = place.stage.asks(person, "كم بلغت نسبة المنازل التي تستخدم الإنترنت عبر الألياف الضوئية؟")
    place.stage.presses(person, answer, "غير مفيد 👎")
    place.stage.edited(answer)
    questions = [each for each in place.stage.store.unanswered.open() if each.outcome == "down"]
    assert [(each.question, each.person) for each in questions] == [
        ("كم بلغت نسبة المنازل التي تستخدم الإنترنت عبر الألياف الضوئية؟", person.id)
    ]


def test_greetings_are_no_questions(place: Place) -> None:
    person = place.stage.newcomer()
    before = len(place.stage.store.unanswered.open())
    for text in ("شكرًا", "hello there my friend"):
        place.stage.asks(person, text)
    assert len(place.stage.store.unanswered.open()) == before


def test_a_citizen_neither_sees_nor_decides(place: Place) -> None:
    citizen = place.stage.newcomer()
    place.stage.asks(citizen, "كم سعر الحليب هذا العام؟")
    assert shown(place.stage.asks(citizen, "/unanswered")) == ARABIC.say(PhraseName.UNKNOWN_COMMAND)
    mine = place.stage.asks(citizen, "/documents")
    [kept] = [each for each in place.stage.store.unanswered.open() if "الحليب" in each.question]
    for data in ("unanswered:0:1", f"finding:{kept.id}:ignored", f"finding:{kept.id}:added"):
        assert place.stage.forges(citizen, mine, data).text == ARABIC.say(PhraseName.ADMINISTRATORS_ONLY)
    assert mine.history_of_edits == []
    assert kept in place.stage.store.unanswered.open()
