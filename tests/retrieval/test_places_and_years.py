"""Questions about places and years, asked of a dozen reports that tell the same of several provinces."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import cast

import pytest

from index.aliases import Aliases
from index.live import OneLibrary
from index.protocols import LexicalStore
from retrieval.answer import Answer, Excerpt, NotFound, Reply
from retrieval.assistant import Assistant
from retrieval.comparing import Chosen, choose
from retrieval.finding import find
from retrieval.question import understand
from tests.retrieval.provinces import REPORTS, Report, assistant_of_reports

SHARE = "كم بلغت نسبة الأسر المتصلة بالإنترنت"


@pytest.fixture(scope="module")
def provinces(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_of_reports(tmp_path_factory.mktemp("provinces"), REPORTS)


def excerpts(reply: Reply) -> tuple[Excerpt, ...]:
    return () if isinstance(reply, NotFound) else reply.excerpts


def shown(assistant: Assistant, question: str) -> tuple[list[str], Chosen]:
    """The documents of what is shown, and how it was chosen, however sure the assistant is of it."""
    library = assistant.live.current()
    chosen = choose(library, find(library, assistant.embedder, understand(question)))
    return [library.documents.record(each.ranked.passage.document).name for each in chosen.windows], chosen


def documents(reply: Reply) -> list[str]:
    return [each.document for each in excerpts(reply)]


@pytest.mark.parametrize(
    ("question", "document", "figure"),
    [
        (f"{SHARE} في خان هوا؟", "khanh-hoa.txt", "83.6%"),
        (f"{SHARE} في خانه هوا؟", "khanh-hoa.txt", "83.6%"),
        (f"{SHARE} في خانه‌وا؟", "khanh-hoa.txt", "83.6%"),
        (f"{SHARE} بتاي نينة؟", "tay-ninh.txt", "66.9%"),
        (f"{SHARE} في مقاطعة تاي نين؟", "tay-ninh.txt", "66.9%"),
        ("كم معاملة إلكترونية عالجت المكاتب في تاي نينه؟", "tay-ninh.txt", "28,700"),
        ("كم كيلومترًا من الطرق الجبلية رصفت ها جيانغ؟", "ha-giang.txt", "320"),
        ("كم سائحًا استقبلت كوانج نينه؟", "quang-ninh.txt", "15.6"),
        ("ما ترتيب لونغ آن في مؤشر الخدمات العامة لعام 2023؟", "national.txt", "12"),
    ],
)
def test_a_question_that_names_a_place_is_answered_about_it(
    provinces: Assistant, question: str, document: str, figure: str
) -> None:
    reply = provinces.ask(question)
    assert isinstance(reply, Answer)
    assert not reply.side_by_side
    assert reply.excerpts[0].document == document
    assert figure in reply.excerpts[0].text


def test_a_name_that_very_many_passages_hold_is_answered_about_without_looking_through_them_by_themselves(
    provinces: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    words, looked_through = provinces.live.current().words, list[int]()

    class Noting:
        def __getattr__(self, name: str) -> object:
            looked_through.extend([1] if name == "search_named" else [])
            return getattr(words, name)

        def __len__(self) -> int:
            return len(words)

    library = replace(provinces.live.current(), words=cast("LexicalStore", Noting()))
    noting = Assistant(OneLibrary(library), provinces.embedder)
    noting.ask(f"{SHARE} في خان هوا؟")
    assert looked_through, "in a small library they are"
    looked_through.clear()
    monkeypatch.setattr("retrieval.ranking._FEW_PASSAGES", 0)
    monkeypatch.setattr("retrieval.ranking._FEW", 0.0)
    reply = noting.ask(f"{SHARE} في خان هوا؟")
    assert not looked_through
    assert documents(reply)[0] == "khanh-hoa.txt"


@pytest.mark.parametrize(
    "question",
    [
        f"{SHARE} في كوانغ نام؟",
        "كم سائحًا استقبلت كوانغ نام؟",
        "كم كيلومترًا من الطرق الجبلية رصفت هاو جيانغ؟",
        "ما ترتيب خان هوا في مؤشر الخدمات العامة؟",
        "كم هدفًا من أهداف الخطة تحقق في لونغ آن؟",
    ],
)
def test_what_only_other_places_report_is_no_answer(provinces: Assistant, question: str) -> None:
    reply = provinces.ask(question)
    assert not isinstance(reply, Answer)
    assert excerpts(reply), "what others report is still shown as related"


@pytest.mark.parametrize(
    "question",
    [
        f"{SHARE} في مقاطعة بينه دينه؟",
        f"{SHARE} في محافظة الإسكندرية؟",
        f"{SHARE} في مدينة سايغون؟",
        f"{SHARE} في هانوي؟",
        f"{SHARE} في هانوي عام 2023؟",
        f"في هانوي، {SHARE}؟",
        f"{SHARE} بهانوي؟",
        f"{SHARE} داخل مصر؟",
        f"{SHARE} في السعودية؟",
        f"{SHARE} في كوانغ تري؟",
        f"{SHARE} في لونغ خان؟",
        f"{SHARE} في منطقة الدلتا؟",
        f"{SHARE} في حي الزهور في خان هوا؟",
        "كم بلغ إنتاج الروبيان في دا نانغ؟",
        "كم بلغ إنتاج جوز الهند في مصر عام 2024؟",
    ],
)
def test_a_place_that_no_report_is_about_is_not_answered_from_others(provinces: Assistant, question: str) -> None:
    reply = provinces.ask(question)
    assert not isinstance(reply, Answer)
    assert excerpts(reply), "what others report is still shown as related"


@pytest.mark.parametrize(
    "question",
    [
        "كم بلغ إنتاج الروبيان في المقاطعة؟",
        "كم معاملة إلكترونية عالجت المكاتب في تاي نينه في عام 2023؟",
        "كم طنا بلغ إنتاج الروبيان بكا ماو؟",
    ],
)
def test_what_stands_after_in_and_is_reported_is_no_unknown_place(provinces: Assistant, question: str) -> None:
    assert shown(provinces, question)[1].is_whole


def test_a_question_which_place_is_answered(provinces: Assistant) -> None:
    reply = provinces.ask("في أي مقاطعة بلغ إنتاج الروبيان 252 ألف طن؟")
    assert documents(reply)[0] == "ca-mau.txt"


def test_a_question_without_a_place_shows_differing_reports_side_by_side(provinces: Assistant) -> None:
    reply = provinces.ask("كم معاملة إلكترونية عالجت المكاتب؟")
    assert isinstance(reply, Answer)
    assert reply.side_by_side
    assert sorted(documents(reply)) == ["khanh-hoa.txt", "tay-ninh.txt"]
    assert {each.about.place for each in reply.excerpts} == {"خان هوا", "تاي نينه"}
    marked = [each.text[mark.start : mark.end] for each in reply.excerpts for mark in each.marks]
    assert sorted(marked) == ["28,700", "41,250"]


def test_at_most_three_reports_are_shown_each_once(provinces: Assistant) -> None:
    reply = provinces.ask(f"{SHARE}؟")
    assert isinstance(reply, Answer)
    assert reply.side_by_side
    assert len(set(documents(reply))) == 3


def test_a_place_with_reports_of_several_days_shows_them_side_by_side(provinces: Assistant) -> None:
    reply = provinces.ask(f"{SHARE} في لونغ آن؟")
    assert isinstance(reply, Answer)
    assert reply.side_by_side
    assert sorted(documents(reply)) == ["long-an-2022.txt", "long-an-2023.txt"]


@pytest.mark.parametrize(("year", "figure"), [("2022", "71.4%"), ("٢٠٢٣", "78.2%")])
def test_the_day_of_a_report_is_the_year_of_what_it_dates_no_other_way(
    provinces: Assistant, year: str, figure: str
) -> None:
    question = f"{SHARE} في لونج آن عام {year}؟"
    assert figure in excerpts(provinces.ask(question))[0].text
    _, chosen = shown(provinces, question)
    assert chosen.is_whole
    assert not chosen.side_by_side


def test_a_year_alone_shows_the_reports_of_that_year(provinces: Assistant) -> None:
    names, chosen = shown(provinces, f"{SHARE} عام 2023؟")
    assert chosen.side_by_side
    assert {"khanh-hoa.txt", "tay-ninh.txt"} <= set(names) <= {"khanh-hoa.txt", "tay-ninh.txt", "long-an-2023.txt"}


@pytest.mark.parametrize(
    "question",
    [
        f"{SHARE} في لونغ آن عام 2019؟",
        f"{SHARE} في خان هوا عام 2021؟",
        f"{SHARE} عام 2015؟",
        "كم بلغ إنتاج الروبيان عام 2023؟",
        "كم شجرة زرعت في كوانغ نام عام 2019؟",
        "كم هدفًا من أهداف الخطة تحقق في عام 2021؟",
    ],
)
def test_a_year_that_is_not_reported_is_no_answer(provinces: Assistant, question: str) -> None:
    assert not isinstance(provinces.ask(question), Answer)


def test_last_year_is_no_year_that_a_report_of_some_day_can_tell(provinces: Assistant) -> None:
    for question in (f"{SHARE} في لونغ آن في العام الماضي؟", f"{SHARE} في لونغ آن بين عامي 2022 و2024؟"):
        reply = provinces.ask(question)
        assert not isinstance(reply, Answer)
        assert documents(reply)[0].startswith("long-an"), "what the reports say of other times is shown as related"


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("كم شجرة زرعت في كوانغ نام عام 2023؟", "quang-nam.txt"),
        ("كم شجرة زرعت في كوانغ نام خلال الفترة ٢٠٢١-٢٠٢٥؟", "quang-nam.txt"),
        ("كم بلغ إنتاج الروبيان عام 2025؟", "ca-mau.txt"),
        ("كم هدفًا من أهداف الخطة تحقق في عام 2023؟", "unplaced.txt"),
    ],
)
def test_a_range_the_title_and_the_day_tell_the_year(provinces: Assistant, question: str, document: str) -> None:
    reply = provinces.ask(question)
    assert isinstance(reply, Answer)
    assert reply.excerpts[0].document == document


@pytest.mark.parametrize(
    "question",
    [
        "قارن بين نسبة الأسر المتصلة بالإنترنت في خان هوا وتاي نينة",
        "ما الفرق بين نسبة الأسر المتصلة بالإنترنت في خانه هوا وفي تاي نينه؟",
    ],
)
def test_two_places_are_answered_from_both_in_the_order_they_are_asked_about(
    provinces: Assistant, question: str
) -> None:
    names, chosen = shown(provinces, question)
    assert chosen.is_whole
    assert chosen.side_by_side
    assert names[:2] == ["khanh-hoa.txt", "tay-ninh.txt"]


def test_one_excerpt_that_names_both_places_answers_alone(provinces: Assistant) -> None:
    reply = provinces.ask("ما ترتيب لونغ آن وتاي نينه في مؤشر الخدمات العامة؟")
    assert isinstance(reply, Answer)
    assert not reply.side_by_side
    assert documents(reply)[0] == "national.txt"


def test_a_comparison_with_a_place_that_does_not_report_it_is_no_answer(provinces: Assistant) -> None:
    reply = provinces.ask("قارن بين نسبة الأسر المتصلة بالإنترنت في خان هوا وكا ماو")
    assert not isinstance(reply, Answer)
    assert documents(reply)[0] == "khanh-hoa.txt"


def test_reports_that_agree_are_not_shown_as_differing(tmp_path_factory: pytest.TempPathFactory) -> None:
    text = "عقدت اللجنة اجتماعها السنوي. وبلغت نسبة المدارس المتصلة بالشبكة 91% من مجموع المدارس."
    reports = [Report(f"{place}.txt", place, None, text) for place in ("لونغ آن", "كا ماو")]
    reply = assistant_of_reports(tmp_path_factory.mktemp("agreeing"), reports).ask(
        "كم بلغت نسبة المدارس المتصلة بالشبكة؟"
    )
    assert not (isinstance(reply, Answer) and reply.side_by_side)


def test_aliases_make_another_name_of_a_place_find_its_reports(tmp_path_factory: pytest.TempPathFactory) -> None:
    aliases = Aliases((("خان هوا", "نها ترانغ"),))
    assistant = assistant_of_reports(tmp_path_factory.mktemp("aliases"), REPORTS, aliases)
    reply = assistant.ask(f"{SHARE} في نها ترانج؟")
    assert isinstance(reply, Answer)
    assert documents(reply)[0] == "khanh-hoa.txt"


def offices(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Two reports that name each other's places, and hold several windows each."""
    reports = [
        Report(
            f"{at}.txt",
            place,
            dt.date(2024, at, 1),
            f"عقدت اللجنة اجتماعها في {place}. وألقى نائب رئيس اللجنة {name} كلمة في {place}.\n"
            f"وبلغت نسبة التغطية {80 + at}% من القرى.\nوزار نائب رئيس اللجنة {name} مدارس {place} ثم مستشفياتها.",
        )
        for at, (place, name) in enumerate((("لونغ آن", "هوينه فان سون"), ("كا ماو", "نجوين مينه لوان")), start=1)
    ]
    return assistant_of_reports(tmp_path_factory.mktemp("offices"), reports)


@pytest.mark.parametrize(
    "question",
    [
        "قارن نائب رئيس اللجنة في كا ماو ولونغ آن",
        "كم نسبة التغطية في لونغ آن وكا ماو؟",
        "قارن بين كا ماو ولونغ آن",
        "ما الفرق بين مدارس لونغ آن ولونغ آن وكا ماو؟",
    ],
)
def test_two_places_are_compared_by_one_excerpt_each(tmp_path_factory: pytest.TempPathFactory, question: str) -> None:
    assistant = offices(tmp_path_factory)
    reply = assistant.ask(question)
    assert excerpts(reply)
    if isinstance(reply, Answer) and reply.side_by_side:
        assert sorted(documents(reply)) == ["1.txt", "2.txt"]


def test_a_report_of_another_year_is_no_part_of_a_comparison(provinces: Assistant) -> None:
    names, chosen = shown(provinces, f"قارن {SHARE} في لونغ آن وخان هوا عام 2023")
    assert chosen.side_by_side
    assert names == ["long-an-2023.txt", "khanh-hoa.txt"]
