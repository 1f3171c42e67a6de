"""Completing a follow-up question from earlier turns, without a language model.

A follow-up is told by what it lacks: all of it is a place, a year, a question word, a unit, a thing with «و» before it,
or a question without its subject. Whatever has words and a predicate of its own is left as it is, however it begins:
to answer another question than was asked is worse than to ask again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from index.arabic import word_spans
from index.library import Library
from retrieval.counting import counted_otherwise
from retrieval.dialect import QUESTION_WORDS
from retrieval.earlier import Earlier, FollowUp
from retrieval.moments import same_year
from retrieval.parts import sentence
from retrieval.question import understand
from retrieval.referring import about_it, without_subject
from retrieval.replacing import asking, elsewhere_or_then, in_another_unit, otherwise
from retrieval.things import among, of_another_thing
from retrieval.turns import FORGOTTEN_AFTER, Completed, Part, Turn, living
from retrieval.wording import SAYING

LONGEST: Final = 12
"""Words of a follow-up at most; the longest of the train dialogues has 8."""

SMALL_TALK: Final = frozenset(
    """
    شكرا جزيلا لك لكم طيب تمام حسنا نعم لا مرحبا اهلا وسهلا السلام عليكم وعليكم صباح مساء الخير النور مع السلامه ok
    """.split()
)
"""Words that neither ask nor follow up anything, if there are no others."""

_GOES_ON: Final = frozenset(
    "و ف طيب طب حسنا تمام اوكي ok شكرا جيد ممتاز نعم ايضا كذلك كمان ثم يعني اذن وايضا وكذلك وكمان عفوا اه اها".split()
)
_ABOUT: Final = re.compile(
    r"(?:(?:ماذا|ما|كيف) (?:عن|بشان|بخصوص)|بالنسبه (?:ل|الي|لل)|بالنسبه(?= ل)|بخصوص|بشان|فيما يخص|"
    r"(?:نفس|ذات) السوال (?:عن|ل|في)|عن) "
)
_BEGIN_WITH_WAW: Final = frozenset(
    """
    وزير وزيره وزارة وزاره وزرا وقت واحد واحده وصل وصلت وصول وفد وفود وسط وسايل وسيله وثيقه وثايق وثق وكاله وكالات وكيل
    ولايه ولايات ولي والي وضع وضعت وضعيه وحده وحدات ورا وظيفه وظايف وفاه وفيات وفق وفقا وبا وجه وجهه ولد ولدت وافق وافقت
    وزع وزعت وقع وقعت وقوع ورق ورقه ورد وردت ورود واجه واجهت واجهه ورشه ورش واقع واقعه واجب واجبات وزن وعد وعدت وعود وعي
    وديعه ودايع وجب وجد وجدت وجود وجبه وجبات وقف وقود وطن وطني وطنيه وقايه وين وش وشو واتساب ويكيبيديا ويب
    """.split()
)
_FA: Final = re.compile(r"ف(?:ماذا|ما|كم|من|متي|اين|لماذا|هل|كيف)")

Rule = Callable[[FollowUp, Earlier], Completed | None]
RULES: Final[tuple[Rule, ...]] = (
    otherwise,
    elsewhere_or_then,
    in_another_unit,
    counted_otherwise,
    about_it,
    without_subject,
    of_another_thing,
    among,
)
"""What is tried, in this order; each gives the question completed, or None if it is no such follow-up."""


def complete(
    library: Library,
    asked: str,
    turns: Sequence[Turn],
    *,
    now: float,
    forgotten_after: float = FORGOTTEN_AFTER,
) -> Completed:
    """``asked`` as it is, or completed from the newest of the earlier ``turns`` (newest last) that completes it.

    ``now`` and the turns' times are in seconds since 1970; turns older than ``forgotten_after`` seconds count as none.
    """
    recent = living(turns, now=now, forgotten_after=forgotten_after)
    if not recent or len(asked) > 40 * LONGEST:
        return Completed(asked)
    follow = _follow_up(library, asked)
    if not 0 < len(follow.sentence.words) <= LONGEST or SMALL_TALK.issuperset(follow.sentence.words):
        return Completed(asked)
    for turn in recent:
        earlier = Earlier(turn, sentence(library, without_what_goes_on(turn.question)[0]), now)
        if not earlier.sentence.words:
            continue
        found = _in_the_same_year(library, follow, earlier) or _first(follow, earlier)
        if found is not None:
            return found
    return Completed(asked)


def _first(follow: FollowUp, earlier: Earlier) -> Completed | None:
    return next((found for rule in RULES if (found := rule(follow, earlier)) is not None), None)


def _follow_up(library: Library, asked: str) -> FollowUp:
    """What was typed without «و», «طيب», «ماذا عن» before it."""
    text, is_marked = without_what_goes_on(understand(asked).standard)
    spans = word_spans(text)
    about = _ABOUT.match(" ".join(word for word, _ in spans))
    if about:
        text = text[spans[about.group().count(" ")][1].start :]
    if len(spans) > 1 and spans[0][0] == "ما" and spans[1][0] in SAYING:  # «شو قال», in standard Arabic «ما قال»
        text = "ماذا" + text[spans[0][1].end :]
    return FollowUp(sentence(library, text), is_marked, bool(about))


def without_what_goes_on(text: str) -> tuple[str, bool]:
    """``text`` without «و», «طيب», «شكرا»… before it, and whether there was any of these."""
    spans = word_spans(text)
    first = next((at for at, (word, _) in enumerate(spans) if word not in _GOES_ON), len(spans))
    if first == len(spans):
        return "", False
    word, span = spans[first]
    is_glued = len(word) > 2 and (
        (word[0] == "و" and (word[1:] in QUESTION_WORDS or word not in _BEGIN_WITH_WAW)) or bool(_FA.fullmatch(word))
    )
    return text[span.start + is_glued :], first > 0 or is_glued


def _in_the_same_year(library: Library, follow: FollowUp, earlier: Earlier) -> Completed | None:
    """«وفي السنة نفسها كم بلغ عدد الطلاب؟»: the year is that of the earlier question."""
    own, year = follow.sentence, earlier.year_spoken_of
    words = " ".join(own.words)
    found = same_year(words)
    if found is None or own.years or year is None or found == (0, len(words)):
        return None
    first, stop = words[: found[0]].count(" "), words[: found[1]].count(" ") + 1
    if len(own.words) - (stop - first) < 2 or (own.places and len(own.words) - (stop - first) < 4):
        return None
    rest = own.without(words=set(range(first, stop)))
    dated = sentence(library, asking(rest, f" عام {year}"))
    undated = FollowUp(sentence(library, rest), follow.is_marked, follow.is_about)
    completed = _first(undated, earlier)
    if completed is None:
        return Completed(dated.text, (Part.YEAR,))
    if year in completed.question:
        return completed
    return Completed(asking(completed.question, f" عام {year}"), (*completed.replaced, Part.YEAR))
