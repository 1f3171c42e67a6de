"""Text as Telegram keeps it: UTF-16 counts, deleted characters, trimmed ends, commands and mentions that are found."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from tests.telegram.values import JSON

DELETED = re.compile("[\N{LINE SEPARATOR}-\N{RIGHT-TO-LEFT OVERRIDE}\r]")
FOUND = {
    "url": re.compile(r"https?://[^\s<>\"]+|(?<![\w./@])(?:t\.me|telegram\.me)/[\w/?=&-]+"),
    "bot_command": re.compile(r"(?<![\w/<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])"),
    "mention": re.compile(r"(?<![\w/@.])@[A-Za-z0-9_]{3,32}(?!\w)"),
    "hashtag": re.compile(r"(?<!\w)#\w*[^\W\d]\w*"),
}


@dataclass(frozen=True)
class Span:
    """A run of the text with a meaning; `start` and `end` count characters, not UTF-16 units."""

    start: int
    end: int
    kind: str
    extra: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Formatted:
    """A text with its spans."""

    text: str
    spans: tuple[Span, ...] = ()

    def cleaned(self) -> Formatted:
        """Without the characters that Telegram deletes, and without blank ends."""
        if not DELETED.search(self.text) and self.text == self.text.strip():
            return self
        deleted = {match.start() for match in DELETED.finditer(self.text)}
        kept = [place for place in range(len(self.text)) if place not in deleted]
        while kept and self.text[kept[-1]].isspace():
            kept.pop()
        while kept and self.text[kept[0]].isspace():
            kept.pop(0)
        return self._only(kept)

    def entities(self) -> list[JSON]:
        """As the Bot API writes them, the given ones and those that are found in the text."""
        spans = sorted((*self.spans, *self._found()), key=lambda span: (span.start, -span.end))
        return [_entity(self.text, span) for span in spans]

    def _only(self, kept: list[int]) -> Formatted:
        before, total = [], 0
        places = set(kept)
        for place in range(len(self.text) + 1):
            before.append(total)
            total += place in places
        moved = (Span(before[s.start], before[s.end], s.kind, s.extra) for s in self.spans)
        return Formatted("".join(self.text[place] for place in kept), tuple(s for s in moved if s.end > s.start))

    def _found(self) -> list[Span]:
        taken = [span for span in self.spans if span.kind in {"code", "pre", "text_link", "text_mention"}]
        found: list[Span] = []
        for kind, pattern in FOUND.items():
            for match in pattern.finditer(self.text):
                span = Span(match.start(), match.end(), kind)
                if not any(span.start < other.end and other.start < span.end for other in (*taken, *found)):
                    found.append(span)
        return found


def utf16_length(text: str) -> int:
    """Telegram counts UTF-16 code units: a character beyond U+FFFF is two."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def is_blank(text: str) -> bool:
    """Nothing that can be seen: white space and formatting characters only."""
    return all(
        letter.isspace() or unicodedata.category(letter) in {"Cf", "Cc"} or letter == "\N{BRAILLE PATTERN BLANK}"
        for letter in text
    )


def character_at(text: str, units: int) -> int:
    """The character index of a UTF-16 offset.

    Raises:
        ValueError: the offset lies outside the text or inside a character.
    """
    seen = 0
    for place, letter in enumerate(text):
        if seen == units:
            return place
        seen += 2 if letter > "\uffff" else 1
    if seen == units:
        return len(text)
    raise ValueError(units)


def slice_of(text: str, entity: JSON) -> str:
    """The words that an entity covers."""
    start = character_at(text, entity["offset"])
    return text[start : character_at(text, entity["offset"] + entity["length"])]


def _entity(text: str, span: Span) -> JSON:
    offset = utf16_length(text[: span.start])
    length = utf16_length(text[span.start : span.end])
    return {"type": span.kind, "offset": offset, "length": length, **dict(span.extra)}
