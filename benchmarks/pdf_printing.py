"""Prints Arabic text to PDF files in the ways people do, with LibreOffice and Chromium.

Each style is an HTML page; a Writer document (`.fodt`) is used for what HTML cannot ask of LibreOffice:
columns, footnotes, running heads and page numbers.
"""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

FONTS = ("Amiri", "Noto Naskh Arabic", "Noto Sans Arabic", "Noto Kufi Arabic", "DejaVu Sans")
STYLES: Mapping[str, str] = {
    "plain": "",
    "bold": "body { font-weight: bold }",
    "justified": "p { text-align: justify; font-size: 14pt }",
    "columns": "body { columns: 2; column-gap: 2em; font-size: 10pt; text-align: justify }",
    "small": "body { font-size: 8.5pt; line-height: 1.3 } p { margin: 0; text-indent: 2em }",
    "spaced": "p { letter-spacing: 0.1em }",
    "list": "",
}
CHROMIUM = (
    "chromium",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-pdf-header-footer",
)


def have_printers() -> bool:
    """Whether both programs are installed."""
    return bool(shutil.which("soffice") and shutil.which("chromium"))


def page(text: str, *, font: str, style: str = "plain") -> str:
    """The text as an HTML page; a line is a paragraph."""
    lines = [html.escape(line.strip()) for line in text.split("\n") if line.strip()]
    if style == "list":
        body = "<ol>" + "".join(f"<li>{line}</li>" for line in lines) + "</ol>"
    else:
        body = "".join(f"<p>{line}</p>" for line in lines)
    css = f'body {{ font-family: "{font}" }} {STYLES[style]}'
    head = f'<meta charset="utf-8"><title>تقرير</title><style>{css}</style>'
    return f'<!doctype html><html dir="rtl" lang="ar"><head>{head}</head><body>{body}</body></html>'


def with_chromium(page_text: str, target: Path) -> None:
    """Print an HTML page as Chromium does."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "page.html")
        source.write_text(page_text, encoding="utf-8")
        options = [f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}", source.as_uri()]
        subprocess.run([*CHROMIUM, *options], check=True, capture_output=True)


def with_libreoffice(sources: Mapping[str, str], folder: Path, *, export: str = "pdf:writer_pdf_Export") -> None:
    """Print documents (file name with its ending, content) as LibreOffice does, into ``folder``."""
    by_ending: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as work:
        for name, content in sources.items():
            path = Path(work, name)
            path.write_text(content, encoding="utf-8")
            by_ending.setdefault(path.suffix, []).append(str(path))
        for ending, paths in by_ending.items():
            given = ["--infilter=HTML (StarWriter)"] if ending == ".html" else []
            profile = f"-env:UserInstallation={Path(work, 'profile').as_uri()}"
            wanted = ["--convert-to", export, "--outdir", str(folder)]
            subprocess.run(["soffice", "--headless", profile, *given, *wanted, *paths], check=True, capture_output=True)


_FODT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles><style:default-style style:family="paragraph">
 <style:paragraph-properties style:writing-mode="rl-tb" fo:text-align="{align}" fo:margin-bottom="{gap}"/>
 <style:text-properties style:font-name-complex="{font}" style:font-family-complex="{font}"
  fo:font-family="{font}" style:font-size-complex="{size}" fo:font-size="{size}"
  style:language-complex="ar" style:country-complex="EG"/></style:default-style>
 <style:style style:name="Standard" style:family="paragraph"/></office:styles>
<office:automatic-styles>
 <style:style style:name="S" style:family="section"><style:section-properties>
  <style:columns fo:column-count="{columns}" fo:column-gap="0.7cm"/></style:section-properties></style:style>
 <style:page-layout style:name="P"><style:page-layout-properties
  fo:page-width="{width}" fo:page-height="{height}" fo:margin="2cm" style:writing-mode="rl-tb"/>
  <style:header-style/><style:footer-style/></style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="P">
 {head}</style:master-page></office:master-styles>
<office:body><office:text><text:section text:name="T" text:style-name="S">{body}</text:section>
</office:text></office:body></office:document>
"""
_HEAD = """<style:header><text:p>{title}</text:p></style:header>
<style:footer><text:p>صفحة <text:page-number text:select-page="current"/> من <text:page-count/></text:p>
</style:footer>"""


def writer_document(
    text: str,
    *,
    font: str,
    columns: int = 1,
    justified: bool = False,
    header: str = "",
    small_page: bool = False,
) -> str:
    """The text as a Writer document; ``header`` also asks for page numbers; ``[^…]`` becomes a footnote."""
    lines = [_with_notes(html.escape(line.strip())) for line in text.split("\n") if line.strip()]
    return _FODT.format(
        font=font,
        columns=columns,
        align="justify" if justified else "start",
        gap="0.2cm",
        size="11pt" if columns > 1 else "12pt",
        width="14.8cm" if small_page else "21cm",
        height="21cm" if small_page else "29.7cm",
        head=_HEAD.format(title=html.escape(header)) if header else "",
        body="".join(f"<text:p>{line}</text:p>" for line in lines),
    )


def _with_notes(line: str) -> str:
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        r"<text:note-body><text:p>\1</text:p></text:note-body></text:note>"
    )
    return re.sub(r"\[\^(.*?)\]", note, line)
