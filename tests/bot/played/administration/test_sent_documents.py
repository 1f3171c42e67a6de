"""Documents that administrators send: what is shown of them, and who sees it."""

from __future__ import annotations

import pytest

from bot.buttons import ButtonKind
from bot.phrases import PhraseName, phrases
from tests.bot.played.administration.rooms import ASKED, BUILT, SCHOOLS, Room, text
from tests.bot.played.people.stage import quoted, shown
from tests.telegram.people import Attachment

ARABIC = phrases("ar", isolates=False)
OURS = list(ButtonKind)[list(ButtonKind).index(ButtonKind.STAGED) :]


def test_a_document_is_shown_as_it_was_read_and_published_by_two_presses(office: Room) -> None:
    mine = office.administrator()
    card = office.card(mine, text(), "مدارس هايفونغ\nالمكان: هايفونغ\nالتاريخ: ٢٧ ديسمبر ٢٠٢٣")
    for fact in ("مدارس هايفونغ", "المكان: هايفونغ", "2023-12-27", "الجمهور: الجميع", "اللغة: العربية", "كلمة"):
        assert fact in shown(card)
    assert "سبع عشرة مدرسة" in quoted(card)[0]
    assert card.buttons == ["ألغِ", "عدّل العنوان", "انشر"]
    office.presses(mine, card, "انشر", "ما سيتغيّر")
    assert "تقارير جديدة: 1" in shown(card)
    assert "مقطع واحد" in shown(card)
    assert not office.jobs
    office.builds(mine, card)
    assert "6 تقارير" in shown(card)
    assert card.buttons == ["قائمة التقارير"]
    assert "مدارس.txt" in office.names
    assert not office.staged
    assert any("سبع عشرة مدرسة" in each for each in quoted(office.stage.asks(mine, ASKED)))


def test_an_album_is_one_list_and_what_is_said_of_one_is_said_of_all(office: Room) -> None:
    mine = office.administrator()
    files = [text(f"{SCHOOLS}\nالملحق رقم {number}.", f"ملحق {number}.txt") for number in range(3)]
    sent = mine.sends_album(files, mine.private(office.stage.bot), caption="الجمهور: المسؤولون")
    listed = office.says(office.stage.reply_to(sent[0]), "ينتظر النشر 3 ملفات", BUILT)
    assert [each.entry.audience for each in office.staged] == ["officials"] * 3
    assert len(mine.private().bot_messages) == 1
    office.publishes(mine, listed, "انشر هذه الملفات")
    assert {f"ملحق {number}.txt" for number in range(3)} <= office.names
    told = office.stage.asks(office.stage.newcomer(), ASKED)
    assert not any("سبع عشرة مدرسة" in each for each in quoted(told))
    assert any("سبع عشرة مدرسة" in each for each in quoted(office.stage.asks(mine, ASKED)))


def test_a_forwarded_document_is_taken_and_the_same_one_is_not_taken_twice(office: Room) -> None:
    mine, other = office.administrator(), office.colleague()
    office.card(mine, text())
    first = next(each for each in mine.private().messages.values() if each.has("document"))
    again = office.stage.reply_to(other.forwards(first, other.private(office.stage.bot)))
    office.says(again, "مدارس.txt", BUILT)
    assert len(office.staged) == 1


def test_a_file_over_20_mb_is_refused_with_the_way_around_it(office: Room) -> None:
    mine = office.administrator()
    told = Attachment(b"%PDF-1.7", "كبير.pdf", claimed_size=21 * 2**20)
    untold = Attachment(b"%PDF-1.7", "كبير.pdf", claimed_size=21 * 2**20, tells_size=False)
    for file in (told, untold):
        refusal = office.stage.reply_to(mine.sends_document(file, mine.private(office.stage.bot)))
        assert str(office.data / "documents") in shown(refusal)
    assert not office.staged


@pytest.mark.parametrize("name", ["../../../etc/passwd", "a\0<b>&.txt", "\u202efdp.exe", "ملف" * 200, None, "CON.txt"])
def test_a_hostile_name_is_no_path_and_is_shown_as_it_is(office: Room, name: str | None) -> None:
    card = office.card(office.administrator(), text(name=name))
    assert "الملف:" in shown(card)
    kept = office.staged[0].name
    assert not {"/", "\\", "\0", "<"} & set(kept)
    kept_files = {"content", "about.json"}
    office.double.wait_for(lambda: {path.name for path in office.data.glob("shelf/staged/*/*")} == kept_files, BUILT)


def test_what_is_no_report_can_only_be_discarded(office: Room) -> None:
    mine = office.administrator()
    card = office.card(mine, Attachment(b"PK\x03\x04 no document at all", "تقرير.docx"))
    assert card.buttons == ["ألغِ"]
    assert "⚠" in shown(card)
    office.presses(mine, card, "ألغِ", "هل أحذف")
    office.presses(mine, card, "نعم، احذفه", "أُلغي الملف")
    assert not office.staged


def test_a_caption_that_is_not_understood_keeps_the_document_from_the_people(office: Room) -> None:
    mine = office.administrator()
    card = office.card(mine, text(), "تقرير\nالتاريخ: أمس")
    assert "لم أفهم السطر 2" in shown(card)
    assert "المسؤولون فقط" in shown(card)
    office.presses(mine, card, "عدّل العنوان")
    prompt = office.double.wait_for(
        lambda: next((each for each in mine.private().bot_messages if each.asks_for_reply), None)
    )
    corrected = office.stage.asks(mine, "مدارس هايفونغ\nالجمهور: الجميع", reply_to=prompt)
    assert "مدارس هايفونغ" in shown(corrected)
    assert "الجمهور: الجميع" in shown(corrected)


def test_what_one_administrator_stages_another_sees_and_may_discard(office: Room) -> None:
    mine, other = office.administrator(), office.colleague()
    card = office.card(mine, text())
    listed = office.stage.asks(other, "/staged")
    office.presses(other, listed, "مدارس.txt", "سبع عشرة مدرسة")
    office.presses(other, listed, "ألغِ", "هل أحذف")
    office.presses(other, listed, "نعم، احذفه", "أُلغي الملف")
    assert office.presses(mine, card, "انشر", "لا ملفات تنتظر النشر").text == ARABIC.say(PhraseName.STAGED_GONE)


def test_nobody_else_reaches_any_of_it(office: Room) -> None:
    mine, citizen = office.administrator(), office.stage.newcomer()
    office.card(mine, text())
    staged = office.staged[0].id
    sent = office.stage.reply_to(citizen.sends_document(text(), citizen.private(office.stage.bot)))
    assert shown(sent) == ARABIC.say(PhraseName.TEXT_ONLY)
    for command in ("/staged", "/jobs", "/generations", "/rollback", "/canary add"):
        assert shown(office.stage.asks(citizen, command)).startswith("لا أعرف هذا الأمر")
    assert len(OURS) == 12
    for kind in OURS:
        press = office.stage.forges(citizen, sent, f"{kind}:{staged}:1")
        assert press.text == ARABIC.say(PhraseName.ADMINISTRATORS_ONLY), kind
    group = office.stage.group(mine, citizen)
    in_group = office.stage.asks(mine, "/ask كم؟", group)
    press = office.stage.forges(mine, in_group, f"discard:{staged}:")
    assert press.text == ARABIC.say(PhraseName.ADMINISTRATORS_ONLY)
    assert [each.id for each in office.staged] == [staged]
    assert not office.jobs
