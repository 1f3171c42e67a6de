"""Follow-ups that name another thing or measure than the earlier question: «والنسبة؟», «وعدد المدارس؟»."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from index.analysis import FUNCTION_WORDS, terms
from retrieval.earlier import Earlier, FollowUp
from retrieval.parts import Sentence
from retrieval.replacing import asking, put
from retrieval.turns import Completed, Part
from retrieval.wording import AMOUNTS, MEASURES, PREPOSITIONS, bare, is_definite, is_feminine, is_verb


def of_another_thing(follow: FollowUp, earlier: Earlier) -> Completed | None:
    """«والنسبة؟», «وعدد المدارس؟», «والاقتصاد الرقمي؟», «وما نسبة المدارس المتصلة؟»."""
    own = follow.sentence
    found = _HOW_MUCH.match(" ".join(own.words) + " ")
    asks = found.group().count(" ") if found else 0
    goes_on = follow.is_marked or follow.is_about or len(own.words) == 1
    if asks == len(own.words) or not goes_on or _names_others(own):
        return None
    measures = own.words[asks:]
    if (
        bare(measures[0]) in AMOUNTS
        and len(measures) <= _LONGEST[bool(asks)]
        and not (asks and (own.places or own.years))
    ):
        return _measured(follow, earlier, asks) if not asks or _is_about_the_same(measures, earlier) else None
    return None if asks else _same_of(follow, earlier)


_HOW_MUCH: Final = re.compile(r"(?:كم|ما)(?: (?:هو|هي))?(?: (?:بلغ|بلغت|يبلغ|تبلغ|كان|كانت))? ")
_NOT_OTHERS: Final = frozenset(
    """
    المزيد مزيد المصدر المصادر الاخري الباقي البقيه التفاصيل المقاطعات المحافظات الاول الاولي الثاني الثانيه الثالث
    الثالثه الرابع الرابعه الخامس الخامسه الاخير الاخيره
    """.split()
)


def _names_others(own: Sentence) -> bool:
    """Whether what is meant cannot be told: «والمقاطعات الأخرى؟», «والخامس؟» (but «والرصيف الخامس؟»)."""
    return own.words[0] in _NOT_OTHERS or "الاخري" in own.words


def _is_about_the_same(measures: Sequence[str], earlier: Earlier) -> bool:
    """Whether a question goes on about the earlier one's subject: «وكم عدد الطلاب؟», not «وكم عدد آيات سورة الكهف؟»."""
    if "في" in measures:
        return False
    is_short = len(measures) == 1 or (len(measures) == 2 and is_definite(measures[1]))
    wanted = _stems(measures) if is_short else _stems(word for word in measures if bare(word) not in AMOUNTS)
    return len(measures) == 1 or not wanted.isdisjoint(_stems(earlier.sentence.words))


def _stems(words: Iterable[str]) -> set[str]:
    return {terms(bare(word)).stem for word in words if word not in FUNCTION_WORDS and not is_verb(word)}


_REACHED: Final = ("بلغ", "بلغت")
_LONGEST: Final = {False: 6, True: 5}  # words of what is measured, without a question word and with one
_LONGEST_THING: Final = 4


def _measured(follow: FollowUp, earlier: Earlier, asks: int) -> Completed | None:
    """Something else is measured, of the same place and year; a measure alone, of the same thing."""
    own, amount = follow.sentence, earlier.amount()
    head = bare(own.words[asks])
    carried, parts = earlier.carried(own)
    if len(own.words) == asks + 1 and head in MEASURES:
        theme = earlier.theme()
        if theme is None or amount is None:
            return None
        of, reached = earlier.sentence, "بلغت" if is_feminine(head) else "بلغ"
        before = of.piece(0, amount - 1) + " " + reached if of.words[amount - 1] in _REACHED else of.piece(0, amount)
        typed = re.sub("^ال", "", own.piece(asks))
        return Completed(asking(f"{before} {typed} {of.piece(amount + 1)}"), (Part.INDICATOR,))
    if not carried:
        return None
    lead = own.piece(0, asks) if asks else _how_much(head)
    return Completed(asking(f"{lead} {own.piece(asks)}{carried}"), (Part.INDICATOR, *parts))


def _how_much(head: str) -> str:
    if head in ("ترتيب", "تصنيف", "مرتبه"):
        return "ما"
    return "كم" if head in MEASURES else "كم بلغت" if is_feminine(head) else "كم بلغ"


def _same_of(follow: FollowUp, earlier: Earlier) -> Completed | None:
    """The earlier question about another thing: the phrase with the same first word goes, else what it is about."""
    own, of = follow.sentence, earlier.sentence
    outside = own.circumstances()
    named = [at for at in range(len(own.words)) if at not in outside]
    if (
        len(own.places) > 1
        or len(own.years) > 1
        or not named
        or named != [*range(len(named))]
        or not _is_thing(own, named)
    ):
        return None
    new = re.sub("^لل", "ال", own.piece(0, len(named)))
    place = own.named(own.places[0]) if own.places else None
    year = own.words[own.years[0]] if own.years else None
    same = next((at for at in range(of.lead, len(of.words)) if of.words[at] == own.words[0]), None)
    theme = of.phrase(same) if same is not None else earlier.theme()
    if same is None and earlier.asks.endswith("كم") and len(earlier.clause().counted):
        carried, _ = earlier.carried(own)
        return Completed(asking(f"كم عدد {new} {own.piece(len(named))}{carried}"), (Part.INDICATOR,))
    if theme is None:
        return None
    clause = next((at for at in theme if of.words[at] in ("التي", "الذي", "الذين")), theme.stop)
    thing = (of.spans[theme.start].start, of.spans[clause - 1].end, new)
    return put(of, place=place, year=year, thing=thing)


def _is_thing(own: Sentence, named: Sequence[int]) -> bool:
    words = [own.words[at] for at in named]
    is_short = len(words) <= _LONGEST_THING and not any(map(is_verb, words))
    return is_short and words[0] not in PREPOSITIONS and is_definite(words[0]) and not words[0].startswith("بال")


def among(follow: FollowUp, earlier: Earlier) -> Completed | None:
    """«وفي المدارس؟»: where among things, not places."""
    own, of = follow.sentence, earlier.sentence
    is_among = own.words[0] == "في" and 1 < len(own.words) <= _LONGEST_THING and all(map(is_definite, own.words[1:]))
    if not is_among or own.places or not of.lead or _names_others(own):
        return None
    outside = of.circumstances()
    pairs = enumerate(zip(of.words, of.words[1:], strict=False))
    old = next((at for at, (one, two) in pairs if one == "في" and is_definite(two) and at not in outside), None)
    if old is None:
        return Completed(asking(of.text, f" {own.piece(0)}"), (Part.PLACE,))
    stop = of.phrase(old + 1).stop
    text = f"{of.text[: of.spans[old].start]}{own.piece(0)}{of.text[of.spans[stop - 1].end :]}"
    return Completed(asking(text), (Part.PLACE,))
