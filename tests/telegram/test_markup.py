from __future__ import annotations

import pytest

from tests.telegram.errors import Refused
from tests.telegram.markup import read_html


def shown(source: str) -> tuple[str, list[tuple[str, int, int]]]:
    formatted = read_html(source).cleaned()
    return formatted.text, [(one["type"], one["offset"], one["length"]) for one in formatted.entities()]


@pytest.mark.parametrize(
    ("source", "text", "entities"),
    [
        ("<b>نعم</b>", "نعم", [("bold", 0, 3)]),
        ("😀<b>a</b>", "😀a", [("bold", 2, 1)]),
        ("<b><i>x</i>y</b>", "xy", [("bold", 0, 2), ("italic", 0, 1)]),
        ("<B>x</B >", "x", [("bold", 0, 1)]),
        ("&lt;&gt;&amp;&quot;&#39;&#x41;", "<>&\"'A", []),
        ("<blockquote expandable>q <b>r</b></blockquote>", "q r", [("expandable_blockquote", 0, 3), ("bold", 2, 1)]),
        ("<blockquote>q</blockquote>", "q", [("blockquote", 0, 1)]),
        ('<a href="https://example.org/?a=1&amp;b=2">x</a>', "x", [("text_link", 0, 1)]),
        ('<pre><code class="language-sql">x</code></pre>', "x", [("pre", 0, 1)]),
        ('<span class="tg-spoiler">x</span>', "x", [("spoiler", 0, 1)]),
        ("  \n<b>x</b> \n", "x", [("bold", 0, 1)]),
        ("a\N{RIGHT-TO-LEFT OVERRIDE}<b>b\N{LINE SEPARATOR}c</b>", "abc", [("bold", 1, 2)]),
        ("\N{RIGHT-TO-LEFT MARK}\N{FIRST STRONG ISOLATE}1\N{POP DIRECTIONAL ISOLATE}", "\u200f\u20681\u2069", []),
        (
            "/ask@some_bot @other #وسم",
            "/ask@some_bot @other #وسم",
            [("bot_command", 0, 13), ("mention", 14, 6), ("hashtag", 21, 4)],
        ),
        ("<b></b>x", "x", []),
    ],
)
def test_text_and_entities_are_read(source: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    assert shown(source) == (text, entities)


@pytest.mark.parametrize(
    ("source", "problem"),
    [
        ("<b>x", 'find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("نعم<br>", 'Unsupported start tag "br" at byte offset 6'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("a <b", "Unclosed start tag at byte offset 2"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("&nbsp;", 'Unsupported entity "nbsp"'),
        ("&apos;", 'Unsupported entity "apos"'),
        ("a & b", "Unescaped ampersand at byte offset 2"),
        ("&#xD800;", "Invalid character"),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "Blockquotes can't be nested"),
        ("<code>a<b>b</b></code>", 'Tag "b" can\'t be inside of "code"'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler"'),
        ('<b class="x">x</b>', 'Unsupported attribute "class"'),
        ('<a href="x>y</a>', 'attribute of the tag "a"'),
        ("<a href>y</a>", "Expected equal sign"),
    ],
)
def test_what_telegram_cannot_parse_is_refused(source: str, problem: str) -> None:
    with pytest.raises(Refused) as refused:
        read_html(source)
    assert refused.value.description.startswith("Bad Request: can't parse entities: ")
    assert problem in refused.value.description
