"""A question as it is understood: cleaned, its language, its kind, its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from index.analysis import analysed, content_words
from retrieval.language import language_of

LONGEST: Final = 1_000
"""Code points of a question that are read; what follows is cut off, and the person is told."""

_SPACE: Final = re.compile(r"[\s\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NO-BREAK SPACE}]+")
_LEADING: Final = " -–—•*·.،,:؛\"'«»"


class Kind(Enum):
    """What a question asks for, told by its question word; it decides what in an excerpt is marked."""

    HOW_MANY = "how many"
    WHEN = "when"
    WHO = "who"
    WHERE = "where"
    WHY = "why"
    YES_NO = "yes or no"
    WHAT = "what"


_THE: Final = r"(?:هو |هي )?(?:ال)?"
_KINDS: Final = {  # the first that is found wins; «متى» may stand anywhere, the others begin the question
    kind: re.compile(rf"{begin}(?:{phrase})\b")
    for kind, begin, phrase in (
        (Kind.WHEN, r"\b", rf"متي|امتي|[بلف]?اي (?:عام|سنه|تاريخ|يوم|شهر|قرن|وقت|موعد)|ما {_THE}(?:تاريخ|موعد)"),
        (Kind.HOW_MANY, r"\A", rf"[وبل]?كم|قديش|كام|ما {_THE}(?:عدد|نسبه|معدل|قيمه|مساحه|مرتبه|ترتيب|تصنيف)"),
        (Kind.WHERE, r"\A", r"و?(?:من |الي )?اين|وين|فين|(?:في |الي |من )?[بلف]?اي (?:مدينه|بلد|دوله|مكان|منطقه|قاره)"),
        (Kind.WHO, r"\A", r"[ول]?من|مين"),
        (Kind.WHY, r"\A", rf"و?لماذا|لم|ليش|ليه|ما {_THE}(?:سبب|اسباب)"),
        (Kind.YES_NO, r"\A", r"و?هل"),
    )
}


@dataclass(frozen=True, slots=True)
class Question:
    """A cleaned question. ``words`` are its folded content words, in order, each once."""

    asked: str
    understood: str
    language: str | None
    kind: Kind
    words: tuple[str, ...]

    @property
    def is_cut(self) -> bool:
        """Whether the end of what was asked was too long to be read."""
        return len(self.asked) > LONGEST

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it that a report could answer: no letters at all."""
        return self.language is None


def understand(asked: str) -> Question:
    """Reads what a person typed; never fails, whatever it is."""
    understood = _SPACE.sub(" ", asked[:LONGEST]).lstrip(_LEADING).strip()
    return Question(
        asked=asked,
        understood=understood,
        language=language_of(understood),
        kind=_kind(understood),
        words=tuple(dict.fromkeys(content_words(understood))),
    )


def _kind(understood: str) -> Kind:
    folded = " ".join(analysed(understood))
    return next((kind for kind, phrase in _KINDS.items() if phrase.search(folded)), Kind.WHAT)
