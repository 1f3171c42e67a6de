from __future__ import annotations

import pytest

from bot.shelf.kinds import kind_of


@pytest.mark.parametrize(
    ("content", "claimed", "kind"),
    [
        (b"%PDF-1.7\n...", "a.txt", ".pdf"),
        (b"\n\n%PDF-1.4", "a", ".pdf"),
        (b"PK\x03\x04....", "report.pdf", ".docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "report.doc", ".docx"),
        ("<!DOCTYPE html><p>نص".encode(), "a.pdf", ".html"),
        ("\N{BOM}<html><body>نص".encode(), "a.txt", ".html"),
        ("<html><body>نص".encode("utf-16"), "a.txt", ".html"),
        ("<p>نص</p>".encode(), "a.htm", ".html"),
        ("<p>نص</p>".encode(), "a.txt", ".txt"),
        ("# عنوان".encode(), "a.MD", ".md"),
        ("# عنوان".encode(), "a.pdf", ".txt"),
        (b"\x7fELF\0\0", "report.pdf", ".txt"),
        (b"", "a.pdf\0.txt", ".txt"),
    ],
)
def test_the_content_decides_what_a_file_is(content: bytes, claimed: str, kind: str) -> None:
    assert kind_of(content, claimed) == kind
