from __future__ import annotations

import json
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval.answer import Answer, Excerpt, NotFound, Related, Reply, quote
from retrieval.assistant import Assistant
from retrieval.comparing import EXCERPTS
from retrieval.evaluation import contains
from retrieval.reading import LONGEST_EXCERPT
from tests.retrieval.conftest import SEEDS, MakeAssistant

QUESTIONS: list[dict[str, str]] = tomllib.loads((SEEDS / "questions.toml").read_text("utf-8"))["question"]
ANSWERABLE = [each for each in QUESTIONS if "answer" in each]
SHARED = SEEDS.parents[1] / "shared" / "data" / "seeds-questions.jsonl"


def excerpts(reply: Reply) -> tuple[Excerpt, ...]:
    return () if isinstance(reply, NotFound) else reply.excerpts


def assert_quotes_exactly(assistant: Assistant, reply: Reply) -> None:
    library = assistant.live.current()
    shown = excerpts(reply)
    assert len(shown) <= EXCERPTS
    for excerpt in shown:
        record = library.documents.find(excerpt.document)
        assert record is not None
        text = library.documents.document(record).text
        assert excerpt.text == text[excerpt.span.start : excerpt.span.end]
        assert 0 < len(excerpt.text) <= LONGEST_EXCERPT
        assert all(0 <= mark.start < mark.end <= len(excerpt.text) for mark in excerpt.marks)
    places = [(each.document, each.span) for each in shown]
    for at, (document, span) in enumerate(places):
        assert not any(d == document and s.start < span.end and span.start < s.end for d, s in places[:at])


def test_every_sample_question_is_answered_in_the_first_excerpt(seeds: Assistant) -> None:
    replies = [(each, seeds.ask(each["text"])) for each in ANSWERABLE]
    for each, reply in replies:
        first = excerpts(reply)[0]
        assert first.document == each["document"], each["text"]
        assert contains(first.text, [each["answer"]]), each["text"]
    assert sum(isinstance(reply, Answer) for _, reply in replies) >= len(ANSWERABLE) - 2


def test_what_the_reports_do_not_say_is_never_given_as_an_answer(seeds: Assistant) -> None:
    for each in QUESTIONS:
        if "answer" not in each:
            assert not isinstance(seeds.ask(each["text"]), Answer), each["text"]


@pytest.mark.parametrize("question", [each["text"] for each in QUESTIONS])
def test_every_excerpt_is_the_stated_slice_of_the_stated_document(seeds: Assistant, question: str) -> None:
    assert_quotes_exactly(seeds, seeds.ask(question))


@pytest.mark.skipif(not SHARED.exists(), reason="the question set of the sample reports lies outside the repository")
def test_reaches_its_mark_on_the_question_set_of_the_sample_reports(seeds: Assistant) -> None:
    rows: list[dict[str, Any]] = [json.loads(line) for line in SHARED.read_text("utf-8").split("\n") if line]
    single = [row for row in rows if "question" in row]
    right = 0
    for row in single:
        reply = seeds.ask(row["question"])
        assert_quotes_exactly(seeds, reply)
        if row["document"] is None:
            assert not isinstance(reply, Answer), row["question"]
        else:
            is_right = any(contains(first.text, row["answers"]) for first in excerpts(reply)[:1])
            assert is_right or not isinstance(reply, Answer), row["question"]
            right += is_right
    assert right == 17


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.sampled_from("كممانسبةالتحول الرقمي2023٢٠٪.؟؛,\n\tabc😀\u200f\ud83d"), max_size=80))
def test_whatever_is_asked_the_quotations_are_exact(seeds: Assistant, asked: str) -> None:
    assert_quotes_exactly(seeds, seeds.ask(asked))


def test_an_excerpt_cannot_be_made_that_is_not_the_slice(seeds: Assistant) -> None:
    reply = seeds.ask(ANSWERABLE[0]["text"])
    first = excerpts(reply)[0]
    with pytest.raises(ValueError, match="slice"):
        Excerpt(first.document, first.about, None, first.span, first.text + " تحريف", (), 0.0)


@pytest.mark.parametrize(
    ("question", "mark"),
    [
        ("كم بلغ معدل صرف رأس مال الاستثمار العام في عام 2024؟", "93.21٪"),
        ("ما مرتبة لونغ آن في مؤشر التحول الرقمي عام 2020؟", "27"),
        ("بأي نسبة تحققت الأهداف المحددة للتحول الرقمي عام 2023؟", "١٣/١٩"),
        ("ما الحركة التي انتشرت لتعليم الناس المهارات الرقمية؟", None),
        ("متى صدر القرار رقم 57 عن المكتب السياسي؟", "٢٢ ديسمبر ٢٠٢٤"),
        ("متى يقدم مشروع الاختراق إلى مجلس الشعب الإقليمي؟", "سبتمبر 2025"),
        ("من نائب وزير المعلومات والاتصالات الذي ألقى الكلمة الختامية؟", "فام دوك لونغ"),
    ],
)
def test_marks_the_number_the_date_or_the_name(seeds: Assistant, question: str, mark: str | None) -> None:
    first = excerpts(seeds.ask(question))[0]
    assert [first.text[span.start : span.end] for span in first.marks] == ([mark] if mark else [])


@pytest.mark.parametrize("asked", ["", "   ", "؟!…", "😀😀", "2023", "٪ ١٢", "\N{RIGHT-TO-LEFT MARK}"])
def test_a_question_without_letters_gets_nothing_for_being_empty(seeds: Assistant, asked: str) -> None:
    reply = seeds.ask(asked)
    assert isinstance(reply, NotFound)
    assert reply.reason == "empty"


def test_a_question_in_another_language_gets_nothing_for_its_language(seeds: Assistant) -> None:
    reply = seeds.ask("What is the rank of Long An?")
    assert isinstance(reply, NotFound)
    assert (reply.reason, reply.circumstances.language) == ("language", "en")


def test_a_huge_question_is_cut_and_still_answered(seeds: Assistant) -> None:
    reply = seeds.ask("كم بلغت نسبة المنازل التي تستخدم الإنترنت عبر الألياف الضوئية؟ " * 2_000)
    assert reply.circumstances.is_cut
    assert any("88.9%" in each.text for each in excerpts(reply))


def test_both_spellings_of_a_place_find_it(seeds: Assistant) -> None:
    for place in ("خان هوا", "خانه هوا"):
        first = excerpts(seeds.ask(f"ما ترتيب {place} في مؤشر التحول الرقمي لعام 2023؟"))[0]
        assert "المرتبة 30" in first.text


def test_the_place_of_a_report_counts_even_where_its_text_does_not_name_it(seeds: Assistant) -> None:
    for question in ("كا ماو", "ما المهمة العاجلة في كا ماو؟"):
        assert seeds.search(question, top=3)[0].document == "001_1b2d929686543dec.txt"


def test_search_gives_whole_passages_best_first(seeds: Assistant) -> None:
    hits = seeds.search("نسبة المنازل التي تستخدم الإنترنت", top=5)
    assert 0 < len(hits) <= 5
    assert "88.9%" in hits[0].text
    assert len({(hit.document, hit.span) for hit in hits}) == len(hits)
    scores = [hit.score for hit in seeds.search("نسبة المنازل التي تستخدم الإنترنت", top=50)]
    assert scores == sorted(scores, reverse=True)
    assert seeds.search("😀", top=5) == []


def test_a_document_left_out_is_as_if_it_were_not_there(seeds: Assistant) -> None:
    question = ANSWERABLE[0]["text"]
    record = seeds.live.current().documents.find(ANSWERABLE[0]["document"])
    assert record is not None
    reply = seeds.ask(question, without=frozenset([record.row]))
    assert all(each.document != record.name for each in excerpts(reply))


def test_many_threads_get_the_answers_that_one_gets(seeds: Assistant) -> None:
    questions = [each["text"] for each in QUESTIONS] * 5

    def texts(question: str) -> list[str]:
        return [each.text for each in excerpts(seeds.ask(question))]

    alone = [texts(question) for question in questions]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(texts, questions)) == alone


def test_a_long_sentence_is_cut_at_a_clause(assistant_of: MakeAssistant) -> None:
    clause = "وشملت الخطة تدريب الموظفين على الأنظمة الجديدة في جميع البلديات، "
    assistant = assistant_of({"long.txt": f"بدأ العمل بالخطة. {clause * 20}وبلغت الميزانية 500 مليون دونغ"})
    reply = assistant.ask("كم بلغت الميزانية؟")
    assert_quotes_exactly(assistant, reply)
    first = excerpts(reply)[0]
    assert "500 مليون" in first.text
    assert first.text.startswith(("وشملت", "وبلغت"))


def test_debris_is_never_quoted(seeds: Assistant) -> None:
    for question in ("كم عدد التعليقات؟", "ما المصدر؟", "ما الإعلان 2؟"):
        for excerpt in excerpts(seeds.ask(question)):
            assert not any(debris in excerpt.text for debris in ("تعليق (0)", "[إعلان 2]", "المصدر:", ".jpg"))


def test_a_library_of_one_short_document_answers(assistant_of: MakeAssistant) -> None:
    assistant = assistant_of({"one.txt": "افتتحت المدرسة عام 1990."})
    assert isinstance(assistant.ask("متى افتتحت المدرسة؟"), Answer | Related)


def test_quote_refuses_a_span_beyond_the_document(seeds: Assistant) -> None:
    from index.document import Span

    library = seeds.live.current()
    with pytest.raises(IndexError):
        quote(library, 0, Span(0, 10**9), marks=(), score=0.0)


def test_seeds_folder_is_complete() -> None:
    assert len(list(Path(SEEDS).glob("*.txt"))) == 5
