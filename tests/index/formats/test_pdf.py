from __future__ import annotations

import contextlib
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.pdf import shares
from index.document import About, Document, Extracted, Fingerprint, Record
from index.errors import SourceError
from index.formats.pdf import Pdf
from index.stores.documents import DocumentWriter, FileDocuments
from tests.index.formats.drawn_pdf import WIDTH, Drawn, drawn

FILES = Path(__file__).parent / "files" / "pdf"
REPORT = (FILES / "report.txt").read_text(encoding="utf-8")
SENTENCE = "تم في هذا العام رفع نسبة الخدمات إلى المواطنين على كل المستويات من خلال الوزارة التي تعمل في المحافظة"


def read(name: str) -> Extracted:
    return Pdf().read((FILES / name).read_bytes(), name=name)


def text_of(*pages: list[Drawn]) -> str:
    return Pdf().read(drawn(*pages), name="drawn.pdf").text


def seen(line: str, *, right: float = 560, y: float = 700) -> Drawn:
    """A line of Arabic as it stands on paper, its right edge at ``right``."""
    glyphs = line[::-1]
    return right - len(glyphs) * WIDTH, y, glyphs


def reason(content: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        Pdf().read(content, name="r.pdf")
    assert caught.value.name == "r.pdf"
    return caught.value.reason


@pytest.mark.parametrize("pdf", sorted(FILES.glob("report-*.pdf")), ids=lambda pdf: pdf.stem)
def test_a_printed_report_comes_back_whole(pdf: Path) -> None:
    found = shares(REPORT, read(pdf.name).text)
    assert found.words >= 0.99
    assert found.pairs >= 0.98


@pytest.mark.parametrize("pdf", sorted(FILES.glob("report-*.pdf")), ids=lambda pdf: pdf.stem)
@pytest.mark.parametrize(
    "figure",
    [
        "١٣/١٩",
        "٣٧٦,٨٧٤",
        "20/31",
        "و49/87",
        "93.21%",
        "٥٠٪",
        "88.9%",
        "36-NQ/TW",
        "2025-2030",
        "12/05/2025",
        "1.jpg",
    ],
)
def test_figures_and_codes_of_a_printed_report_are_intact(pdf: Path, figure: str) -> None:
    assert re.search(rf"(?<![\d.,/-]){re.escape(figure)}(?![\d.,/-]\d)", read(pdf.name).text)


def test_paragraphs_are_lines_of_text() -> None:
    lines = read("report-chromium-Amiri-plain.pdf").text.split("\n")
    assert lines == REPORT.strip().split("\n")


def test_a_table_gives_a_line_for_each_row_even_where_a_cell_wraps() -> None:
    assert read("table.pdf").text.split("\n") == [
        "فيما يلي مؤشرات المحافظة.",
        "المؤشر عام 2023 عام 2024",
        "نسبة الخدمات الرقمية المقدمة للمواطنين في كل المراكز 88.9% 93.21%",
        "عدد المعاملات ٣٧٦,٨٧٤ ٤٠١,٢٢٠",
        "انتهى الجدول.",
    ]


def test_items_of_a_list_are_paragraphs() -> None:
    assert read("list.pdf").text.split("\n") == [
        "1. رفع نسبة الخدمات الرقمية إلى 93.21% في نهاية العام الحالي بالتعاون مع الوزارات",
        "2. تنفيذ القرار 36-NQ/TW",
        "3. تقييم العمل",
    ]


def test_english_columns_are_read_one_after_the_other() -> None:
    first, second = read("english.pdf").text.split("\n")
    assert first.startswith("The province finished 20/31 projects (64.5%) of its digital programme in 2024, and")
    assert first.endswith("Payments went to 93.21% of the people who asked.")
    assert "the word for report in Arabic is تقرير and the word for year is سنة in most" in second


def test_the_mark_of_a_footnote_stays_out_of_the_word() -> None:
    assert read("notes.pdf").text.split("\n") == [
        "بلغت النسبة 1 أعلى ما سجل في السنوات الماضية.",
        "1 حسب تقرير الوزارة لعام 2024.",
    ]


def test_running_heads_and_page_numbers_are_left_out_and_nothing_else() -> None:
    text = read("pages.pdf").text
    assert "التقرير السنوي للمحافظة" not in text
    assert "صفحة" not in text
    paragraphs = [line for line in text.split("\n") if line.startswith("الفقرة")]
    assert [re.findall(r"\d+", line) for line in paragraphs] == [[str(at)] for at in range(1, 41)]


def test_a_quotation_is_cited_with_its_page(tmp_path: Path) -> None:
    found = read("pages.pdf")
    store = stored(tmp_path, Document("pages.pdf", found.text, About("t"), found.page_starts))
    assert len(found.page_starts) == 3
    assert store.page_at(0) == 1
    assert store.page_at(found.text.index("الفقرة 20 ")) == 2
    assert store.page_at(len(found.text) - 1) == 3


def stored(folder: Path, document: Document) -> Record:
    writer = DocumentWriter(folder)
    writer.add(document, Fingerprint("", ""), range(1))
    writer.finish()
    return FileDocuments(folder).record(0)


def test_the_title_is_the_files_own_unless_a_program_filled_it_in() -> None:
    assert read("table.pdf").title == "جدول المؤشرات"
    assert read("english.pdf").title == "Digital services in 2024"
    assert read("list.pdf").title is None  # "untitled"
    assert read("notes.pdf").title is None


def test_letter_forms_and_ligatures_become_the_letters_that_were_typed() -> None:
    forms = [*"ﻲﻣ", "\ufefc", *"ﺳﻹﺍ"]
    assert text_of([(300.0, 700.0, forms)]) == "الإسلامي"


def test_other_compatibility_letters_stay_as_they_are() -> None:
    assert text_of([seen("مساحة 5 كم² عند النبي ﷺ")]) == "مساحة 5 كم² عند النبي ﷺ"


def test_a_lam_alef_named_backwards_is_turned() -> None:
    assert text_of([(300.0, 700.0, ["م", "ال", "س"])]) == "سلام"


def test_a_mark_belongs_to_the_letter_under_it() -> None:
    word: Drawn = (300.0, 700.0, "ممح")
    mark: Drawn = (300.0 + 1.8 * WIDTH, 704.0, ["\N{ARABIC DAMMA}"])
    assert text_of([word, mark]) == "ح\N{ARABIC DAMMA}مم"


def test_gaps_without_space_glyphs_part_words() -> None:
    runs: list[Drawn] = [(300.0, 700.0, "يمقر"), (300.0 + 4 * WIDTH + 3, 700.0, "لوحت")]
    assert text_of(runs) == "تحول رقمي"


def test_wrapped_lines_are_one_paragraph_and_a_pause_starts_another() -> None:
    page = [seen(SENTENCE[:60], y=700), seen(SENTENCE[61:], y=685), seen("وفي الختام", y=640)]
    assert text_of(page).split("\n")[-1] == "وفي الختام"


def test_a_turned_page_is_read_like_an_upright_one() -> None:
    page = [seen(SENTENCE)]
    assert Pdf().read(drawn(page, rotate=90), name="r.pdf").text == SENTENCE


def test_a_page_drawn_backwards_is_refused_by_its_number() -> None:
    backwards: list[Drawn] = [(20.0, 700.0 - 20 * at, SENTENCE) for at in range(8)]
    assert "page 2 comes out with its Arabic words backwards" in reason(drawn([seen(SENTENCE)], backwards))


def test_one_backward_line_on_a_good_page_is_turned() -> None:
    page = [seen(SENTENCE, y=700 - 40 * at) for at in range(4)]
    assert text_of([*page, (10.0, 400.0, SENTENCE)]).split("\n")[-1] == SENTENCE


def test_a_page_of_unnamed_shapes_is_refused() -> None:
    assert "page 1 does not say which letters" in reason(drawn([seen(SENTENCE)], named=False))


def test_a_page_in_the_wrong_coding_is_refused() -> None:
    misread = SENTENCE.encode("cp1256").decode("latin-1")
    assert "unknown coding" in reason(drawn([(20.0, 700.0, misread)]))


def test_a_scan_is_refused() -> None:
    assert "scanned" in reason(drawn([], [], picture=True))


def test_a_file_of_empty_pages_is_refused() -> None:
    assert "no text" in reason(drawn([]))


def test_a_locked_file_is_refused() -> None:
    assert "protected by a password" in reason((FILES / "locked.pdf").read_bytes())


def test_a_truncated_file_is_refused() -> None:
    whole = (FILES / "table.pdf").read_bytes()
    assert "cut off" in reason(whole[: len(whole) // 2])


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        ("تقرير".encode(), "not a PDF"),
        (b"PK\x03\x04" + b"\0" * 3000, "not a PDF"),
        (b"%PDF-1.7\nnothing here\n%%EOF\n", "export it again"),
    ],
)
def test_what_is_no_pdf_is_refused(content: bytes, why: str) -> None:
    assert why in reason(content)


def test_a_file_with_too_many_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.formats.pdf.MOST_PAGES", 2)
    assert "more than 2 pages" in reason((FILES / "pages.pdf").read_bytes())


def test_a_page_whose_content_is_damaged_is_refused_and_not_read_in_part() -> None:
    whole = (FILES / "pages.pdf").read_bytes()
    place = whole.index(b"stream", whole.index(b"FlateDecode")) + 300
    assert "page 1 is damaged" in reason(whole[:place] + b"????????" + whole[place + 8 :])


@given(st.integers(0, 10_000), st.binary(min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_a_damaged_file_gives_text_or_a_reason_and_nothing_else(at: int, damage: bytes) -> None:
    whole = (FILES / "notes.pdf").read_bytes()
    place = at % len(whole)
    with contextlib.suppress(SourceError):
        Pdf().read(whole[:place] + damage + whole[place + len(damage) :], name="r.pdf")
