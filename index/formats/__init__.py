"""The kinds of file that can be indexed, by suffix.

A format is one file here and one line in the table. A format's library is imported when the
format is first used, not before: most runs need few of them, and reading happens in a process
of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from index.protocols import Format

FORMATS_VERSION: Final = 1
"""Raised whenever a format gives another text for some file: documents are then read anew."""


def _plain() -> Format:
    from index.formats.plain import Plain

    return Plain()


def _markdown() -> Format:
    from index.formats.markdown import Markdown

    return Markdown()


def _html() -> Format:
    from index.formats.html import Html

    return Html()


def _pdf() -> Format:
    from index.formats.pdf import Pdf

    return Pdf()


def _docx() -> Format:
    from index.formats.docx import Docx

    return Docx()


FORMATS: dict[str, Callable[[], Format]] = {
    ".txt": _plain,
    ".md": _markdown,
    ".html": _html,
    ".htm": _html,
    ".pdf": _pdf,
    ".docx": _docx,
}
