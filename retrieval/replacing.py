"""Follow-ups that put another place, year, question word, unit or thing into the earlier question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from index.analysis import FUNCTION_WORDS, terms
from index.places import KINDS_OF_PLACE
from retrieval.earlier import Earlier, FollowUp, nominative
from retrieval.moments import SAME, year_told
from retrieval.parts import Sentence, name_at
from retrieval.turns import Completed, Part
from retrieval.wording import AMOUNTS, MEASURES, PREPOSITIONS, bare, is_definite, is_feminine, is_verb, without_pronoun

_ALONE: Final = re.compile(r"(?:كم|ما|ماذا|كيف) (?:بلغ|بلغت|كان|كانت|اصبح|اصبحت|صار|صارت)(?: (?:هو|هي))?(?= )")
_NO_NAMES: Final = re.compile(
    r"اي(?:هما|هم|ها)|غير(?:ه|ها)?|شكرا|مزيد|تفاصيل|امثله|ا(?:كثر|قل|كبر|صغر|علي|دني|هم|برز|قدم|حدث|فضل|سوا|خر|خري)|"
    r"\w*(?:ها|هم)|نعم|صحيح|تمام|هكذا|لماذا|بماذا|هل|بكم|ايضا|كذلك"
)
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
    if len(own.places) > 1 or first == len(own.words):
        return None
    words = set(range(first, len(own.words)))
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
    is_told = start > first or ((follow.is_marked or follow.is_about) and earlier.place is not None)
    if name is None or not is_told:
        return None, words
    if any(
        _NO_NAMES.fullmatch(word) or (is_verb(word) and start == first) for word in own.words[name.start : name.stop]
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


def of_another_thing(follow: FollowUp, earlier: Earlier) -> Completed | None:
    """«والنسبة؟», «وعدد المدارس؟», «والاقتصاد الرقمي؟», «وما نسبة المدارس المتصلة؟»."""
    own = follow.sentence
    found = _HOW_MUCH.match(" ".join(own.words) + " ")
    asks = found.group().count(" ") if found else 0
    goes_on = follow.is_marked or follow.is_about or len(own.words) == 1
    if asks == len(own.words) or not goes_on or not _NOT_OTHERS.isdisjoint(own.words):
        return None
    measures = own.words[asks:]
    if (
        bare(measures[0]) in AMOUNTS
        and len(measures) <= _LONGEST[bool(asks)]
        and not (asks and (own.places or own.years))
    ):
        shared = len(measures) == 1 or not _about(measures).isdisjoint(_about(earlier.sentence.words))
        return _measured(follow, earlier, asks) if shared or not asks else None
    return None if asks else _same_of(follow, earlier)


_HOW_MUCH: Final = re.compile(r"(?:كم|ما)(?: (?:هو|هي))?(?: (?:بلغ|بلغت|يبلغ|تبلغ|كان|كانت))? ")
_NOT_OTHERS: Final = frozenset("المزيد مزيد المصدر المصادر الاخري الباقي البقيه التفاصيل المقاطعات المحافظات".split())


def _about(words: Sequence[str]) -> set[str]:
    """What words are about: a question of another subject shares none of them with the earlier one."""
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
    if not is_among or own.places or not of.lead or not _NOT_OTHERS.isdisjoint(own.words):
        return None
    outside = of.circumstances()
    pairs = enumerate(zip(of.words, of.words[1:], strict=False))
    old = next((at for at, (one, two) in pairs if one == "في" and is_definite(two) and at not in outside), None)
    if old is None:
        return Completed(asking(of.text, f" {own.piece(0)}"), (Part.PLACE,))
    stop = of.phrase(old + 1).stop
    text = f"{of.text[: of.spans[old].start]}{own.piece(0)}{of.text[of.spans[stop - 1].end :]}"
    return Completed(asking(text), (Part.PLACE,))
