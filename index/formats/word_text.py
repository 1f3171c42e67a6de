"""The lines a person sees of the XML of a Word document.

Elements are told apart by their names without namespace, so that files saved as "Strict Open XML",
whose namespaces differ, read the same. Recursion is safe: the XML parser refuses deep nesting.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from index.formats.word_package import Element
from index.formats.wording import one_line, row_lines

_DELETED = frozenset(("del", "moveFrom"))
_WRAPPERS = frozenset(("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag", "AlternateContent", "Choice"))
_SEPARATORS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
_NO_TEXT = _DELETED | {"pPr", "rPr", "sdtPr", "instrText", "delText", "delInstrText", "rt"}


def kind(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def value(element: Element | None, attribute: str = "val") -> str | None:
    """An attribute of an element, whatever its namespace."""
    for key, found in () if element is None else element.items():
        if key.rpartition("}")[2] == attribute:
            return str(found)
    return None


def child(element: Element | None, *path: str) -> Element | None:
    """The first descendant along a path of names."""
    for name in path:
        parts = () if element is None else element
        element = next((part for part in parts if kind(part) == name), None)
    return element


class WordText:
    """Reads stories (the body, a note, a text box) that share their notes; a note is given once."""

    def __init__(self, notes: Mapping[tuple[str, str], Element] | None = None) -> None:
        """``notes``: by kind ("footnote", "endnote") and id."""
        self._notes = dict(notes or {})

    def lines(self, story: Element) -> list[str]:
        """Each paragraph and table row on a line, and after it the notes and text boxes it refers to."""
        lines: list[str] = []
        for block in blocks(story):
            lines += self._table(block) if kind(block) == "tbl" else self.paragraph(block)
        return lines

    def paragraph(self, paragraph: Element) -> list[str]:
        """The lines of one paragraph: more than one only where its author broke the line."""
        words: list[str] = []
        after: list[str] = []
        self._inline(paragraph, words, after)
        lines = [one_line(line) for line in "".join(words).split("\n")]
        return [line for line in lines if line] + after

    def _inline(self, element: Element, words: list[str], after: list[str]) -> None:
        for part in _shown(element):
            name = kind(part)
            if name == "t":
                words.append(part.text or "")
            elif name in _SEPARATORS:
                words.append(_SEPARATORS[name])
            elif name in ("footnoteReference", "endnoteReference"):
                after += self._note(name.removesuffix("Reference"), value(part, "id"))
            elif name == "txbxContent":
                after += self.lines(part)
            elif name not in _NO_TEXT and not (name == "r" and _is_hidden(part)):
                self._inline(part, words, after)

    def _note(self, sort: str, number: str | None) -> list[str]:
        note = self._notes.pop((sort, number or ""), None)
        return [] if note is None else self.lines(note)

    def _table(self, table: Element) -> list[str]:
        lines: list[str] = []
        for row in _inside(table, "tr"):
            if child(row, "trPr", "del") is not None:
                continue
            cells = [cell for cell in _inside(row, "tc") if child(cell, "tcPr", "cellDel") is None]
            nested = any(kind(block) == "tbl" for cell in cells for block in blocks(cell))
            shown = [[] if _continues_another(cell) else self.lines(cell) for cell in cells]
            lines += row_lines(shown, nested=nested)
        return lines


def blocks(story: Element) -> Iterator[Element]:
    """The paragraphs and tables of a story in their order."""
    return _inside(story, "p", "tbl")


def _inside(element: Element, *names: str) -> Iterator[Element]:
    """The parts of these names, also where a content control or an insertion is around them."""
    for part in _shown(element):
        name = kind(part)
        if name in names:
            yield part
        elif name in _WRAPPERS:
            yield from _inside(part, *names)


def _shown(element: Element) -> Iterator[Element]:
    """The parts of an element; of a choice between drawings of one thing, the first alone."""
    if kind(element) == "AlternateContent":
        yield from list(element)[:1]
    else:
        yield from element


def _is_hidden(run: Element) -> bool:
    vanish = child(run, "rPr", "vanish")
    return vanish is not None and value(vanish) not in ("0", "false", "off")


def _continues_another(cell: Element) -> bool:
    """Whether the cell is a part of the merged cell above or before it."""
    for name in ("vMerge", "hMerge"):
        merge = child(cell, "tcPr", name)
        if merge is not None and value(merge) != "restart":
            return True
    return False
