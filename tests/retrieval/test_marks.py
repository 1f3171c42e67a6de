"""What is shown bold in an excerpt: the figure, the date or the name that the question binds, or nothing."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.library import Library
from retrieval.assistant import Assistant
from retrieval.marks import marks
from retrieval.matching import Matcher
from retrieval.question import understand

RANKS = "احتلت المقاطعة المرتبة 27 في عام 2020، والمرتبة 21 في عام 2021، والمرتبة 11 في عام 2022."
COMPARED = "احتلت المقاطعة المرتبة 30 في عام 2023 (بزيادة 11 مركزًا مقارنة بعام 2022)."
PROJECTS = "تم تنفيذ 20/31 مشروعًا و49 مهمة؛ لم يتم تنفيذ 7 مشاريع و16 مهمة؛ تم اقتراح إزالة 4 مشاريع."


@pytest.fixture
def library(seeds: Assistant) -> Library:
    return seeds.live.current()


def bold(library: Library, asked: str, text: str) -> str | None:
    """What is marked in ``text`` for a question."""
    question = understand(asked)
    found = marks(library, question, Matcher(library, question.words), text)
    assert len(found) <= 1
    return text[found[0].start : found[0].end] if found else None


@pytest.mark.parametrize(
    ("asked", "figure"),
    [
        ("ما مرتبة المقاطعة عام 2020؟", "27"),
        ("ما مرتبة المقاطعة عام 2021؟", "21"),
        ("كم مرتبة المقاطعة لعام 2022؟", "11"),
        ("ما مرتبة المقاطعة (٢٠٢١)؟", "21"),
        ("ما مرتبة المقاطعة عام 2019؟", None),
        ("ما مرتبة المقاطعة؟", None),
    ],
)
def test_the_figure_of_the_year_that_is_asked_for_is_bold(library: Library, asked: str, figure: str | None) -> None:
    assert bold(library, asked, RANKS) == figure
    assert bold(library, asked, RANKS.replace("،", "")) == figure, "without commas"


@pytest.mark.parametrize(
    ("asked", "text", "figure"),
    [
        ("ما مرتبة المقاطعة عام 2023؟", COMPARED, "30"),
        ("ما مرتبة المقاطعة عام 2022؟", COMPARED, None),
        ("كم بلغ عدد الجسور عام 2022؟", "بلغ عدد الجسور 41 جسرًا عام 2023 مقارنة بعام 2022.", None),
        ("كم بلغ عدد الجسور عام 2022؟", "في عام 2022، بلغ عدد الجسور 41، وفي عام 2023 بلغ 52.", "41"),
        ("كم بلغ عدد الجسور عام 2023؟", "بلغ عدد الجسور 41 في عام 2022 و52 في عام 2023.", "52"),
    ],
)
def test_a_year_that_a_figure_is_compared_with_is_not_its_own(
    library: Library, asked: str, text: str, figure: str | None
) -> None:
    assert bold(library, asked, text) == figure


@pytest.mark.parametrize(
    ("asked", "figure"),
    [
        ("كم مشروعا تم تنفيذه؟", "20/31"),
        ("كم مشروعا لم يتم تنفيذه؟", "7"),
        ("كم مشروعا لن يتم تنفيذه؟", "7"),
    ],
)
def test_a_negation_in_the_question_asks_for_the_clause_that_has_one(library: Library, asked: str, figure: str) -> None:
    assert bold(library, asked, PROJECTS) == figure


def test_a_share_of_those_who_do_is_never_bold_for_those_who_do_not(library: Library) -> None:
    text = "بلغت نسبة المنازل التي تستخدم الألياف الضوئية 88.9%."
    assert bold(library, "كم نسبة المنازل التي تستخدم الألياف الضوئية؟", text) == "88.9%"
    assert bold(library, "كم نسبة المنازل التي لا تستخدم الألياف الضوئية؟", text) is None


@pytest.mark.parametrize(
    ("asked", "text", "number"),
    [
        ("كم طنا من القمح أنتجت المقاطعة؟", "أنتجت المقاطعة 2.4 مليون طن من القمح.", "2.4 مليون طن"),
        ("كم بلغ عدد السكان؟", "بلغ عدد السكان مليونان ومئة ألف نسمة.", "مليونان ومئة ألف"),
        ("كم بلغ عدد السكان؟", "بلغ عدد السكان مليونين و300 ألف نسمة.", "مليونين و300 ألف"),
        ("كم مستشفى افتتحت المدينة؟", "افتتحت المدينة 135 مدرسة ومستشفى واحدا.", "ومستشفى واحدا"),
        ("كم مدرسة افتتحت المدينة؟", "افتتحت المدينة 135 مدرسة ومستشفى واحدا.", "135"),
        ("كم مدرسة بنيت في المدينة؟", "بنيت في المدينة خمس وعشرون مدرسة.", "خمس وعشرون"),
        ("كم مدرسة بنيت في المدينة؟", "بنيت في المدينة 2000 مدرسة عام 2021.", "2000"),
        ("كم نسبة الأسر المتصلة؟", "بلغت نسبة الأسر المتصلة 27 في المئة من 480 أسرة.", "27 في المئة"),
        ("كم تبلغ درجة الحرارة؟", "تتراوح درجة الحرارة بين 20 و32.", "20 و32"),
        ("كم مشروعا في الخطة؟", "تنص المادة 29 من الخطة على القرار رقم 57 ومشروع 36-NQ.", None),
    ],
)
def test_a_number_is_bold_with_all_of_its_words(library: Library, asked: str, text: str, number: str | None) -> None:
    assert bold(library, asked, text) == number


@pytest.mark.parametrize(
    ("asked", "text", "date"),
    [
        ("متى انتهت الحرب؟", "نشبت الحرب في 28 يوليو 1914، وانتهت الحرب في 11 نوفمبر 1918.", "11 نوفمبر 1918"),
        ("متى ولد المهندس؟", "المهندس (11 ديسمبر 1911 - 30 أغسطس 2006) من أهل المدينة.", "11 ديسمبر 1911"),
        ("متى توفي المهندس؟", "المهندس (11 ديسمبر 1911 - 30 أغسطس 2006) من أهل المدينة.", "30 أغسطس 2006"),
        ("متى استوطنت الجزيرة؟", "استوطنت الجزيرة في 874م.", "874م"),
        ("متى أسست الدولة؟", "أسست الدولة واستمرت 600 سنة.", None),
        ("متى تقدم خطة التنمية؟", "تقدم خطة الفترة 2025-2030 إلى المجلس في سبتمبر 2025.", "سبتمبر 2025"),
    ],
)
def test_a_date_is_bold_with_all_of_its_words(library: Library, asked: str, text: str, date: str | None) -> None:
    assert bold(library, asked, text) == date


@pytest.mark.parametrize(
    ("asked", "text", "name"),
    [
        (
            "من نائب رئيس اللجنة الشعبية؟",
            "قال نائب رئيس اللجنة الشعبية، نجوين مينه لوان، إن العمل بدأ.",
            "نجوين مينه لوان",
        ),
        ("من رئيس اللجنة الشعبية؟", "قال نائب رئيس اللجنة الشعبية، نجوين مينه لوان، إن العمل بدأ.", None),
        ("من رئيس اللجنة الشعبية؟", "قال رئيس اللجنة الشعبية إن المقاطعة تنمو، ويحقق اختراقات، ثم عاد.", None),
    ],
)
def test_a_name_is_bold_only_for_the_office_asked_for(
    library: Library, asked: str, text: str, name: str | None
) -> None:
    assert bold(library, asked, text) == name


@pytest.mark.parametrize("asked", ["ماذا احتلت المقاطعة؟", "أين احتلت المقاطعة المرتبة 27؟"])
def test_where_nothing_is_certain_nothing_is_bold(library: Library, asked: str) -> None:
    assert bold(library, asked, RANKS) is None


TOKENS = (
    "كم عدد متى من رئيس نائب ، . ( ) % / - 27 ٣١ 2020 عام مليون ألف ومئة واحد في المئة بين و لم مقارنة المرتبة "
    "سبتمبر 1911 السيد وانتهت قبل الميلاد H2"
).split()


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from("كم متى من".split()), st.lists(st.sampled_from(TOKENS)), st.lists(st.sampled_from(TOKENS)))
def test_whatever_stands_in_a_text_a_mark_lies_within_it(
    library: Library, kind: str, asked: list[str], text: list[str]
) -> None:
    marked = bold(library, f"{kind} {' '.join(asked)} المرتبة", " ".join(text))
    assert marked is None or marked.strip()
