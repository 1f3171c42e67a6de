from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.composition import Dalil
from bot.receipts import Gone, Receipt, as_stored, receipt, restored
from bot.settings import Settings
from index.document import Span
from index.library import Library
from retrieval.answer import Answer, NotFound, Related, Reply
from retrieval.assistant import Assistant
from tests.bot.places import index
from tests.reports import QUESTION, QUESTIONS


@pytest.fixture
def assistant(place: Path) -> Assistant:
    return Dalil(Settings(data=place / "data")).assistant


@pytest.fixture
def library(assistant: Assistant) -> Library:
    return assistant.live.current()


def kept(library: Library, reply: Reply) -> Receipt:
    """The reply as a database would give it back."""
    return receipt(stored(library, reply), reply.circumstances.asked, reply.circumstances.understood)


def stored(library: Library, reply: Reply) -> Any:
    return json.loads(json.dumps(as_stored(library, reply)))


def rebuilt(place: Path) -> Library:
    assert index(place).code == 0
    return Dalil(Settings(data=place / "data")).generations.open_live()


@pytest.fixture
def answered(assistant: Assistant) -> Answer:
    reply = assistant.ask(QUESTION)
    assert isinstance(reply, Answer)
    return reply


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_reply_is_given_back_as_it_was(assistant: Assistant, library: Library, question: str) -> None:
    reply = assistant.ask(question)
    assert restored(library, kept(library, reply)) == reply


def test_none_of_the_reports_words_are_kept(library: Library, answered: Answer) -> None:
    written = json.dumps(as_stored(library, answered), ensure_ascii=False)
    assert answered.excerpts[0].text not in written
    assert answered.excerpts[0].about.title not in written


def test_what_was_asked_is_kept_apart_so_that_it_can_be_forgotten(library: Library, answered: Answer) -> None:
    assert QUESTION not in json.dumps(as_stored(library, answered), ensure_ascii=False)


def test_a_receipt_names_the_very_file_that_was_quoted(library: Library, answered: Answer) -> None:
    first = kept(library, answered).excerpts[0]
    record = library.documents.find(answered.excerpts[0].document)
    assert record is not None
    assert first.document_sha256 == record.fingerprint.sha256
    assert (first.start, first.end) == (answered.excerpts[0].span.start, answered.excerpts[0].span.end)


def test_a_report_that_was_withdrawn_is_quoted_no_more(place: Path, library: Library, answered: Answer) -> None:
    before = kept(library, answered)
    (place / "reports" / answered.excerpts[0].document).unlink()
    assert restored(rebuilt(place), before) == Gone()


def test_a_report_that_was_changed_is_quoted_no_more(place: Path, library: Library, answered: Answer) -> None:
    before = kept(library, answered)
    file = place / "reports" / answered.excerpts[0].document
    file.write_text(file.read_text(encoding="utf-8") + "\nفقرة جديدة.", encoding="utf-8")
    assert restored(rebuilt(place), before) == Gone()


def test_a_new_generation_with_the_same_report_is_quoted(place: Path, library: Library, answered: Answer) -> None:
    first = answered.excerpts[0]
    before = kept(library, replace(answered, excerpts=(first,)))
    (place / "reports" / "000.txt").write_text("تقرير جديد عن الطرق في المقاطعة.", encoding="utf-8")
    back = restored(rebuilt(place), before)
    assert isinstance(back, Answer)
    assert back.excerpts == (first,)


def test_other_excerpts_that_are_gone_are_left_out(library: Library, answered: Answer) -> None:
    other = next(record for record in library.documents if record.name != answered.excerpts[0].document)
    lost = replace(answered.excerpts[0], document=other.name)
    first = answered.excerpts[0]
    both = Answer(answered.circumstances, (first, lost), side_by_side=True)
    assert restored(library, kept(library, both)) == Answer(answered.circumstances, (first,))
    assert restored(library, kept(library, replace(both, excerpts=(lost, first)))) == Gone()
    related = Related(answered.circumstances, (lost, first))
    assert restored(library, kept(library, related)) == Related(answered.circumstances, (first,))
    assert restored(library, kept(library, replace(related, excerpts=(lost,)))) == Gone()


def test_reports_that_somebody_may_not_see_are_not_quoted(library: Library, answered: Answer) -> None:
    every = frozenset(record.row for record in library.documents)
    assert restored(library, kept(library, answered), without=every) == Gone()


def test_an_excerpt_beyond_the_end_of_its_report_is_gone(library: Library, answered: Answer) -> None:
    far = replace(answered.excerpts[0], span=Span(10**9, 10**9 + len(answered.excerpts[0].text)))
    before = kept(library, replace(answered, excerpts=(far,)))
    assert before.excerpts[0].document_sha256 is None
    assert restored(library, before) == Gone()


def test_that_nothing_was_found_is_kept_too(assistant: Assistant, library: Library) -> None:
    reply = assistant.ask("ما وصفة البيتزا الإيطالية؟")
    assert isinstance(reply, NotFound)
    assert restored(library, kept(library, reply)) == reply


@pytest.mark.parametrize("value", [{}, {"outcome": "other"}, {"outcome": "answer", "excerpts": []}])
def test_what_is_no_stored_reply_is_refused(value: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="not a stored reply"):
        receipt(value, "", "")


def test_marks_beyond_the_excerpt_are_refused(library: Library, answered: Answer) -> None:
    altered = stored(library, answered)
    altered["excerpts"][0]["marks"] = [[5, 10**6]]
    with pytest.raises(ValueError, match="not the slice"):
        restored(library, receipt(altered, "", ""))
