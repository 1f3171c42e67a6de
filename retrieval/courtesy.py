"""Greetings, thanks and polite padding around a question, which are no part of it.

Only whole phrases at its two ends go, never what it is about («ما معنى السلام؟»), and never all of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal, TypeAlias

from index.analysis import FUNCTION_WORDS
from index.arabic import word_spans
from index.document import Span
from retrieval.dialect import QUESTION_WORDS

Courtesy: TypeAlias = Literal["goodbye", "thanks", "peace", "greeting", "request"]
"""What people say without asking anything; ``peace`` is «السلام عليكم», which has an answer of its own."""

_TELL: Final = (
    "تقولي|تقول لي|تقوللي|تقولولي|تقلي|تخبرني|تخبروني|تخبرنا|اخباري|تحكيلي|تعرفني|تفيدني|تفيدوني|تجاوبني|تشرح لي|"
    "تشرحلي|توضح لي|توضحلي|تساعدني(?: في معرفه)?|قل لي|قولي|قوللي|قلي|اخبرني|اخبروني|خبرني|احكيلي|افدني|افيدوني|"
    "جاوبني|اجبني|وضح لي|سوال|اسال|اسالك|اعرف"
)
_ABLE: Final = "(?:هل )?(?:ممكن|يمكن|يمكنك|يمكنكم|بامكانك|من الممكن|تستطيع|تقدر|بتقدر|فيك|فيكم|فيني|اقدر)(?: ان| انك)?"
_WISH: Final = (
    "(?:كنت )?(?:اريد|اود|ارغب في|ابغي|ابغا|ابي|بدي|عايزه?|عاوزه?|حابب|حاب|ودي|نفسي|محتاج|نبي|نبغي|بغيت)(?: ان)?"
    " (?:اعرف|اسال|اسالك|افهم|معرفه|استفسر|نعرف)(?: عن)?"
)
_GREETING: Final = (
    "(?:ال)?سلام عليكم(?: و ?رحمه الله)?(?: و ?بركاته)?|وعليكم السلام|صباح (?:الخير|النور)|مسا (?:الخير|النور)|"
    "(?:يا )?اهلا و ?سهلا(?: بكم?)?|تحيه طيبه(?: وبعد)?|حياك الله|حياكم الله|اسعد الله (?:صباحكم|مساكم|اوقاتكم)"
)
_HOW_ARE_YOU: Final = "كيف (?:حالك|حالكم|الحال|الاحوال)|شلونك|شلونكم|كيفك|كيفكم"
_KINDLY: Final = "(?:سمحت|تكرمت)(?:ي|م|وا|و)?"
_WELL: Final = "(?:و?الله )?يعطيكم? (?:ال)?(?:عافيه|صحه)"
_PLEASE: Final = (
    f"(?:لو|اذا) (?:{_KINDLY}|ممكن|امكن|بتريد)|من فضلكم?|بعد اذنكم?|عن اذنك|"
    f"ارجو(?: منكم?)? (?:ان )?(?:{_TELL})|(?:ال)?رجا (?:{_TELL})|بالله عليك|الله يخليك|الله يسعدك|"
    f"{_WELL}|(?:عندي|لدي|ممكن) (?:سوال|استفسار)|سوالي هو|يا ريت (?:{_TELL})"
)
_GIVE: Final = "(?:زود|اعط|عط|اعطي|عطي|هات)(?:ني|نا|وني|ونا)|هات|هاتي|هاتوا"
_OPENING: Final = re.compile(
    rf"(?:{_GREETING}|{_PLEASE}|(?:{_ABLE}|رجا|ارجوك) (?:{_TELL})(?: عن)?|{_WISH}|(?:{_ABLE} ت?)?(?:{_GIVE}))(?= |\Z)"
)
_OPENING_IN_DOUBT: Final = re.compile(
    # also words that a question may begin with: only before a pause, a question word or more courtesy
    rf"(?:{_TELL}|هلا والله|هلا وغلا|مرحبا بكم?|سلام|مرحبا|مرحبتين|اهلا|اهلين|هلا|هاي|الو|هالو|"
    rf"فضلا|رجا|ارجوك|لطفا|تكرما|{_HOW_ARE_YOU}|بليز|طيب|طب|معلش|"
    r"سوال|سوالي|استفسار|استاذ|اخي|اختي|اخوان|ممكن|please|hello|hi|يا \w+|"
    r"(?:هل |حد |حدا |احد )?(?:تعرف|بتعرف|يعرف|بيعرف)|هل تعلم)(?= |\Z)"
)
_ADDRESS: Final = re.compile(  # only before a pause
    r"(?:يا (?:\w+ ){0,2}\w+|(?:ال)?(?:اخ|اخت|اخوه|استاذ|استاذه|سيد|سيده|ساده|حضره|سعاده|معالي|فريق)(?: \w+){0,3} "
    r"(?:ال)?محترم(?:ه|ين|ون)?|حضره \w+(?: المحترمه?)?|(?:عزيزي|عزيزتي|اخي|اختي|صديقي) (?:ال\w+|دليل))(?= |\Z)"
)
_CLOSING: Final = re.compile(
    r"(?:و?شكرا (?:جزيلا|لك|لكم|لكي|مقدما|كثيرا|جدا|جزيلا لك|جزيلا لكم|لك مقدما)|وشكرا|"
    rf"و?لكم? الشكر|و?جزاكم? الله(?: كل)? خيرا?|و?بارك الله فيكم?|{_WELL}|"
    rf"(?:لو|اذا) (?:{_KINDLY}|ممكن)|من فضلكم?|بعد اذنكم?|الله يخليك|"
    r"والسلام عليكم(?: ورحمه الله)?(?: وبركاته)?|بليز|ارجوك)\Z"
)
_CLOSING_IN_DOUBT: Final = re.compile(
    r"(?:شكرا|مشكور|مشكورين|تسلم|تسلموا|يسلمو|يسلموا|تحياتي|رجا|فضلا|لطفا|تكرما|thanks|please|ممكن|يا \w+|"
    r"مع (?:ال)?شكري?|والسلام|مع السلامه|الي اللقا|وداعا)\Z"
)
_NAMING: Final = frozenset(
    "كتاب فيلم اغنيه قصيده كلمه معني برنامج مسلسل روايه اسم عباره مصطلح لفظ عنوان تطبيق قناه بعباره بكلمه تعني".split()
)
_EMPTY: Final = frozenset("معني معناها معناه معناته يعني تعني عن سوال".split())
_PAUSE: Final = re.compile(r"[،,؛;.!؟?:\n…\-–—)(]")
_WITH_AN_AMOUNT: Final = re.compile("\\Aب(?=(?:نسب|عدد|معدل|قيم|مرتب|ترتيب|مساح|ميزاني)[ةه]? )")
_GOODBYE: Final = "مع السلامه|الي اللقا|وداعا|باي|تصبح علي خير|تصبحون علي خير|في امان الله"
_THANKS: Final = (
    rf"و?شكرا(?: لكم?)?(?: علي \w+)?|مشكور(?:ين)?|تسلم|تسلموا|يسلموا?|ممنون|{_WELL}|"
    "(?:و?جزاكم?|و?بارك) الله(?: كل)?(?: خيرا?| فيكم?)?|"
    "و?شكرا (?:جزيلا|كثيرا|جدا|لكم?|لك جزيلا|مقدما)|(?:ال)?شكر لكم?|الف شكر"
)
_PEACE: Final = "(?:ال)?سلام(?: عليكم)?(?: و ?رحمه الله)?(?: و ?بركاته)?"
_ALONE: Final[tuple[tuple[Courtesy, str], ...]] = (
    ("goodbye", _GOODBYE),
    ("thanks", _THANKS),
    ("peace", _PEACE),
    ("greeting", f"{_GREETING}|مرحبا(?: بكم?)?|مرحبتين|اهلا|اهلين|هلا والله|هلا وغلا|هلا|هاي|الو|هالو|{_HOW_ARE_YOU}"),
    ("request", rf"{_PLEASE}|(?:{_ABLE} )?(?:{_TELL}|{_GIVE})|{_WISH}|استفسار|سوالي|ممكن|هل تعرف"),
)
_BARE: Final = tuple((kind, re.compile(rf"(?:{phrases})(?= |\Z) ?")) for kind, phrases in _ALONE)
_BESIDE: Final = re.compile(
    r"(?:يا \w+(?: (?:ال)?(?:عزيز|كريم|طيب|غالي|خير)ه?)?|اخي|اختي|استاذ|دليل|لك|لكم|جدا|كثيرا|جزيلا|الله|طيب|حسنا|تمام)"
    r"(?= |\Z) ?"
)
_LONGEST_BARE: Final = 12  # words
_LONGEST_ADDRESS: Final = 60  # letters
_EDGES: Final = " -–—•*·.،,:؛\"'«»!"


def without_courtesy(text: str) -> str:
    """``text`` without the padding at its ends; ``text`` itself if nothing to ask about would be left."""
    spans = word_spans(text)
    words = [word for word, _ in spans]
    first, last = 0, len(words)
    while taken := _opening(text, spans, words, first):
        first += taken
    while last > first and (taken := _closing(text, spans, words[first:last], last)):
        last -= taken
    left = [word for word in words[first:last] if word not in FUNCTION_WORDS and word not in QUESTION_WORDS]
    if len(words) == last - first or _EMPTY.issuperset(left):
        return text
    start = spans[first][1].start if first else 0
    end = spans[last][1].start if last < len(words) else len(text)
    kept = text[start:end].strip(_EDGES)
    if first and words[first - 1].startswith(("زود", "تزود")):  # «زودني بنسبة …»
        kept = _WITH_AN_AMOUNT.sub("", kept)
    asks = "؟" if last < len(words) and re.search("[؟?]", text[end:]) and not re.search(r"[؟?]\Z", kept) else ""
    return kept + asks


def courtesy_alone(text: str) -> Courtesy | None:
    """Which courtesy ``text`` is if it is nothing else, the last said first: «شكرا، مع السلامة» is a goodbye."""
    words = [word for word, _ in word_spans(text)]
    rest, kinds = " ".join(words), set[Courtesy]()
    if len(words) > _LONGEST_BARE:
        return None
    while rest:
        matches = [(match.end(), kind) for kind, phrase in _BARE if (match := phrase.match(rest))]
        if matches:
            length, kind = max(matches, key=lambda each: each[0])
            kinds.add(kind)
        elif other := _BESIDE.match(rest):
            length = other.end()
        else:
            return None
        rest = rest[length:]
    return next((kind for kind, _ in _BARE if kind in kinds), None)


def _opening(text: str, spans: Sequence[tuple[str, Span]], words: Sequence[str], first: int) -> int:
    """How many words of courtesy follow from the word numbered ``first``."""
    rest = " ".join(words[first:])
    if found := _OPENING.match(rest):
        return _count(found)
    if address := next((each for each in _addresses(rest) if _pauses(text, spans, first + each)), 0):
        return address
    found = _OPENING_IN_DOUBT.match(rest)
    if not found or (after := first + _count(found)) >= len(words):
        return 0
    asks = words[after] in QUESTION_WORDS or words[after].removeprefix("و") in QUESTION_WORDS
    more = _pauses(text, spans, after) or asks or _opening(text, spans, words, after)
    return _count(found) if more else 0


def _addresses(rest: str) -> list[int]:
    """How many words the address to somebody that ``rest`` begins with may take, the shortest first."""
    starts = [at for at, letter in enumerate(rest[:_LONGEST_ADDRESS]) if letter == " "]
    return [rest.count(" ", 0, at) + 1 for at in starts if _ADDRESS.fullmatch(rest, 0, at)]


def _pauses(text: str, spans: Sequence[tuple[str, Span]], at: int) -> bool:
    """Whether a pause stands before the word numbered ``at``, and there is one."""
    return at < len(spans) and _PAUSE.search(text, spans[at - 1][1].end, spans[at][1].start) is not None


def _closing(text: str, spans: Sequence[tuple[str, Span]], words: Sequence[str], last: int) -> int:
    """How many words of courtesy ``words`` end with, the last of them numbered ``last - 1``."""
    rest = " ".join(words)
    for phrase in (_CLOSING, _CLOSING_IN_DOUBT):
        found = next((match for match in _at_words(phrase, rest)), None)
        if found and (before := last - _count(found)) > last - len(words):
            named = spans[before - 1][0] in _NAMING
            pause = _PAUSE.search(text, spans[before - 1][1].end, spans[before][1].start)
            sure = phrase is _CLOSING or rest[found.start() :] == "شكرا"
            if not named and (pause or sure or _closing(text, spans, words[: before - last], before)):
                return _count(found)
    return 0


def _at_words(phrase: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """Matches of ``phrase`` that begin with a word, the longest first."""
    starts = [0, *(at + 1 for at, letter in enumerate(text) if letter == " ")]
    return [match for match in (phrase.match(text, at) for at in starts[-8:]) if match]


def _count(match: re.Match[str]) -> int:
    return match.group().count(" ") + 1
