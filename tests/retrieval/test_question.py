from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import analysed
from retrieval.courtesy import courtesy_alone
from retrieval.question import LONGEST, Kind, understand
from tests.reports import SEEDS


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ("كم بلغت نسبة المنازل؟", Kind.HOW_MANY),
        ("ما عدد سكان المقاطعة؟", Kind.HOW_MANY),
        ("ما ترتيب خان هوا؟", Kind.HOW_MANY),
        ("متى يبدأ التشغيل؟", Kind.WHEN),
        ("في أي عام صدر القرار؟", Kind.WHEN),
        ("ما الموعد النهائي؟", Kind.WHEN),
        ("من ألقى الكلمة؟", Kind.WHO),
        ("أين أُنشئت الفرق؟", Kind.WHERE),
        ("من أين جاء الوفد؟", Kind.WHERE),
        ("لماذا تأخر التنفيذ؟", Kind.WHY),
        ("ما سبب التأخر؟", Kind.WHY),
        ("هل تأخرت المقاطعة؟", Kind.YES_NO),
        ("ما القيود؟", Kind.LIST),
        ("اذكر الصعوبات", Kind.LIST),
        ("عدّد الصعوبات", Kind.LIST),
        ("ما هي التحديات التي تواجه المقاطعة؟", Kind.LIST),
        ("ما هو التحول الرقمي؟", Kind.DEFINITION),
        ("ماهي الحوسبة السحابية", Kind.DEFINITION),
        ("ما معنى السلام؟", Kind.DEFINITION),
        ("ماذا تعني الحوكمة؟", Kind.DEFINITION),
        ("ما عاصمة فرنسا؟", Kind.WHAT),
        ("من خلال أي عملية تطورت؟", Kind.WHAT),
        ("على بعد 10 كم ما المدينة؟", Kind.WHAT),
        ("كيف نفذت الخطة؟", Kind.WHAT),
        ("في عام 2023، كم بلغت النسبة؟", Kind.HOW_MANY),
        ("من كم محافظة تتألف سوريا؟", Kind.HOW_MANY),
        ("وما هي النسبة المئوية؟", Kind.HOW_MANY),
        ("عدد سكان لونغ آن", Kind.HOW_MANY),
        ("استمر المشروع حتى متى؟", Kind.WHEN),
        ("كم الساعة؟", Kind.WHEN),
        ("مع من وقعت المقاطعة الاتفاق؟", Kind.WHO),
        ("القرار صدر عن من؟", Kind.WHO),
        ("أي وزير زار المقاطعة؟", Kind.WHO),
        ("في أي دولة يقع المركز؟", Kind.WHERE),
        ("سبب تأخر المشروع", Kind.WHY),
        ("في رأي الوزارة، هل تأخرت؟", Kind.YES_NO),
        ("لم تأخر التنفيذ؟", Kind.WHY),
        ("لم تأخرت المشاريع؟", Kind.WHY),
        ("لم لا تنفذ الخطة؟", Kind.WHY),
        ("لم ارتفعت المرتبة؟", Kind.WHY),
        ("لم ترتفع المرتبة؟", Kind.WHAT),
        ("لم يتم تنفيذ كم مشروع؟", Kind.HOW_MANY),
        ("في أي عقد تأسست المدينة؟", Kind.WHEN),
        ("ما العقد الذي تأسست فيه المدينة؟", Kind.WHEN),
        ("ما عقد التوريد الذي وقعته المقاطعة؟", Kind.WHAT),
        ("أي عقد وقعته المقاطعة؟", Kind.WHAT),
    ],
)
def test_the_question_word_tells_the_kind(asked: str, kind: Kind) -> None:
    assert understand(asked).kind is kind


def test_words_are_folded_content_words_each_once() -> None:
    assert understand("ما هي مرتبة المرتبة مرتبة في عام ٢٠٢٠؟").words == ("مرتبه", "المرتبه", "عام", "2020")


def test_space_and_bullets_around_a_question_do_not_count() -> None:
    assert understand(" - ما\n\tالقيود؟ ").understood == "ما القيود؟"


def test_a_question_that_is_too_long_is_cut_and_says_so() -> None:
    question = understand("كم " * 50_000)
    assert question.is_cut
    assert len(question.understood) <= LONGEST
    assert not understand("كم " * 10).is_cut


@given(st.text())
def test_whatever_is_typed_is_understood_somehow(asked: str) -> None:
    question = understand(asked)
    assert question.asked == asked
    assert question.is_empty or question.language is not None


@given(
    st.lists(st.sampled_from("السلام عليكم لو سمحت ممكن تقولي كم شو ايه عن معنى شكرا وشكرا جزيلا ، ؟ يا اخي 5".split()))
)
def test_no_padding_leaves_nothing_of_a_question(words: list[str]) -> None:
    question = understand(" ".join(words))
    assert bool(question.words) == bool(analysed(" ".join(words)))
    assert set(question.understood) <= {*question.asked, "؟"}


@pytest.mark.parametrize(
    "asked",
    [
        "السلام عليكم، لو سمحت ممكن تقولي {} وشكرا",
        "السلام عليكم ورحمة الله وبركاته\n{} وجزاكم الله خيرا",
        "مرحبا، {} شكرا لكم",
        "صباح الخير {}",
        "هل يمكنك أن تخبرني {} من فضلك؟",
        "عندي سؤال: {}",
        "بدي اعرف {}",
        "عايز أعرف {} لو سمحت",
        "يا جماعة {} الله يعطيكم العافية",
        "أريد أن أعرف {}",
        "من فضلك قل لي {} شكرا جزيلا",
        "هل تعرف {}",
        "رجاءً، {} مع الشكر",
        "يا أخي العزيز، عندي سؤال: {}",
        "يا دليل، {}",
        "مرحبا يا دليل، {}",
        "مرحبا، يا جماعة الخير، طيب، {}",
        "هلا والله {}",
        "هلا والله، كيف الحال؟ {}",
        "حضرة المسؤول المحترم، {}",
        "السيد المدير المحترم، {} شكرا لك، مع السلامة",
        "لو تكرمتوا {} والله يعطيكم العافية",
        "السلام عليكم، كيف الحال يا أخي؟ ممكن سؤال: {} شكرا",
    ],
)
def test_courtesy_is_no_part_of_the_question(asked: str) -> None:
    bare = "كم بلغت نسبة المنازل في لونغ آن؟"
    question = understand(asked.format(bare))
    assert question.understood == bare
    assert (question.kind, question.words) == (Kind.HOW_MANY, understand(bare).words)
    assert question.asked == asked.format(bare)


@pytest.mark.parametrize(
    "asked",
    [
        "ما معنى السلام؟",
        "ما هو كتاب شكرا؟",
        "ما معنى شكرا",
        "سلام فياض من هو؟",
        "السلام العالمي متى تحقق؟",
        "هل يمكن تغيير العنوان؟",
        "هل تعرف المقاطعة نموا؟",
        "كيف يتعامل الأمن العام مع السلامة؟",
        "كيف الحال في خان هوا؟",
        "من كتب رواية الحرب والسلام؟",
        "تعلم كيف تتفاعل الحشرات؟",
        "من هو السيد المحترم، ومتى ولد؟",
        "يا جبال الشمال الشرقي متى نزل الثلج؟",
        "السلام عليكم",
        "السلام عليكم ما معناها؟",
        "شكرا",
        "لو سمحت",
        "مرحبا",
    ],
)
def test_what_a_question_is_about_is_never_taken_for_courtesy(asked: str) -> None:
    assert understand(asked).understood == asked


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        *(
            (f"{word} نسبة البيوت؟", Kind.HOW_MANY)
            for word in ("قديش", "اديش", "كام", "شحال", "شكد", "قداش", "شو", "إيش", "وش")
        ),
        *((f"{word} بدأ التشغيل؟", Kind.WHEN) for word in ("امتى", "إمتى", "امتا", "إيمتى", "وقتاش", "فوقاش")),
        *((f"{word} تأخر المشروع؟", Kind.WHY) for word in ("ليش", "ليه", "علاش", "وليش", "لييييش")),
        *((f"{word} تقع المقاطعة؟", Kind.WHERE) for word in ("وين", "فين", "منين", "ووين")),
        *((f"{word} رئيس اللجنة؟", Kind.WHO) for word in ("مين", "منو", "شكون")),
        *((f"{word} نفذت الخطة؟", Kind.WHAT) for word in ("ازاي", "إزاي", "شلون", "كيفاش", "شنو")),
        ("شو هو التحول الرقمي؟", Kind.DEFINITION),
        ("يعني ايه التحول الرقمي؟", Kind.DEFINITION),
        ("التحول الرقمي يعني إيه؟", Kind.DEFINITION),
        ("نسبة البيوت اللي عندها نت كام؟", Kind.HOW_MANY),
        ("السعر بكام؟", Kind.HOW_MANY),
        ("المقاطعة مساحتها قد ايه؟", Kind.HOW_MANY),
        ("القرار صدر امتى", Kind.WHEN),
        ("المركز فين؟", Kind.WHERE),
        ("المشروع اتأخر ليه؟", Kind.WHY),
        ("رئيس اللجنة مين؟", Kind.WHO),
        ("هو مين رئيس اللجنة؟", Kind.WHO),
        ("في انهي سنة صدر القرار؟", Kind.WHEN),
    ],
)
def test_the_question_words_of_dialects_tell_the_kind(asked: str, kind: Kind) -> None:
    assert understand(asked).kind is kind
    assert understand(f"السلام عليكم {asked}").kind is kind


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("شو نسبة البيوت اللي فيها نت؟", ("نسبه", "البيوت", "فيها", "نت")),
        ("وين المركز تبع المقاطعة", ("المركز", "المقاطعه")),
        ("شو عم تعمل المقاطعة", ("تعمل", "المقاطعه")),
        ("ايه هي الصعوبات بتاعة المشروع ده؟", ("الصعوبات", "المشروع")),
        ("ماهو المؤشر", ("الموشر",)),
        ("كم آية في السورة؟", ("ايه", "السوره")),
        ("من هو برنارد شو؟", ("برنارد", "شو")),
        ("مين هو شي جين بينغ؟", ("شي", "جين", "بينغ")),
        ("من هو عم الرئيس؟", ("عم", "الرييس")),
        ("ما عاصمة تبع؟", ("عاصمه", "تبع")),
    ],
)
def test_little_words_of_dialects_do_not_count_and_names_like_them_do(asked: str, words: tuple[str, ...]) -> None:
    assert understand(asked).words == words


@given(st.text())
def test_standard_arabic_is_never_empty_where_the_question_is_not(asked: str) -> None:
    question = understand(asked)
    assert bool(question.words) == bool(analysed(question.understood))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("أين أُنشئت الفرق؟", "اين انشئت الفرق"),
        ("ما نسبة المقاطعة؟", "ما نسبه المقاطعه؟"),
        ("في الرقمي", "فى الرقمى"),
        ("متى عام 2023؟", "متي عام ٢٠٢٣؟"),
    ],
)
def test_spellings_that_differ_by_hamzas_endings_and_digits_are_one(one: str, other: str) -> None:
    assert understand(one).words == understand(other).words
    assert understand(one).kind is understand(other).kind


@pytest.mark.parametrize("order", ["زودني ب{}", "هات {}", "أعطني {}", "ممكن تعطيني {}", "من فضلك أعطني {}"])
def test_an_order_to_tell_an_amount_asks_how_much(order: str) -> None:
    question = understand(order.format("نسبة المنازل المتصلة"))
    assert (question.understood, question.kind) == ("نسبة المنازل المتصلة", Kind.HOW_MANY)


@pytest.mark.parametrize(
    ("said", "courtesy"),
    [
        ("السلام عليكم", "peace"),
        ("السلام عليكم ورحمة الله وبركاته", "peace"),
        ("مرحبا يا دليل", "greeting"),
        ("صباح الخير! كيف الحال؟", "greeting"),
        ("شكرا جزيلا لك", "thanks"),
        ("تمام، شكرا على المساعدة", "thanks"),
        ("والله يعطيكم العافية", "thanks"),
        ("شكرا لك يا أخي، مع السلامة", "goodbye"),
        ("عندي سؤال", "request"),
        ("لو سمحت", "request"),
        ("سلام فياض", None),
        ("السلام العالمي", None),
        ("ما معنى شكرا", None),
        ("يا دليل", None),
    ],
)
def test_courtesy_alone_is_told_from_questions(said: str, courtesy: str | None) -> None:
    assert courtesy_alone(said) == courtesy
    assert understand(said).is_empty == (courtesy is not None)


@pytest.mark.parametrize("said", ["ما", "كم؟", "لماذا؟", "ما هو؟", "شو"])
def test_a_question_word_alone_asks_nothing(said: str) -> None:
    assert understand(said).is_empty


ABOUT = st.sampled_from(
    "المقاطعة السلامة الأمن الشكر السلام الحال الخير العافية المشروع الطيب سؤال الحرب 2023 شبكة".split()
)


@given(
    st.sampled_from(("ما نسبة", "كم عدد", "متى بدأت", "كيف تتعامل", "من يدير", "لماذا تأخرت", "هل تحققت")),
    st.lists(ABOUT, min_size=1, max_size=4),
    st.sampled_from(("مع", "و", "في", "عن", "أو")),
    st.lists(ABOUT, min_size=1, max_size=3),
)
def test_nothing_that_a_question_is_about_is_left_out(ask: str, one: list[str], between: str, other: list[str]) -> None:
    asked = f"{ask} {' '.join(one)} {between} {' '.join(other)}؟"
    assert understand(asked).understood == asked


SAMPLES = tomllib.loads((SEEDS / "questions.toml").read_text("utf-8"))["question"]


@pytest.mark.parametrize("asked", [each["text"] for each in SAMPLES])
def test_the_sample_questions_keep_all_their_words(asked: str) -> None:
    assert understand(asked).understood == asked
    assert not understand(asked).is_empty
