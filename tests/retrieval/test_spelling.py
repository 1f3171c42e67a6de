from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.library import Library
from retrieval.assistant import Assistant
from retrieval.question import Kind, understand
from retrieval.spelling import mend
from tests.retrieval.conftest import MakeAssistant
from tests.retrieval.test_assistant import excerpts


@pytest.fixture
def library(seeds: Assistant) -> Library:
    return seeds.live.current()


@pytest.mark.parametrize(
    ("asked", "understood"),
    [
        ("ما ترتيب المقاطعة في التحولالرقمي؟", "ما ترتيب المقاطعه في التحول الرقمي؟"),
        ("ما ترتيب التحول الرقمييييي؟", "ما ترتيب التحول الرقمي؟"),
        ("كم نسبة المنااااازل في المقاطعة؟", "كم نسبة المنازل في المقاطعة؟"),
        ("كم نسبةالمنازل في المقاطعة؟", "كم نسبة المنازل في المقاطعة؟"),
        ("ما مرتبة لونق آن في المؤشر عام 2020؟", "ما مرتبة لونغ آن في المؤشر عام 2020؟"),
        ("ما التحول الرمقي في لونغ آن؟", "ما التحول الرقمي في لونغ آن؟"),
        ("ما القيود في مقاطعةلونغ آن؟", "ما القيود في مقاطعة لونغ آن؟"),
        ("لمادا تأخرت المقاطعة؟", "لماذا تأخرت المقاطعة؟"),
    ],
)
def test_what_no_passage_has_is_mended(library: Library, asked: str, understood: str) -> None:
    mended = mend(library, understand(asked))
    assert mended.words == understand(understood).words
    assert mended.understood.replace("ة", "ه") == understood.replace("ة", "ه")
    assert mended.asked == asked


def test_a_place_glued_to_its_preposition_is_found(seeds: Assistant) -> None:
    mended = mend(seeds.live.current(), understand("ما ترتيب التحول الرقمي فيخانهوا؟"))
    assert mended.understood == "ما ترتيب التحول الرقمي في خان هوا؟"


def test_a_mended_question_has_the_kind_it_was_meant_to_have(library: Library) -> None:
    assert understand("لمادا تأخرت المقاطعة؟").kind is not Kind.WHY
    assert mend(library, understand("لمادا تأخرت المقاطعة؟")).kind is Kind.WHY


@pytest.mark.parametrize("asked", ["كم عدد 98765؟", "ما Digtal؟", "ما ضغث؟", "ما عاصمة فرنسا؟", "ما سعر الذهب اليوم؟"])
def test_numbers_latin_short_and_merely_foreign_words_stay(library: Library, asked: str) -> None:
    question = understand(asked)
    assert mend(library, question) is question


@pytest.mark.parametrize(
    "asked",
    ["متى بدأت الحرب العالمية الثانية؟", "من سكرتير الحرب؟", "ما المطلوب؟ وأجب باختصار", "كم مستشفى في المدينة؟"],
)
def test_a_common_word_that_no_passage_has_is_right_as_it_is(library: Library, asked: str) -> None:
    question = understand(asked)
    assert mend(library, question) is question


def test_a_word_of_a_title_is_not_mended(assistant_of: MakeAssistant) -> None:
    assistant = assistant_of({"one.txt": "سكان مدينة بورفؤاد\nافتتحت المدرسة عام 1990 في بورسعيد."})
    question = understand("متى افتتحت مدرسة بورفؤاد؟")
    assert mend(assistant.live.current(), question) is question


def test_a_reply_says_how_the_question_was_understood_and_what_was_asked(seeds: Assistant) -> None:
    asked = "السلام عليكم، شو مرتبة لونق آن بمؤشر التحول الرقمي عام ٢٠٢٠؟ وشكرا"
    reply = seeds.ask(asked)
    assert reply.circumstances.asked == asked
    assert reply.circumstances.understood == "شو مرتبة لونغ آن بمؤشر التحول الرقمي عام ٢٠٢٠؟"
    assert "المرتبة 27" in excerpts(reply)[0].text


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_question_whose_words_all_occur_is_never_changed(seeds: Assistant, data: st.DataObject) -> None:
    library = seeds.live.current()
    passage = library.passages[data.draw(st.integers(0, len(library.passages) - 1))]
    words = library.passage_text(passage).split()
    start = data.draw(st.integers(0, len(words) - 1))
    question = understand(" ".join(words[start : start + 8]))
    if all(map(library.words.frequency, question.words)):
        assert mend(library, question) is question


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.sampled_from("المقاطعةتحولرقميفيخنهو كمم؟،20a"), max_size=60))
def test_mending_never_fails_nor_empties_a_question(seeds: Assistant, asked: str) -> None:
    question = understand(asked)
    mended = mend(seeds.live.current(), question)
    assert mended.asked == asked
    assert bool(mended.words) == bool(question.words)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("قرنبيطسطان", "قرنبيطستان"),
        ("قرنبيطستااااان", "قرنبيطستان"),
        ("شركةقرنبيطستان", "شركة قرنبيطستان"),
        ("قرنبييطستان", "قرنبيطستان"),
    ],
)
def test_repairs_tell_nothing_of_documents_that_are_left_out(
    assistant_of: MakeAssistant, typed: str, meant: str
) -> None:
    texts = {"open.txt": "زار الوزير المصنع وشركة النسيج.", "secret.txt": "صادرت اللجنة بضائع شركة قرنبيطستان."}
    library = assistant_of(texts).live.current()
    secret = library.documents.find("secret.txt")
    assert secret is not None
    question = understand(f"ما بضائع {typed}؟")
    assert meant in mend(library, question).understood
    left_out = mend(library, question, without=frozenset([secret.row]))
    assert "قرنبيطستان" not in left_out.understood or "قرنبيطستان" in typed


def test_a_word_that_only_documents_left_out_have_is_mended_as_if_they_were_not_there(
    assistant_of: MakeAssistant,
) -> None:
    texts = {"open.txt": "مع الوزير مفتاح المخزن الجديد.", "secret.txt": "ضاع مفتاخ المخزن الجديد."}
    library = assistant_of(texts).live.current()
    secret = library.documents.find("secret.txt")
    assert secret is not None
    question = understand("أين مفتاخ المخزن الجديد؟")
    assert mend(library, question) is question
    assert "مفتاح" in mend(library, question, without=frozenset([secret.row])).understood
