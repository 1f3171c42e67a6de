"""How near to the question's words stands what the question asks for: a number, a date, a cause, a place, a definition.

A window may hold all words of «متى ولد …؟» and the date of something else, or «أين ولد …؟» and when: what is asked for
and not found near the question's words is the best sign that an excerpt does not answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from index.analysis import analysed
from retrieval.clues import is_number, tells_how_many, tells_when, tells_why
from retrieval.matching import Matcher
from retrieval.question import Kind, Question

_CLUES: Final[Mapping[Kind, Callable[[str], bool]]] = {
    Kind.HOW_MANY: tells_how_many,
    Kind.WHEN: tells_when,
    Kind.WHY: tells_why,
}
_BEFORE_PLACES: Final = frozenset(
    """
    في قرب الي وسط شمال جنوب شرق غرب مدينه بلده قريه محافظه ولايه مقاطعه منطقه اقليم جزيره قاره بمدينه بقريه بولايه
    بمحافظه بمنطقه
    """.split()
)
_OF_TIME: Final = frozenset("العام يوم شهر عمر سن فتره مطلع بدايه نهايه اوايل اواخر".split())
_WHO_IS: Final = frozenset({("من", "هو"), ("من", "هي"), ("من", "هم")})
_LONGEST_NAME: Final = 4  # content words; «من هو» with more describes somebody, and is answered by a name
_DEFINED: Final = 6  # words at the beginning of a window among which stands what it defines
_HALF: Final = 5  # words between a clue and a word of the question at which that word counts half


def asks_nothing_checkable(question: Question) -> bool:
    """Whether no word of an excerpt can show that it holds what is asked for, as with «ماذا» and «هل»."""
    return not (question.kind in _CLUES or question.kind is Kind.WHERE or _asks_definition(question))


def nearness(question: Question, matcher: Matcher, text: str) -> float:
    """How much of the question stands near what it asks for in ``text``, 0 to 1; 0 if nothing can be checked.

    Words count by their weight, half where the clue is `_HALF` words away. For a definition it is the share of the
    question met in the text's first words: «ما الخرسانة؟» is answered where a sentence begins with «الخرسانة».
    """
    words = analysed(text)
    if _asks_definition(question):
        return matcher.coverage(matcher.met(words[:_DEFINED]))
    clues = tuple(_clues(question, words))
    return max(_near(matcher, _places(matcher, words), clues), default=0.0) if clues else 0.0


def _asks_definition(question: Question) -> bool:
    if question.kind is Kind.WHO:
        return len(question.words) <= _LONGEST_NAME and analysed(question.standard)[:2] in _WHO_IS
    return question.kind is Kind.DEFINITION


def _clues(question: Question, words: Sequence[str]) -> Iterable[int]:
    """Where in ``words`` something of the kind that is asked for stands; the question's own words are none."""
    asked = frozenset(question.words)
    if question.kind is Kind.WHERE:
        return (at for at, pair in enumerate(pairwise(words)) if _tells_where(*pair) and pair[1] not in asked)
    tells = _CLUES.get(question.kind)
    return (at for at, word in enumerate(words) if word not in asked and tells(word)) if tells else ()


def _tells_where(word: str, following: str) -> bool:
    is_time = following in _OF_TIME or is_number(following) or tells_when(following)
    return word in _BEFORE_PLACES and not is_time


def _places(matcher: Matcher, words: Sequence[str]) -> dict[int, list[int]]:
    """Where in ``words`` each word of the question is met, by its number."""
    places: dict[int, list[int]] = {}
    for at, word in enumerate(words):
        for number, _ in matcher.met_by(word):
            places.setdefault(number, []).append(at)
    return places


def _near(matcher: Matcher, places: Mapping[int, Sequence[int]], clues: Iterable[int]) -> Iterable[float]:
    for clue in clues:
        yield sum(
            matcher.weights[number] / (1 + min(abs(at - clue) for at in found) / _HALF)
            for number, found in places.items()
        )
