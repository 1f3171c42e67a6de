"""What a question asks for, told by its question words.

A question word at the beginning of a clause tells the kind; failing that, one anywhere or at the end; failing that,
a first word that names what is wanted («نسبة المنازل في لونغ آن»).
"""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

from index.analysis import analysed


class Kind(Enum):
    """What a question asks for; it decides what in an excerpt is looked for and marked."""

    HOW_MANY = "how many"
    WHEN = "when"
    WHO = "who"
    WHERE = "where"
    WHY = "why"
    DEFINITION = "what is"
    LIST = "list"
    YES_NO = "yes or no"
    WHAT = "what"


_FIRST: Final = "(?:(?:هو|هي|هم|طب|طيب) )?"  # «هو مين…؟»
_WHAT: Final = r"(?:ما|ماذا|ماهو|ماهي|ايه)(?: (?:هو|هي|هم|هما))? (?:ال)?"
_IN: Final = r"(?:(?:في|من|الي|علي|عن|منذ|خلال|حتي|قبل|بعد|مع|بحلول|ب|ل) )?[بلفو]?"
_AMOUNT: Final = (
    "(?:عدد|نسبه|معدل|قيمه|مساحه|مرتبه|ترتيب|تصنيف|مقدار|حجم|طول|ارتفاع|وزن|عمر|سعر|تكلفه|كلفه|ميزانيه|كميه|كثافه|"
    "مده|سرعه|عمق|مبلغ|متوسط|اجمالي|مجموع|مسافه|قطر|راتب|درجه (?:ال)?حراره)"
)
_TIME: Final = "(?:عام|سنه|تاريخ|يوم|شهر|قرن|وقت|موعد|فتره|حقبه|ساعه)"
_DECADE: Final = "(?:ما|ماهو|ما هو) العقد الذي|(?:في|خلال|منذ|حتي|قبل|بعد) اي عقد"  # «ما عقد التوريد؟» is a contract
_WHY_IN_SHORT: Final = (  # «لم» before nouns and the past; before the present it says that something did not happen
    r"لم (?!(?:ت|ن|ي)\w{2})|لم ت(?:اخر|قدم|وقف|راجع|غير|حول|عطل|دهور|زايد|ناقص|ضاعف|حسن|سبب|خلف)|لم ت\w{3,}ت|لم\Z"
)
_PLACE: Final = "(?:مدينه|بلد|بلده|دوله|مكان|منطقه|قاره|محافظه|مقاطعه|ولايه|موقع|اقليم|قريه)"
_PERSON: Final = (
    "(?:شخص|رييس|وزير|ملك|ملكه|امير|قايد|عالم|كاتب|شاعر|لاعب|مخترع|مولف|موسس|مدير|فنان|مدرب|زعيم|سلطان|خليفه|باحث)"
)
_NOT_WHO: Final = "(?:خلال|حيث|بين|اجل|ناحيه|ضمن|قبل|بعد|غير|المهم|الممكن|المعروف|ماذا|اين|اي|كم|دون|الناحيه|جانب)"
_LISTED: Final = (
    "(?:انواع|اقسام|اسماء|اسما|اهم|ابرز|مراحل|شروط|خطوات|اهداف|اعراض|مكونات|عناصر|خصايص|مميزات|فوايد|صفات|عوامل|دول|"
    "مدن|محاور|مهام|لغات|اركان|الوان|مصادر|امثله|طرق|وسايل|معوقات|عقبات|قيود|صعوبات|تحديات|توصيات|مجالات|فروع|اجزا)"
)
_TELLS: Final = {  # at the beginning of a clause; the first that is found wins
    kind: re.compile(rf"{_FIRST}[وف]?(?:{phrase})\b")
    for kind, phrase in (
        (Kind.WHEN, rf"{_IN}(?:متي|اي {_TIME})|{_WHAT}{_TIME}|{_DECADE}|كم الساعه"),
        (Kind.HOW_MANY, rf"{_IN}كم|{_WHAT}{_AMOUNT}|{_IN}اي (?:عدد|نسبه|معدل|قيمه|مرتبه|سعر)"),
        (Kind.WHERE, rf"{_IN}(?:اين|اي {_PLACE})|{_WHAT}(?:مكان|موقع)"),
        (Kind.WHY, rf"لماذا|{_WHY_IN_SHORT}|{_WHAT}(?:سبب|اسباب|دافع|دوافع)|لاي سبب|(?:ما|ماذا) الذي (?:سبب|ادي)"),
        (
            Kind.WHO,
            rf"ل?من(?! {_NOT_WHO}\b)|(?:مع|الي|علي|عن|ضد|بواسطه|عند|باسم|بين|بيد|علي يد|من قبل) من"
            rf"|{_IN}اي {_PERSON}|{_WHAT}اسم (?:ال)?{_PERSON}",
        ),
        (Kind.YES_NO, "هل"),
        (Kind.DEFINITION, rf"{_WHAT}(?:معني|مقصود|مراد|تعريف|مفهوم)|(?:ما|ماذا) (?:يعني|تعني|يقصد|المقصود)|يعني ما"),
        (Kind.LIST, rf"اذكر|عددي?(?= لي)|اسرد|سم لي|{_WHAT}{_LISTED}|ما (?:هي )?ال\w{{3,}}ات|ما هما|ما هم"),
    )
}
_IS: Final = re.compile(r"[وف]?(?:ما (?:هو|هي)|ماهو|ماهي) (?:\w+|ال\w+(?: ال\w+){1,2})")
_ANYWHERE: Final = {
    Kind.WHEN: re.compile(rf"\b[بلف]?(?:متي|اي {_TIME}|في اي عقد)\b"),
    Kind.HOW_MANY: re.compile(r"(?<![0-9] )(?<![0-9])\b[بل]?كم\b"),
    Kind.WHERE: re.compile(rf"\b(?:اين|في اي {_PLACE})\b"),
    Kind.WHY: re.compile(r"\bلماذا\b"),
    Kind.WHO: re.compile(rf"\b(?:من(?: هو| هي| هم)?\Z|اي {_PERSON}\b)"),
    Kind.YES_NO: re.compile(r"(?<!\bاذا )\bهل\b"),
    Kind.DEFINITION: re.compile(r"\b(?:يعني ما\Z|معناها ما\Z)"),
}
_NAMED: Final = {
    Kind.HOW_MANY: re.compile(r"(?:نسبه|عدد|معدل|مساحه|مرتبه|ترتيب|سعر|ميزانيه) \w"),
    Kind.WHEN: re.compile(r"موعد \w"),
    Kind.WHY: re.compile(r"(?:سبب|اسباب) \w"),
    Kind.WHERE: re.compile(r"(?:مكان|موقع) \w"),
    Kind.DEFINITION: re.compile(r"(?:معني|تعريف|مفهوم) \w"),
}
_CLAUSE: Final = re.compile(r"[،,؛:;.!؟?\n]+\s|[،؛؟]")
_ENUMERATE: Final = re.compile(r"\W*عدِ?ّ?دِ?(?:ي|وا)?\s")
_SHADDA: Final = "\N{ARABIC SHADDA}"


def kind_of(question: str) -> Kind:
    """The kind of a question in standard Arabic, however it is spelt."""
    clauses = [" ".join(analysed(clause)) for clause in _CLAUSE.split(question)]
    for clause in clauses:
        told = next((kind for kind, phrase in _TELLS.items() if phrase.match(clause)), None)
        if told:
            return told
        if _IS.fullmatch(clause):
            return Kind.DEFINITION
    whole = " ".join(filter(None, clauses))
    if (order := _ENUMERATE.match(question)) and _SHADDA in order.group():
        return Kind.LIST
    found = {kind: match.start() for kind, phrase in _ANYWHERE.items() if (match := phrase.search(whole))}
    if found:
        return min(found, key=lambda kind: found[kind])
    return next((kind for kind, phrase in _NAMED.items() if phrase.match(whole)), Kind.WHAT)
