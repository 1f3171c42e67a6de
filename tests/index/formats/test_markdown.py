from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import Extracted
from index.errors import SourceError
from index.formats.markdown import Markdown


def read(source: str) -> Extracted:
    return Markdown().read(source.encode("utf-8"), name="report.md")


def text(source: str) -> str:
    return read(source).text


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("# التقرير السنوي\n\nمقدمة", "التقرير السنوي\nمقدمة"),
        ("العنوان\n=======\n", "العنوان"),
        ("فقرة\nتمتد على\nثلاثة أسطر\n\nفقرة", "فقرة تمتد على ثلاثة أسطر\nفقرة"),
        ("كلمة **مهمة** و*مائلة* و~~محذوفة~~ و`رمز`", "كلمة مهمة ومائلة ومحذوفة ورمز"),
        ("- أول\n- ثان\n  - فرعي\n\n1. واحد", "أول\nثان\nفرعي\nواحد"),
        ("[الوزارة](https://mwe.example/x) و<https://a.example>", "الوزارة وhttps://a.example"),
        ("| السنة | العدد |\n|---|---|\n| 2022 | 15 |\n", "السنة | العدد\n2022 | 15"),
        ("> اقتباس\n> طويل", "اقتباس طويل"),
        ("قبل\n\n<!-- ملاحظة\nخفية -->\n\nبعد <!-- خفي --> الكل", "قبل\nبعد الكل"),
        ("```\nسطر أول\nسطر ثان\n```", "سطر أول\nسطر ثان"),
        ("<div>نص <b>ظاهر</b></div>\n\n<script>alert(1)</script>", "نص ظاهر"),
        ("سطر\\\nجديد", "سطر\nجديد"),
        (r"\*ليست\* مائلة &amp; كذا", "*ليست* مائلة & كذا"),
    ],
)
def test_the_marks_go_and_the_words_stay(source: str, shown: str) -> None:
    assert text(source) == shown


def test_the_first_heading_is_the_title() -> None:
    assert read("نص\n\n## تقرير *المياه*\n\n# آخر").title == "تقرير المياه"


def test_front_matter_gives_title_day_and_address_and_is_no_text() -> None:
    found = read(
        '---\ntitle: "تقرير: المياه"\ndate: 2024-03-05 # النشر\nurl: https://a.example/r\n'
        "tags:\n  - مياه\n- x\n---\n"
        "# عنوان آخر\n"
    )
    assert found == Extracted(
        text="عنوان آخر",
        title="تقرير: المياه",
        published=dt.date(2024, 3, 5),
        url="https://a.example/r",
    )


def test_what_only_looks_like_front_matter_is_text() -> None:
    assert text("---\nفقرة عادية تماما\n---\nبعد") == "فقرة عادية تماما\nبعد"
    assert text("---\ntitle: لا نهاية لها\n") == "title: لا نهاية لها"


def test_nonsense_in_the_front_matter_is_left_aside() -> None:
    found = read("---\ntitle: 12\ndate: 2024-99-99\nurl: javascript:alert(1)\n---\nنص")
    assert (found.title, found.published, found.url) == (None, None, None)


def test_many_blank_lines_before_an_open_front_matter_end_take_no_time() -> None:
    assert text("---\n" + "   \n" * 5000 + "نص") == "نص"


@pytest.mark.parametrize("source", ["", "\n\n", "---\ntitle: عنوان\n---\n", "<!-- خفي -->", "***"])
def test_a_file_without_visible_letters_holds_no_text(source: str) -> None:
    with pytest.raises(SourceError, match="holds no text"):
        read(source)


@given(st.lists(st.text(st.sampled_from("ابتثجحخدذ"), min_size=1), min_size=1))
def test_paragraphs_of_words_come_back_exactly(paragraphs: list[str]) -> None:
    assert text("\n\n".join(paragraphs)) == "\n".join(paragraphs)
