"""Years that a follow-up names in words: «والسنة التي تليها», «وقبلها بسنتين», «في السنة نفسها»."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from retrieval.clues import is_year

_UNIT: Final = r"(?:ال)?(?:عام|سنه)"
_WHICH: Final = "(?:الذي|التي|اللي)"
_IN: Final = r"(?:(?:في|ب|ل|عن|خلال) ?)?"
_NEXT: Final = re.compile(
    rf"{_IN}[بل]?{_UNIT} (?:(?:ال)?(?:تالي|موالي|لاحق)ه?|"
    rf"(?:{_WHICH} )?(?:[يت]ليه?ا?|تلاه|تلتها|تلته|بعد(?:ه|ها|يها|يه)))"
)
_BEFORE: Final = re.compile(
    rf"{_IN}[بل]?{_UNIT} (?:(?:ال)?سابقه?|(?:{_WHICH} )?(?:[يت]سبق(?:ه|ها)|سبق(?:ه|ها|ته|تها)|قبل(?:ه|ها|يها|يه)))"
)
_NUMBERS: Final = {
    "ثلاث": 3, "ثلاثه": 3, "اربع": 4, "اربعه": 4, "خمس": 5, "خمسه": 5, "ست": 6, "سته": 6, "سبع": 7, "سبعه": 7,
    "ثماني": 8, "ثمانيه": 8, "تسع": 9, "تسعه": 9, "عشر": 10, "عشره": 10,
}  # fmt: skip
_COUNT: Final = (
    rf"(?:(?P<one>عام|سنه)|(?P<two>عامين|سنتين)|(?P<many>{'|'.join(_NUMBERS)}|\d{{1,2}}) (?:سنوات|سنين|اعوام|سنه|عاما))"
)
_AWAY: Final = re.compile(rf"(?P<way>قبل|بعد)(?:ها|ه|يها|يه)?(?: (?:ذلك|هذا|كذا))?(?: ?ب? ?{_COUNT})?")
_SAME: Final = re.compile(
    rf"{_IN}[بل]?(?:(?:نفس|ذات) {_UNIT}|{_UNIT} (?:نفسه|نفسها|ذاته|ذاتها)|(?:ذلك|ذاك|هذاك|تلك|هديك) {_UNIT})"
)
_FROM_NOW: Final = (
    (re.compile(rf"{_IN}[بل]?(?:هذا|هذه|هاي|هذي) {_UNIT}|{_IN}[بل]?{_UNIT} (?:ال)?(?:حالي|جاري)ه?"), 0),
    (re.compile(rf"{_IN}[بل]?{_UNIT} (?:ال)?(?:(?:ماضي|منصرم|فايت)ه?|{_WHICH} (?:فات|فاتت|مضي|مضت))"), -1),
    (re.compile(rf"{_IN}[بل]?{_UNIT} (?:ال)?(?:قادم|مقبل|جاي)ه?"), 1),
)
_PLAIN: Final = re.compile(rf"{_IN}[بل]?(?:ال)?(?:{_UNIT} )?(?P<year>\d{{4}})(?: (?:م|ميلادي|ميلاديه))?")

SAME: Final = "same"


def year_told(words: str, *, earlier: str | None, now: float) -> str | None:
    """The year that folded words tell, all of them; `SAME` for the one spoken of; None if they tell none.

    ``earlier`` is the year spoken of before, where there is just one.
    """
    if (plain := _PLAIN.fullmatch(words)) and is_year(plain["year"]):
        return plain["year"]
    if _SAME.fullmatch(words):
        return SAME
    for phrase, away in _FROM_NOW:
        if phrase.fullmatch(words):
            return str(dt.datetime.fromtimestamp(now, dt.UTC).year + away)
    if earlier is None:
        return None
    away_by = 1 if _NEXT.fullmatch(words) else -1 if _BEFORE.fullmatch(words) else _counted(words)
    told = str(int(earlier) + away_by) if away_by else ""
    return told if told and is_year(told) else None


def same_year(words: str) -> tuple[int, int] | None:
    """Where in folded words the year spoken of before is meant («في السنة نفسها»)."""
    found = re.search(rf"(?:\A|(?<= ))(?:{_SAME.pattern})(?=\Z| )", words)
    return found.span() if found else None


def _counted(words: str) -> int:
    found = _AWAY.fullmatch(words)
    if not found:
        return 0
    many = found["many"]
    count = 2 if found["two"] else int(_NUMBERS.get(many) or many) if many else 1
    return -count if found["way"] == "قبل" else count
