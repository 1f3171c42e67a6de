"""Follow-ups that put another place, year, question word, unit or thing into the earlier question."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from index.places import KINDS_OF_PLACE
from retrieval.earlier import Earlier, FollowUp, nominative
from retrieval.moments import SAME, year_told
from retrieval.parts import Sentence, name_at
from retrieval.turns import Completed, Part
from retrieval.wording import PREPOSITIONS, is_feminine, is_verb, without_pronoun

_ALONE: Final = re.compile(
    r"(?:كم|ما|ماذا|كيف) (?:بلغ|بلغت|كان|كانت|اصبح|اصبحت|صار|صارت)(?: (?:هو|هي|العدد|الرقم|الوضع|الحال|الامر))?(?= )"
    r"|كم(?= في )"
)
_ALONE_AT_THE_END: Final = re.compile(r" كم(?: (?:كان|كانت|بلغ|بلغت))?\Z")
NOT_NAMED: Final = re.compile(
    r"\w{3,}ته|"
    r"اي(?:هما|هم|ها)|غير(?:ه|ها)?|شكرا|مزيد|تفاصيل|امثله|ا(?:كثر|قل|كبر|صغر|علي|دني|هم|برز|قدم|حدث|فضل|سوا|خر|خري)|"
    r"\w*(?:ها|هم)|نعم|صحيح|ماه[يو]ه?|[بلع]?ما|[بل]من|مم|فيم|بعد|هناك|هنا|يعني|هذا|ذلك|اذن|تمام|هكذا|لماذا|بماذا|هل|بكم|ايضا|كذلك"
)
"""Folded words that are neither a place nor a predicate, though nothing else is known of them."""

_JUST: Final = r"(?: (?:بالضبط|تحديدا|بالتحديد|تقريبا|يعني))?"
_QUESTION_WORD: Final = re.compile(
    r"(?P<asks>(?:(?:من|منذ|الي|حتي|قبل|بعد|في) )?(?:متي|اين)|لماذا|كيف|من|كم|(?:(?:في|من|الي|ب|منذ|خلال) )?ب?اي \w+)"
    rf"(?: (?:كان|كانت|حدث|تم|حصل|جري))?(?: (?:ذلك|هذا|هو|هي))?{_JUST}"
)
_NOUNS_FOR: Final = {"السبب": "لماذا", "ما السبب": "لماذا", "التاريخ": "متى", "الموعد": "متى", "المكان": "أين"}
_UNIT: Final = re.compile(
    r"بال(?!نسبه|تفصيل|تحديد|ضبط|عربي|انجليزي|تاكيد|طبع|فعل|توفيق|عكس|مناسبه|اضافه|سلامه)\w{3,}(?: ال\w+)?"
)


def elsewhere_or_then(follow: FollowUp, earlier: Earlier) -> Completed | None:
    """«وفي خان هوا؟», «وماذا عن 2022؟», «والسنة التي تليها؟», «ودونغ ناي في 2024؟»."""
    own = follow.sentence
    alone = _ALONE.match(" ".join(own.words))
    first = alone.group().count(" ") + 1 if alone else 0
    at_end = _ALONE_AT_THE_END.search(" ".join(own.words))
    stop = len(own.words) - (at_end.group().count(" ") if at_end else 0)
    if len(own.places) > 1 or first >= stop:
        return None
    words = set(range(first, stop))
    name = None
    if own.places:
        words -= set(own.around_place(own.places[0]))
        name = own.named(own.places[0])
    year = _told(own, words, earlier)
    if words and year is None:
        name, words = _strange_place(follow, earlier, words) if name is None else (None, words)
        year = _told(own, words, earlier) if name else None
        if name is None or (words and year is None):
            return None
    if name is None and year in (None, SAME):
        return None
    return put(earlier.sentence, place=name, year=None if year == SAME else year)


def _told(own: Sentence, words: set[int], earlier: Earlier) -> str | None:
    told = " ".join(own.words[at] for at in sorted(words))
    return year_told(told, earlier=earlier.year_spoken_of, now=earlier.now) if told else None


def _strange_place(follow: FollowUp, earlier: Earlier, words: set[int]) -> tuple[str | None, set[int]]:
    """The name of a place that no report is of, and the words besides it."""
    own, first = follow.sentence, min(words)
    start = first
    while start < len(own.words) - 1 and (own.words[start] == "في" or own.words[start] in KINDS_OF_PLACE):
        start += 1
    name = name_at(own, start)
    is_told = start > first or (first == 0 and (follow.is_marked or follow.is_about) and earlier.place is not None)
    if name is None or not is_told:
        return None, words
    if any(
        NOT_NAMED.fullmatch(word) or (is_verb(word) and start == first) for word in own.words[name.start : name.stop]
    ):
        return None, words
    return own.piece(name.start, name.stop), words - set(range(first, name.stop))


Edit = tuple[int, int, str]
"""What stands instead of the text between two offsets."""


def put(into: Sentence, *, place: str | None, year: str | None, thing: Edit | None = None) -> Completed | None:
    """A question with another place, year or thing; None where it has several places or years to choose from."""
    if (place and len(into.places) > 1) or (year and len({into.words[at] for at in into.years}) > 1):
        return None
    edits = [thing] if thing else []
    ending = ""
    if place and into.places:
        edits.append((into.places[0].span.start, into.places[0].span.end, place))
    elif place:
        ending += f" في {place}"
    if year and into.years:
        edits += [(into.spans[at].start, into.spans[at].end, year) for at in into.years]
    elif year:
        ending += f" عام {year}"
    text = into.text
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return Completed(asking(text, ending), tuple(_parts(place, year, thing)))


def _parts(place: str | None, year: str | None, thing: Edit | None) -> Iterator[Part]:
    if thing:
        yield Part.INDICATOR
    if place:
        yield Part.PLACE
    if year:
        yield Part.YEAR


def asking(*pieces: str) -> str:
    """The pieces as one question, with its mark at the end."""
    return " ".join("".join(piece.rstrip(" ؟?.!،") for piece in pieces).split()) + "؟"


def otherwise(follow: FollowUp, earlier: Earlier) -> Completed | None:
    """«ومتى؟», «لماذا؟», «وفي أي حي؟»: another question about the same."""
    own, of = follow.sentence, earlier.sentence
    words = " ".join(own.words)
    found = _QUESTION_WORD.fullmatch(words)
    if not (found or words in _NOUNS_FOR) or not of.lead or of.lead == len(of.words):
        return None
    asks = own.piece(0, found["asks"].count(" ") + 1) if found else _NOUNS_FOR[words]
    text = _of_a_noun(earlier, asks) if len(earlier.clause().predicate) == 0 else _of_a_verb(earlier, asks)
    return Completed(asking(text), (Part.QUESTION_WORD,)) if text else None


def _of_a_noun(earlier: Earlier, asks: str) -> str | None:
    """«ما ترتيب …» asked otherwise: «متى كان ترتيب …», «ما سبب ترتيب …»."""
    of = earlier.sentence
    if earlier.asks.startswith("من") or asks == "من":
        return None
    was = "كانت" if is_feminine(of.words[of.lead]) else "كان"
    lead = {"لماذا": "ما سبب", "كم": "كم"}.get(asks, f"{asks} {was}")
    return f"{lead} {of.piece(of.lead)}"


def _of_a_verb(earlier: Earlier, asks: str) -> str:
    """«كم مشروعا لم ينفذ …» asked otherwise: «لماذا لم ينفذ مشروع …»; what was asked for becomes «ذلك»."""
    of, clause = earlier.sentence, earlier.clause()
    rest = clause.rest
    predicate = of.piece(clause.predicate.start, clause.predicate.stop)
    if len(clause.counted):
        counted = " ".join(map(nominative, earlier.counted().split()))
        return f"{asks} {without_pronoun(predicate)} {counted} {of.piece(rest.start)}"
    if earlier.asks == "ماذا" and rest and of.words[rest.start] not in PREPOSITIONS:
        subject = of.phrase(rest.start)
        return f"{asks} {predicate} {of.piece(subject.start, subject.stop)} ذلك {of.piece(subject.stop)}"
    return f"{asks} {of.piece(of.lead)}"


def in_another_unit(follow: FollowUp, earlier: Earlier) -> Completed | None:
    """«وبالدولار؟», «وبالسمك؟»."""
    own, of = follow.sentence, earlier.sentence
    if not _UNIT.fullmatch(" ".join(own.words)) or not of.words:
        return None
    replaces = of.words[-1].startswith("بال")
    text = of.piece(0, len(of.words) - 1) if replaces else of.text
    return Completed(asking(text, " " + own.piece(0)), (Part.UNIT,))
