"""Documents that come together, and what is said of them: it holds whenever the bot is killed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pytest

from bot.shelf.staging import Incoming
from index.catalogue import Entry
from tests.bot.played.administration.rooms import BUILT, SCHOOLS, Room, text
from tests.bot.played.people.stage import shown
from tests.telegram.messages import Message
from tests.telegram.people import Attachment, Person

OFFICIALS: Final = "الجمهور: المسؤولون"
TOPICS: Final = ("الطرق", "المياه", "الغابات", "الموانئ")


def about(topic: str) -> Attachment:
    return text(f"تقرير عن {topic} في مقاطعة هايفونغ.\nأُنفق على {topic} في هذا العام مبلغ كبير.\n", f"{topic}.txt")


def album(person: Person, captions: Sequence[str], room: Room) -> list[Message]:
    """An album with a caption under each document."""
    chat = person.private(room.stage.bot)
    return [
        person.sends_document(about(topic), chat, caption=caption, album="17")
        for topic, caption in zip(TOPICS, captions, strict=True)
    ]


@pytest.mark.parametrize("staged", [1, 4])
def test_an_album_is_for_officials_whenever_the_bot_is_killed(office: Room, staged: int) -> None:
    mine = office.administrator()
    sent = album(mine, [OFFICIALS, "", "", ""], office)
    office.double.wait_for(lambda: len(office.staged) >= staged, BUILT)
    office.restarts()
    listed = office.says(office.stage.reply_to(sent[0]), "ينتظر النشر 4 ملفات", BUILT)
    assert [each.entry.audience for each in office.staged] == ["officials"] * 4
    assert shown(listed).count("للمسؤولين فقط") == 4
    assert len(mine.private().bot_messages) == 1


def test_a_card_that_was_being_read_appears_after_a_restart(office: Room) -> None:
    mine = office.administrator()
    sent = mine.sends_document(about("الطرق"), mine.private(office.stage.bot))
    card = office.stage.reply_to(sent)
    office.restarts()
    office.says(card, "الملف: الطرق.txt", BUILT)
    assert len(mine.private().bot_messages) == 1


def test_lines_under_any_document_hold_for_the_others_and_officials_win(office: Room) -> None:
    mine = office.administrator()
    captions = ["الأول\nالمكان: هايفونغ", "المكان: خان هوا\nالجمهور: الجميع", OFFICIALS, "التاريخ: أمس"]
    listed = office.stage.reply_to(album(mine, captions, office)[0])
    office.says(listed, "ينتظر النشر 4 ملفات", BUILT)
    entries = {each.name: each.entry for each in office.staged}
    assert [entries[f"{topic}.txt"].place for topic in TOPICS] == ["هايفونغ", "خان هوا", "هايفونغ", "هايفونغ"]
    assert {each.audience for each in entries.values()} == {"officials"}
    assert "⚠ الموانئ.txt" in shown(listed)
    assert "⚠ لم أفهم السطر 1" in shown(listed)


def test_an_album_is_published_without_what_others_have_sent(office: Room) -> None:
    mine, other = office.administrator(), office.colleague()
    office.card(other, text())
    listed = office.stage.reply_to(album(mine, ["", "", "", ""], office)[0])
    office.says(listed, "ينتظر النشر 4 ملفات", BUILT)
    office.presses(mine, listed, "انشر هذه الملفات", "تقارير جديدة: 4")
    office.presses(mine, listed, "عُد", "أُرسلت معًا")
    office.publishes(mine, listed, "انشر هذه الملفات")
    assert [each.name for each in office.staged] == ["مدارس.txt"]


def test_an_edited_caption_is_taken_over(office: Room) -> None:
    mine = office.administrator()
    sent = mine.sends_document(text(), mine.private(office.stage.bot), caption="المدارس")
    card = office.says(office.stage.reply_to(sent), "الجمهور: الجميع", BUILT)
    mine.edits(sent, f"المدارس الجديدة\n{OFFICIALS}")
    office.says(card, "الجمهور: المسؤولون فقط", BUILT)
    assert "المدارس الجديدة" in shown(card)
    assert office.staged[0].entry == Entry(title="المدارس الجديدة", audience="officials")
    office.presses(mine, card, "ألغِ", "هل أحذف")
    office.presses(mine, card, "نعم، احذفه", "أُلغي الملف")
    mine.edits(sent, "المدارس")
    office.double.wait_for(lambda: "تعديل التعليق" in shown(mine.private().bot_messages[-1]), BUILT)


def test_a_colleagues_copy_does_not_widen_the_audience_and_both_cards_say_what_holds(office: Room) -> None:
    mine, other = office.administrator(), office.colleague()
    first = office.card(mine, text(), OFFICIALS)
    second = office.card(other, text(name="نسخة.txt"), "المدارس الجديدة\nالجمهور: الجميع")
    for told in ("ينتظر النشر من قبل", "يبقى للمسؤولين فقط", "الجمهور: المسؤولون فقط"):
        assert told in shown(second)
    office.says(first, "المدارس الجديدة", BUILT)
    assert "ينتظر النشر من قبل" not in shown(first)
    assert [each.entry.audience for each in office.staged] == ["officials"]


def test_all_that_waits_can_be_turned_over_and_opened(office: Room) -> None:
    mine = office.administrator()
    for number in range(12):
        entry = Entry(title=f"تقرير {number}", audience="officials" if number == 11 else "public")
        office.dalil.shelf.stage(Incoming(f"{SCHOOLS} رقم {number}".encode(), f"{number}.txt", entry))
    listed = office.stage.asks(mine, "/staged")
    assert "تقرير 11، للمسؤولين فقط" in shown(listed)
    assert "صفحة 1 من 2" in shown(listed).replace("الصفحة", "صفحة")
    office.presses(mine, listed, "التالي", "تقرير 0")
    office.presses(mine, listed, "تقرير 0", "الملف: 0.txt")


def test_what_will_change_is_told_by_title_and_audience(office: Room) -> None:
    mine = office.administrator()
    card = office.card(mine, text(), f"المدارس الجديدة\n{OFFICIALS}")
    office.presses(mine, card, "انشر", "ما سيتغيّر")
    assert "المدارس الجديدة، للمسؤولين فقط" in shown(card)


def test_a_copy_of_a_published_report_and_a_near_copy_of_a_waiting_one_are_told(office: Room) -> None:
    mine = office.administrator()
    office.publishes(mine, office.card(mine, text()))
    again = office.card(mine, text())
    warnings = [line for line in shown(again).splitlines() if line.startswith("⚠")]
    assert warnings[0] == "⚠ نصّ هذا الملف كله منشور من قبل في التقرير: مدارس.txt"
    office.card(mine, about("الطرق"))
    near = office.card(mine, Attachment(about("الطرق").content + "زيادة.\n".encode(), "طرق أخرى.txt", "text/plain"))
    assert "هذا الملف يشبه ملفًا منتظرًا: الطرق.txt" in shown(near)


def test_who_sends_a_photo_is_asked_for_the_file(office: Room) -> None:
    mine = office.administrator()
    hint = office.stage.reply_to(mine.sends_photo(mine.private(office.stage.bot)))
    assert "ملفًا لا صورة" in shown(hint)
