"""Dates in a text, each with all of its words: «28 فبراير 2024», «عام 625 قبل الميلاد», «القرن العاشر»."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from retrieval.clues import is_number, is_year, tells_when
from retrieval.numbers import Words

_PAUSE: Final = re.compile(r"[.؟!؛\n،,()]")
_DASH: Final = re.compile(r"\s?[-–—−]\s?")
_YEAR_WORDS: Final = frozenset(("عام", "سنه"))
_ERAS: Final = frozenset("م ه هجري هجريه هجريا ميلادي ميلاديه ميلاديا".split())
_BEFORE_CHRIST: Final = ("قبل", "الميلاد")
_OF_MONTHS: Final = frozenset("الاول الاولي الثاني الثانيه الاخر الاخره".split())
_TWO_WORD_MONTHS: Final = frozenset("كانون تشرين ربيع جمادي".split())
_CENTURIES: Final = frozenset(("القرن", "قرن"))
_PERIODS: Final = frozenset("للفتره الفتره فتره خطه لخطه".split())  # «خطة الفترة 2025-2030» says when nothing happened
_JOINING: Final = frozenset(("و", "الي", "حتي"))
_FROM: Final = frozenset("بين من عامي سنتي مابين".split())
_BIRTH: Final = frozenset("ولد ولدت ميلاد مولد ميلاده مولده".split())
_DEATH: Final = frozenset("توفي توفيت مات ماتت وفاه وفاته رحل رحلت".split())


def dates(text: str, words: Words, asked: Collection[str]) -> list[range]:
    """The dates of ``text`` that are not the question's own (``asked``: its words), in order."""
    found = _joined(words, _runs(text, words))
    return [run for run in found if _says_when(words, run) and not {words[at][0] for at in run} <= set(asked)]


def asked_half(text: str, words: Words, run: range, asked: Collection[str]) -> range:
    """Of «1847-1931» the birth where the question (``asked``: its words) is about one, the death where about that."""
    parts = [at for at in run[1:] if _DASH.fullmatch(text[words[at - 1][1].end : words[at][1].start])]
    if len(parts) == 1 and not _BIRTH.isdisjoint(asked):
        return range(run.start, parts[0])
    return range(parts[0], run.stop) if len(parts) == 1 and not _DEATH.isdisjoint(asked) else run


def _runs(text: str, words: Words) -> Iterator[range]:
    """Neighbouring words of a date, with no pause between them."""
    start = 0
    for at in range(len(words) + 1):
        ends = at == len(words) or not _belongs(words, at)
        paused = 0 < at < len(words) and _PAUSE.search(text[words[at - 1][1].end : words[at][1].start])
        if (ends or paused) and start < at:
            yield range(start, at)
        if ends or paused:
            start = at + 1 if ends else at


def _joined(words: Words, runs: Iterable[range]) -> list[range]:
    """``runs`` with the two ends of a time as one: «بين عامي 1958 و1961», «من 2000 إلى 2004»."""
    joined: list[range] = []
    for run in runs:
        between = [words[at][0] for at in range(joined[-1].stop, run.start)] if joined else []
        if len(between) == 1 and between[0] in _JOINING and words[max(0, joined[-1].start - 1)][0] in _FROM:
            joined[-1] = range(joined[-1].start, run.stop)
        else:
            joined.append(run)
    return joined


def _belongs(words: Words, at: int) -> bool:
    word = words[at][0]
    before = words[at - 1][0] if at else ""
    after = words[at + 1][0] if at + 1 < len(words) else ""
    if word in _ERAS:
        return bool(before) and is_number(before)
    if word in _OF_MONTHS:
        return before in _TWO_WORD_MONTHS
    if word in _BEFORE_CHRIST:
        return _BEFORE_CHRIST in ((word, after), (before, word))
    if before in _CENTURIES:
        return True
    return tells_when(word) or (is_number(word) and (tells_when(before) or tells_when(after) or after in _ERAS))


def _says_when(words: Words, run: range) -> bool:
    """Whether a run is a date: not «عام» alone, nor «600 سنة», which is a time's length."""
    folded = [words[at][0] for at in run]
    if run.start and words[run.start - 1][0] in _PERIODS:
        return False
    if len(folded) == 2 and is_number(folded[0]) and folded[1] in _YEAR_WORDS and not is_year(folded[0]):
        return False
    return not set(folded) <= _YEAR_WORDS | _CENTURIES | set(_BEFORE_CHRIST)
