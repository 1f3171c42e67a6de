from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
from xml.sax.saxutils import escape

import pytest
from docx.document import Document
from hypothesis import given
from hypothesis import strategies as st

from index.errors import SourceError
from index.formats.docx import Docx
from tests.index.formats.word_files import made, packed, paragraph, run, unpacked, with_body

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def stream(name: str) -> bytes:
    """An entry in the directory of an OLE file."""
    kind = b"\x02"
    length = (2 * len(name) + 2).to_bytes(2, "little")
    return (name.encode("utf-16-le").ljust(64, b"\0") + length + kind).ljust(128, b"\0")


def text(content: bytes) -> str:
    return Docx().read(content, name="report.docx").text


def lines(body: str, **notes: str) -> list[str]:
    return text(with_body(body, **notes)).split("\n")


def refusal(content: bytes) -> str:
    with pytest.raises(SourceError) as caught:
        text(content)
    assert caught.value.name == "report.docx"
    return caught.value.reason


def test_paragraphs_and_tables_come_in_their_order() -> None:
    def fill(document: Document) -> None:
        document.add_heading("التقرير السنوي", 1)
        document.add_paragraph("قبل الجدول")
        table = document.add_table(2, 3)
        for cell, words in zip(table._cells, ["السنة", "العدد", "النسبة", "2022", "", "%15"], strict=True):
            cell.text = words
        document.add_paragraph("بعد الجدول", style="List Bullet")
        document.sections[0].header.paragraphs[0].text = "ترويسة"
        document.sections[0].footer.paragraphs[0].text = "تذييل"

    assert text(made(fill)).split("\n") == [
        "التقرير السنوي",
        "قبل الجدول",
        "السنة | العدد | النسبة",
        "2022 | | %15",
        "بعد الجدول",
    ]


def test_a_merged_cell_is_read_once() -> None:
    def fill(document: Document) -> None:
        table = document.add_table(3, 3)
        for number, cell in enumerate(table._cells):
            cell.text = f"خ{number}"
        table.cell(0, 0).merge(table.cell(0, 1)).text = "أفقي"
        table.cell(1, 0).merge(table.cell(2, 0)).text = "رأسي"

    assert text(made(fill)).split("\n") == ["أفقي | خ2", "رأسي | خ4 | خ5", "| خ7 | خ8"]


def test_a_table_in_a_table_gives_its_rows() -> None:
    def fill(document: Document) -> None:
        outer = document.add_table(1, 2)
        outer.cell(0, 0).text = "خارجي"
        inner = outer.cell(0, 1).add_table(1, 2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "أ", "ب"

    assert text(made(fill)).split("\n") == ["خارجي", "أ | ب"]


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (paragraph(run("أول "), run("ثان")), ["أول ثان"]),
        (
            paragraph(run("قبل"), f"<w:del>{run('محذوف')}</w:del>", f"<w:ins>{run(' مضاف')}</w:ins>"),
            ["قبل مضاف"],
        ),
        (paragraph(f"<w:moveFrom>{run('منقول')}</w:moveFrom>", run("باق")), ["باق"]),
        (paragraph("<w:del><w:r><w:delText>محذوف</w:delText></w:r></w:del>", run("باق")), ["باق"]),
        (paragraph(run("انظر "), f"<w:hyperlink>{run('الموقع')}</w:hyperlink>"), ["انظر الموقع"]),
        (paragraph("<w:r><w:instrText>PAGEREF x</w:instrText></w:r>", run("ناتج")), ["ناتج"]),
        (paragraph(run("خفي", "<w:vanish/>"), run("ظاهر", '<w:vanish w:val="0"/>')), ["ظاهر"]),
        (
            paragraph("<w:r><w:t>سطر</w:t><w:br/><w:t>سطر</w:t><w:tab/><w:t>بعد</w:t></w:r>"),
            ["سطر", "سطر بعد"],
        ),
        (paragraph("<w:r><w:t>أ</w:t><w:noBreakHyphen/><w:t>ب</w:t><w:softHyphen/></w:r>"), ["أ-ب"]),
        (paragraph("<m:oMath><m:r><m:t>س=ص</m:t></m:r></m:oMath>"), ["س=ص"]),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph(run('في إطار'))}</w:sdtContent></w:sdt>", ["في إطار"]),
        (paragraph(f"<w:sdt><w:sdtContent>{run('في إطار')}</w:sdtContent></w:sdt>"), ["في إطار"]),
        (paragraph(f"<w:fldSimple>{run('7 أيام')}</w:fldSimple>"), ["7 أيام"]),
    ],
)
def test_a_paragraph_reads_as_it_looks_with_all_changes_accepted(body: str, shown: list[str]) -> None:
    assert lines(body) == shown


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent>{paragraph(run('في الصندوق'))}</w:txbxContent>"
    choice = f"<mc:Choice><wps:txbx>{box}</wps:txbx></mc:Choice>"
    fallback = f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
    drawing = f"<mc:AlternateContent>{choice}{fallback}</mc:AlternateContent>"
    assert lines(paragraph(run("قبل"), f"<w:r>{drawing}</w:r>", run(" وبعد"))) == ["قبل وبعد", "في الصندوق"]
    assert lines(paragraph(f"<w:r><w:pict><v:textbox>{box}</v:textbox></w:pict></w:r>")) == ["في الصندوق"]


def test_notes_follow_the_paragraph_that_refers_to_them() -> None:
    note = '<w:{0} w:id="{1}"><w:p><w:r><w:footnoteRef/></w:r>{2}</w:p></w:{0}>'
    found = lines(
        paragraph(
            run("نص"),
            '<w:r><w:footnoteReference w:id="2"/></w:r>',
            '<w:r><w:endnoteReference w:id="2"/></w:r>',
        )
        + paragraph(run("بعده"), '<w:r><w:footnoteReference w:id="2"/><w:footnoteReference w:id="9"/></w:r>'),
        footnotes=note.format("footnote", 0, run("فاصل")) + note.format("footnote", 2, run(" حاشية")),
        endnotes=note.format("endnote", 2, run("تعليق")),
    )
    assert found == ["نص", "حاشية", "تعليق", "بعده"]


def test_deleted_rows_and_cells_are_left_out() -> None:
    cell = "<w:tc>{0}<w:p><w:r><w:t>{1}</w:t></w:r></w:p></w:tc>"
    deleted = cell.format("<w:tcPr><w:cellDel/></w:tcPr>", "حذف")
    rows = f"<w:tr>{cell.format('', 'أ')}{deleted}{cell.format('', 'ب')}</w:tr>"
    rows += f"<w:tr><w:trPr><w:del/></w:trPr>{cell.format('', 'ج')}</w:tr>"
    assert lines(f"<w:tbl>{rows}</w:tbl>") == ["أ | ب"]


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("تقرير المياه 2023", "تقرير المياه 2023"),
        ("", "عنوان المستند"),
        ("Microsoft Word - report.doc", "عنوان المستند"),
        ("report_final.docx", "عنوان المستند"),
        ("Document1", "عنوان المستند"),
        ("????? ??????", "عنوان المستند"),
    ],
)
def test_the_title_is_the_stated_one_if_it_is_a_title(stated: str, title: str) -> None:
    def fill(document: Document) -> None:
        document.core_properties.title = stated
        document.add_heading("فصل أول", 1)
        document.add_heading("عنوان المستند", 0)

    assert Docx().read(made(fill), name="report.docx").title == title


def test_without_a_title_the_first_heading_is_the_title() -> None:
    found = Docx().read(made(lambda document: document.add_heading("فصل أول", 1)), name="report.docx")
    assert (found.title, found.page_starts, found.published) == ("فصل أول", (), None)


def test_a_document_that_lost_a_picture_is_still_read() -> None:
    parts = unpacked(made(lambda document: document.add_paragraph("نص باق")))
    links = parts["word/_rels/document.xml.rels"].decode()
    picture = '<Relationship Id="r99" Type="http://x/image" Target="NULL"/></Relationships>'
    parts["word/_rels/document.xml.rels"] = links.replace("</Relationships>", picture).encode()
    assert text(packed(parts)) == "نص باق"


def test_a_strict_open_xml_document_is_read() -> None:
    parts = unpacked(with_body(paragraph(run("نص صارم"))))
    for name, old in parts.items():
        parts[name] = old.replace(b"http://schemas.openxmlformats.org/wordprocessingml/2006/", b"urn:strict/")
    assert text(packed(parts)) == "نص صارم"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "holds no text: the file is empty"),
        (with_body(paragraph(run("123"))), "holds no text"),
        (OLE + stream("EncryptionInfo") + stream("EncryptedPackage"), "is protected by a password"),
        (OLE + stream("WordDocument") + "EncryptedPackage".encode("utf-16-le"), "old Word file (.doc)"),
        (OLE, "is not a Word document"),
        (b"{\\rtf1 text}", "is not a Word document"),
        (b"%PDF-1.7", "is not a Word document"),
        (packed({"a.txt": "نص"}), "is not a Word document"),
        (with_body(paragraph(run("نص")))[:-30], "damaged or cut off"),
        (b"PK\x03\x04", "damaged or cut off"),
        (with_body("<w:p>"), "is not sound XML"),
        (with_body("<w:p>" * 3000 + "</w:p>" * 3000), "is not sound XML"),
    ],
)
def test_what_is_no_sound_docx_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    assert reason in refusal(content)


def test_a_spreadsheet_is_not_taken_for_a_document() -> None:
    parts = unpacked(with_body(""))
    parts["word/document.xml"] = b"<workbook/>"
    assert "is not a Word document" in refusal(packed(parts))


@pytest.mark.parametrize("spoiled", [30, 60, 200])
def test_a_file_damaged_inside_is_refused_or_read_but_never_fails_otherwise(spoiled: int) -> None:
    content = bytearray(with_body(paragraph(run("نص طويل بعض الشيء"))))
    content[spoiled : spoiled + 20] = b"\xff" * 20
    with pytest.raises(SourceError):
        text(bytes(content))


@given(st.data())
def test_bytes_changed_anywhere_give_text_or_a_refusal(data: st.DataObject) -> None:
    content = bytearray(with_body(paragraph(run("نص طويل بعض الشيء")), footnotes="<w:footnote/>"))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        text(bytes(content))
    except SourceError:
        return


def test_a_zip_bomb_is_refused_before_anything_is_unpacked() -> None:
    bomb = packed({"word/document.xml": bytes(30 * 2**20)})
    tracemalloc.start()
    reason = refusal(bomb)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "to 30 MB, which no report does" in reason
    assert peak < 5 * 2**20


def test_more_than_200_mb_are_refused_however_well_they_are_packed() -> None:
    content = packed({f"word/media/{number}.bin": bytes(2**20) for number in range(201)})
    assert "over the limit of 200 MB" in refusal(content)


def test_a_bomb_that_lies_about_its_size_unpacks_no_more_than_it_states() -> None:
    parts = unpacked(with_body(paragraph(run("نص"))))
    content = bytearray(packed(parts | {"word/document.xml": bytes(50 * 2**20)}))
    stated = struct.pack("<L", 50 * 2**20)
    while (position := content.find(stated)) >= 0:
        content[position : position + 4] = struct.pack("<L", 1000)
    assert zipfile.ZipFile(io.BytesIO(content)).getinfo("word/document.xml").file_size == 1000
    tracemalloc.start()
    assert "cannot be unpacked" in refusal(bytes(content))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5 * 2**20


@pytest.mark.parametrize("use", ["<w:t>&l9;</w:t>", "<w:t w:x='&l9;'>نص</w:t>"])
def test_entities_that_multiply_are_refused_at_once(use: str) -> None:
    entities = "<!ENTITY l0 'ها'>" + "".join(f"<!ENTITY l{level} '{f'&l{level - 1};' * 10}'>" for level in range(1, 10))
    parts = unpacked(with_body(paragraph(f"<w:r>{use}</w:r>")))
    parts["word/document.xml"] = f"<!DOCTYPE d [{entities}]>".encode() + parts["word/document.xml"]
    assert "its part word/document.xml" in refusal(packed(parts))


def test_an_entity_cannot_bring_in_a_file_of_this_machine() -> None:
    parts = unpacked(with_body(paragraph(run("&file;"))))
    declaration = b'<!DOCTYPE d [<!ENTITY file SYSTEM "file:///etc/hostname">]>'
    parts["word/document.xml"] = declaration + parts["word/document.xml"]
    assert "declares a DTD" in refusal(packed(parts))


@given(st.lists(st.text(st.sampled_from("ابتثج <>&\"'"), min_size=1), min_size=1))
def test_paragraphs_come_back_with_white_space_collapsed(paragraphs: list[str]) -> None:
    wanted = [" ".join(words.split()) for words in paragraphs]
    if any(map(str.isalpha, "".join(wanted))):
        assert lines("".join(paragraph(run(escape(words))) for words in paragraphs)) == list(filter(None, wanted))
