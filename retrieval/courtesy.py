"""Greetings, thanks and polite padding around a question, which are no part of it.

Only whole phrases at its two ends go, never what it is about («ما معنى السلام؟»), and never all of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from index.analysis import FUNCTION_WORDS
from index.arabic import word_spans
from index.document import Span
from retrieval.dialect import QUESTION_WORDS

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
    "اهلا و ?سهلا|تحيه طيبه(?: وبعد)?|حياك الله|حياكم الله|كيف (?:حالك|حالكم|الحال)|اسعد الله (?:صباحكم|مساكم|اوقاتكم)"
)
_PLEASE: Final = (
    "(?:لو|اذا) (?:سمحت|سمحتي|سمحتم|سمحتوا|تكرمت|تكرمتم|ممكن|امكن|بتريد)|من فضلكم?|بعد اذنكم?|عن اذنك|"
    f"ارجو(?: منكم?)? (?:ان )?(?:{_TELL})|(?:ال)?رجا (?:{_TELL})|بالله عليك|الله يخليك|الله يسعدك|"
    f"(?:الله )?يعطيكم? العافيه|(?:عندي|لدي|ممكن) (?:سوال|استفسار)|سوالي هو|يا ريت (?:{_TELL})"
)
_OPENING: Final = re.compile(rf"(?:{_GREETING}|{_PLEASE}|(?:{_ABLE}|رجا|ارجوك) (?:{_TELL})(?: عن)?|{_WISH})(?= |\Z)")
_OPENING_IN_DOUBT: Final = re.compile(
    # also words that a question may begin with: only before a pause, a question word or more courtesy
    rf"(?:{_TELL}|سلام|مرحبا|مرحبتين|اهلا|اهلين|هلا|هلا والله|هاي|الو|هالو|فضلا|رجا|ارجوك|لطفا|تكرما|بليز|طيب|طب|معلش|"
    r"سوال|سوالي|استفسار|استاذ|اخي|ممكن|please|hello|hi|يا \w+|"
    r"(?:هل |حد |حدا |احد )?(?:تعرف|بتعرف|يعرف|بيعرف|تعلم))(?= |\Z)"
)
_CLOSING: Final = re.compile(
    r"(?:و?شكرا (?:جزيلا|لك|لكم|لكي|مقدما|كثيرا|جدا|جزيلا لك|جزيلا لكم|لك مقدما)|وشكرا|مع (?:ال)?شكري?|"
    r"و?لكم? الشكر|و?جزاكم? الله(?: كل)? خيرا?|و?بارك الله فيكم?|(?:الله )?يعطيكم? العافيه|"
    r"(?:لو|اذا) (?:سمحت|سمحتي|سمحتم|تكرمت|ممكن)|من فضلكم?|بعد اذنك|الله يخليك|"
    r"والسلام(?: عليكم)?(?: ورحمه الله)?(?: وبركاته)?|مع السلامه|بليز|ارجوك)\Z"
)
_CLOSING_IN_DOUBT: Final = re.compile(
    r"(?:شكرا|مشكور|مشكورين|تسلم|تسلموا|يسلمو|يسلموا|تحياتي|رجا|فضلا|لطفا|تكرما|thanks|please|ممكن|يا \w+)\Z"
)
_NAMING: Final = frozenset(
    "كتاب فيلم اغنيه قصيده كلمه معني برنامج مسلسل روايه اسم عباره مصطلح لفظ عنوان تطبيق قناه بعباره بكلمه تعني".split()
)
_EMPTY: Final = frozenset("معني معناها معناه معناته يعني تعني عن سوال".split())
_PAUSE: Final = re.compile(r"[،,؛;.!؟?:\n…\-–—)(]")
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
    asks = "؟" if last < len(words) and re.search("[؟?]", text[end:]) and not re.search(r"[؟?]\Z", kept) else ""
    return kept + asks


def _opening(text: str, spans: Sequence[tuple[str, Span]], words: Sequence[str], first: int) -> int:
    """How many words of courtesy follow from the word numbered ``first``."""
    rest = " ".join(words[first:])
    if found := _OPENING.match(rest):
        return _count(found)
    found = _OPENING_IN_DOUBT.match(rest)
    if not found or (after := first + _count(found)) >= len(words):
        return 0
    pause = _PAUSE.search(text, spans[after - 1][1].end, spans[after][1].start)
    following = " ".join(words[after:])
    asks = words[after] in QUESTION_WORDS or words[after].removeprefix("و") in QUESTION_WORDS
    return _count(found) if pause or asks or _OPENING.match(following) else 0


def _closing(text: str, spans: Sequence[tuple[str, Span]], words: Sequence[str], last: int) -> int:
    """How many words of courtesy ``words`` end with, the last of them numbered ``last - 1``."""
    rest = " ".join(words)
    for phrase in (_CLOSING, _CLOSING_IN_DOUBT):
        found = next((match for match in _at_words(phrase, rest)), None)
        if found and (before := last - _count(found)) > last - len(words):
            named = spans[before - 1][0] in _NAMING
            pause = _PAUSE.search(text, spans[before - 1][1].end, spans[before][1].start)
            if not named and (pause or phrase is _CLOSING or rest[found.start() :] == "شكرا"):
                return _count(found)
    return 0


def _at_words(phrase: re.Pattern[str], text: str) -> list[re.Match[str]]:
    """Matches of ``phrase`` that begin with a word, the longest first."""
    starts = [0, *(at + 1 for at, letter in enumerate(text) if letter == " ")]
    return [match for match in (phrase.match(text, at) for at in starts[-8:]) if match]


def _count(match: re.Match[str]) -> int:
    return match.group().count(" ") + 1
