"""What makes an excerpt a likely answer, told on small libraries."""

from __future__ import annotations

import pytest

from retrieval.assistant import Assistant
from retrieval.confidence import Signals, confidence, signals
from retrieval.finding import find
from retrieval.matching import Matcher
from retrieval.nearness import asks_nothing_checkable, nearness
from retrieval.question import understand
from tests.retrieval.conftest import MakeAssistant


def sure(assistant: Assistant, question: str) -> float:
    return assistant.ask(question).circumstances.confidence


def near(assistant: Assistant, asked: str, text: str) -> float:
    question = understand(asked)
    return nearness(question, Matcher(assistant.live.current(), question.words), text)


@pytest.fixture
def museums(assistant_of: MakeAssistant) -> Assistant:
    return assistant_of(
        {
            "opening.txt": "افتتح المتحف الزراعي عام 1938 في حي الدقي.",
            "visitors.txt": "زار المتحف الحربي كثير من الطلاب.",
            "library.txt": "تضم المكتبة الوطنية مخطوطات نادرة.",
            "garden.txt": "في الحديقة نباتات من بلاد بعيدة.",
        }
    )


def test_a_missing_name_makes_an_answer_less_likely(museums: Assistant) -> None:
    assert sure(museums, "متى افتتح المتحف الزراعي؟") > sure(museums, "متى افتتح المتحف البحري؟")


def test_a_question_whose_passage_is_gone_is_less_sure(museums: Assistant) -> None:
    question = "متى افتتح المتحف الزراعي؟"
    record = museums.live.current().documents.find("opening.txt")
    assert record is not None
    without = museums.ask(question, without=frozenset([record.row]))
    assert without.circumstances.confidence < sure(museums, question)


def test_another_domain_is_not_in_the_reports(museums: Assistant) -> None:
    assert sure(museums, "كم ملعقة سكر أضع في الكعكة؟") < 0.07


@pytest.mark.parametrize(
    ("question", "nearer", "farther"),
    [
        ("متى ولد الشاعر؟", "ولد الشاعر عام 1926.", "ولد الشاعر في بيت كبير على النهر ومات بعيدا عن أهله عام 1964."),
        ("أين ولد الشاعر؟", "ولد الشاعر في البصرة.", "ولد الشاعر في 25 ديسمبر 1926."),
        ("كم عدد الزوار؟", "بلغ عدد الزوار 300 زائر.", "عدد الزوار كبير."),
        ("لماذا أغلق المتحف؟", "أغلق المتحف بسبب الترميم.", "أغلق المتحف."),
        ("ما هي الخرسانة؟", "الخرسانة مادة للبناء.", "استعمل البناؤون القدماء في تلك البلاد مادة الخرسانة."),
        (
            "من هو محمد البوعزيزي؟",
            "محمد البوعزيزي بائع تونسي.",
            "بدأت الثورة في تونس بعد أن أضرم محمد البوعزيزي النار.",
        ),
    ],
)
def test_what_is_asked_for_counts_where_it_stands_near(
    museums: Assistant, question: str, nearer: str, farther: str
) -> None:
    assert 0.0 <= near(museums, question, farther) < near(museums, question, nearer) <= 1.0


@pytest.mark.parametrize("question", ["هل افتتح المتحف؟", "ماذا قال الوزير عن المتحف؟", "من افتتح المتحف الزراعي؟"])
def test_some_questions_ask_for_nothing_that_can_be_checked(museums: Assistant, question: str) -> None:
    assert asks_nothing_checkable(understand(question))
    assert near(museums, question, "افتتح المتحف عام 1938 في الدقي بسبب الطلب.") == 0.0


def test_the_questions_own_number_is_no_answer(museums: Assistant) -> None:
    assert near(museums, "كم متحفا افتتح عام 1938؟", "افتتح المتحف عام 1938") == 0.0


def test_the_only_passage_leads_over_nothing(assistant_of: MakeAssistant) -> None:
    assistant = assistant_of({"one.txt": "افتتح المتحف الزراعي عام 1938."})
    library, question = assistant.live.current(), understand("متى افتتح المتحف الزراعي؟")
    found = find(library, assistant.embedder, question)
    assert signals(library, found.question, found.matcher, found.windows).lead > 0.5


def test_confidence_is_a_probability_that_rises_with_what_speaks_for_an_answer() -> None:
    nothing, all_there = Signals(0, 0, 0, 0, 0, 1), Signals(1, 2, 1, 1, 0, 0)
    assert 0 < confidence(nothing) < confidence(all_there) < 1
