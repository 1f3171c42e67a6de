"""Words that somebody typed, made fit for one line."""

from __future__ import annotations

import re
from typing import Final

# Controls, marks that turn the direction of what follows, line separators, lone surrogates
_HARMFUL: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]"
)


def one_line(text: str) -> str:
    """``text`` with single spaces and nothing that could harm a terminal or turn a line around."""
    return " ".join(_HARMFUL.sub("", text).split())
