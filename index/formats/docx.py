"""Word documents."""

from __future__ import annotations

import re

from index.document import Extracted
from index.errors import SourceError
from index.formats import stated
from index.formats.word_package import Element, WordPackage
from index.formats.word_text import WordText, blocks, child, kind, value
from index.formats.wording import with_letters
from index.reasons import Reason

# What Word and its users leave in the title property when nobody wrote a title there.
_NO_TITLE = re.compile(
    r"microsoft word\b.*|.*\.(docx?|dotx?|rtf|odt|pdf)|(document|untitled|title|مستند|عنوان)\s*\d*"
    r"|(powerpoint|slide) .*|.*\?\?\?.*",
    re.IGNORECASE,
)


class Docx:
    """Reads .docx files: body, tables, notes and text boxes; not what is repeated on every page."""

    def read(self, content: bytes, *, name: str) -> Extracted:
        """The text as it stands with all changes accepted, a paragraph or table row a line.

        Raises:
            SourceError: it is not a sound .docx file, is protected, too large, or holds no text.
        """
        package = WordPackage(content, name=name)
        body = child(package.main_part(), "body")
        if body is None:
            raise SourceError(name, Reason.NOT_WORD)
        lines = WordText(_notes(package)).lines(body)
        return Extracted(
            text=with_letters("\n".join(lines), name=name),
            title=_property_title(package) or _heading_title(package, body),
        )


def _notes(package: WordPackage) -> dict[tuple[str, str], Element]:
    notes = {}
    for part in (package.part("footnotes"), package.part("endnotes")):
        for note in () if part is None else part:
            notes[kind(note), value(note, "id") or ""] = note
    return notes


def _property_title(package: WordPackage) -> str | None:
    element = child(package.core_properties(), "title")
    title = stated.title(None if element is None else element.text)
    return None if title is None or _NO_TITLE.fullmatch(title) else title


def _heading_title(package: WordPackage, body: Element) -> str | None:
    """The first paragraph styled as the title, or else as a heading of the first level."""
    names = _style_names(package.part("styles"))
    for wanted in ("title", "heading 1"):
        for block in blocks(body):
            style = value(child(block, "pPr", "pStyle")) or ""
            styled = names.get(style, style.lower()) == wanted
            if styled and (title := stated.title(" ".join(WordText().paragraph(block)))):
                return title
    return None


def _style_names(styles: Element | None) -> dict[str, str]:
    """What each style is called; ids differ with the language of Word, these names do not."""
    found = [style for style in (() if styles is None else styles) if kind(style) == "style"]
    return {value(style, "styleId") or "": (value(child(style, "name")) or "").lower() for style in found}
