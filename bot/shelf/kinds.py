"""What kind of file something is, by its content: what it is called decides between kinds of text only."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Final

_LOOKED_AT: Final = 4096  # bytes
_PDF_WITHIN: Final = 1024  # where readers look for the mark of a PDF file
_ZIP: Final = b"PK"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # old Word files, and new ones with a password
_PAGE: Final = re.compile(rb"^\s*(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_TAG: Final = re.compile(rb"<(?:p|div|h[1-6]|body|title|table|span|article|br)\b[^<>]*>", re.I)
_PAGE_SUFFIXES: Final = frozenset({".html", ".htm"})
_MARKDOWN_SUFFIXES: Final = frozenset({".md", ".markdown"})


def kind_of(content: bytes, claimed: str) -> str:
    """The suffix (one of `FORMATS`) of the format that is to read ``content``, which somebody calls ``claimed``.

    What is of no kind that can be read is given to the format that says best why.
    """
    if b"%PDF-" in content[:_PDF_WITHIN]:
        return ".pdf"
    if content.startswith((_ZIP, _OLE)):
        return ".docx"
    suffix = PurePosixPath(claimed.replace("\0", "")).suffix.lower()
    head = content[:_LOOKED_AT].replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe")
    if _PAGE.match(head) or (suffix in _PAGE_SUFFIXES and _TAG.search(head)):
        return ".html"
    return ".md" if suffix in _MARKDOWN_SUFFIXES else ".txt"
