from __future__ import annotations

import pytest

from index.document import Span
from retrieval.answer import Excerpt, NotFound
from retrieval.assistant import Assistant
from retrieval.evidence import Piece, Reader, Shares, evidence_of, together
from retrieval.matching import Matcher
from retrieval.question import understand
from tests.retrieval.conftest import MakeAssistant


def piece_of(assistant: Assistant, question: str, text: str) -> Piece:
    library = assistant.live.current()
    asked = understand(question)
    return Reader(library, asked, Matcher(library, asked.words)).piece(text, Span(100, 100 + len(text)))


def first(assistant: Assistant, question: str) -> Excerpt:
    reply = assistant.ask(question)
    assert not isinstance(reply, NotFound)
    return reply.excerpts[0]


@pytest.mark.parametrize(
    ("question", "near", "far"),
    [
        ("كم عدد المدارس؟", "بلغ عدد المدارس 75 مدرسة.", "المدارس في القرى البعيدة عن المدينة التي يسكنها 75 شخصا."),
        ("متى افتتح المتحف؟", "افتتح المتحف عام 1998.", "المتحف الذي زاره الطلاب والأهالي مع معلميهم عام 1998."),
        ("لماذا أغلق الطريق؟", "أغلق الطريق بسبب الثلوج.", "الطريق جميل والناس يمشون فيه كل صباح بسبب الهواء."),
        ("أين يقع المصنع؟", "المصنع في مدينة حمص.", "المصنع كبير وفيه عمال كثيرون جاؤوا قبل أعوام من مدينة حمص."),
        ("من بنى الجسر؟", "بنى الجسر أوستن ليكوفسكي.", "الجسر طويل وتمر عليه السيارات كل يوم ثم أوستن ليكوفسكي."),
    ],
)
def test_what_is_asked_for_counts_most_beside_the_words_of_the_question(
    seeds: Assistant, question: str, near: str, far: str
) -> None:
    assert piece_of(seeds, question, near).clues.near > piece_of(seeds, question, far).clues.near > 0


def test_a_number_of_the_question_itself_is_no_answer(seeds: Assistant) -> None:
    clues = piece_of(seeds, "كم بلغ العدد بين 2020 و2023؟", "بلغ العدد في 2020 و2023 حدا كبيرا.").clues
    assert (clues.number, clues.near) == (False, 0.0)


def test_a_definition_begins_with_what_is_defined(seeds: Assistant) -> None:
    question = "ما هي الرقمنة؟"
    told = [
        "الرقمنة هي نقل السجلات إلى الحاسوب.",
        "الرقمنة تحتاج إلى تدريب طويل.",
        "يحتاج الموظفون في المكاتب إلى الرقمنة.",
    ]
    assert [piece_of(seeds, question, text).clues.definition for text in told] == [1.0, 0.5, 0.0]
    assert piece_of(seeds, "كم نسبة الرقمنة؟", told[0]).clues.definition == 0.0


def test_neighbouring_words_of_the_question_count_in_its_order(seeds: Assistant) -> None:
    question = "هل تحسن التحول الرقمي؟"
    in_order, turned = "التحول الكبير الرقمي", "الرقمي التحول"
    assert sum(piece_of(seeds, question, in_order).order) == 1.0
    assert sum(piece_of(seeds, question, turned).order) == 0.0


def test_order_counts_in_full_where_every_pair_stands_together(seeds: Assistant) -> None:
    matcher = Matcher(seeds.live.current(), ("مجلس", "الشعب", "الاقليمي"))
    assert matcher.order((1.0, 1.0, 0.0)) == pytest.approx(1.0)
    assert 0.0 < matcher.order((1.0, 0.0, 0.0)) < 1.0
    assert Matcher(seeds.live.current(), ("مجلس",)).order((0.0,)) == 0.0


def test_a_window_starts_with_the_question_only_in_its_first_words(seeds: Assistant) -> None:
    question = "ما أسعار الخبز؟"
    early = piece_of(seeds, question, "ارتفعت أسعار الخبز في السوق.")
    late = piece_of(seeds, question, "قال التجار في السوق أمس إن الخبز غال.")
    evidence = [
        evidence_of(Shares(1, 1, 1, 1), one, together(one.clues, other.clues), other_year=False)
        for one, other in ((early, late), (late, early))
    ]
    assert evidence[0].start > 0.0
    assert evidence[1].start == 0.0


def test_a_piece_of_another_year_than_the_question_names_it(seeds: Assistant) -> None:
    texts = ("بلغ 5 عام 2021.", "بلغ 7 عام 2022.", "بلغ 7.")
    pieces = [piece_of(seeds, "كم بلغ العدد عام 2021؟", text) for text in texts]
    assert [each.names_other_than(frozenset(["2021"])) for each in pieces] == [False, True, False]
    assert [
        evidence_of(Shares(1, 1, 1, 1), pieces[0], pieces[0].clues, other_year=no).other_year for no in (False, True)
    ] == [0, 1]


def test_the_heading_tells_what_sentences_are_about_that_do_not_name_it(assistant_of: MakeAssistant) -> None:
    assistant = assistant_of(
        {
            "a.txt": "محطة البدر للكهرباء\nافتتحت أول مرة في الريف الشمالي. بلغت كلفتها 70 مليون دينار.",
            "b.txt": "محطة النور للكهرباء\nافتتحت أول مرة في الريف الشرقي. بلغت كلفتها 95 مليون دينار.",
        }
    )
    assert "70 مليون" in first(assistant, "كم بلغت كلفة محطة البدر؟").text
    assert "95 مليون" in first(assistant, "كم بلغت كلفة محطة النور؟").text


def test_of_equally_good_windows_the_longest_is_quoted(assistant_of: MakeAssistant) -> None:
    assistant = assistant_of({"a.txt": "يقع المرصد الفلكي فوق جبل السماء. منه ترى القرى كلها. يزوره الطلاب شتاء."})
    assert first(assistant, "أين يقع المرصد الفلكي؟").text.endswith("يزوره الطلاب شتاء.")
