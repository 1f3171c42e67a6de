"""Withdrawing documents, and going back."""

from __future__ import annotations

from bot.phrases import PhraseName, phrases
from tests.bot.played.administration.rooms import Room
from tests.bot.played.administration.test_updates import FIBRE, withdrawal
from tests.bot.played.people.stage import quoted, shown
from tests.reports import ANSWER, QUESTION

ARABIC = phrases("ar", isolates=False)


def test_a_withdrawn_document_is_not_quoted_any_more_and_comes_back_with_its_version(office: Room) -> None:
    mine, citizen = office.administrator(), office.stage.newcomer()
    answer = office.stage.asks(citizen, QUESTION)
    assert any(ANSWER in each for each in quoted(answer))
    office.builds(mine, withdrawal(office))
    assert FIBRE not in office.names
    assert not (office.data / "documents" / FIBRE).exists()
    for label in answer.buttons:
        if label in ("مقاطع أخرى", "السابق"):
            assert office.stage.presses(citizen, answer, label).text == ARABIC.say(PhraseName.WITHDRAWN)
    assert not any(ANSWER in each for each in quoted(office.stage.asks(citizen, QUESTION)))
    question = office.stage.asks(mine, "/rollback")
    office.presses(mine, question, "ارجع إلى النسخة", "رجعت المكتبة إلى النسخة 1")
    assert (office.data / "documents" / FIBRE).exists()
    assert any(ANSWER in each for each in quoted(office.stage.asks(citizen, QUESTION)))
    assert [deed.what for deed in office.stage.store.audit.newest(1)] == ["rolled back"]


def test_versions_are_listed_and_a_rollback_that_was_overtaken_is_not_made(office: Room) -> None:
    mine, other = office.administrator(), office.colleague()
    assert "لا نسخة سابقة" in shown(office.stage.asks(mine, "/rollback"))
    office.builds(mine, withdrawal(office))
    listed = office.stage.asks(other, "/generations")
    assert "النسخة 2: هي الحالية" in shown(listed)
    office.presses(other, listed, "ارجع إلى النسخة", "هل أرجع")
    for wrong in ("٧", "0", "-1", "قديمة", "1 2", "9" * 3000):
        refused = office.stage.asks(mine, f"/rollback {wrong}")
        assert shown(refused).startswith(ARABIC.say(PhraseName.VERSION_UNKNOWN)), wrong
        assert "النسخة 2: هي الحالية" in shown(refused)
        assert len(shown(refused)) < 500
    question = office.stage.asks(mine, "/rollback ١")
    office.presses(mine, question, "ارجع إلى النسخة", "رجعت المكتبة")
    press = office.presses(other, listed, "ارجع إلى النسخة")
    assert press.text == ARABIC.say(PhraseName.ROLLBACK_OTHER)
    assert office.dalil.generations.live() == 1
