"""Updates that administrators ask for: followed, stopped, taken up again, decided upon."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from bot.phrases import PhraseName, phrases
from bot.state.values import JobState
from tests.bot.played.administration.rooms import BUILT, SCHOOLS, Room, end_builder, go_on, hold_up, kill, text
from tests.bot.played.people.stage import shown
from tests.reports import QUESTION
from tests.telegram.messages import Message

ARABIC = phrases("ar", isolates=False)
FIBRE = "000_eb0f53fc6f890393.txt"


def test_an_update_is_followed_without_hurry_and_really_stopped(busy: Room) -> None:
    mine, other = busy.administrator(), busy.colleague()
    before, card = busy.names, busy.card(mine, text())
    busy.presses(mine, card, "انشر", "ما سيتغيّر")
    busy.presses(mine, card, "ابدأ التحديث")
    builder = busy.under_way()
    hold_up(builder, busy.data)
    busy.says(card, "أُنجز", BUILT)
    behind = busy.card(other, text(f"{SCHOOLS}\nزيادة.", "زيادة.txt"))
    busy.presses(other, behind, "انشر", "ما سيتغيّر")
    busy.presses(other, behind, "ابدأ التحديث", "قبله تحديث واحد")
    busy.presses(other, behind, "أوقف", "أُوقف التحديث")
    assert busy.presses(mine, card, "أوقف", "أُوقف التحديث").text == ARABIC.say(PhraseName.JOB_STOPPED)
    assert card.buttons == ["كل الملفات المنتظرة"]
    go_on(builder)
    busy.double.wait_for(lambda: is_gone(builder), BUILT)
    assert busy.names == before
    assert len(busy.staged) == 2
    edits = [each for each in card.history_of_edits if "ما سيتغيّر" not in each.text]
    assert all(later.at - earlier.at >= 2.9 for earlier, later in pairwise(edits))
    assert all(later.text != earlier.text for earlier, later in pairwise(edits))


def is_gone(process: int) -> bool:
    """Whether it is; who has ended and whom nobody has asked for is a zombie, and holds nothing."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def test_a_builder_that_a_test_leaves_standing_still_does_not_outlive_its_room(busy: Room) -> None:
    mine = busy.administrator()
    card = busy.card(mine, text())
    busy.presses(mine, card, "انشر", "ما سيتغيّر")
    busy.presses(mine, card, "ابدأ التحديث")
    builder = busy.under_way()
    hold_up(builder, busy.data)
    end_builder(busy.data)
    assert is_gone(builder)


def test_an_update_survives_that_the_bot_and_the_builder_are_killed(busy: Room) -> None:
    mine = busy.administrator()
    card = busy.card(mine, text())
    busy.presses(mine, card, "انشر", "ما سيتغيّر")
    busy.presses(mine, card, "ابدأ التحديث")
    builder = busy.under_way()
    busy.running.kill()
    kill(builder)
    busy.restarts()
    busy.says(card, "تمّ التحديث", 2 * BUILT)
    assert "مدارس.txt" in busy.names
    assert [(job.state, job.attempts) for job in busy.jobs] == [(JobState.DONE, 2)]


def test_what_ended_while_the_bot_was_away_is_told_when_it_is_back(office: Room) -> None:
    mine = office.administrator()
    card = office.card(mine, text())
    office.presses(mine, card, "انشر", "ما سيتغيّر")
    office.presses(mine, card, "ابدأ التحديث")
    office.double.wait_for(lambda: office.jobs and office.jobs[0].attempts)
    office.running.kill()
    office.double.wait_for(lambda: office.jobs and office.jobs[0].state is JobState.DONE, BUILT)
    office.restarts()
    office.says(card, "تمّ التحديث", BUILT)
    office.double.wait_for(lambda: office.jobs[0].request.get("told"))


def test_two_administrators_who_publish_the_same_at_once_publish_it_once(office: Room) -> None:
    mine, other = office.administrator(), office.colleague()
    card = office.card(mine, text())
    listed = office.stage.asks(other, "/staged")
    office.presses(mine, card, "انشر", "ما سيتغيّر")
    office.presses(other, listed, "انشر", "ما سيتغيّر")
    presses = [mine.presses(card, "ابدأ التحديث"), other.presses(listed, "ابدأ التحديث")]
    presses.append(mine.presses_with(card, presses[0].data))
    for press in presses:
        office.stage.answered(press)
    assert sorted(press.text or "" for press in presses) == ["", "", ARABIC.say(PhraseName.STAGED_UNDER_WAY)]
    office.double.wait_for(lambda: office.jobs[0].state is JobState.DONE, BUILT)
    assert len(office.jobs) == 1
    assert "مدارس.txt" in office.names
    told = [each for each in (card, listed) if office.jobs[0].request["message"] == each.id]
    office.says(told[0], "تمّ التحديث", BUILT)


@pytest.mark.parametrize("label", ["بدّل على أي حال", "ألغِ"])
def test_an_update_that_answers_worse_waits_for_a_decision(office: Room, label: str) -> None:
    mine = office.administrator()
    answer = office.stage.asks(mine, QUESTION)
    assert "أضفتُ السؤال" in shown(office.stage.asks(mine, "/canary add", reply_to=answer))
    assert "من قبل" in shown(office.stage.asks(mine, "/canary add", reply_to=answer))
    assert QUESTION in shown(office.stage.asks(mine, "/canary"))
    listed = withdrawal(office)
    office.presses(mine, listed, "ابدأ التحديث", "لم يعد صحيحًا في المكتبة الجديدة الجواب عن سؤال واحد")
    assert QUESTION in shown(listed)
    assert FIBRE in office.names
    waiting = office.stage.asks(office.colleague(), "/jobs")
    assert waiting.buttons == listed.buttons
    office.presses(mine, listed, label, "تمّ التحديث" if label.startswith("بدّل") else "أُوقف التحديث")
    assert (FIBRE in office.names) is (label == "ألغِ")


def withdrawal(office: Room) -> Message:
    """The preview of withdrawing the report that answers."""
    mine = office.administrator()
    listed = office.stage.asks(mine, "/documents")
    number = [each.name for each in office.dalil.generations.open_live().documents].index(FIBRE) + 1
    office.presses(mine, listed, str(number), FIBRE)
    office.presses(mine, listed, "اسحب", "تقارير تُسحب: 1")
    return listed
