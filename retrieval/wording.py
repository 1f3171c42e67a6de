"""What kinds of words a question is put together from: enough to tell its parts, not a grammar.

All words are folded. The lists hold what people ask reports about; a word in none of them is a noun.
"""

from __future__ import annotations

import re
from typing import Final

from index.arabic import fold

PREPOSITIONS: Final = frozenset("في من علي عن الي مع ب ل خلال منذ حتي قبل بعد لدي داخل ضمن عند حول بين".split())
NEGATIONS_AND_TENSES: Final = frozenset("لم لن لا قد سوف كان كانت تم يتم تمت تتم".split())
SUPPLETIVE: Final = frozenset("تم يتم تمت تتم".split())
"""«تم تنفيذ» stands for a verb: the noun after it is part of the predicate."""

MEASURES: Final = frozenset("عدد نسبه معدل متوسط مجموع اجمالي ترتيب تصنيف مرتبه قيمه مقدار كميه حجم درجه مستوي".split())
"""Words that measure something that has to be named."""

INDICATORS: Final = frozenset(
    """
    مساحه طول ارتفاع وزن عمر سعر تكلفه كلفه ميزانيه كثافه مده سرعه عمق مبلغ مسافه ايرادات نفقات ارباح خساير انتاج ربح
    دخل عايدات مصروفات رسوم راتب رواتب تمويل مبيعات صادرات واردات استثمارات سكان طاقه سعه ديون
    """.split()
)
"""Words that measure what needs no other name."""

AMOUNTS: Final = MEASURES | INDICATORS

BODIES: Final = frozenset(
    """
    لجنه وزاره اداره هييه مدرسه مستشفي مينا شركه جامعه مركز مجلس بلديه جمعيه موسسه بنك قسم مصنع محطه مطار مكتب قطاع
    مديريه مجموعه وكاله منظمه حزب نقابه صندوق معهد كليه متحف حكومه مقاطعه محافظه ولايه مدينه
    """.split()
)
"""What has a head, a budget, an address."""

ROLES: Final = frozenset(
    """
    رييس رييسه نايب نايبه وزير وزيره مدير مديره امين امينه سكرتير محافظ عضو سيد سيده رفيق حاكم قايد ممثل ممثله مندوب
    ناطق متحدث متحدثه خبير خبيره عمده قاض
    """.split()
)
"""What persons are called by."""

SAYING: Final = frozenset(
    """
    قال طلب اقترح اكد اوضح اضاف ذكر صرح اوصي دعا اعلن شدد اشار وعد افاد اشاد انتقد ناقش راي يري قالت طلبت اقترحت اكدت
    اوضحت اضافت ذكرت صرحت اوصت دعت اعلنت شددت اشارت وعدت يقول يطلب يقترح يوصي تقول تطلب تقترح توصي
    """.split()
)
"""Verbs whose subject is a person or a body."""

IMPERSONAL: Final = frozenset(
    "حدث يحدث حدثت جري يجري وقع يوجد توجد يعني تعني يقصد يسمي تسمي سمي كان كانت حصل يحصل تحصل".split()
)
"""Verbs that ask with no subject: «ماذا حدث في …»."""

_PERFECT: Final = (
    "بلغ|صدر|نفذ|بدا|انتهي|اكتمل|تاخر|تاجل|تاسس|انشي|انشا|افتتح|بني|ازيل|ازال|رمم|وزع|خصص|انفق|صرف|القي|الق|اختتم|تراس|"
    "حضر|زار|وقع|اجتمع|عقد|اصدر|اعد|قدم|استقبل|احتل|حقق|تحقق|ارتفع|انخفض|زاد|تراجع|استفاد|شارك|عمل|انجز|استخدم|سجل|"
    "تعاون|عاني|واجه|خفض|غطي|انطلق|نظم|اقر|وافق|رفض|الغي|بقي|كلف|عالج|درب|ولد|توفي|عاش|فاز|ربح|خسر|كتب|اخترع|اكتشف|"
    "استضاف|استمر|توقف|اصبح|صار|ظل|وصل|دخل|خرج|عاد|اطلق|شكل|حصل|منح|تسلم|تولي|عين|انتخب|اعتمد|تلقي|دفع|باع|اشتري|"
    "زرع|حفر|رصف|استبعد|اغلق|عدل|نقل|جهز|نقص|تغير|تحسن|نما|شمل|تضرر|تغيب|نجح|رسب|هاجر|سافر|قرر"
)
_IMPERFECT: Final = (
    "قع|عمل|بلغ|عاني|واجه|ستخدم|عادل|ساوي|حتوي|ضم|وجد|كتمل|بدا|نتهي|بيع|ملك|تكون|تالف|شمل|رمم|نفذ|راس|تراس|دير|مول|"
    "ستقبل|ستفيد|بقي|كلف|ستغرق|هدف|خدم|نتج|فتتح|صدر|حقق|غطي|قدم|ستخدمها|ستند"
)
_VERB: Final = re.compile(
    rf"(?:(?:{_PERFECT})(?:ت|تا|وا|ا)?|س?[يت](?:{_IMPERFECT})(?:ون|ان|وا)?|ي\w{{3,}}|سي\w{{3,}})(?:ه|ها|هم|هما)?"
)
_NO_VERBS: Final = frozenset("يوم يناير يوليو يونيو يمين يوميا يابان يمن".split())
_FEMININE: Final = frozenset(
    "طرق ارض حرب شمس نار نفس قيود شروط جهود سفن قري مدن خطط اسر فرق ديون حقوق رسوم رواتب مواني".split()
)
_PLURAL: Final = re.compile(r"\w{2,}ات|م\w{1,2}ا\w{2,3}|ا\w{2}ا\w|[تف]\w{1,2}ا\w{2,3}")
_MASCULINE: Final = frozenset("مشفي مستشفي مكان مجال مطار مسار منار ميثاق ارتفاع مينا".split())
TANWIN: Final = "\N{ARABIC FATHATAN}"


def bare(word: str) -> str:
    """A folded word without the article."""
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def is_definite(word: str) -> bool:
    """Whether a folded word has the article, a preposition perhaps before it."""
    return len(word) > 4 and (word.startswith(("ال", "لل", "بال", "وال", "كال")))


def is_verb(word: str) -> bool:
    """Whether a folded word is most likely a verb."""
    if word in SAYING or word in NEGATIONS_AND_TENSES:
        return True
    noun = re.sub("ت?(?:ها|هم|ه)$", "ه", word)  # «تكلفته» is of «تكلفة»
    return _VERB.fullmatch(word) is not None and word not in _NO_VERBS and AMOUNTS.isdisjoint((word, noun))


def is_feminine(word: str) -> bool:
    """Whether a pronoun «ها» may stand for this folded noun: feminine, or a plural of things."""
    plain = bare(word)
    if plain in _MASCULINE:
        return False
    return plain.endswith("ه") or plain in _FEMININE or _PLURAL.fullmatch(plain) is not None


def is_feminine_verb(word: str) -> bool:
    """Whether a folded verb has a feminine subject."""
    return (word.startswith(("ت", "ست")) and not word.startswith(("تم", "تاخر", "تاجل", "تاسس", "تراس"))) or (
        word.endswith("ت") and len(word) > 3
    )


def standard_spelling(word: str) -> str:
    """A typed noun that lost its pronoun, with ة where only the pronoun made it ت."""
    folded = fold(word)
    if folded.endswith("ت") and not folded.endswith("ات") and folded not in ("بيت", "وقت", "صوت", "انترنت"):
        return word[:-1] + "ة"
    return word


def without_pronoun(typed: str) -> str:
    """What was typed without the pronoun at its end: «لم يتم تنفيذها» as «لم يتم تنفيذ»."""
    plain = re.sub("(?:ها|هم|ه)$", "", typed)
    return standard_spelling(plain) if plain != typed else typed
