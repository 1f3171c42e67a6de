"""A conversation as the README tells it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tests.reports import ROOT
from tests.telegram.messages import Message

_INVISIBLE: Final = re.compile(
    "[\N{FIRST STRONG ISOLATE}\N{POP DIRECTIONAL ISOLATE}\N{RIGHT-TO-LEFT MARK}\N{LEFT-TO-RIGHT MARK}]"
)
_WIDTH: Final = 118


def told(message: Message) -> list[str]:
    """A message as lines: quotations in «», what is bold between **, buttons in brackets."""
    text = message.text
    for quotation in message.quotations:
        text = text.replace(quotation, f"«{quotation}»", 1)
    for bold in message.bold:
        text = text.replace(bold, f"**{bold}**", 1)
    rows = ["  ".join(f"[{visible(button['text'])}]" for button in reversed(row)) for row in message.keyboard]
    return [*(part for line in visible(text).split("\n") for part in _wrapped(line)), *rows]


def visible(text: str) -> str:
    """A text without the characters that only give directions."""
    return _INVISIBLE.sub("", text)


def stands_in_the_readme(lines: list[str]) -> None:
    """Fails unless these lines stand there, one after the other."""
    conversation = "\n".join(lines).strip()
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert conversation in readme, f"README.md lacks:\n{conversation}"


def _wrapped(line: str) -> Iterator[str]:
    shown = ""
    for word in line.split(" "):
        if shown and len(shown) + 1 + len(word) > _WIDTH:
            yield shown
            shown = word
        else:
            shown = f"{shown} {word}" if shown else word
    yield shown
