"""Web pages: their main content, and what they state about themselves."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from index.document import Extracted
from index.formats.decoding import decode
from index.formats.page_facts import page_address, page_day, page_title
from index.formats.visible import hidden_parts, parsed, visible_lines
from index.formats.wording import with_letters

MOST = 0.5
"""A part that holds more than this share of a page's text is what the page is about."""

_FURNITURE = (
    "nav, header, footer, aside, "
    "[role=navigation], [role=banner], [role=contentinfo], [role=complementary], [role=search]"
)
_OF_THE_TEXT = "article header, main header"  # the heading of what is read, not of the site
_DECLARED = re.compile(rb"""<(?:meta\b[^>]*?\bcharset|\?xml\b[^>]*?\bencoding)\s*=\s*["']?\s*([\w.:-]+)""", re.I)
_LOOKED_AT_FOR_DECLARATION = 4096


class Html:
    """Reads .html and .htm files, and gives the text of the article without the site around it."""

    def read(self, content: bytes, *, name: str) -> Extracted:
        """The visible text of the page's main content, a paragraph a line.

        Raises:
            SourceError: the encoding cannot be told, or nothing is left to read.
        """
        declared = _DECLARED.search(content[:_LOOKED_AT_FOR_DECLARATION])
        encoding = declared.group(1).decode("ascii", "ignore") if declared else None
        tree = parsed(decode(content, name=name, declared=encoding))
        body = tree.body
        if body is None:
            return Extracted(text=with_letters("", name=name))
        hidden = hidden_parts(body)
        left_out = hidden | _furniture(body, hidden)
        main = _main(body, left_out)
        # A menu that is never closed holds the whole page: then all of it is better than nothing.
        lines = visible_lines(main, left_out) or visible_lines(body, hidden)
        return Extracted(
            text=with_letters("\n".join(lines), name=name),
            title=page_title(tree),
            published=page_day(tree, main, left_out),
            url=page_address(tree),
        )


def _furniture(body: LexborNode, hidden: set[int]) -> set[int]:
    """Menus, side columns and the like; a form too, unless the whole page is one, as on some sites."""
    kept = {node.mem_id for node in body.css(_OF_THE_TEXT)}
    parts = {node.mem_id for node in body.css(_FURNITURE)} - kept
    most = MOST * _amount(body, hidden | parts)
    forms = {form.mem_id for form in body.css("form") if _amount(form, hidden | parts) <= most}
    return parts | forms


def _main(body: LexborNode, left_out: set[int]) -> LexborNode:
    """The article or the main part where it holds most of the text, else the whole page."""
    most = MOST * _amount(body, left_out)
    for kind in ("article", "main, [role=main]"):
        parts = [(_amount(part, left_out), part) for part in body.css(kind)]
        amount, largest = max(parts, key=lambda part: part[0], default=(0, body))
        if amount > most:
            return largest
    return body


def _amount(part: LexborNode, left_out: set[int]) -> int:
    return sum(map(len, visible_lines(part, left_out)))
