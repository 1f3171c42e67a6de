"""/digest, and the digest that comes by itself, once."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

import pytest
from PIL import Image

from bot.phrases import PhraseName, phrases
from bot.state.store import Store
from bot.state.values import Role
from bot.weeks import DAYS
from tests.bot.played.people.stage import ADMINISTRATOR, Stage, shown
from tests.bot.played.people.words import SPENT
from tests.bot.played.process import Running, running
from tests.bot.state.material import answer
from tests.telegram.accounts import Account
from tests.telegram.double import Double
from tests.telegram.faults import Fault, bad_gateway, dropped
from tests.telegram.messages import Message
from tests.telegram.people import Person

ARABIC: Final = phrases("ar", isolates=False)
HEADING: Final = "دليل في سبعة أيام"
BLOCKER, LATECOMER = ADMINISTRATOR - 1, ADMINISTRATOR + 1  # administrators are told in the order of their ids
LONG_AGO: Final = 1.0
UTC: Final = dt.UTC


def photo_in(message: Message, double: Double) -> Image.Image:
    """The picture of a message, as it was sent."""
    call = double.wait_for(
        lambda: next(
            (each for each in double.calls("sendPhoto") if each.result and each.result["message_id"] == message.id),
            None,
        )
    )
    [upload] = call.files.values()
    picture = Image.open(io.BytesIO(upload.content))
    picture.load()
    return picture


def test_an_administrator_is_sent_the_last_seven_days_with_a_picture(
    stage: Stage, administrator: Person, citizen: Person
) -> None:
    answered = stage.asks(citizen, SPENT)
    stage.presses(citizen, answered, "👍")
    sent = stage.asks(administrator, "/digest")
    today = dt.datetime.now(UTC).date()
    for said in (HEADING, str(today), "طُرح", "أجابت عنها التقارير", "الرضا", "أكثر التقارير جوابًا", "أبطأ الأجوبة"):
        assert said in shown(sent)
    assert "خلال" in shown(sent)
    assert citizen.user["first_name"] not in shown(sent)
    assert sent.bold[0].startswith("دليل")
    picture = photo_in(sent, stage.double)
    assert (picture.format, picture.width >= 1000) == ("PNG", True)


def test_the_title_of_a_report_is_told_and_not_its_file(stage: Stage, administrator: Person, citizen: Person) -> None:
    stage.asks(citizen, SPENT)
    told = shown(stage.asks(administrator, "/digest"))
    named = [line for line in told.splitlines() if "• من " in line]
    assert named
    assert not any(suffix in line for line in named for suffix in (".txt", ".pdf", ".md", ".html", ".docx"))


def seconds_of_last_answer(stage: Stage, person: Person) -> float | None:
    kept = stage.store.answers.last_in(person.id)
    return kept.seconds if kept else None


def test_what_somebody_has_forgotten_is_not_told(stage: Stage, administrator: Person) -> None:
    person = stage.newcomer()
    stage.reply_to(person.starts())
    stage.asks(person, "ما اسم أطول نهر في بلاد لا يعرفها أحد غيري؟")
    took = stage.double.wait_for(lambda: seconds_of_last_answer(stage, person))  # kept after it is sent
    assert 0 < took < 60
    stage.asks(person, "/forget")
    assert "أطول نهر" not in shown(stage.asks(administrator, "/digest"))


def test_a_citizen_finds_no_such_command(stage: Stage, citizen: Person) -> None:
    before = len(stage.double.calls("sendPhoto"))
    assert shown(stage.asks(citizen, "/digest")) == ARABIC.say(PhraseName.UNKNOWN_COMMAND)
    assert len(stage.double.calls("sendPhoto")) == before


def test_administrators_find_the_command_in_their_list(stage: Stage, administrator: Person) -> None:
    stage.settled()
    assert "digest" in stage.bot.menu(administrator.private(), administrator.user)


class Week:
    """A bot that was not running when its digest was due, and its administrators."""

    def __init__(self, double: Double, data: Path) -> None:
        self.double, self.data = double, data
        self.bot: Account = double.bot("dalil_bot")
        self.administrator = self.joins(ADMINISTRATOR)
        self.running: Running | None = None
        self.began = dt.datetime.now(UTC)

    def joins(self, person: int, *, known: bool = True) -> Person:
        """Somebody has started the bot; administrators who were ``known`` before the digest was due are sent it."""
        joined = self.double.person("Administrator", id=person)
        joined.starts(self.bot)
        with Store.open(self.state) as store:
            store.chats.joined(person, "private", "", approval=None)
            store.people.set_role(person, Role.ADMINISTRATOR)
            if known:
                store.digests.claim(person, LONG_AGO)
        return joined

    def asked(self, questions: int) -> None:
        """Questions that people asked three days ago."""
        created = time.time() - 3 * 86_400
        with Store.open(self.state) as store:
            for number in range(questions):
                kept = answer(created=created, question_message=number + 1, understood=f"كم بلغ العدد {number}؟")
                store.answers.add(kept)
                store.answers.sent(kept.id, number + 100, seconds=float(number))

    @contextmanager
    def runs(self, due: dt.timedelta = dt.timedelta(hours=1)) -> Iterator[None]:
        """The bot runs, so long after its digest was due."""
        moment = self.began - due
        when = f"{DAYS[moment.weekday()]} {moment:%H:%M}"
        with running(self.double, self.bot, self.data, DALIL_ADMINS=str(ADMINISTRATOR), DALIL_DIGEST=when) as bot:
            self.running = bot
            yield

    def heard(self, person: Person) -> list[Message]:
        """The digests that somebody was sent."""
        return [each for each in person.private(self.bot).bot_messages if HEADING in shown(each)]

    def bot_said(self, event: str) -> bool:
        """Whether this stands in the log of the bot that runs."""
        return self.running is not None and event in self.running.events

    def looked_at(self, person: int) -> bool:
        """Whether the bot has thought of this administrator."""
        with closing(sqlite3.connect(self.state)) as state:
            [last] = state.execute("SELECT max(due) FROM digests WHERE person = ?", (person,)).fetchone()
        return last is not None and last > LONG_AGO

    @property
    def state(self) -> str:
        return str(self.data / "state.sqlite")


@pytest.fixture
def week(seeds_data: Path, tmp_path: Path) -> Iterator[Week]:
    shutil.copytree(seeds_data, tmp_path / "data")
    with Double() as double:
        yield Week(double, tmp_path / "data")


def test_a_digest_that_was_missed_comes_once_over_restarts_and_in_spite_of_who_blocked_the_bot(week: Week) -> None:
    week.asked(5)
    blocker = week.joins(BLOCKER)
    week.bot.pending.clear()
    blocker.blocks(week.bot)
    week.bot.pending.clear()  # it learns that only by writing
    with week.runs():
        [digest] = week.double.wait_for(lambda: week.heard(week.administrator), 30)
    assert "طُرحت 5 أسئلة" in shown(digest)
    assert "خلال 4.0 ثانية: كم بلغ العدد 4؟" in shown(digest)
    assert photo_in(digest, week.double).format == "PNG"
    assert any("bot was blocked" in each for each in week.double.refusals)
    latecomer = week.joins(LATECOMER, known=False)
    with week.runs():
        week.double.wait_for(lambda: week.looked_at(LATECOMER), 30)
    assert week.heard(week.administrator) == [digest]
    assert week.heard(latecomer) == week.heard(blocker) == []


@pytest.mark.parametrize(("fault", "times"), [(bad_gateway(), 1), (dropped(applied=True), 0)])
def test_a_digest_is_sent_again_only_if_it_has_certainly_not_arrived(week: Week, fault: Fault, times: int) -> None:
    week.asked(1)
    week.double.fails("sendPhoto", fault)
    with week.runs():
        week.double.wait_for(lambda: week.bot_said("digest not sent"), 30)
    arrived = len(week.heard(week.administrator))
    latecomer = week.joins(LATECOMER, known=False)
    with week.runs():
        week.double.wait_for(lambda: week.looked_at(latecomer.id), 30)
    assert len(week.heard(week.administrator)) - arrived == times
    assert len(week.heard(week.administrator)) == 1


def test_a_digest_that_was_due_more_than_a_day_ago_is_left_out(week: Week) -> None:
    week.asked(5)
    with week.runs(due=dt.timedelta(hours=25)):
        week.double.wait_for(lambda: week.looked_at(ADMINISTRATOR), 30)
    assert week.heard(week.administrator) == []


def test_a_week_without_a_question_comes_without_a_picture(week: Week) -> None:
    with week.runs():
        [digest] = week.double.wait_for(lambda: week.heard(week.administrator), 30)
    assert shown(digest).splitlines()[1:] == [ARABIC.say(PhraseName.DIGEST_NONE)]
    assert week.double.calls("sendPhoto") == []
