"""What in a text could answer a question of a kind: numbers, dates, causes, names."""

from __future__ import annotations

import re
from typing import Final

_YEAR: Final = re.compile(r"1[0-9]{3}|20[0-9]{2}")
_DATE_WORDS: Final = frozenset(
    """
    يناير فبراير مارس ابريل مايو يونيو يوليو اغسطس سبتمبر اكتوبر نوفمبر ديسمبر كانون شباط اذار نيسان ايار حزيران
    تموز اب ايلول تشرين القرن قرن عام سنه
    """.split()
)
_NUMBER_WORDS: Final = frozenset(
    """
    واحد واحده اثنان اثنين اثنتين ثلاثه ثلاث اربعه اربع خمسه خمس سته ست سبعه سبع ثمانيه ثماني تسعه تسع عشره عشر
    عشرون عشرين ثلاثين اربعين خمسين مايه الف الاف مليون ملايين مليار مييه نصف ثلث ربع مرتين ضعف ثلثي
    """.split()
)
_PLACE_WORDS: Final = frozenset(
    """
    مدينه بمدينه دوله محافظه مقاطعه ولايه منطقه قريه بلده جزيره قاره اقليم عاصمه جنوب شمال شرق غرب وسط جنوبي شمالي
    شرقي غربي مقر مقرها مقره تقع يقع
    """.split()
)
_DEFINING_WORDS: Final = frozenset("هو هي هم وهو وهي يعرف تعرف عباره يعد تعد يعتبر تعتبر".split())
_ARTICLES: Final = ("ال", "وال", "بال", "فال", "كال", "لل", "ولل")
_CAUSE_WORDS: Final = frozenset("بسبب لان لانه لانها نتيجه بفضل سبب اسباب ادي ادت لذلك اجل بهدف نظرا".split())


def is_number(word: str) -> bool:
    """Whether a folded word is written in digits."""
    return word[0].isdigit()


def is_year(word: str) -> bool:
    """Whether a folded word is a year between 1000 and 2099."""
    return _YEAR.fullmatch(word) is not None


def tells_how_many(word: str) -> bool:
    """A number in digits or in letters."""
    return is_number(word) or word in _NUMBER_WORDS


def tells_when(word: str) -> bool:
    """A year, a month's name or a century."""
    return is_year(word) or word in _DATE_WORDS


def tells_why(word: str) -> bool:
    """A word that introduces a cause or an aim."""
    return word in _CAUSE_WORDS


def tells_where(word: str) -> bool:
    """A kind of place, a direction, or a word that says where something lies."""
    return word in _PLACE_WORDS


def defines(word: str) -> bool:
    """A word by which a sentence goes on to say what its subject is."""
    return word in _DEFINING_WORDS


def has_article(word: str) -> bool:
    """Whether a folded word begins with the article, as names of persons seldom do."""
    return word.startswith(_ARTICLES)
