"""A wrong answer that sounds sure is the worst that can happen: how questions differ from what reports tell."""

from __future__ import annotations

import datetime as dt

import pytest

from retrieval.answer import Answer, Excerpt, NotFound, Reply
from retrieval.assistant import Assistant
from tests.retrieval.provinces import Report, assistant_of_reports

CITIES = (
    Report(
        "mansoura.txt",
        "المنصورة",
        dt.date(2024, 2, 1),
        "عقد مجلس المنصورة اجتماعه السنوي في قاعة المنصورة. وبلغ عدد المدارس 310 مدارس في عام 2023. "
        "وبلغت نسبة الأمية في المنصورة 8.2% من السكان. وافتتح مجلس المنصورة مركزا صحيا جديدا.\n"
        "وفي عام 2022 كان في المنصورة 12 مستشفى. وفي عام 2023 صار فيها 14 مستشفى.",
        title="تقرير مجلس المدينة السنوي",
    ),
    Report(
        "basra.txt",
        "البصرة",
        dt.date(2023, 12, 1),
        "عقدت لجنة الخدمات في البصرة اجتماعها. وبلغت نسبة البطالة في البصرة 17% من القوى العاملة. "
        "وبلغ سعر المتر المكعب من الماء في البصرة 250 دينارا. وصدرت البصرة 2.4 مليون طن من التمور.\n"
        "وحضر نائب رئيس لجنة الخدمات المهندس كريم جاسم افتتاح محطة الماء.",
        title="تقرير لجنة الخدمات",
    ),
    Report(
        "mosul.txt",
        "الموصل",
        dt.date(2023, 11, 1),
        "عقدت لجنة الزراعة اجتماعها. وألقى وكيل وزير الزراعة حسن العبيدي كلمة. وبلغ عدد المزارع 640 مزرعة.\n"
        "وشكر رئيس لجنة الزراعة سالم النجار المزارعين على عملهم.",
        title="تقرير لجنة الزراعة",
    ),
)


@pytest.fixture(scope="module")
def cities(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return assistant_of_reports(tmp_path_factory.mktemp("cities"), CITIES)


def excerpts(reply: Reply) -> tuple[Excerpt, ...]:
    return () if isinstance(reply, NotFound) else reply.excerpts


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("كم نسبة الأمية في المنصورة؟", "8.2%"),
        ("كم نسبة البطالة في محافظة البصرة؟", "17%"),
        ("كم سعر الماء في البصرة؟", "250"),
        ("كم عدد المزارع في الموصل؟", "640"),
        ("كم عدد المدارس في المنصورة عام 2023؟", "310"),
        ("كم مستشفى كان في المنصورة عام 2022؟", "12 مستشفى"),
    ],
)
def test_what_the_report_of_a_place_tells_is_answered(cities: Assistant, question: str, told: str) -> None:
    reply = cities.ask(question)
    assert isinstance(reply, Answer)
    assert told in reply.excerpts[0].text


@pytest.mark.parametrize(
    "question",
    [
        "كم نسبة الطلاق في المنصورة؟",
        "كم مطعما في المنصورة؟",
        "كم نسبة الأمية في محافظة البصرة؟",
        "كم طنا من القمح أنتجت البصرة؟",
        "كم سعر الكهرباء في البصرة؟",
        "كم عدد السياح في البصرة عام 2023؟",
        "من محافظ البصرة؟",
    ],
)
def test_the_name_of_a_place_is_not_enough_for_an_answer(cities: Assistant, question: str) -> None:
    assert not isinstance(cities.ask(question), Answer)


@pytest.mark.parametrize("question", ["كم عدد المدارس في المنصورة عام 2022؟", "كم عدد المدارس عام 2022؟"])
def test_a_year_in_another_sentence_of_the_excerpt_does_not_make_it_an_answer(cities: Assistant, question: str) -> None:
    reply = cities.ask(question)
    assert not isinstance(reply, Answer)
    assert "310" in excerpts(reply)[0].text


def test_an_excerpt_is_not_prolonged_by_sentences_of_another_year(cities: Assistant) -> None:
    first = excerpts(cities.ask("كم مستشفى كان في المنصورة عام 2022؟"))[0]
    assert "14 مستشفى" not in first.text


@pytest.mark.parametrize("question", ["من رئيس لجنة الخدمات؟", "من هو وزير الزراعة؟", "من نائب رئيس لجنة الزراعة؟"])
def test_a_deputy_is_not_the_one_he_stands_for(cities: Assistant, question: str) -> None:
    assert not isinstance(cities.ask(question), Answer)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("من نائب رئيس لجنة الخدمات؟", "كريم جاسم"),
        ("من رئيس لجنة الزراعة؟", "سالم النجار"),
        ("من وكيل وزير الزراعة؟", "حسن العبيدي"),
    ],
)
def test_the_holder_of_an_office_is_found(cities: Assistant, question: str, name: str) -> None:
    assert name in excerpts(cities.ask(question))[0].text


PLACES = ("المنصورة", "الموصل", "البصرة")
YEARS = range(2018, 2024)


@pytest.fixture(scope="module")
def yearbooks(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Eighteen reports in the same words, of which only the catalogue tells place and year."""
    reports = [
        Report(
            f"{place}-{year}.txt",
            place,
            dt.date(year, 12, 20),
            f"عقد المجلس اجتماعه السنوي. بلغ عدد المدارس {year - 1900 + at} مدرسة. "
            f"وبلغت نسبة الأمية {(year - 2000 + at) / 2}% من السكان.",
            title="التقرير السنوي",
        )
        for at, place in enumerate(PLACES)
        for year in YEARS
    ]
    return assistant_of_reports(tmp_path_factory.mktemp("yearbooks"), reports)


def test_reports_of_one_form_answer_for_their_place_and_year(yearbooks: Assistant) -> None:
    for place in PLACES:
        for year in YEARS:
            for asked in ("كم عدد المدارس", "كم بلغت نسبة الأمية"):
                reply = yearbooks.ask(f"{asked} في {place} عام {year}؟")
                assert isinstance(reply, Answer)
                assert reply.excerpts[0].document == f"{place}-{year}.txt"


@pytest.mark.parametrize("question", ["كم عدد المدارس؟", "كم عدد المدارس في الموصل؟", "كم عدد المدارس عام 2020؟"])
def test_reports_of_one_form_are_shown_side_by_side(yearbooks: Assistant, question: str) -> None:
    reply = yearbooks.ask(question)
    assert isinstance(reply, Answer)
    assert reply.side_by_side


@pytest.mark.parametrize(
    "question",
    [
        "كم عدد المدارس في الموصل عام 2015؟",
        "كم عدد المدارس في الموصل بين عامي 2019 و2021؟",
        "كم عدد المدارس في الموصل في العام الماضي؟",
        "كم عدد المدارس في القاهرة عام 2020؟",
        "كم عدد المكتبات في الموصل عام 2020؟",
        "كم نسبة الطلاق في البصرة عام 2020؟",
    ],
)
def test_what_no_report_of_one_form_tells_is_no_answer(yearbooks: Assistant, question: str) -> None:
    assert not isinstance(yearbooks.ask(question), Answer)
