"""A library can become empty, and be filled again."""

from __future__ import annotations

from bot.composition import Dalil
from bot.settings import Settings
from bot.shelf.proposing import Change
from retrieval.answer import NotFound
from tests.bot.shelf.place import Place
from tests.bot.shelf.test_shelf import SCHOOLS, SEED_NAMES
from tests.index.builds import first_excerpt


def test_a_library_whose_last_document_is_withdrawn_is_empty_and_answers_nothing(place: Place) -> None:
    before = place.files
    place.make(Change(withdraw=tuple(SEED_NAMES)))
    assert (place.names, place.library.manifest.passages) == (set(), 0)
    assert place.files.keys() & SEED_NAMES == set()
    assistant = Dalil(Settings(data=place.data)).assistant_from(place.library)
    for question in (SCHOOLS, "ما هو؟", "هايفونغ", "2024"):
        assert isinstance(assistant.ask(question), NotFound)
    assert place.shelf.bring_back(1) == ()
    assert (place.files, place.names) == (before, SEED_NAMES)


def test_an_empty_library_takes_documents_again(place: Place) -> None:
    place.make(Change(withdraw=tuple(SEED_NAMES)))
    place.make(Change(publish=(place.stage().id,)))
    assert place.names == {"مدارس.txt"}
    assert first_excerpt(place.data, SCHOOLS).document == "مدارس.txt"
