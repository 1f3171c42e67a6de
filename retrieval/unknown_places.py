"""The names of places in a question that no report is of, as far as its grammar shows them.

A place is named after «مقاطعة», «مدينة»…, and after «في» or ب where the question ends or begins: «كم بلغت النسبة في
هانوي عام 2024؟». What stands there is not always a place («في التعليم الثانوي»), but it restricts what is asked all the
same: an excerpt whose passage and title are silent about it tells of something else, or of another place.

Of the right excerpts that were sure enough to be answers this withholds 0.9 / 0.5 % on XQuAD-ar / TyDi-ar, half of them
because their passages do not name the country that they are about. In the middle of a question «في» mostly belongs to a
verb or a noun («تسببت في تعطل الطاقة»): looking there too withholds three times as much, looking after «من» twice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from index.analysis import FUNCTION_WORDS, terms
from index.library import Library
from index.places import KINDS_OF_PLACE
from retrieval.clues import has_article, is_number, tells_when, tells_where

_PREFIXES: Final = frozenset("وفبل")  # written together with «مقاطعة»
_JOINED: Final = frozenset("وفبلك")  # written together with any word
_COUNTING: Final = frozenset("اي ايه كم كل عدد".split())  # words before «مقاطعة» after which no name follows
_WITHIN: Final = frozenset("في وفي داخل ضمن خلال".split())
_NO_PLACES: Final = frozenset(
    """
    العام السنه يوم اليوم شهر الشهر فتره الفتره نهايه بدايه مطلع اوايل اواخر الربع النصف العصر القرن القرون العقد الوقت
    الماضي الماضيه المقبل المقبله القادم القادمه الحالي الحاليه الجاري السنوات الاعوام الايام الاسبوع المستقبل الحاضر
    السابق البدايه النهايه الغالب الاصل الواقع الحقيقه العاده المتوسط المجموع المجمل العموم حال حاله ايه نفس كافه جميع
    معظم غالبيه
    """.split()
)
"""Times and turns of speech that stand after «في»."""
_DECADES: Final = ("ينات", "ينيات")  # «الثمانينات»
_LONGEST_NAME: Final = 3  # words
_SHORTEST_JOINED: Final = 4  # letters of a word that begins with the preposition ب
_ALIKE: Final = 0.5  # Dice coefficient of the 4-grams from which two words are taken to be one name


def unknown_in(library: Library, spoken: Sequence[str], known: Collection[int]) -> Iterator[tuple[str, ...]]:
    """The names among the folded words ``spoken`` of places which are not ``known`` (the numbers of words that are)."""
    yield from _after_kinds(spoken, known)
    for at in _starts(library, spoken):
        end = _end(spoken, at, known)
        is_apart = at <= 1 or all(_is_beside(spoken, number, known) for number in range(end, len(spoken)))
        if at < end <= at + _LONGEST_NAME and is_apart:
            yield from _telling(library, spoken[at:end])


def is_kind_of_place(word: str) -> bool:
    """Whether a folded word is «مقاطعة», «بمقاطعة» or another kind of place."""
    return word in KINDS_OF_PLACE or (word[0] in _PREFIXES and word[1:] in KINDS_OF_PLACE)


def _after_kinds(spoken: Sequence[str], known: Collection[int]) -> Iterator[tuple[str, ...]]:
    for at, (kind, name) in enumerate(pairwise(spoken), start=1):
        is_counted = at > 1 and not _COUNTING.isdisjoint(_bare(spoken[at - 2]))  # «في أي مقاطعة تقع …»
        if is_kind_of_place(kind) and not is_counted and at not in known and name not in FUNCTION_WORDS:
            yield (name,)


def _starts(library: Library, spoken: Sequence[str]) -> Iterator[int]:
    """Where what stands after «في» or ب begins."""
    for at, (before, word) in enumerate(pairwise(spoken), start=1):
        may_be_joined = word[0] == "ب" and len(word) >= _SHORTEST_JOINED and not has_article(word)
        # Of a word that reports have, ب is mostly the first letter: «بنك», «برنامج».
        if before in _WITHIN or (may_be_joined and not library.words.frequency(word)):
            yield at


def _end(spoken: Sequence[str], at: int, known: Collection[int]) -> int:
    """Where what begins at ``at`` is over: before a known place, a time or a word that only joins."""
    while at < len(spoken) and not _is_beside(spoken, at, known) and spoken[at] not in FUNCTION_WORDS:
        at += 1
    return at


def _is_beside(spoken: Sequence[str], at: int, known: Collection[int]) -> bool:
    """Whether a word may follow the name of a place at the end of a question: a time, a known place, «في» before it."""
    word = spoken[at]
    is_time = is_number(word) or tells_when(word) or word in _NO_PLACES or word.endswith(_DECADES)
    return at in known or word in _WITHIN or is_time


def _telling(library: Library, name: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The name without «منطقة»; in parts, each of which must be met, if it begins like the name of a known place."""
    bare = [each.removeprefix("ال") for each in _bare(name[0])]
    if any(tells_where(each) or each in KINDS_OF_PLACE for each in bare):
        name = name[1:]
    if name and any(map(library.places.has_word, _bare(name[0]))):
        yield from ((word,) for word in name)
    elif name:
        yield tuple(name)


def speak_of(texts: Iterable[str], names: Iterable[tuple[str, ...]]) -> bool:
    """Whether a word of every name stands among the folded words ``texts``, or one spelt much like it."""
    spoken = {each for word in texts for each in _bare(word)}
    stems = {terms(word).stem for word in spoken}
    return all(any(_is_among(each, spoken, stems) for word in name for each in _bare(word)) for name in names)


def _is_among(name: str, spoken: Collection[str], stems: Collection[str]) -> bool:
    if terms(name).stem in stems:
        return True
    grams = frozenset(terms(name).grams)
    others = (frozenset(terms(word).grams) for word in spoken)
    return any(2 * len(grams & other) >= _ALIKE * (len(grams) + len(other)) for other in others)


def _bare(word: str) -> tuple[str, ...]:
    """A word, and what is left of it without a letter that may be written together with it."""
    return (word, word[1:]) if len(word) > 2 and word[0] in _JOINED else (word,)
