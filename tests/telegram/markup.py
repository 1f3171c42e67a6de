"""Telegram's HTML, read strictly.

Stricter than Telegram in three things that it shows wrongly rather than refusing: a `&` that begins no known entity, a
quotation in a quotation, and formatting inside `code` or `pre`. An attribute that a tag does not have is refused too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tests.telegram.errors import Refused, bad_request
from tests.telegram.texts import Formatted, Span

KINDS = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    **dict.fromkeys(("span", "tg-spoiler"), "spoiler"),
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
}
ATTRIBUTES = {"a": "href", "code": "class", "span": "class", "tg-emoji": "emoji-id", "blockquote": "expandable"}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
ENTITY = re.compile(r"&(?:#(\d{1,8})|#[xX]([0-9a-fA-F]{1,6})|([a-zA-Z]+));")
PLAIN = re.compile(r"[^<&]+")
TAG_NAME = re.compile(r"[^\s>]*")
ATTRIBUTE = re.compile(r"""\s+([^\s=>"'/]+)(?:\s*=\s*("[^"<]*"|'[^'<]*'|[A-Za-z0-9.-]+))?""")


@dataclass
class _Open:
    name: str
    start: int
    value: str


@dataclass
class _Reader:
    source: str
    place: int = 0
    text: list[str] = field(default_factory=list)
    length: int = 0
    open: list[_Open] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)

    def read(self) -> Formatted:
        while self.place < len(self.source):
            letter = self.source[self.place]
            if letter == "<":
                self._tag()
            elif letter == "&":
                self._write(self._reference())
            else:
                run = PLAIN.match(self.source, self.place)
                assert run is not None
                self._write(run.group())
                self.place = run.end()
        if self.open:
            raise self._wrong(f'Can\'t find end tag corresponding to start tag "{self.open[-1].name}"')
        return Formatted("".join(self.text), tuple(self.spans))

    def _write(self, letters: str) -> None:
        self.text.append(letters)
        self.length += len(letters)

    def _wrong(self, what: str) -> Refused:
        return bad_request(f"can't parse entities: {what}")

    def _at(self, place: int) -> str:
        return f"at byte offset {len(self.source[:place].encode())}"

    def _reference(self) -> str:
        match = ENTITY.match(self.source, self.place)
        if match is None:
            raise self._wrong(f"Unescaped ampersand {self._at(self.place)}")
        decimal, hexadecimal, name = match.groups()
        if name is not None and name not in NAMED:
            raise self._wrong(f'Unsupported entity "{name}" {self._at(self.place)}')
        code = 0 if name else int(decimal) if decimal else int(hexadecimal, 16)
        if not name and (not 0 < code < 0x10FFFF or 0xD800 <= code <= 0xDFFF):
            raise self._wrong(f"Invalid character {self._at(self.place)}")
        self.place = match.end()
        return NAMED[name] if name else chr(code)

    def _tag(self) -> None:
        begin = self.place
        if self.source.startswith("</", begin):
            self._close(begin)
            return
        named = TAG_NAME.match(self.source, begin + 1)
        assert named is not None
        name = named.group().lower()
        if named.end() >= len(self.source):
            raise self._wrong(f"Unclosed start tag {self._at(begin)}")
        if name not in KINDS:
            raise self._wrong(f'Unsupported start tag "{name}" {self._at(begin)}')
        self.place = named.end()
        value = self._attributes(name, begin)
        self._check_nesting(name, begin)
        self.open.append(_Open(name, self.length, value))

    def _attributes(self, name: str, begin: int) -> str:
        value = ""
        while match := ATTRIBUTE.match(self.source, self.place):
            attribute, given = match.group(1).lower(), (match.group(2) or "").strip("\"'")
            if attribute != ATTRIBUTES.get(name):
                raise self._wrong(f'Unsupported attribute "{attribute}" of the tag "{name}" {self._at(begin)}')
            if match.group(2) is None and attribute != "expandable":
                what = f'Expected equal sign in declaration of an attribute of the tag "{name}"'
                raise self._wrong(f"{what} {self._at(begin)}")
            value = "expandable" if attribute == "expandable" else self._unescaped(given)
            self.place = match.end()
        ending = re.compile(r"\s*>").match(self.source, self.place)
        if ending is None:
            raise self._wrong(f'Unclosed start tag "{name}" {self._at(begin)}')
        self.place = ending.end()
        if name == "span" and value != "tg-spoiler":
            raise self._wrong(f'Tag "span" must have class "tg-spoiler" {self._at(begin)}')
        if name == "tg-emoji" and not value.isdecimal():
            raise self._wrong("Invalid custom emoji identifier specified")
        return value

    def _unescaped(self, value: str) -> str:
        inner = _Reader(value)
        while inner.place < len(value):
            if value[inner.place] == "&":
                inner._write(inner._reference())
            else:
                inner._write(value[inner.place])
                inner.place += 1
        return "".join(inner.text)

    def _check_nesting(self, name: str, begin: int) -> None:
        outer = [tag.name for tag in self.open]
        if name == "blockquote" and name in outer:
            raise self._wrong(f"Blockquotes can't be nested {self._at(begin)}")
        pair = outer[-1:] == ["pre"] and name == "code" and self.open[-1].start == self.length
        if {"code", "pre"} & set(outer) and not pair:
            raise self._wrong(f'Tag "{name}" can\'t be inside of "{outer[-1]}" {self._at(begin)}')

    def _close(self, begin: int) -> None:
        end = self.source.find(">", begin)
        if not self.open:
            raise self._wrong(f"Unexpected end tag {self._at(begin)}")
        if end < 0:
            raise self._wrong(f"Unclosed end tag {self._at(begin)}")
        name, expected = self.source[begin + 2 : end].rstrip().lower(), self.open[-1].name
        if name != expected:
            what = f'expected "</{expected}>", found "</{name}>"'
            raise self._wrong(f"Unmatched end tag {self._at(begin)}, {what}")
        self.place = end + 1
        self._finish(self.open.pop())

    def _finish(self, tag: _Open) -> None:
        if tag.start == self.length:
            return
        if tag.name == "code" and self.open and self.open[-1].name == "pre":
            self.open[-1].value = tag.value.removeprefix("language-")
            return
        span = self._span(tag)
        if span is not None:
            self.spans.append(span)

    def _span(self, tag: _Open) -> Span | None:
        kind, extra = KINDS[tag.name], {}
        if tag.name == "a":
            url = tag.value or "".join(self.text)[tag.start :]
            if not re.match(r"(?:https?|tg|mailto|tel|ton|tonsite)://?\S+|[\w-]+(\.[\w-]+)+", url):
                return None
            extra = {"url": url}
        elif kind == "pre" and tag.value:
            extra = {"language": tag.value}
        elif kind == "custom_emoji":
            extra = {"custom_emoji_id": tag.value}
        elif kind == "blockquote" and tag.value:
            kind = "expandable_blockquote"
        return Span(tag.start, self.length, kind, tuple(extra.items()))


def read_html(source: str) -> Formatted:
    """The text and its spans.

    Raises:
        Refused: 400 "can't parse entities", with the byte where the reader stopped.
    """
    return _Reader(source).read()
