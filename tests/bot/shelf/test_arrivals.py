"""What is said of documents by the messages that bring them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.shelf.caption import caption
from bot.shelf.sendings import Misread, Sending, album_of
from bot.shelf.staging import Incoming, Staged
from index.catalogue import Entry
from tests.bot.shelf.place import Place

ALBUM = album_of(1, "13")
OFFICIALS = "الجمهور: المسؤولون"


def comes(place: Place, name: str, said: str = "", *, message: int, album: str | None = ALBUM, by: int = 1) -> Staged:
    sending = Sending(chat=by, message=message, by=by, album=album, said=caption(said))
    return place.shelf.arrivals.receive(Incoming(f"نص {name}".encode(), name, by=by), sending)


def audiences(place: Place) -> list[str]:
    return [each.entry.audience for each in place.shelf.staged()]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "data")


@pytest.mark.parametrize("spoken", range(3))
def test_what_is_said_under_one_document_holds_for_its_album_as_soon_as_it_comes(place: Place, spoken: int) -> None:
    for number in range(3):
        said = f"{OFFICIALS}\nالمكان: هايفونغ" if number == spoken else ""
        comes(place, f"{number}.txt", said, message=number)
        again = Place(place.data)
        assert audiences(again) == ["officials" if number >= spoken else "public"] * (number + 1)
    assert [each.entry.place for each in place.shelf.staged()] == ["هايفونغ"] * 3


def test_documents_of_an_album_keep_what_is_said_of_themselves_but_for_a_wider_audience(place: Place) -> None:
    comes(place, "a.txt", "الأول\nالمكان: هايفونغ\nالجمهور: الجميع", message=1)
    comes(place, "b.txt", "المكان: خان هوا", message=2)
    comes(place, "c.txt", f"{OFFICIALS}\nالتاريخ: 2024-12-27", message=3)
    entries = [each.entry for each in place.shelf.staged()]
    assert [each.title for each in entries] == ["الأول", None, None]
    assert [each.place for each in entries] == ["هايفونغ", "خان هوا", "هايفونغ"]
    assert [str(each.published) for each in entries] == ["2024-12-27"] * 3
    assert audiences(place) == ["officials"] * 3


def test_a_message_that_is_taken_up_twice_brings_its_document_once(place: Place) -> None:
    for _ in range(2):
        comes(place, "a.txt", OFFICIALS, message=1)
    [staged] = place.shelf.staged()
    assert len(staged.sendings) == 1


def test_nobody_widens_the_audience_that_another_has_set(place: Place) -> None:
    comes(place, "a.txt", OFFICIALS, message=1, album=None)
    comes(place, "a.txt", "عنوان\nالجمهور: الجميع", message=2, album=None, by=2)
    [staged] = place.shelf.staged()
    assert (staged.entry.title, staged.entry.audience) == ("عنوان", "officials")
    comes(place, "a.txt", "الجمهور: الجميع", message=3, album=None)
    assert audiences(place) == ["public"], "who closed it may open it"
    comes(place, "a.txt", OFFICIALS, message=4, album=None, by=2)
    comes(place, "a.txt", "الجمهور: الجميع", message=5, album=None)
    assert audiences(place) == ["officials"]
    place.shelf.arrivals.decide(staged.id, Entry(audience="public"))
    assert audiences(place) == ["public"], "what somebody decides of it holds"


def test_what_was_decided_holds_when_the_album_grows(place: Place) -> None:
    first = comes(place, "a.txt", message=1)
    place.shelf.arrivals.decide(first.id, Entry(title="عنوان", audience="public"))
    comes(place, "b.txt", OFFICIALS, message=2)
    assert audiences(place) == ["public", "officials"]
    assert place.shelf.get(first.id).entry.title == "عنوان"


def test_new_words_of_a_message_take_the_place_of_the_old_ones(place: Place) -> None:
    comes(place, "a.txt", OFFICIALS, message=1)
    comes(place, "b.txt", message=2)
    changed = place.shelf.arrivals.reword(
        Sending(chat=1, message=1, by=1, album=ALBUM, said=caption("المكان: لونغ آن"))
    )
    assert changed
    assert changed.entry == Entry(place="لونغ آن")
    assert audiences(place) == ["public"] * 2
    assert place.shelf.arrivals.reword(Sending(chat=1, message=9)) is None


def test_a_caption_that_was_not_understood_closes_a_document_until_it_is_written_anew(place: Place) -> None:
    fault = Misread(line=2, fault="date", problem="is no date")
    faulty = Sending(chat=1, message=1, by=1, said=Entry(title="عنوان"), fault=fault)
    staged = place.shelf.arrivals.receive(Incoming(b"a", "a.txt", by=1), faulty)
    assert (staged.entry, staged.misread) == (Entry(title="عنوان", audience="officials"), fault)
    changed = place.shelf.arrivals.reword(faulty.model_copy(update={"said": Entry(title="آخر"), "fault": None}))
    assert changed
    assert (changed.entry, changed.misread) == (Entry(title="آخر"), None)


def test_what_was_staged_by_an_earlier_version_says_what_it_said(place: Place) -> None:
    staged = comes(place, "a.txt", message=1)
    about = place.data / "shelf" / "staged" / staged.id / "about.json"
    old = staged.model_dump(mode="json", exclude={"sendings", "decided", "is_doubtful"})
    old["entry"] = Entry(title="قديم").model_dump(mode="json")
    about.write_text(staged.__class__.model_validate(old).model_dump_json(exclude={"sendings", "decided"}))
    assert place.shelf.get(staged.id).entry == Entry(title="قديم")
    comes(place, "a.txt", OFFICIALS, message=2)
    assert place.shelf.get(staged.id).entry == Entry(title="قديم", audience="officials")
