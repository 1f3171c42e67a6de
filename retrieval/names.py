"""The name that an excerpt gives to the person asked for: «نائب وزير المعلومات والاتصالات فام دوك لونغ».

Nothing in Arabic letters tells a name from other words, so only what stands between a pause after an office
(«رئيس اللجنة الشعبية»), or a title, and another pause is taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from index.analysis import FUNCTION_WORDS, analysed
from index.arabic import word_spans
from index.library import Library
from retrieval.clues import has_article, is_number
from retrieval.matching import Matcher
from retrieval.numbers import Words
from retrieval.question import Question

_STOP: Final = re.compile(r"[.؟!؛\n]")
_PAUSE: Final = re.compile(r"[.؟!؛\n،,():«»\"]|\s[-–—]\s")
_SHORTEST, _LONGEST = 2, 4  # words of a name; what is longer goes on with something else
_OFFICE: Final = 6  # words before a name that tell an office
_BEFORE, _AFTER = 8, 10  # words around a name among which what the question says of the person stands
_ENOUGH: Final = 0.4  # share of the question that must stand there
_TITLES: Final = frozenset(
    "السيد السيده الرفيق الرفيقه الدكتور الدكتوره المهندس المهندسه الوزير الوزيره الامير الشيخ القايد الجنرال".split()
)
_OFFICES: Final = frozenset(
    "رييس رييسه نايب نايبه وزير وزيره محافظ مدير مديره سكرتير سكرتيره امين امينه قايد عمده حاكم سفير سفيره امير ملك "
    "ملكه سلطان عميد مفوض مستشار مستشاره وكيل وكيله مساعد مساعده".split()
)
_DEPUTIES: Final = frozenset("نايب نايبه نواب مساعد مساعده وكيل وكيله سابق السابق السابقه".split())
_VERB: Final = re.compile(r"[وف]?س?[يت]\w{3,}")
_GLUED: Final = ("و", "ف", "ب", "ل", "ك")


def names(library: Library, question: Question, matcher: Matcher, text: str) -> range | None:
    """The words, by number, of the name that follows what the question says of the person; None if none surely does."""
    words = word_spans(text)
    found = [(_share(question, matcher, *_around(text, words, run)), run) for run in _runs(library, text, words)]
    sure = sorted(((share, run) for share, run in found if share >= _ENOUGH), key=lambda each: each[0], reverse=True)
    if not sure or (sure[1:] and sure[0][0] == sure[1][0]):
        return None
    return sure[0][1]


def _runs(library: Library, text: str, words: Words) -> Iterator[range]:
    """What could be names: two to four words without the article between an office, or a title, and a pause."""
    at = 1
    while at < len(words):
        stop = at
        while stop < len(words) and _is_plain(words[stop][0]) and (stop == at or not _paused(text, words, stop)):
            stop += 1
        ends = stop == len(words) or _paused(text, words, stop)
        if ends and _SHORTEST <= stop - at <= _LONGEST and _begins(library, words[at][0]) and _follows(text, words, at):
            yield range(at, stop)
        at = max(stop, at + 1)


def _is_plain(word: str) -> bool:
    return not (has_article(word) or word in FUNCTION_WORDS or is_number(word) or word in _OFFICES)


def _begins(library: Library, word: str) -> bool:
    """Whether a name may begin with ``word``: no verb, no common word with «و», «ب» or «ل» before it."""
    if _VERB.fullmatch(word):
        return False
    return not (word.startswith(_GLUED) and library.words.frequency(word[1:]) > library.words.frequency(word))


def _follows(text: str, words: Words, first: int) -> bool:
    """Whether a title stands before the word numbered ``first``, or a pause and before that an office."""
    if words[first - 1][0] in _TITLES:
        return True
    if not _paused(text, words, first):
        return False
    for at in range(first - 1, max(-1, first - 1 - _OFFICE), -1):
        if words[at][0] in _OFFICES:
            return True
        if not has_article(words[at][0]) or (at < first - 1 and _paused(text, words, at + 1)):
            return False
    return False


def _paused(text: str, words: Words, at: int) -> bool:
    return _PAUSE.search(text[words[at - 1][1].end : words[at][1].start]) is not None


def _around(text: str, words: Words, run: range) -> tuple[list[str], list[str]]:
    """The words before a name, from the nearest on, and those after it, in its sentence."""
    before = _sentence(text, words, range(run.start - 1, max(-1, run.start - 1 - _BEFORE), -1))
    return before, _sentence(text, words, range(run.stop, min(len(words), run.stop + _AFTER)))


def _share(question: Question, matcher: Matcher, before: Sequence[str], after: Sequence[str]) -> float:
    """How much of the question stands around a name; 0 if it follows another office than the one asked for."""
    offices = (_OFFICES | _TITLES).intersection(before)
    asked = analysed(question.standard)
    if not offices or _DEPUTIES.intersection(before) != _DEPUTIES.intersection(asked):
        return 0.0
    if not _OFFICES.isdisjoint(asked) and not any(matcher.met_by(office) for office in offices):
        return 0.0
    return matcher.coverage(matcher.met([*before, *after]))


def _sentence(text: str, words: Words, order: range) -> list[str]:
    """The words numbered in ``order``, as far as the sentence goes that the name stands in."""
    found: list[str] = []
    for at in order:
        left = at if order.step > 0 else at + 1
        if left < len(words) and _STOP.search(text[words[left - 1][1].end : words[left][1].start]):
            break
        found.append(words[at][0])
    return found
