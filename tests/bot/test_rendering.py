from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.composition import Dalil
from bot.markup import harmless
from bot.pages import pages
from bot.phrases import PhraseName, Phrases, phrases
from bot.rendering import Coverage, group_answer, page, private_answer
from bot.settings import Settings
from index.document import About, Span
from retrieval.answer import Answer, Excerpt, NotFound, Related, Reply
from retrieval.assistant import Assistant
from tests.bot.messages import (
    LONG_TEXTS,
    RIGHT_TO_LEFT,
    TEXTS,
    bold_in_quotations,
    circumstances,
    kinds,
    quotations,
    quoting,
    reads_rightly,
    replies,
    sent,
)
from tests.reports import SEEDS

ARABIC, ENGLISH = phrases("ar"), phrases("en")
LANGUAGES = st.sampled_from([ARABIC, ENGLISH])
ID = "Zx81kQ3_-aB9"
LINK = f"https://t.me/dalil_bot?start={ID}"
TEXT = "بلغت نسبة المنازل المتصلة بالإنترنت 88.9% في عام 2023. وهي نسبة عالية."
ABOUT = About("تقرير التحول الرقمي", "لونغ آن", dt.date(2024, 7, 12), "https://example.org/a?b=1&c=2")
COVERAGE = Coverage(("لونغ آن", "كا ماو"), ("2023", "2024"), ("كم بلغت النسبة؟", "من ترأس الاجتماع؟"))


def excerpt(text: str = TEXT, *marks: str, about: About = ABOUT, page: int | None = None) -> Excerpt:
    spans = tuple(Span(text.index(mark), text.index(mark) + len(mark)) for mark in marks)
    return Excerpt("a.pdf", about, page, Span(40, 40 + len(text)), text, spans, 0.5)


def answer(*excerpts: Excerpt, side_by_side: bool = False) -> Answer:
    return Answer(circumstances(), excerpts or (excerpt(TEXT, "88.9%"),), side_by_side=side_by_side)


def told(*lines: str) -> str:
    """Lines without the invisible characters that isolate values."""
    return "\n".join(lines).replace("\N{FIRST STRONG ISOLATE}", "").replace("\N{POP DIRECTIONAL ISOLATE}", "")


def test_an_answer_is_a_quotation_with_its_source_below() -> None:
    rendered = private_answer(answer(excerpt(TEXT, "88.9%", page=4)), ID, ARABIC)
    assert told(rendered.text) == (
        "<b>الجواب من التقارير:</b>\n"
        "<blockquote expandable>بلغت نسبة المنازل المتصلة بالإنترنت <b>88.9%</b> في عام 2023. وهي نسبة عالية."
        "</blockquote>\n"
        'المصدر: <a href="https://example.org/a?b=1&amp;c=2">تقرير التحول الرقمي</a>، لونغ آن، 2024-07-12، صفحة 4'
    )
    assert kinds(rendered) == [["bad", "good"], ["why"]]


def test_further_excerpts_stand_on_further_pages_of_the_same_message() -> None:
    reply = answer(excerpt(), excerpt("مقطع ثانٍ."), excerpt("مقطع ثالث."))
    first, second = private_answer(reply, ID, ARABIC), page(reply, ID, 2, ARABIC)
    assert quotations(sent(first)) == [TEXT]
    assert quotations(sent(second)) == ["مقطع ثانٍ.", "مقطع ثالث."]
    assert sent(second).text.startswith("مقاطع أخرى:")
    assert [first.buttons[0][0].label, second.buttons[0][0].label] == ["مقاطع أخرى", "السابق"]
    assert page(reply, ID, 99, ARABIC) == second
    assert page(reply, ID, 0, ARABIC) == first


def test_rows_of_buttons_are_reversed_for_arabic_only() -> None:
    long = answer(*[excerpt("كلمة " * 400)] * 3)
    assert [button.label for button in page(long, ID, 2, ARABIC).buttons[0]] == ["التالي", "السابق"]
    assert [button.label for button in page(long, ID, 2, ENGLISH).buttons[0]] == ["Previous", "Next"]


def test_a_completed_question_is_told_first_with_a_way_back() -> None:
    rendered = private_answer(answer(), ID, ARABIC, completed="كم بلغت النسبة في <عام> 2022؟")
    assert told(rendered.text).startswith("فهمتُ: كم بلغت النسبة في &lt;عام&gt; 2022؟\n")
    assert kinds(rendered)[-1] == ["literal"]
    assert rendered.buttons[-1][0].data == f"literal:{ID}:"


def test_answers_that_differ_stand_under_their_places_and_days() -> None:
    other = replace(ABOUT, place="كا ماو", published=None)
    rendered = private_answer(answer(excerpt(), excerpt("خلاف ذلك.", about=other), side_by_side=True), ID, ARABIC)
    lines = told(rendered.text).splitlines()
    assert lines[0] == "<b>تجيب عن السؤال تقارير مختلفة:</b>"
    assert "<b>لونغ آن، 2024-07-12</b>" in lines
    assert "<b>كا ماو</b>" in lines
    assert len(quotations(sent(rendered))) == 2


def test_the_closest_passages_are_said_to_be_no_answer() -> None:
    rendered = private_answer(Related(circumstances(), (excerpt(), excerpt("آخر."))), ID, ARABIC)
    assert sent(rendered).text.startswith(ARABIC.say(PhraseName.RELATED_HEADING))
    assert quotations(sent(rendered)) == [TEXT, "آخر."]


def test_where_nothing_is_found_it_is_told_what_there_is() -> None:
    rendered = private_answer(NotFound(circumstances(), "not_found"), ID, ARABIC, coverage=COVERAGE)
    assert told(rendered.text) == (
        "لا تذكر التقارير جوابًا عن هذا السؤال.\n"
        "تتناول التقارير: لونغ آن، كا ماو\n"
        "السنوات التي تذكرها: 2023، 2024\n"
        "جرّب مثلًا:\n"
        "• «كم بلغت النسبة؟»\n"
        "• «من ترأس الاجتماع؟»"
    )
    assert [row[0].label for row in rendered.buttons[:2]] == list(COVERAGE.examples)


def test_a_question_in_another_language_gets_a_line_in_it() -> None:
    rendered = private_answer(NotFound(circumstances(language="fr"), "language"), ID, ARABIC)
    assert rendered.text.startswith("Je réponds")
    assert rendered.buttons == ()


def test_a_group_gets_one_short_message_and_a_way_to_the_rest() -> None:
    reply = answer(excerpt("مقدمة طويلة جدًّا. " * 100 + TEXT, "88.9%"), excerpt())
    rendered = group_answer(reply, ID, ARABIC, LINK)
    [quotation] = quotations(sent(rendered))
    assert len(quotation) <= 500
    assert bold_in_quotations(sent(rendered)) == ["88.9%"]
    assert rendered.buttons[0][0].url == LINK
    assert kinds(rendered) == [["url"], ["bad", "good"]]


def test_a_group_that_asked_in_vain_is_told_so_in_one_line() -> None:
    rendered = group_answer(NotFound(circumstances(), "not_found"), ID, ARABIC, LINK)
    assert (rendered.text, rendered.buttons) == ("لا تذكر التقارير جوابًا عن هذا السؤال.", ())


def test_a_quotation_that_begins_in_latin_still_reads_from_the_right() -> None:
    rendered = private_answer(answer(excerpt("VNPT تدير الشبكة.")), ID, ARABIC)
    assert quotations(sent(rendered)) == [RIGHT_TO_LEFT + "VNPT تدير الشبكة."]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://", "https://a b", "https://[::1", "ftp://x/y", "https://x/\ud800", "x.y"]
)
def test_what_is_no_address_on_the_web_is_no_link(url: str) -> None:
    rendered = private_answer(answer(excerpt(about=replace(ABOUT, url=url))), ID, ARABIC)
    assert [span for span in sent(rendered).spans if span.kind == "text_link"] == []
    assert url not in rendered.text


def test_a_title_full_of_markup_is_shown_as_it_is_on_one_line() -> None:
    title = '<b>"تقرير" & </a>\n\N{RIGHT-TO-LEFT OVERRIDE}2024'
    rendered = private_answer(answer(excerpt(about=replace(ABOUT, title=title))), ID, ARABIC)
    assert 'المصدر: <b>"تقرير" & </a> 2024، لونغ آن' in told(sent(rendered).text)


def check_quotations(reply: Answer | Related, completed: str | None = None) -> None:
    """All pages can be sent, and together they quote every excerpt, letter by letter."""
    quoted = []
    for number, expected in enumerate(pages(reply), start=1):
        read = sent(page(reply, ID, number, ARABIC, completed=completed))
        assert reads_rightly(read, ARABIC)
        for shown, piece in zip(quotations(read), expected, strict=True):
            assert shown in {harmless(piece.text), RIGHT_TO_LEFT + harmless(piece.text)}
            quoted.append(piece.text)
    assert "".join(quoted) == "".join(each.text for each in reply.excerpts)


@settings(max_examples=150, deadline=None)
@given(quoting(), st.none() | LONG_TEXTS)
def test_whatever_reports_hold_all_pages_can_be_sent_and_quote_exactly(
    reply: Answer | Related, completed: str | None
) -> None:
    check_quotations(reply, completed)


@settings(max_examples=150, deadline=None)
@given(replies(), LANGUAGES, st.none() | TEXTS, st.lists(LONG_TEXTS, max_size=12))
def test_whatever_is_asked_the_message_can_be_sent(
    reply: Reply, spoken: Phrases, completed: str | None, names: list[str]
) -> None:
    coverage = Coverage(names, names, names)
    for rendered in (
        private_answer(reply, ID, spoken, completed=completed, coverage=coverage),
        group_answer(reply, ID, spoken, LINK, completed=completed),
    ):
        read = sent(rendered)
        assert (isinstance(reply, NotFound) and reply.reason == "language") or reads_rightly(read, spoken)


def test_the_longest_lines_that_there_can_be_fit_into_a_message() -> None:
    wide = "😀"
    about = About(wide * 999, wide * 999, dt.date(2024, 7, 12), f"https://example.org/?{'&' * 400}")
    longest = [
        Excerpt("a", about, 10**6, Span(0, count), wide * count, (), 0.5) for count in (1_200, 9_000, 250, 250, 9, 9, 9)
    ]
    for reply in (answer(*longest), answer(*longest, side_by_side=True), Related(circumstances(), tuple(longest))):
        cut = replace(reply, circumstances=circumstances(is_cut=True))
        for spoken in (ARABIC, ENGLISH):
            for number in range(1, len(pages(cut)) + 1):
                assert sent(page(cut, ID, number, spoken, completed=wide * 999))
            assert sent(group_answer(cut, ID, spoken, LINK, completed=wide * 999))


@settings(max_examples=100, deadline=None)
@given(quoting())
def test_what_answers_is_bold(reply: Answer | Related) -> None:
    """At most 25 runs in a piece, so that a message stays below 100 entities."""
    marked = {
        letter
        for each in reply.excerpts
        for mark in each.marks
        for letter in harmless(each.text)[mark.start : mark.end]
    }
    shown = bold_in_quotations(sent(page(reply, ID, 1, ARABIC)))
    assert set("".join(shown)) <= marked
    if len(reply.excerpts[0].text) <= 1_200 and 0 < len(reply.excerpts[0].marks) <= 25:
        first = reply.excerpts[0].marks[0]
        assert any(harmless(reply.excerpts[0].text)[first.start : first.end] in each for each in shown)


@pytest.fixture(scope="module")
def assistant(seeds_data: Path) -> Assistant:
    return Dalil(Settings(data=seeds_data)).assistant


SEED_QUESTIONS = [each["text"] for each in tomllib.loads((SEEDS / "questions.toml").read_text("utf-8"))["question"]]


@pytest.mark.parametrize("question", SEED_QUESTIONS)
def test_every_question_of_the_samples_is_answered_in_messages_that_can_be_sent(
    assistant: Assistant, question: str
) -> None:
    reply = assistant.ask(question)
    private, group = private_answer(reply, ID, ARABIC, coverage=COVERAGE), group_answer(reply, ID, ARABIC, LINK)
    assert reads_rightly(sent(private), ARABIC)
    assert reads_rightly(sent(group), ARABIC)
    assert sent(private_answer(reply, ID, ENGLISH, coverage=COVERAGE))
    if isinstance(reply, NotFound):
        return
    check_quotations(reply)
    library = assistant.live.current()
    for each in reply.excerpts:
        record = library.documents.find(each.document)
        assert record is not None
        assert library.documents.text(record, each.span.start, each.span.end) == each.text
    [in_group] = quotations(sent(group))
    assert in_group.removeprefix(RIGHT_TO_LEFT) in reply.excerpts[0].text
    assert bold_in_quotations(sent(private))[:1] == [
        reply.excerpts[0].text[mark.start : mark.end] for mark in reply.excerpts[0].marks[:1]
    ]
