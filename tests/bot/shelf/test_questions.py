from __future__ import annotations

import threading
import tomllib
from pathlib import Path

import pytest

from bot.shelf.errors import QuestionsError
from bot.shelf.proposing import Change
from bot.shelf.questions import Canary, Questions, worse_answered
from index.library import Library
from index.live import OneLibrary
from retrieval.assistant import Assistant
from tests.bot.shelf.place import Place
from tests.index.builds import shipped
from tests.reports import QUESTION, SEEDS

FIBRE = Canary(text=QUESTION, document="000_eb0f53fc6f890393.txt", answer="88.9%")


def questions(folder: Path) -> Questions:
    return Questions(folder / "documents", folder / "lock")


def test_questions_are_added_once_and_removed_and_what_others_wrote_stays(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    file = tmp_path / "documents" / "questions.toml"
    file.write_text('# أسئلة\n\n[[question]]\ntext = "من؟"  # مهم\n', encoding="utf-8")
    kept = questions(tmp_path)
    assert kept.add(Canary(text="كم؟\nوأين", document="a.txt"))
    assert not kept.add(Canary(text="  كم؟ وأين "))
    assert kept.all() == (Canary(text="من؟"), Canary(text="كم؟ وأين", document="a.txt"))
    assert kept.remove("من؟")
    assert not kept.remove("من؟")
    assert tomllib.loads(file.read_text("utf-8")) == {"question": [{"text": "كم؟ وأين", "document": "a.txt"}]}
    assert file.read_text("utf-8").startswith("# أسئلة\n")


def test_where_there_is_no_file_there_are_no_questions_and_adding_makes_one(tmp_path: Path) -> None:
    assert questions(tmp_path).all() == ()
    assert not questions(tmp_path).remove("من؟")
    assert questions(tmp_path).add(Canary(text="من؟"))
    assert questions(tmp_path).all() == (Canary(text="من؟"),)


def test_two_who_add_at_once_lose_nothing(tmp_path: Path) -> None:
    def add(number: int) -> None:
        questions(tmp_path).add(Canary(text=f"سؤال {number}"))

    threads = [threading.Thread(target=add, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(questions(tmp_path).all()) == 12


@pytest.mark.parametrize(
    "text", ["[", "question = 1", "[[question]]\ntext = 1", "[[question]]\ndocument = 'a'", "\ufeff["]
)
def test_a_file_that_cannot_be_understood_is_named(text: str, tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "questions.toml").write_text(text, encoding="utf-8")
    for call in (questions(tmp_path).all, lambda: questions(tmp_path).add(FIBRE)):
        with pytest.raises(QuestionsError, match=r"questions\.toml"):
            call()
    assert (tmp_path / "documents" / "questions.toml").read_text(encoding="utf-8") == text


def test_the_sample_questions_are_such_questions() -> None:
    found = Questions(SEEDS, SEEDS / "lock").all()
    assert len(found) > 10
    assert any(each.document is None for each in found)


def test_only_what_passed_before_and_fails_now_counts(place: Place) -> None:
    number = place.build(Change(withdraw=(str(FIBRE.document),)))
    new = assistant(Library.open(place.generations.waiting_folder(number), number))
    old = assistant(place.library)
    never, unanswerable = Canary(text=QUESTION, document="x.txt"), Canary(text="ما حالة الطقس غدًا؟")
    wrong_words = Canary(text=QUESTION, document=FIBRE.document, answer="12%")
    asked = (FIBRE, never, unanswerable, wrong_words)
    assert worse_answered(asked, new, old) == (FIBRE,)
    assert worse_answered(asked, old, old) == ()
    assert worse_answered(asked, old, None) == (never, wrong_words)


def assistant(library: Library) -> Assistant:
    return Assistant(OneLibrary(library), shipped())
