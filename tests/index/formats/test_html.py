from __future__ import annotations

import datetime as dt
import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.document import Extracted
from index.errors import SourceError
from index.formats.html import Html

PARAGRAPH = "بلغت كمية المياه المعالجة في المحافظات أربعين مليون متر مكعب سنة 2023، كما جاء في التقرير السنوي."


def read(page: str | bytes) -> Extracted:
    return Html().read(page.encode("utf-8") if isinstance(page, str) else page, name="page.html")


def text(body: str) -> str:
    return read(f"<!doctype html><html><head><title>عنوان</title></head><body>{body}</body></html>").text


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("<h1>عنوان</h1><p>فقرة\n   على\n سطرين</p><div>قسم</div>", "عنوان\nفقرة على سطرين\nقسم"),
        ("<p>كلمة <b>مهمة</b>جدا<br>سطر", "كلمة مهمةجدا\nسطر"),
        ("<ul><li>أول<li>ثان<ol><li>فرعي</ol></ul>", "أول\nثان\nفرعي"),
        ("<dl><dt>مصطلح<dd>معناه</dl>", "مصطلح\nمعناه"),
        ("<p>&quot;نص&quot; &amp; &#1605;&#x645;&nbsp;ن", '"نص" & مم ن'),
        ("<pre>سطر\nسطر</pre>", "سطر\nسطر"),
        ("قبل<script>x='</b>'</script><style>p{}</style><!-- خفي --><noscript>ن</noscript>بعد", "قبلبعد"),
        ("<nav>قائمة</nav><header>شعار</header>نص<aside>جانب</aside><footer>حقوق</footer>", "نص"),
        ("<template><p>قالب</p></template><svg><text>رسم</text></svg><p>نص", "نص"),
        ("<p hidden>خفي</p><p style='color:red; DISPLAY : none'>خفي</p><dialog>خفي</dialog><p>نص", "نص"),
        ("<form>بحث <input value=x><select><option>خيار</select></form><p>نص طويل هنا", "نص طويل هنا"),
        ("كل\N{SOFT HYPHEN}مة\N{ZERO WIDTH NO-BREAK SPACE}", "كلمة"),
    ],
)
def test_only_what_a_reader_sees_is_text(body: str, shown: str) -> None:
    assert text(body) == shown


@pytest.mark.parametrize(
    ("table", "lines"),
    [
        ("<tr><th>السنة<th>العدد<tr><td>2022<td>15", ["السنة | العدد", "2022 | 15"]),
        ("<tr><td>أ<td><td>ج<tr><td><td>ب<tr><td>د<td><td>", ["أ | | ج", "| ب", "د"]),
        ("<tr><td colspan=2>مدمجة<td>أخرى", ["مدمجة | أخرى"]),
        ("<tr><td><p>سطر</p><p>سطر</p><td>خلية", ["سطر سطر | خلية"]),
        ("<tr><td><p>فقرة</p><p>فقرة</p>", ["فقرة", "فقرة"]),
        ("<caption>جدول 1</caption><tr><td>أ<td>ب", ["جدول 1", "أ | ب"]),
    ],
)
def test_a_table_gives_a_line_for_each_row(table: str, lines: list[str]) -> None:
    assert text(f"<table>{table}</table>").split("\n") == lines


def test_a_table_that_lays_out_the_page_gives_the_lines_of_its_cells() -> None:
    inner = "<table><tr><td>السنة<td>2022</table>"
    assert text(f"<table><tr><td>قائمة<td><p>أول<p>ثان{inner}</table>").split("\n") == [
        "قائمة",
        "أول",
        "ثان",
        "السنة | 2022",
    ]
    long_cell = "".join(f"<p>فقرة {number}" for number in range(6))
    assert text(f"<table><tr><td>قائمة<td>{long_cell}</table>").count("\n") == 6


@pytest.mark.parametrize("around", ["<article>{}</article>", "<main>{}</main>", "<div role=main>{}</div>"])
def test_the_main_part_is_taken_when_it_holds_most_of_the_text(around: str) -> None:
    page = "<div>مواضيع أخرى</div>" + around.format(f"<p>{PARAGRAPH}") + "<div>شارك</div>"
    assert text(page) == PARAGRAPH


def test_a_small_article_does_not_stand_for_the_page() -> None:
    assert text(f"<article>خبر</article><p>{PARAGRAPH}") == f"خبر\n{PARAGRAPH}"


def test_the_heading_of_an_article_belongs_to_it() -> None:
    page = f"<header>الموقع</header><article><header><h1>العنوان</h1></header><p>{PARAGRAPH}</article>"
    assert text(page) == f"العنوان\n{PARAGRAPH}"


def test_a_form_around_the_whole_page_is_the_page() -> None:
    assert text(f"<form><nav>{PARAGRAPH * 3}</nav><p>{PARAGRAPH}</form>") == PARAGRAPH


def test_a_menu_larger_than_the_article_is_still_a_menu() -> None:
    assert text(f"<nav>{'رابط ' * 500}</nav><p>{PARAGRAPH}") == PARAGRAPH


def test_a_page_inside_a_menu_that_is_never_closed_is_not_lost() -> None:
    assert text(f"<nav><p>{PARAGRAPH}") == PARAGRAPH


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>تقرير المياه</title>", "تقرير المياه"),
        ("<title>تقرير - وزارة</title>", "تقرير - وزارة"),
        (
            "<meta property=og:site_name content='وزارة'><title>تقرير - المياه | وزارة</title>",
            "تقرير - المياه",
        ),
        ("<meta property=og:title content='تقرير  المياه'><title>شيء آخر</title>", "تقرير المياه"),
        ("<title>العنوان الرئيس – بوابة الحكومة</title>", "العنوان الرئيس"),
        ("<title> </title>", "العنوان الرئيس"),
        ("", "العنوان الرئيس"),
    ],
)
def test_the_title_is_the_pages_own_without_the_site(head: str, title: str) -> None:
    assert read(f"<head>{head}</head><body><h1>العنوان الرئيس</h1><p>{PARAGRAPH}").title == title


@pytest.mark.parametrize(
    ("page", "day"),
    [
        ("<meta property=article:published_time content=2024-05-01T23:00:00+03:00>", dt.date(2024, 5, 1)),
        (
            '<script type=application/ld+json>{"@graph":[{"datePublished":"2023-01-09"}]}</script>',
            dt.date(2023, 1, 9),
        ),
        ("<body><main><p>" + PARAGRAPH + "<time datetime=2022-2-3>", dt.date(2022, 2, 3)),
        ("<p>" + PARAGRAPH + "<time datetime=2022-02-03></time> <time datetime=2022-02-04></time>", None),
        ("<time datetime=2022-02-03></time><time pubdate datetime=2022-02-04></time>", dt.date(2022, 2, 4)),
        ("<body><header><time datetime=2025-01-01></header><main>" + PARAGRAPH + "</main>", None),
        ("<meta property=article:published_time content='غير معروف'>", None),
        ("<meta property=article:published_time content=0001-01-01>", None),
        ("<script type=application/ld+json>" + "[" * 100_000 + "</script>", None),
        ('<script type=application/ld+json>{"datePublished": 5}</script>', None),
    ],
)
def test_the_day_of_publication_is_taken_only_where_it_is_stated(page: str, day: dt.date | None) -> None:
    assert read(f"{page}<p>{PARAGRAPH}").published == day


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ("<link rel=canonical href=https://a.example/تقرير>", "https://a.example/تقرير"),
        ("<meta property=og:url content=http://a.example/r>", "http://a.example/r"),
        (
            "<link rel=canonical href=/r><meta property=og:url content=https://a.example/r>",
            "https://a.example/r",
        ),
        ("<link rel=canonical href=javascript:alert(1)>", None),
        ("<link rel=canonical href='https://user:word@a.example/'>", None),
        ("<link rel=canonical href='https://a.example/\u202etxt'>", None),
        ("<link rel=canonical href='https://[x'>", None),
        ("", None),
    ],
)
def test_the_address_is_a_whole_web_address_or_none(head: str, url: str | None) -> None:
    assert read(f"<head>{head}</head><p>{PARAGRAPH}").url == url


@pytest.mark.parametrize("declared", ["windows-1256", "iso-8859-1", "utf-8", None])
def test_a_windows_1256_page_is_read_whatever_it_declares(declared: str | None) -> None:
    meta = f"<meta charset={declared}>" if declared else ""
    assert read(f"{meta}<p>{PARAGRAPH}".encode("cp1256")).text == PARAGRAPH


def test_the_declared_encoding_decides_where_there_is_little_arabic() -> None:
    page = "<meta http-equiv=Content-Type content='text/html; charset=windows-1256'><p>été à la fête من"
    assert read(page.encode("cp1256")).text == "été à la fête من"
    assert read("<meta charset=iso-8859-1><p>été à la fête".encode("cp1252")).text == "été à la fête"


def test_a_utf8_page_is_read_as_such_though_it_declares_another_encoding() -> None:
    assert read(f"<meta charset=windows-1256><p>{PARAGRAPH}").text == PARAGRAPH


@pytest.mark.parametrize("page", ["", "<p>", "<script>var a</script>", "<frameset><frame src=x></frameset>", "<p>123"])
def test_a_page_without_visible_letters_holds_no_text(page: str) -> None:
    with pytest.raises(SourceError, match="holds no text"):
        read(page)


def test_control_characters_and_surrogates_never_reach_the_text() -> None:
    found = text("<p>ا&#0;ب&#xD800;ج&#xDFFF;د&#27;[31m&#x85;و&#x1;ه</p>")
    assert not set(found) & set(map(chr, [*range(0x20), *range(0x7F, 0xA0), *range(0xD800, 0xE000)]))
    found.encode("utf-8")


def test_a_page_nested_deeper_than_python_recurses_is_read() -> None:
    assert text("<div>" * 5000 + "نص") == "نص"


@given(st.lists(st.text(st.sampled_from("ابتثج <>&\"'"), min_size=1), min_size=1))
def test_escaped_paragraphs_come_back_with_white_space_collapsed(paragraphs: list[str]) -> None:
    lines = [" ".join(paragraph.split()) for paragraph in paragraphs]
    if any(map(str.isalpha, "".join(lines))):
        body = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs)
        assert text(body) == "\n".join(filter(None, lines))


@given(st.text(max_size=300))
def test_any_markup_gives_text_or_a_refusal(page: str) -> None:
    try:
        found = read(page.encode("utf-8", "replace")).text
    except SourceError:
        return
    assert "\0" not in found
    found.encode("utf-8")
