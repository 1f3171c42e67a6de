"""Makes the PDF files of the tests; run by hand, with LibreOffice and Chromium installed:

    python -m tests.index.formats.make_pdfs

The text is `files/pdf/report.txt`; fonts are embedded as subsets, so the files stay small.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.pdf_printing import page, with_chromium, with_libreoffice, writer_document

FILES = Path(__file__).parent / "files" / "pdf"
CHROMIUM = (
    ("Amiri", "plain"),
    ("Amiri", "justified"),
    ("Noto Naskh Arabic", "columns"),
    ("Noto Sans Arabic", "bold"),
    ("Noto Kufi Arabic", "small"),
    ("DejaVu Sans", "spaced"),
)
WRITER = (
    ("Amiri", 1, False),
    ("Noto Naskh Arabic", 1, True),
    ("Noto Sans Arabic", 2, True),
    ("Noto Kufi Arabic", 1, False),
    ("DejaVu Sans", 2, False),
)
TABLE = """<!doctype html><html dir="rtl" lang="ar"><meta charset="utf-8"><title>جدول المؤشرات</title>
<style>body { font-family: "Noto Naskh Arabic" } table { border-collapse: collapse }
td { border: 1px solid; width: 9em; padding: 3px }</style>
<p>فيما يلي مؤشرات المحافظة.</p>
<table><tr><td>المؤشر</td><td>عام 2023</td><td>عام 2024</td></tr>
<tr><td>نسبة الخدمات الرقمية المقدمة للمواطنين في كل المراكز</td><td>88.9%</td><td>93.21%</td></tr>
<tr><td>عدد المعاملات</td><td>٣٧٦,٨٧٤</td><td>٤٠١,٢٢٠</td></tr></table>
<p>انتهى الجدول.</p></html>"""
LIST = """<!doctype html><html dir="rtl" lang="ar"><meta charset="utf-8"><title>untitled</title>
<style>body { font-family: Amiri; width: 16em } </style><ol>
<li>رفع نسبة الخدمات الرقمية إلى 93.21% في نهاية العام الحالي بالتعاون مع الوزارات</li>
<li>تنفيذ القرار 36-NQ/TW</li><li>تقييم العمل</li></ol></html>"""
ENGLISH = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Digital services in 2024</title>
<style>body { font-family: "DejaVu Sans"; columns: 2; font-size: 10pt }</style>
<p>The province finished 20/31 projects (64.5%) of its digital programme in 2024, and the others follow in
2025-2030 as the committee decided at its last meeting. Payments went to 93.21% of the people who asked.</p>
<p>According to the report, the word for report in Arabic is تقرير and the word for year is سنة in most
documents that the office prints. Nobody objected to the plan when it was read aloud in the hall.</p>
</html>"""
TWO_PAGES = "\n".join(
    f"الفقرة {at} من التقرير السنوي عن الخدمات الرقمية في المحافظة ومراكزها، وفيها ما أنجز في العام الماضي."
    for at in range(1, 41)
)
LOCKED = (
    'pdf:writer_pdf_Export:{"EncryptFile":{"type":"boolean","value":"true"},'
    '"DocumentOpenPassword":{"type":"string","value":"x"}}'
)


def main() -> None:
    """Print every file anew."""
    text = (FILES / "report.txt").read_text(encoding="utf-8")
    for font, style in CHROMIUM:
        short = font.replace(" ", "")
        with_chromium(page(text, font=font, style=style), FILES / f"report-chromium-{short}-{style}.pdf")
    documents = {}
    for font, columns, justified in WRITER:
        name = f"report-writer-{font.replace(' ', '')}-{columns}{'-justified' * justified}.fodt"
        documents[name] = writer_document(text, font=font, columns=columns, justified=justified)
    documents["pages.fodt"] = writer_document(
        TWO_PAGES, font="DejaVu Sans", header="التقرير السنوي للمحافظة", small_page=True
    )
    documents["notes.fodt"] = writer_document(
        "بلغت النسبة[^حسب تقرير الوزارة لعام 2024.] أعلى ما سجل في السنوات الماضية.", font="Amiri"
    )
    with_libreoffice(documents, FILES)
    with_libreoffice({"locked.fodt": writer_document("سر", font="Amiri")}, FILES, export=LOCKED)
    for name, content in (("table", TABLE), ("list", LIST), ("english", ENGLISH)):
        with_chromium(content, FILES / f"{name}.pdf")


if __name__ == "__main__":
    main()
