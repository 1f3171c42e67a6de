"""What an update under way publishes is neither edited nor discarded until that update is over or stopped."""

from __future__ import annotations

import pytest

from bot.phrases import PhraseName, phrases
from bot.state.values import JobState
from tests.bot.played.administration.rooms import ASKED, SCHOOLS, Room, text
from tests.bot.played.people.stage import quoted, shown
from tests.reports import QUESTION
from tests.telegram.messages import Message
from tests.telegram.people import Person

ARABIC = phrases("ar", isolates=False)
HELD = ARABIC.say(PhraseName.STAGED_UNDER_WAY)
FIBRE = "000_eb0f53fc6f890393.txt"


def undecided(office: Room, mine: Person) -> Message:
    """The message of an update that waits for a decision: it publishes one report in the place of another."""
    answer = office.stage.asks(mine, QUESTION)
    office.stage.asks(mine, "/canary add", reply_to=answer)
    card = office.card(mine, text())
    staged = office.staged[0]
    office.dalil.shelf.edit(staged.id, staged.entry, replaces=FIBRE)
    office.presses(mine, card, "انشر", "ما سيتغيّر")
    return office.presses_and_waits(mine, card)


@pytest.mark.parametrize("label", ["عدّل العنوان", "ألغِ", "انشر"])
def test_a_document_that_waits_for_a_decision_cannot_be_changed_and_the_update_is_shown(
    office: Room, label: str
) -> None:
    mine, other = office.administrator(), office.colleague()
    followed = undecided(office, mine)
    listed = office.stage.asks(other, "/staged")
    office.presses(other, listed, "مدارس.txt", "الملف: مدارس.txt")
    assert office.presses(other, listed, label, "أنتظر قرارك").text == HELD
    assert HELD in shown(listed)
    assert listed.buttons == followed.buttons
    office.presses(other, listed, "ألغِ", "أُوقف التحديث")
    assert [each.name for each in office.staged] == ["مدارس.txt"]
    again = office.stage.asks(other, "/staged")
    office.presses(other, again, "مدارس.txt", "الملف: مدارس.txt")
    office.presses(other, again, "ألغِ", "هل أحذف")
    office.presses(other, again, "نعم، احذفه", "أُلغي")
    assert office.staged == []


def test_a_title_that_is_sent_while_its_document_waits_is_refused(office: Room) -> None:
    mine, other, citizen = office.administrator(), office.colleague(), office.stage.newcomer()
    other_card = office.card(other, text())
    office.presses(other, other_card, "عدّل العنوان")
    office.double.wait_for(lambda: any(each.asks_for_reply for each in other.private().bot_messages))
    prompt = next(each for each in other.private().bot_messages if each.asks_for_reply)
    followed = undecided(office, mine)
    refused = office.stage.asks(other, "الجمهور: المسؤولون", reply_to=prompt)
    assert HELD in shown(refused)
    assert refused.buttons == followed.buttons
    sent = office.stage.reply_to(other.sends_document(text(), other.private(office.stage.bot), caption="عنوان آخر"))
    assert HELD in shown(sent), "the same file with another caption would change it too"
    assert office.staged[0].entry.audience == "public"
    office.presses(mine, followed, "بدّل على أي حال", "تمّ التحديث")
    assert "سبع عشرة" in "".join(quoted(office.stage.asks(citizen, ASKED))), "it is public, as everybody was told"


def test_a_document_that_is_queued_behind_another_cannot_be_discarded(office: Room) -> None:
    mine, other = office.administrator(), office.colleague()
    followed = undecided(office, mine)
    behind = office.card(other, text(f"{SCHOOLS}\nزيادة.", "زيادة.txt"))
    office.presses(other, behind, "انشر", "ما سيتغيّر")
    office.presses(other, behind, "ابدأ التحديث", "في الانتظار")
    listed = office.stage.asks(mine, "/staged")
    office.presses(mine, listed, "زيادة.txt", "الملف: زيادة.txt")
    assert office.presses(mine, listed, "ألغِ", "ينتظر تحديث سابق قرارًا").text == HELD
    office.presses(mine, followed, "بدّل على أي حال", "تمّ التحديث")
    office.says(behind, "تمّ التحديث", 60)
    assert {FIBRE, "زيادة.txt"} <= office.names, "the first stands under the name of what it replaces"


def test_all_that_is_held_is_shown_as_held(office: Room) -> None:
    mine, other = office.administrator(), office.colleague()
    listed_before = office.card(other, text())
    undecided(office, mine)
    listed = office.stage.asks(other, "/staged")
    assert office.presses(other, listed, "انشر", "أنتظر قرارك").text == HELD
    assert office.presses(other, listed_before, "انشر", "أنتظر قرارك").text == HELD
    assert [job.state for job in office.jobs] == [JobState.WAITING]


def test_a_change_that_is_impossible_shows_the_way_on_and_back(office: Room) -> None:
    mine = office.administrator()
    card = office.card(mine, text())
    catalogue = office.data / "documents" / "catalogue.toml"
    catalogue.write_text(f"{catalogue.read_text(encoding='utf-8')}\n[[[", encoding="utf-8")
    office.presses(mine, card, "انشر", "لا يمكن ذلك")
    office.presses(mine, card, "عُد", "الملف: مدارس.txt")
    office.presses(mine, card, "انشر", "لا يمكن ذلك")
    office.presses(mine, card, "كل الملفات المنتظرة", "ينتظر النشر")


def test_a_file_that_was_to_replace_a_report_that_is_gone_is_shown_as_new(office: Room) -> None:
    mine = office.administrator()
    card = office.card(mine, text())
    staged = office.staged[0]
    office.dalil.shelf.edit(staged.id, staged.entry, replaces="سُحب.txt")
    office.presses(mine, card, "انشر", ARABIC.say(PhraseName.CHANGE_ORPHANS, number="1"))
    office.builds(mine, card)
    assert "مدارس.txt" in office.names
