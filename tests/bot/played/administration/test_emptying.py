"""The last report is withdrawn: the library is empty, says so, and is filled again."""

from __future__ import annotations

from bot.jobs.queue import Queue
from bot.shelf.proposing import Change
from bot.state.values import JobState
from tests.bot.played.administration.rooms import ASKED, BUILT, Room, text
from tests.bot.played.people.stage import quoted, shown
from tests.reports import QUESTION


def leave_one(office: Room) -> None:
    """Withdraws every report but the first."""
    names = sorted(office.names)
    job = Queue(office.dalil, office.stage.store).ask(Change(withdraw=tuple(names[1:])), None)
    office.double.wait_for(lambda: [each.state for each in office.jobs if each.id == job.id] == [JobState.DONE], BUILT)


def test_the_last_report_can_be_withdrawn_and_others_published_after_it(office: Room) -> None:
    leave_one(office)
    mine, citizen = office.administrator(), office.stage.newcomer()
    listed = office.stage.asks(mine, "/documents")
    office.double.wait_for(lambda: len(office.names) == 1)
    office.presses(mine, listed, "1")
    office.double.wait_for(lambda: "اسحب" in listed.buttons)
    office.presses(mine, listed, "اسحب", "تقارير تُسحب: 1")
    office.builds(mine, listed)
    assert office.names == set()
    assert not quoted(office.stage.asks(citizen, QUESTION))
    assert "لا توجد تقارير بعد" in shown(office.stage.asks(mine, "/documents"))
    for command, words in (("/start", "أهلًا بك"), ("/status", "التقارير: 0"), ("/generations", "لا تقارير")):
        assert words in shown(office.stage.asks(mine, command))
    card = office.card(mine, text())
    office.publishes(mine, card)
    assert "سبع عشرة" in "".join(quoted(office.stage.asks(citizen, ASKED)))
    question = office.stage.asks(mine, "/rollback")
    office.presses(mine, question, "ارجع", "رجعت")
    assert office.names == set()
