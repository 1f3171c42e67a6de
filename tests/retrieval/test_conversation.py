from __future__ import annotations

import json
import tomllib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.library import Library
from retrieval.answer import NotFound
from retrieval.assistant import Assistant
from retrieval.conversation import Conversation, Conversations, turn_of
from retrieval.following import complete
from retrieval.turns import REMEMBERED, Completed, Part, Turn
from tests.retrieval.conftest import SEEDS

NOW = 1_750_000_000.0  # June 2025
PROJECTS = "كم مشروعا لم يتم تنفيذه في خان هوا عام 2024؟"
SCHOOLS = "كم بلغ عدد المدارس الابتدائية في لونغ آن عام 2022؟"
RANK = "ما الترتيب الذي حققته لونغ آن عام 2021 في مؤشر التحول الرقمي؟"
SPEECH = "من ألقى الكلمة الختامية في لونغ آن؟"
DECREE = "متى صدر القرار رقم 57؟"
COMMITTEE = "متى اجتمعت اللجنة التوجيهية في خان هوا؟"
QUESTIONS: list[str] = [
    each["text"] for each in tomllib.loads((SEEDS / "questions.toml").read_text("utf-8"))["question"]
]


@pytest.fixture(scope="session")
def library(seeds: Assistant) -> Library:
    return seeds.live.current()


def completed(library: Library, asked: str, *earlier: str | Turn) -> Completed:
    turns = [each if isinstance(each, Turn) else Turn(each, NOW) for each in earlier]
    return complete(library, asked, turns, now=NOW + 5)


FOLLOW_UPS = [
    # another year
    (RANK, "وماذا عن 2022؟", "ما الترتيب الذي حققته لونغ آن عام 2022 في مؤشر التحول الرقمي؟"),
    (RANK, "طيب وعام ٢٠٢٠؟", "ما الترتيب الذي حققته لونغ آن عام 2020 في مؤشر التحول الرقمي؟"),
    (RANK, "2022", "ما الترتيب الذي حققته لونغ آن عام 2022 في مؤشر التحول الرقمي؟"),
    (SCHOOLS, "والسنة التي تليها؟", "كم بلغ عدد المدارس الابتدائية في لونغ آن عام 2023؟"),
    (SCHOOLS, "والسنة اللي بعدها؟", "كم بلغ عدد المدارس الابتدائية في لونغ آن عام 2023؟"),
    (SCHOOLS, "والعام السابق؟", "كم بلغ عدد المدارس الابتدائية في لونغ آن عام 2021؟"),
    (SCHOOLS, "وقبلها بسنتين؟", "كم بلغ عدد المدارس الابتدائية في لونغ آن عام 2020؟"),
    (SCHOOLS, "وبعد ذلك بثلاث سنوات؟", "كم بلغ عدد المدارس الابتدائية في لونغ آن عام 2025؟"),
    (SCHOOLS, "والعام الماضي؟", "كم بلغ عدد المدارس الابتدائية في لونغ آن عام 2024؟"),
    ("كم عدد المدارس في لونغ آن؟", "وفي عام 2022؟", "كم عدد المدارس في لونغ آن عام 2022؟"),
    # another place, however it is spelt, known or not
    (SCHOOLS, "وفي خان هوا؟", "كم بلغ عدد المدارس الابتدائية في خان هوا عام 2022؟"),
    (SCHOOLS, "وخانه هوا؟", "كم بلغ عدد المدارس الابتدائية في خانه هوا عام 2022؟"),
    (SCHOOLS, "طيب وبتاي نينه؟", "كم بلغ عدد المدارس الابتدائية في تاي نينه عام 2022؟"),
    (SCHOOLS, "وفي لاو كاي؟", "كم بلغ عدد المدارس الابتدائية في لاو كاي عام 2022؟"),
    (SCHOOLS, "وشو عن كا ماو؟", "كم بلغ عدد المدارس الابتدائية في كا ماو عام 2022؟"),
    (SCHOOLS, "ونفس السؤال عن كا ماو", "كم بلغ عدد المدارس الابتدائية في كا ماو عام 2022؟"),
    (SCHOOLS, "وخان هوا في 2023؟", "كم بلغ عدد المدارس الابتدائية في خان هوا عام 2023؟"),
    (SCHOOLS, "وفي خان هوا في السنة نفسها؟", "كم بلغ عدد المدارس الابتدائية في خان هوا عام 2022؟"),
    ("كم بلغت نسبة الفقر في لاو كاي؟", "وفي كون توم؟", "كم بلغت نسبة الفقر في كون توم؟"),
    # another question word
    (DECREE, "ولماذا؟", "لماذا صدر القرار رقم 57؟"),
    (DECREE, "وين؟", "أين صدر القرار رقم 57؟"),
    (SPEECH, "ومتى كان ذلك؟", "متى ألقى الكلمة الختامية في لونغ آن؟"),
    (PROJECTS, "لماذا؟", "لماذا لم يتم تنفيذ مشروع في خان هوا عام 2024؟"),
    ("ماذا اقترح الوزير؟", "ومتى؟", "متى اقترح الوزير ذلك؟"),
    ("ما القيود؟", "والسبب؟", "ما سبب القيود؟"),
    # another predicate, another thing counted or measured
    ("كم مشروعا نفذ في خان هوا عام 2024؟", "وكم لم ينفذ؟", "كم مشروعا لم ينفذ في خان هوا عام 2024؟"),
    (PROJECTS, "وكم مهمة؟", "كم مهمة لم يتم تنفيذها في خان هوا عام 2024؟"),
    (SCHOOLS, "وعدد الطلاب؟", "كم عدد الطلاب في لونغ آن عام 2022؟"),
    (SCHOOLS, "والنسبة؟", "كم بلغت نسبة المدارس الابتدائية في لونغ آن عام 2022؟"),
    (SCHOOLS, "والمستشفيات؟", "كم بلغ عدد المستشفيات في لونغ آن عام 2022؟"),
    (SCHOOLS, "وبالنسبة للمستشفيات؟", "كم بلغ عدد المستشفيات في لونغ آن عام 2022؟"),
    (SCHOOLS, "وماذا عن المستشفيات في خان هوا؟", "كم بلغ عدد المستشفيات في خان هوا عام 2022؟"),
    ("ما تصنيف الحكومة الرقمية في خان هوا؟", "والاقتصاد الرقمي؟", "ما تصنيف الاقتصاد الرقمي في خان هوا؟"),
    (DECREE, "والقرار رقم 36؟", "متى صدر القرار رقم 36؟"),
    ("كم بلغت ميزانية المشروع في كا ماو؟", "وبالدولار؟", "كم بلغت ميزانية المشروع في كا ماو بالدولار؟"),
    # pronouns and subjects left out
    (COMMITTEE, "ومن رئيسها؟", "من رئيس اللجنة التوجيهية في خان هوا؟"),
    (COMMITTEE, "وبماذا أوصت؟", "بماذا أوصت اللجنة التوجيهية في خان هوا؟"),
    (PROJECTS, "ومن رئيسها؟", "من رئيس خان هوا؟"),
    (PROJECTS, "كم عدد سكانها؟", "كم عدد سكان خان هوا؟"),
    (DECREE, "ومين أصدره؟", "من أصدر القرار رقم 57؟"),
    (DECREE, "وماذا يتضمن؟", "ماذا يتضمن القرار رقم 57؟"),
    ("ما الصعوبات التي تواجه لونغ آن؟", "وما سببها؟", "ما سبب الصعوبات التي تواجه لونغ آن؟"),
    (SPEECH, "وماذا قال؟", "ماذا قال من ألقى الكلمة الختامية في لونغ آن؟"),
    (SPEECH, "شو قال عن الصعوبات؟", "ماذا قال من ألقى الكلمة الختامية في لونغ آن عن الصعوبات؟"),
    ("متى تحدث نائب رئيس اللجنة في كا ماو؟", "وماذا طلب؟", "ماذا طلب نائب رئيس اللجنة؟"),
]


@pytest.mark.parametrize(("earlier", "asked", "question"), FOLLOW_UPS)
def test_a_follow_up_is_completed_from_the_question_before_it(
    library: Library, earlier: str, asked: str, question: str
) -> None:
    found = completed(library, asked, earlier)
    assert found.question == question
    assert found.is_follow_up


def test_a_completed_question_says_what_was_replaced(library: Library) -> None:
    assert completed(library, "وفي خان هوا؟", SCHOOLS).replaced == (Part.PLACE,)
    assert completed(library, "وخان هوا في 2023؟", SCHOOLS).replaced == (Part.PLACE, Part.YEAR)
    assert completed(library, "ولماذا؟", DECREE).replaced == (Part.QUESTION_WORD,)
    assert completed(library, "ومن رئيسها؟", COMMITTEE).replaced == (Part.REFERENT,)


def test_what_the_reply_quoted_stands_in_for_what_the_question_lacks(library: Library) -> None:
    quoted = Turn(DECREE, NOW, "a.txt", "خان هوا", ("2024",), "السيد نائب الوزير")
    assert completed(library, "وماذا قال؟", quoted).question == "ماذا قال السيد نائب الوزير؟"
    assert completed(library, "والعام التالي؟", quoted).question == "متى صدر القرار رقم 57 عام 2025؟"
    assert completed(library, "ومن رئيسها؟", quoted).question == "من رئيس خان هوا؟"
    said = completed(library, "وفي السنة نفسها كم مشروعا نفذت المقاطعة؟", quoted).question
    assert said == "كم مشروعا نفذت المقاطعة عام 2024؟"


def test_each_follow_up_builds_upon_the_completed_one_before(seeds: Assistant) -> None:
    conversation = Conversation(seeds)
    questions = [
        conversation.ask(asked, now=NOW + at).completed.question
        for at, asked in enumerate([RANK, "وفي 2022؟", "وخان هوا؟", "والسنة السابقة؟"])
    ]
    assert questions[1:] == [
        "ما الترتيب الذي حققته لونغ آن عام 2022 في مؤشر التحول الرقمي؟",
        "ما الترتيب الذي حققته خان هوا عام 2022 في مؤشر التحول الرقمي؟",
        "ما الترتيب الذي حققته خان هوا عام 2021 في مؤشر التحول الرقمي؟",
    ]


def test_a_follow_up_that_does_not_fit_the_last_question_fits_the_one_before(library: Library) -> None:
    assert completed(library, "ومن أصدره؟", DECREE, "هل تأخرت المقاطعة؟").question == "من أصدر القرار رقم 57؟"


ALONE = [
    "كم بلغت نسبة الأسر المتصلة بالإنترنت؟",
    "ومن ترأس لجنة الإسكان في كا ماو عام 2021؟",
    "وما هي مساحة إمارة الفجيرة؟",
    "طيب ما أسباب تأخر ترميم المدارس القديمة؟",
    "وزير الصحة",
    "نسبة الأسر المتصلة بالإنترنت",
    "ما القيود؟",
    "متى صدر القرار رقم 36؟",
    "أين تقع كا ماو؟",
    "ما هي المدينة التي يبلغ عدد سكانها مليونا؟",
    "كم بلغت الإيرادات مقارنة بالعام السابق؟",
    "ماذا حدث في عام 1990؟",
    "أيهما أكبر؟",
    "هل هناك المزيد؟",
    "والمصدر؟",
    "وماذا أيضا؟",
    "شكرا",
    "شكرا جزيلا",
    "السلام عليكم",
    "؟",
    "",
    "Hello",
    "لا",
]


@pytest.mark.parametrize("asked", ALONE)
@pytest.mark.parametrize("earlier", [SCHOOLS, PROJECTS, SPEECH, DECREE])
def test_a_question_that_stands_alone_is_left_as_it_is(library: Library, earlier: str, asked: str) -> None:
    assert completed(library, asked, earlier) == Completed(asked)


@pytest.mark.parametrize("first", QUESTIONS)
def test_no_question_of_the_samples_is_changed_by_another(library: Library, first: str) -> None:
    for second in QUESTIONS:
        for typed in (second, f"و{second}", f"طيب، {second}"):
            assert not completed(library, typed, first).is_follow_up, typed


CONTENT = st.sampled_from("المدارس الصعوبات التمويل القرى اللجنة الميزانية الطرق الأطباء السكان الموانئ".split())
VERBS = st.sampled_from("تحققت تأخرت ارتفعت بدأت زادت".split())
ASKING = st.sampled_from("متى أين لماذا كيف هل".split())
TURNS = st.lists(st.sampled_from([*QUESTIONS, SCHOOLS, PROJECTS, SPEECH, DECREE, COMMITTEE]), max_size=7)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(ASKING, VERBS, st.lists(CONTENT, min_size=2, max_size=4, unique=True), TURNS)
def test_a_question_with_its_own_predicate_and_words_is_never_changed(
    library: Library, asks: str, verb: str, words: list[str], earlier: list[str]
) -> None:
    asked = f"{asks} {verb} {words[0]} في {' و'.join(words[1:])}؟"
    assert completed(library, asked, *earlier) == Completed(asked)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=60), st.lists(st.text(max_size=60), max_size=3))
def test_whatever_was_typed_before_and_now_something_can_be_asked(
    library: Library, asked: str, earlier: list[str]
) -> None:
    found = completed(library, asked, *earlier)
    assert found.is_follow_up or found.question == asked


PIECES = (
    "و في خان هوا لونغ آن 2022 عام السنة التي تليها كم متى لماذا ماذا قال عن رئيسها النسبة عدد لم ينفذ ؟ من ما هي تم 57"
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.sampled_from(PIECES.split()), max_size=9), st.lists(st.sampled_from(PIECES.split()), max_size=12))
def test_pieces_of_questions_in_any_order_are_completed_or_left(
    library: Library, asked: list[str], earlier: list[str]
) -> None:
    found = completed(library, " ".join(asked), " ".join(earlier))
    assert found.is_follow_up or found.question == " ".join(asked)
    assert not found.is_follow_up or found.question.endswith("؟")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.integers(1950, 2090), st.integers(1950, 2090))
def test_any_year_takes_the_place_of_any_other(library: Library, before: int, after: int) -> None:
    question = completed(library, f"وماذا عن {after}؟", f"كم عدد المدارس في كا ماو عام {before}؟").question
    assert question == f"كم عدد المدارس في كا ماو عام {after}؟"


@pytest.mark.parametrize("earlier", ["قارن بين لونغ آن وخان هوا في الترتيب", "كم الفرق بين لونغ آن وكا ماو؟"])
def test_which_of_several_places_is_meant_is_not_guessed(library: Library, earlier: str) -> None:
    assert not completed(library, "وفي تاي نينه؟", earlier).is_follow_up


def test_old_turns_are_forgotten(library: Library) -> None:
    turns = [Turn(SCHOOLS, NOW)]
    assert complete(library, "وفي 2023؟", turns, now=NOW + 29 * 60).is_follow_up
    assert not complete(library, "وفي 2023؟", turns, now=NOW + 31 * 60).is_follow_up
    assert not complete(library, "وفي 2023؟", turns, now=NOW + 61, forgotten_after=60).is_follow_up
    assert not complete(library, "وفي 2023؟", [], now=NOW).is_follow_up


@given(
    st.builds(
        Turn,
        st.text(),
        st.floats(allow_nan=False, allow_infinity=False),
        st.none() | st.text(),
        st.none() | st.text(),
        st.lists(st.text()).map(tuple),
        st.none() | st.text(),
    )
)
def test_a_turn_comes_back_from_json_as_it_was(turn: Turn) -> None:
    assert Turn.from_json(json.loads(json.dumps(turn.as_json()))) == turn


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"question": "س"},
        {"question": 1, "at": 2},
        {"question": "س", "at": True},
        {"question": "س", "at": 1, "years": "2022"},
    ],
)
def test_what_is_no_turn_is_refused(value: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="turn"):
        Turn.from_json(value)


def test_a_turn_remembers_what_was_quoted(seeds: Assistant, library: Library) -> None:
    asked = "ما تصنيف الحكومة الرقمية في خانه هوا؟"
    turn = turn_of(library, Completed(asked), seeds.ask(asked), now=NOW)
    assert turn is not None
    assert (turn.question, turn.at, turn.place, turn.document) == (asked, NOW, "خان هوا", "003_527724e179317cff.txt")


@pytest.mark.parametrize(
    "asked", ["شكرا", "Hello, who are you?", "؟!", "طيب شكرا جزيلا", "وماذا أيضا؟", "هل هناك المزيد؟"]
)
def test_what_nobody_follows_up_is_no_turn(seeds: Assistant, asked: str) -> None:
    conversation = Conversation(seeds)
    conversation.ask(RANK, now=NOW)
    conversation.ask(asked, now=NOW + 1)
    assert [turn.question for turn in conversation.turns] == [RANK]
    assert conversation.ask("وفي 2022؟", now=NOW + 2).completed.is_follow_up


def test_the_reply_to_a_follow_up_says_what_was_typed_and_what_was_understood(seeds: Assistant) -> None:
    conversation = Conversation(seeds)
    conversation.ask(RANK, now=NOW)
    said = conversation.ask("وماذا عن 2022؟", now=NOW + 1)
    assert not isinstance(said.reply, NotFound)
    assert said.reply.circumstances.asked == "وماذا عن 2022؟"
    assert said.reply.circumstances.understood == said.completed.question
    assert "11" in said.reply.excerpts[0].text


def test_a_conversation_that_is_forgotten_begins_anew(seeds: Assistant) -> None:
    conversation = Conversation(seeds)
    conversation.ask(RANK, now=NOW)
    conversation.forget()
    assert not conversation.ask("وماذا عن 2022؟", now=NOW + 1).completed.is_follow_up


def test_a_conversation_keeps_its_last_turns_only(seeds: Assistant) -> None:
    conversation = Conversation(seeds)
    for at in range(REMEMBERED + 3):
        conversation.ask(f"كم عدد المدارس في كا ماو عام {2010 + at}؟", now=NOW + at)
    assert len(conversation.turns) == REMEMBERED
    assert str(2010 + REMEMBERED + 2) in conversation.turns[-1].question


def test_conversations_do_not_hear_each_other_and_the_longest_silent_is_forgotten(seeds: Assistant) -> None:
    conversations = Conversations(seeds, most=2)
    for name in ("one", "two"):
        conversations.ask(RANK, name=name, now=NOW)
    assert not conversations.ask("وفي 2022؟", name=None, now=NOW).completed.is_follow_up
    assert conversations.ask("وفي 2022؟", name="one", now=NOW).completed.is_follow_up
    assert not conversations.ask("وفي 2022؟", name="three", now=NOW).completed.is_follow_up  # "two" has to go
    assert not conversations.ask("وفي 2022؟", name="two", now=NOW).completed.is_follow_up


def test_a_question_without_an_answer_can_be_followed_up(seeds: Assistant) -> None:
    conversation = Conversation(seeds)
    assert isinstance(conversation.ask("كم نسمة في زنجبار؟", now=NOW).reply, NotFound)
    assert conversation.ask("وفي عام 2020؟", now=NOW + 1).completed.question == "كم نسمة في زنجبار عام 2020؟"
