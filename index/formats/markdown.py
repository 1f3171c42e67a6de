"""Markdown, read as the page it stands for."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt

from index.document import Extracted
from index.formats import stated
from index.formats.decoding import decode
from index.formats.visible import hidden_parts, parsed, visible_lines
from index.formats.wording import with_letters

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n((?:(?:[\w-]+[ \t]*:|[ \t#]|-[ \t]).*\n|\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_FACT = re.compile(r"^(\w+)[ \t]*:[ \t]+(.+?)[ \t]*$", re.MULTILINE)
_QUOTED = re.compile(r"""(["'])(.*)\1(?:\s+#.*)?""")
_COMMENT = re.compile(r"\s+#.*")


class Markdown:
    """Reads .md files: CommonMark with tables and struck-out words."""

    def read(self, content: bytes, *, name: str) -> Extracted:
        """The text without its marks, a paragraph a line; title, date and url from the front matter.

        Without a title there, the first heading is the title.

        Raises:
            SourceError: it is no text, holds none, or its encoding cannot be told.
        """
        source = decode(content, name=name).replace("\r\n", "\n").replace("\r", "\n")
        facts, source = _front_matter(source)
        page = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(source)
        body = parsed(page).body
        lines = visible_lines(body, hidden_parts(body)) if body else []
        heading = body.css_first("h1, h2, h3, h4, h5, h6") if body else None
        return Extracted(
            text=with_letters("\n".join(lines), name=name),
            title=stated.title(facts.get("title")) or stated.title(heading.text() if heading else None),
            published=stated.day(facts.get("date")),
            url=stated.address(facts.get("url")),
        )


def _front_matter(source: str) -> tuple[dict[str, str], str]:
    """The simple facts of the YAML before the text, if there is any, and the text after it."""
    found = _FRONT_MATTER.match(source)
    if not found:
        return {}, source
    facts = {key.lower(): _unquoted(value) for key, value in _FACT.findall(found.group(1))}
    return facts, source[found.end() :]


def _unquoted(value: str) -> str:
    if quoted := _QUOTED.fullmatch(value):
        return quoted.group(2)
    return _COMMENT.sub("", value)
