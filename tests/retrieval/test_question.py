from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.question import LONGEST, Kind, understand


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
        ("ما القيود؟", Kind.WHAT),
        ("اذكر الصعوبات", Kind.WHAT),
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
    assert question.is_empty == (question.language is None)
