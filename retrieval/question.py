"""A question as it is understood: cleaned, its language, its kind, its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from index.analysis import FUNCTION_WORDS, content_words
from retrieval.courtesy import courtesy_alone, without_courtesy
from retrieval.dialect import QUESTION_WORDS, in_standard_arabic
from retrieval.kinds import Kind as Kind
from retrieval.kinds import kind_of
from retrieval.language import language_of

LONGEST: Final = 1_000
"""Code points of a question that are read; what follows is cut off, and the person is told."""

_SPACE: Final = re.compile(r"[\s\N{ZERO WIDTH SPACE}\N{ZERO WIDTH NO-BREAK SPACE}]+")
_LEADING: Final = " -–—•*·.،,:؛\"'«»"


_ASKING: Final = frozenset(
    """
    ماهو ماهي ماهم ماهيه وماهو بكم وكم لكم فكم لمن بماذا عماذا واين ومتي وكيف ولماذا وهل فهل اللتي اللذي اذكر يعني
    """.split()
)
"""Words that ask, beside `index.analysis.FUNCTION_WORDS`: not what a question is about."""

_LITTLE: Final = FUNCTION_WORDS | QUESTION_WORDS | _ASKING


@dataclass(frozen=True, slots=True)
class Question:
    """A cleaned question. ``words`` are its folded content words, in order, each once.

    ``understood`` is what was asked without the courtesy around it; ``standard`` is that with the words of dialects
    put into standard Arabic, which is what is searched for.
    """

    asked: str
    understood: str
    standard: str
    language: str | None
    kind: Kind
    words: tuple[str, ...]

    @property
    def is_cut(self) -> bool:
        """Whether the end of what was asked was too long to be read."""
        return len(self.asked) > LONGEST

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it that a report could answer: no letters, courtesy alone, «ما» alone."""
        return self.language is None or self.asks_nothing or courtesy_alone(self.understood) is not None

    @property
    def asks_nothing(self) -> bool:
        """Whether all of its words are little words and words that ask."""
        return bool(self.words) and _LITTLE.issuperset(self.words)


def understand(asked: str) -> Question:
    """Reads what a person typed; never fails, whatever it is."""
    cleaned = _SPACE.sub(" ", asked[:LONGEST]).lstrip(_LEADING).strip()
    understood = without_courtesy(cleaned)
    standard = in_standard_arabic(understood) or understood
    words = tuple(dict.fromkeys(content_words(standard)))
    return Question(
        asked=asked,
        understood=understood,
        standard=standard,
        language=language_of(understood),
        kind=kind_of(standard),
        words=tuple(word for word in words if word not in _ASKING) or words,
    )
