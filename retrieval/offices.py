"""Whose office an excerpt speaks of: the deputy of the minister is not the minister.

A word before the office («نائب», «وكيل») or one after it («السابق») makes another office of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from retrieval.question import Kind, Question

_DEPUTIES: Final = frozenset("نايب نايبه نايبا نواب مساعد مساعده وكيل وكيله معاون معاونه".split())
_FORMER: Final = frozenset("السابق السابقه الاسبق سابقا المنتخب المكلف".split())
_OFFICES: Final = frozenset(
    """
    رييس رييسه وزير وزيره مدير مديره امين امينه محافظ محافظه قايد ملك امير سلطان عميد سكرتير حاكم سفير سفيره نقيب والي
    """.split()
)
_NO_OFFICES: Final = frozenset({"اسم", "محافظه"})
_PREFIXES: Final = frozenset("وفبلك")  # letters written together with the word that follows


def offices_in(question: Question) -> frozenset[str]:
    """The words of a question that name an office, unless it asks for a deputy or a former holder itself."""
    words = question.words
    if any(_is_one_of(_DEPUTIES | _FORMER, word) for word in words):
        return frozenset()
    asked_for = words[:1] if question.kind is Kind.WHO else ()
    return (
        frozenset(word for word in (*asked_for, *words) if word in asked_for or _is_one_of(_OFFICES, word))
        - _NO_OFFICES
    )


def deputies_in(question: Question) -> frozenset[str]:
    """The words of a question by which it asks for a deputy."""
    return frozenset(word for word in question.words if _is_one_of(_DEPUTIES, word))


def of_others(spoken: Sequence[str]) -> Iterator[int]:
    """Where in folded words an office stands that its neighbours make another one."""
    for at, (word, following) in enumerate(pairwise(spoken)):
        if _is_one_of(_DEPUTIES, word):
            yield at + 1
        if following in _FORMER:
            yield at


def _is_one_of(words: frozenset[str], word: str) -> bool:
    bare = (word, word[1:]) if word[0] in _PREFIXES else (word,)
    return any(each.removeprefix("ال") in words or each in words for each in bare)
