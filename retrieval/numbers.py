"""Numbers in a text, in digits and in letters, each with all of its words: «2.4 مليون طن», «مليونان ومئة ألف».

Left out is what is written like a number and counts nothing: years and days of dates, numbers of decisions and
articles, «واحد من أهم», «السابع عشر», the digits of «H2O» and «36-NQ».
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from index.analysis import FUNCTION_WORDS
from index.document import Span
from retrieval.clues import is_number, is_year, tells_when

Words: TypeAlias = Sequence[tuple[str, Span]]
"""Folded words of a text, each with its span."""

_ONES: Final = frozenset(
    "واحد واحدا واحده اثنان اثنين اثنا اثني اثنتان اثنتين اثنتا اثنتي ثلاثه ثلاث اربعه اربع خمسه خمس سته ست سبعه سبع "
    "ثمانيه ثماني ثمان تسعه تسع عشره عشر".split()
)
_TENS: Final = frozenset(
    tens + ending for tens in "عشر ثلاث اربع خمس ست سبع ثمان تسع".split() for ending in ("ون", "ين")
)
_HUNDREDS: Final = frozenset(
    ["ميه", "مايه", "ميتان", "ميتين", "مايتان", "مايتين"]
    + [ones + hundred for ones in "ثلاث اربع خمس ست سبع ثمان ثماني تسع".split() for hundred in ("ميه", "مايه")]
)
_SCALES: Final = frozenset(
    "الف الفا الفان الفين الاف مليون مليونا مليونان مليونين ملايين مليار مليارا ملياران مليارين مليارات بليون "
    "تريليون تريليونات".split()
)
_PARTS: Final = frozenset("نصف ثلث ثلثا ثلثي ثلثان ثلثين ربع".split())
_ADDED_PARTS: Final = frozenset(("نصف", "ثلث", "ربع"))
_ONE: Final = frozenset(("واحد", "واحدا", "واحده"))
_IN_LETTERS: Final = _ONES | _TENS | _HUNDREDS | _SCALES | _PARTS
_UNITS: Final = frozenset(
    "طن طنا اطنان متر مترا امتار كيلومتر كيلومترا كيلومترات كم كلم سم ملم هكتار هكتارا هكتارات فدان فدانا دونم دونما "
    "كيلو كيلوغرام كيلوغراما كيلوجرام كغ غرام جرام غراما لتر لترا ليتر ليترا دولار دولارا دولارات دينار دينارا دنانير "
    "دونغ ريال ريالا درهم درهما جنيه جنيها ليره يورو ين يوان روبيه ميل ميلا اميال قدم قدما ساعه ساعات دقيقه دقايق "
    "ثانيه ثوان درجه ميغاواط كيلوواط ميغابت".split()
)
_NUMBERED: Final = frozenset("رقم الرقم الماده ماده القرار قرار المرسوم القانون الفقره البند الصفحه القرن".split())
_GLUED: Final = re.compile(r"(?:[A-Za-z]|[^\W\d_]-|[^\W\d_]{2})\Z")  # «H2», «NQ-36», «يورانيوم-235»; not «و52»
_GOES_ON: Final = re.compile(r"(?:-(?=[^\W\d_])|[A-Za-z])")  # «36-NQ», «13TH»
_JOINING: Final = frozenset(("و", "الي", "او", "حتي"))
_DASH: Final = re.compile(r"\s?[-–—−]\s?")
_INSIDE: Final = re.compile(r"[/,.:٫]")  # «13/19», «8,8»: no space on either side
_HUNDREDTHS: Final = frozenset(("بالميه", "بالمايه", "الميه", "المايه"))
_PAUSE: Final = re.compile(r"[.؟!؛\n،,()]")
_OF_TIME: Final = frozenset(("عام", "سنه", "القرن", "قرن"))  # what `tells_when` knows beside the months


def numbers(text: str, words: Words, counted: Callable[[str], bool]) -> list[range]:
    """The numbers that count something, in order: for each the numbers of its words, a unit's included.

    ``counted``: whether a word is what is counted; before it «2000» is a number, elsewhere a year.
    """
    found: list[range] = []
    at = 0
    while at < len(words):
        length = _length(text, words, at)
        if length and _counts(text, words, range(at, at + length), counted):
            found.append(_whole(text, words, range(at, at + length)))
        at += max(1, length)
    return _ranges(text, words, found)


def is_share(text: str, words: Words, number: range) -> bool:
    """Whether a number is a part of a whole: «88.9%», «27 في المئة», «13/19», «ثلث»."""
    span = Span(words[number[0]][1].start, words[number[-1]][1].end)
    around = text[max(0, span.start - 1) : span.end + 2]
    folded = {words[at][0] for at in number}
    return bool(re.search(r"[%٪]|\d/\d", around)) or bool(folded & (_PARTS | _HUNDREDTHS))


def _bare(word: str) -> str:
    """A number in letters without «و», «ب» or «ل» before it; the word itself if it is none."""
    bare = word[1:] if word[:1] in ("و", "ب", "ل") and len(word) > 3 else word
    return bare if bare in _IN_LETTERS else word


def _is_number(word: str) -> bool:
    return is_number(word) or _bare(word) in _IN_LETTERS


def _gap(text: str, words: Words, at: int) -> str:
    """What stands between the words numbered ``at - 1`` and ``at``."""
    return text[words[at - 1][1].end : words[at][1].start]


def _length(text: str, words: Words, first: int) -> int:
    """How many words the number takes that begins with the one numbered ``first``; 0 if none does."""
    if not _is_number(words[first][0]):
        return 0
    at = first + 1
    while at < len(words) and (more := _continued(text, words, at)):
        at += more
    return at - first


def _continued(text: str, words: Words, at: int) -> int:
    """How many words from the one numbered ``at`` continue the number before it."""
    gap, before, word = _gap(text, words, at), _bare(words[at - 1][0]), words[at][0]
    if is_number(before) and is_number(word):
        return int(_INSIDE.fullmatch(gap) is not None)
    if _PAUSE.search(gap):
        return 0
    if word in _SCALES or (word in ("عشر", "عشره") and before in _ONES) or (word in _HUNDREDS and before in _ONES):
        return 1
    if word.startswith("و") and (added := word[1:]) in _IN_LETTERS:
        ordered = (before in _ONES and added in _TENS) or before in _SCALES or before in _HUNDREDS
        return int(ordered or added in _ADDED_PARTS)
    follows = word == "و" and before in _SCALES and at + 2 < len(words)
    return 2 if follows and is_number(words[at + 1][0]) and words[at + 2][0] in _SCALES else 0


def _counts(text: str, words: Words, number: range, counted: Callable[[str], bool]) -> bool:
    first, last = words[number[0]], words[number[-1]]
    before = words[number[0] - 1][0] if number[0] else ""
    after = words[number[-1] + 1][0] if number[-1] + 1 < len(words) else ""
    if before in _NUMBERED or (len(number) == 1 and first[0] in ("عشر", "عشره") and before.startswith("ال")):
        return False
    if is_number(last[0]):
        if _GLUED.search(text[: first[1].start][-2:]) or _GOES_ON.match(text, last[1].end):
            return False
        if tells_when(after) and after not in _OF_TIME and not is_year(after):
            return False
        return len(number) > 1 or not is_year(first[0]) or after in _UNITS or counted(after)
    if len(number) == 1 and _bare(first[0]) in _ONE:
        return after != "من" and number[0] > 0 and before not in FUNCTION_WORDS
    return True


def _whole(text: str, words: Words, number: range) -> range:
    """``number`` with its unit or «في المئة»; «واحد» with what stands before it."""
    start, stop = number.start, number.stop
    if len(number) == 1 and words[start][0] in _ONE and not _PAUSE.search(_gap(text, words, start)):
        start -= 1
    following = [
        words[at][0] for at in range(stop, min(stop + 2, len(words))) if not _PAUSE.search(_gap(text, words, at))
    ]
    if following[:1] and (following[0] in _UNITS or following[0] in _HUNDREDTHS):
        stop += 1
    elif following[:1] == ["في"] and following[1:] and following[1] in _HUNDREDTHS:
        stop += 2
    return range(start, stop)


def _ranges(text: str, words: Words, found: Sequence[range]) -> list[range]:
    """``found`` with the two ends of a range as one: «بين 20 و32», «من 3 إلى 4», «10-12»."""
    joined: list[range] = []
    for number in found:
        if joined and _is_range(text, words, joined[-1], number):
            joined[-1] = range(joined[-1].start, number.stop)
        else:
            joined.append(number)
    return joined


def _is_range(text: str, words: Words, one: range, other: range) -> bool:
    between = [words[at][0] for at in range(one.stop, other.start)]
    if not between:
        return _DASH.fullmatch(_gap(text, words, other.start)) is not None
    before = words[one.start - 1][0] if one.start else ""
    return len(between) == 1 and between[0] in _JOINING and before in ("بين", "من")
