"""The lines a person sees of an HTML page."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from index.formats.wording import one_line, row_lines

_NEVER_SEEN = frozenset(
    "script style head title noscript template svg iframe object embed canvas audio video map "
    "select button textarea input datalist progress meter".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre "
    "search section summary table tbody td tfoot th thead tr ul".split()
)
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def parsed(markup: str) -> LexborHTMLParser:
    """The page; any markup gives one, as in a browser, if there is memory enough.

    Raises:
        MemoryError: there is not.
    """
    try:
        return LexborHTMLParser(markup)
    except SelectolaxError as error:
        raise MemoryError(str(error)) from None


def hidden_parts(page: LexborNode) -> set[int]:
    """The elements of a page that say of themselves that they are not to be seen, by ``mem_id``."""
    found = page.css("[hidden], [style], dialog:not([open])")
    return {node.mem_id for node in found if _hides(node)}


def _hides(node: LexborNode) -> bool:
    attributes = node.attributes
    if "hidden" in attributes or node.tag == "dialog":
        return True
    return _HIDING_STYLE.search(attributes.get("style") or "") is not None


def visible_lines(page: LexborNode, left_out: Collection[int] = ()) -> list[str]:
    """The text of an element, each paragraph, heading, list item and table row on a line of its own.

    Elements whose ``mem_id`` is in ``left_out`` are passed over. The walk keeps its own stack: pages
    exist whose elements are nested deeper than Python can recurse.
    """
    walk = _Walk()
    steps: list[LexborNode | Callable[[], None]] = [page]
    while steps:
        step = steps.pop()
        if not isinstance(step, LexborNode):
            step()
        elif step.is_text_node:
            walk.text(step.text_content or "")
        elif step.tag not in _NEVER_SEEN and not step.is_comment_node and step.mem_id not in left_out:
            steps.extend(reversed(walk.enter(step)))
            steps.extend(reversed(list(step.iter(include_text=True))))
    return walk.finish()


@dataclass
class _Lines:
    """The lines of the page, or of one cell, and the words of the line being written."""

    done: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)


@dataclass
class _Row:
    cells: list[list[str]] = field(default_factory=list)
    nested: bool = False


class _Walk:
    """Gathers the lines while the elements of a page are entered and left in order."""

    def __init__(self) -> None:
        self._lines = [_Lines()]
        self._rows: list[_Row] = []
        self._preformatted = 0

    def enter(self, node: LexborNode) -> list[Callable[[], None]]:
        """Take note of an element; what is to be done when it ends, the first first."""
        tag = node.tag
        if tag not in _BLOCKS:
            return []
        self._end_line()
        parent = node.parent
        if tag == "tr":
            self._rows.append(_Row())
            return [self._end_row]
        if tag in ("td", "th") and self._rows and parent is not None and parent.tag == "tr":
            self._lines.append(_Lines())
            return [self._end_cell]
        if tag == "pre":
            self._preformatted += 1
            return [self._end_line, self._end_preformatted]
        return [self._end_line]

    def text(self, text: str) -> None:
        """Add words to the line being written."""
        if not self._preformatted:
            self._lines[-1].words.append(text)
            return
        first, *rest = text.split("\n")
        self._lines[-1].words.append(first)
        for line in rest:
            self._end_line()
            self._lines[-1].words.append(line)

    def finish(self) -> list[str]:
        """All lines."""
        self._end_line()
        return self._lines[0].done

    def _end_line(self) -> None:
        lines = self._lines[-1]
        if line := one_line("".join(lines.words)):
            lines.done.append(line)
        lines.words.clear()

    def _end_cell(self) -> None:
        self._end_line()
        self._rows[-1].cells.append(self._lines.pop().done)

    def _end_row(self) -> None:
        self._end_line()
        row = self._rows.pop()
        self._lines[-1].done.extend(row_lines(row.cells, nested=row.nested))
        if self._rows:
            self._rows[-1].nested = True

    def _end_preformatted(self) -> None:
        self._preformatted -= 1
