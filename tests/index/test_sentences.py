from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import Span
from index.sentences import cut, sentences, trim
from tests.growth import spent
from tests.index.material import REPORTS, text


def parted(written: str) -> list[str]:
    return [written[span.start : span.end] for span in spans(written)]


def spans(written: str) -> list[Span]:
    return sentences(written, Span(0, len(written))) if written else []


def pieces(written: str, longest: int) -> list[str]:
    return [written[piece.start : piece.end] for piece in cut(written, Span(0, len(written)), longest)]


@pytest.mark.parametrize(
    "whole",
    [
        ["أقر المجلس الخطة.", "بدأ التنفيذ."],
        ["متى بدأ التنفيذ؟", "بدأ في يناير."],
        ["أُنشئ مركز؛", "وصندوق؛", "وجمعية."],
        ["عُقد الاجتماع…", "ثم انتهى."],
        ["عُقد الاجتماع...", "ثم انتهى."],
        ["عجبًا!!", "من قال؟!", "لا أحد."],
        ["قال: «أقررنا الخطة.»", "ثم غادر."],
        ["(انظر الملحق.)", "وبعد ذلك غادر."],
        ['قال: "أقررنا الخطة."', "ثم غادر."],
        ["بلغت النسبة 93.21%.", "وبلغ العدد 1.2.3 مرة."],
        ["بلغت النسبة ٩٣٫٢١٪ وكانت ٨٨.٩.", "ثم ارتفعت."],
        ["التقى د. أحمد م. خالد في ص.ب. 12 أمس.", "ثم غادر."],
        ["قال د. أحمد ود. سعاد وأ.د. هدى ذلك.", "ووافق أ. د. عمر."],
        ["كان ذلك عام 300 ق.م. تقريبًا.", "ثم تغير."],
        ["Dr. Smith met Mr. Jones vs. No. 5 in the U.S. capital.", "Then he left."],
        ["الموقع https://www.gov.vn/a.b?c=1.2 مفيد.", "زوروه."],
        ["زوروا www.example.org.", "ثم عودوا."],
        ["راسلوا info@example.org أو a.b@c.de.", "شكرًا."],
        ["يعمل عبر NQ.TW و example.com أيضًا.", "نعم."],
        ["1. مقدمة عامة.", "وبعد."],
        ["١. مقدمة عامة.", "وبعد."],
        ["日本語。", "終わり。"],
    ],
    ids=lambda whole: whole[0][:20],
)
def test_sentences_end_where_a_reader_pauses(whole: list[str]) -> None:
    assert parted(" ".join(whole)) == whole


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("انتهى التقرير.وقال الوزير ذلك.", ["انتهى التقرير.", "وقال الوزير ذلك."]),
        ("بلغ العدد 57.وقال الوزير ذلك.", ["بلغ العدد 57.", "وقال الوزير ذلك."]),
        ("بلغ العدد 57.3 في المئة", ["بلغ العدد 57.3 في المئة"]),
        ("بلغ ٥٧.٣ في المئة", ["بلغ ٥٧.٣ في المئة"]),
    ],
)
def test_a_space_that_was_forgotten_after_a_full_stop_is_seen(written: str, whole: list[str]) -> None:
    assert parted(written) == whole


def test_a_line_ends_a_sentence_without_a_full_stop() -> None:
    assert parted("عنوان التقرير\nأقر المجلس الخطة. بدأ التنفيذ\n\n- بند أول\n- بند ثان\n") == [
        "عنوان التقرير",
        "أقر المجلس الخطة.",
        "بدأ التنفيذ",
        "- بند أول",
        "- بند ثان",
    ]


WRAPPED = """\
عقد المجلس اجتماعه السنوي في مدينة تاي نينه يوم الخميس
بحضور ممثلي الإدارات كافة. وناقش المجتمعون خطة العمل التي
أعدتها اللجنة في العام الماضي وقرروا تأجيل النظر فيها إلى
الشهر القادم.

وفي الفقرة الثانية من جدول الأعمال عرض الرئيس التقرير
السنوي على الحاضرين. ثم انتهى الاجتماع.
"""


def test_lines_wrapped_at_a_fixed_width_do_not_end_sentences() -> None:
    assert [" ".join(sentence.split()) for sentence in parted(WRAPPED)] == [
        "عقد المجلس اجتماعه السنوي في مدينة تاي نينه يوم الخميس بحضور ممثلي الإدارات كافة.",
        "وناقش المجتمعون خطة العمل التي أعدتها اللجنة في العام الماضي وقرروا تأجيل النظر فيها إلى الشهر القادم.",
        "وفي الفقرة الثانية من جدول الأعمال عرض الرئيس التقرير السنوي على الحاضرين.",
        "ثم انتهى الاجتماع.",
    ]


def test_only_the_asked_span_is_parted() -> None:
    written = "أولًا. ثانيًا. ثالثًا."
    found = sentences(written, Span(written.index("ثانيًا"), len(written) - 2))
    assert [written[span.start : span.end] for span in found] == ["ثانيًا.", "ثالثً"]


@given(text)
def test_sentences_are_in_order_trimmed_and_hold_all_that_is_written(written: str) -> None:
    found = spans(written)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(span == trim(written, span.start, span.end) for span in found)
    assert "".join("".join(parted(written)).split()) == "".join(written.split())


@given(text, st.integers(min_value=1, max_value=60))
def test_pieces_are_short_enough_and_lose_nothing_but_white_space(written: str, longest: int) -> None:
    found = pieces(written, longest) if written else []
    assert all(0 < len(piece) <= longest and piece == piece.strip() for piece in found)
    assert "".join("".join(found).split()) == "".join(written.split())


def test_a_long_sentence_is_cut_at_a_clause_before_a_word() -> None:
    written = "أعلنت الوزارة خطتها الجديدة، وهي خطة طويلة تشمل المحافظات كلها"
    assert pieces(written, 40) == ["أعلنت الوزارة خطتها الجديدة،", "وهي خطة طويلة تشمل المحافظات كلها"]
    assert pieces(written, 20) == ["أعلنت الوزارة خطتها", "الجديدة، وهي خطة", "طويلة تشمل", "المحافظات كلها"]


def test_a_word_longer_than_a_piece_is_cut_inside() -> None:
    assert pieces("ا" * 25, 10) == ["ا" * 10, "ا" * 10, "ا" * 5]


def test_a_short_sentence_is_one_piece() -> None:
    assert pieces("  أقر المجلس الخطة. ", 20) == ["أقر المجلس الخطة."]


@pytest.mark.parametrize(
    "unit",
    [
        "a.",
        "a.-",
        "-.",
        "a@",
        "a-",
        "@.",
        "a@a.-",
        "http://",
        "www.!",
        "د. ",
        "1.",
        ".»",
        "!",
        " \n",
        "ا",
        " - ",
        "ا\n",
        "«",
    ],
)
def test_time_grows_no_faster_than_hostile_text(unit: str) -> None:
    def cut_up(size: int) -> None:
        written = unit * (size // len(unit))
        spans(written)
        pieces(written, 1_200)

    little, much = (spent(lambda size=size: cut_up(size)) for size in (20_000, 160_000))
    assert much < 32 * little  # eight times the text; a square would be 64


@pytest.mark.parametrize(
    "written",
    ["a." * 2**20, "a.a" + "-.-" * 2**18, "ا" * 5_000_000, (REPORTS[0].replace("\n", " ") + " ") * 100],
    ids=["dots", "no address", "one word", "one line"],
)
def test_a_hostile_line_of_megabytes_loses_nothing(written: str) -> None:
    found = [piece for span in spans(written) for piece in cut(written, span, 1_200)]
    assert max(piece.end - piece.start for piece in found) <= 1_200
    assert sum(len(written[piece.start : piece.end].split()) for piece in found) >= len(written.split())
    assert sum(piece.end - piece.start for piece in found) == len(written.strip()) - sum(
        b.start - a.end for a, b in pairwise(found)
    )
