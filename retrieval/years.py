"""Which years a text speaks of: those it names, those within a range, those told from the day of its report."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from index.analysis import FUNCTION_WORDS
from index.arabic import fold, words
from retrieval.clues import has_article, is_year, tells_when

_EARLIEST_PLAIN: Final = 1900  # an earlier number is a year only where a word says so
_LONGEST_RANGE: Final = 100  # years; more between two numbers is no range
_YEAR_WORDS: Final = frozenset(
    prefix + word
    for prefix in ("", "ل", "ب", "و", "ال", "لل", "بال", "وال")
    for word in "عام عامي اعوام سنه سنتي سنوات فتره موسم هجري هجريه".split()
)
_PLAIN: Final = re.compile(r"(?<!\d)(?<!\d[.,٫٬])\d{4}(?![.,٫٬]?\d)(?![%٪])")  # 1,950 is no year
_LAST_WORD: Final = re.compile(r"[^\W\d_]+\s*\Z")
_NEXT_WORD: Final = re.compile(r"\s+[^\W\d_]+")
_NUMBERED: Final = frozenset(
    prefix + word
    for prefix in ("", "ال", "و", "وال", "ب", "بال", "لل", "ل")
    for word in "قرار ماده رقم قانون مرسوم بند فقره صفحه تعميم مذكره امر".split()
)
_MAGNITUDES: Final = frozenset(
    "الف مليون مليار مليارا مليونا تريليون دولار دينار درهم ريال جنيه يورو كم متر طن".split()
)
_BEFORE_YEARS: Final = frozenset("منذ حتي خلال بحلول نهايه بدايه مطلع اواخر اوايل منتصف".split())
_NO_NOUN: Final = re.compile(r"[وفبلسيت]|.*ت\Z")  # a verb, or a word that joins what follows the year
_SHORTEST_COUNTED: Final = 2  # letters: «2024م», «1445هـ» are years
_RELATIVE: Final = frozenset("الماضي الحالي الجاري القادم المقبل المنصرم الفايت".split())
_BESIDE: Final = 40  # code points before and after a year in which the words beside it stand
_RANGE: Final = re.compile(  # 2021-2025, ٢٠٢١–٢٠٢٥, 2021/2022, من 2021 إلى 2025, بين عامي 2021 و2025
    r"(?<![\d.])(\d{4})\s*(?:[-–—−/~]|(?:ال[يى]|حت[يى])(?:\s+(?:عام|سنه|نهايه|نهايه\s+عام))?)\s*(\d{4})(?![\d%])"
    r"|\bبين\s+(?:عامي\s+|سنتي\s+)?(\d{4})\s+و\s?(?:عام\s+|سنه\s+)?(\d{4})(?![\d%])"
)
_NOW: Final = re.compile(r"(?:هذا|هذه|ذا) (?:العام|السنه)|(?:العام|السنه) (?:الجاري|الحالي)")
_LAST: Final = re.compile(r"(?:العام|السنه) (?:الماضي|السابق|المنصرم|الفايت)")


def years_named(text: str) -> frozenset[str]:
    """The years that ``text`` writes out, each in four Western digits."""
    return frozenset(_single(text))


@lru_cache(maxsize=1_024)
def years_in(text: str) -> frozenset[str]:
    """The years that ``text`` names, and those within a range that it names."""
    years = years_named(text)
    return years | frozenset(_ranged(fold(text))) if len(years) > 1 else years


def _single(text: str) -> Iterator[str]:
    for found in _PLAIN.finditer(text):
        year = fold(found.group())
        before, after = text[max(0, found.start() - _BESIDE) : found.start()], text[found.end() :][:_BESIDE]
        previous = _LAST_WORD.search(before)
        ahead = "".join(words(previous.group())[-1:]) if previous else ""
        if is_year(year) and ahead not in _NUMBERED:
            beside = {*words(before)[-2:], *words(after)[:1]}
            is_said = not beside.isdisjoint(_YEAR_WORDS) or any(map(tells_when, beside))
            if is_said or (int(year) >= _EARLIEST_PLAIN and not _is_count(ahead, after)):
                yield year


def _is_count(ahead: str, after: str) -> bool:
    """Whether a number after the word ``ahead`` and before the text ``after`` counts things («2000 مدرسة»)."""
    following = _NEXT_WORD.match(after)
    counted = "".join(words(following.group())[:1]) if following else ""
    if len(counted) < _SHORTEST_COUNTED or counted in FUNCTION_WORDS or has_article(counted):
        return False
    is_time = ahead in FUNCTION_WORDS or ahead in _BEFORE_YEARS
    return counted in _MAGNITUDES or counted.endswith("ه") or not (is_time or _NO_NOUN.match(counted))


def is_of_time(word: str) -> bool:
    """Whether a folded word of a question only says of which year it asks."""
    return is_year(word) or word in _YEAR_WORDS or word in _RELATIVE


def is_relative(text: str) -> bool:
    """Whether ``text`` speaks of this year or the last one, by no number."""
    folded = fold(text)
    return bool(_NOW.search(folded) or _LAST.search(folded))


def _ranged(folded: str) -> Iterator[str]:
    for found in _RANGE.finditer(folded):
        first, last = sorted(int(year) for year in found.groups() if year)
        if is_year(str(first)) and is_year(str(last)) and last - first <= _LONGEST_RANGE:
            yield from map(str, range(first, last + 1))


def years_told(text: str, published: dt.date | None) -> frozenset[str]:
    """The years that an excerpt of a report speaks of; empty where nothing tells.

    «هذا العام» and «العام الماضي» are told from the day the report was ``published``. Where an excerpt names no year
    at all, it speaks of the year of its report.
    """
    named = years_in(text)
    if published is None:
        return named
    folded = fold(text)
    this = {str(published.year)} if _NOW.search(folded) else set()
    last = {str(published.year - 1)} if _LAST.search(folded) else set()
    return named | this | last or frozenset({str(published.year)})
