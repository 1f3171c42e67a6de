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
from retrieval.wording import AMOUNTS, MEASURES, PREPOSITIONS, bare, is_definite, is_feminine, is_verb, standard_spelling

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
_UNIT: Final = re.compile(r"بال\w{3,}(?: ال\w+)?")


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
    if any(_NO_NAMES.fullmatch(word) or (is_verb(word) and start == first) for word in own.words[name.start : name.stop]):
        return None, words
    return own.piece(name.start, name.stop), words - set(range(first, name.stop))


def put(into: Sentence, *, place: str | None, year: str | None) -> Completed | None:
    """A question with another place, another year or both; None where it has several to choose from."""
    if (place and len(into.places) > 1) or (year and len({into.words[at] for at in into.years}) > 1):
        return None
    edits: list[tuple[int, int, str]] = []
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
    parts = tuple(_parts(place, year))
    return Completed(asking(text, ending), parts)


def _parts(place: str | None, year: str | None) -> Iterator[Part]:
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
    return Completed(asking(f"{asks} {_asked_otherwise(earlier, asks)}"), (Part.QUESTION_WORD,))


def _asked_otherwise(earlier: Earlier, asks: str) -> str:
    """The earlier question without what asked in it, such that ``asks`` may stand before it."""
    of, clause = earlier.sentence, earlier.clause()
    if len(clause.predicate) == 0:
        return f"{_was(asks, of)}{of.piece(clause.counted.start)}"
    if len(clause.counted) == 0 or clause.counted.stop == len(of.words):
        return of.piece(of.lead)
    typed = of.piece(clause.predicate.start, clause.predicate.stop)
    predicate = standard_spelling(without) if (without := re.sub("(?:ها|ه|هم)$", "", typed)) != typed else typed
    counted = " ".join(map(nominative, earlier.counted().split()))
    return " ".join(filter(None, (predicate, counted, of.piece(clause.rest.start))))


def _was(asks: str, of: Sentence) -> str:
    if asks == "لماذا" or asks == "كم":
        return ""
    return "كانت " if is_feminine(of.words[of.lead]) else "كان "


def in_another_unit(follow: FollowUp, earlier: Earlier) -> Completed | None:
    """«وبالدولار؟», «وبالسمك؟»."""
    own, of = follow.sentence, earlier.sentence
    if not _UNIT.fullmatch(" ".join(own.words)) or own.words[0] == "بالنسبه" or not of.words:
        return None
    replaces = of.words[-1].startswith("بال")
    text = of.piece(0, len(of.words) - 1) if replaces else of.text
    return Completed(asking(text, " " + own.piece(0)), (Part.UNIT,))


def of_another_thing(follow: FollowUp, earlier: Earlier) -> Completed | None:
    """«والنسبة؟», «وعدد المدارس؟», «والاقتصاد الرقمي؟», «وما نسبة المدارس المتصلة؟»."""
    own = follow.sentence
    found = re.match(r"(?:كم|ما)(?: (?:هو|هي))?(?: (?:بلغ|بلغت|يبلغ|تبلغ|كان|كانت))? ", " ".join(own.words) + " ")
    asks = found.group().count(" ") if found else 0
    if asks == len(own.words) or own.places or own.years or not (follow.is_marked or follow.is_about or len(own.words) == 1):
        return None
    head = bare(own.words[asks])
    if head in AMOUNTS and len(own.words) - asks <= _LONGEST[bool(asks)]:
        return _measured(follow, earlier, asks)
    if asks or len(own.words) > _LONGEST_THING or not _is_thing(own):
        return None
    return _same_of(follow, earlier)


_LONGEST: Final = {False: 6, True: 5}  # words of what is measured, without a question word and with one
_LONGEST_THING: Final = 4


def _is_thing(own: Sentence) -> bool:
    words = own.words
    return words[0] not in PREPOSITIONS and is_definite(words[0]) and not any(map(is_verb, words))


def _measured(follow: FollowUp, earlier: Earlier, asks: int) -> Completed | None:
    """Something else is measured, of the same place and year; a measure alone, of the same thing."""
    own, amount = follow.sentence, earlier.amount()
    head = bare(own.words[asks])
    carried, parts = earlier.carried(own)
    if len(own.words) == asks + 1 and head in MEASURES:
        theme = earlier.theme()
        if theme is None or amount is None:
            return None
        typed = re.sub("^ال", "", own.piece(asks))
        text = earlier.sentence.text
        at = earlier.sentence.spans[amount]
        return Completed(asking(f"{text[: at.start]}{typed}{text[at.end :]}"), (Part.INDICATOR,))
    if not carried:
        return None
    lead = own.piece(0, asks) if asks else "ما" if head in ("ترتيب", "تصنيف", "مرتبه") else "كم"
    return Completed(asking(f"{lead} {own.piece(asks)}{carried}"), (Part.INDICATOR, *parts))


def _same_of(follow: FollowUp, earlier: Earlier) -> Completed | None:
    """The earlier question about another thing: the phrase with the same first word goes, else what it is about."""
    own, of = follow.sentence, earlier.sentence
    new = own.piece(0)
    same = next((at for at in range(of.lead, len(of.words)) if of.words[at] == own.words[0]), None)
    theme = of.phrase(same) if same is not None else earlier.theme()
    if same is None and earlier.asks.endswith("كم") and len(earlier.clause().counted):
        carried, _ = earlier.carried()
        return Completed(asking(f"كم عدد {new}{carried}"), (Part.INDICATOR,))
    if theme is None:
        return None
    before, after = of.spans[theme.start].start, of.spans[theme.stop - 1].end
    return Completed(asking(f"{of.text[:before]}{new}{of.text[after:]}"), (Part.INDICATOR,))
