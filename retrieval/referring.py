"""Follow-ups that leave out what they are about, or say it with a pronoun: «وماذا قال؟», «ومن رئيسها؟»."""

from __future__ import annotations

import re
from typing import Final

from retrieval.earlier import Earlier, FollowUp, predicate_from
from retrieval.parts import Sentence
from retrieval.replacing import NOT_NAMED, asking
from retrieval.turns import Completed, Part
from retrieval.wording import (
    AMOUNTS,
    IMPERSONAL,
    NEGATIONS_AND_TENSES,
    PREPOSITIONS,
    ROLES,
    SAYING,
    SUPPLETIVE,
    is_definite,
    is_feminine,
    is_feminine_verb,
    is_verb,
    standard_spelling,
    without_pronoun,
)

_LIGHT: Final = frozenset(
    """
    بلغ بلغت يبلغ تبلغ كان كانت هو هي هم عدد نسبه اسم سبب اهم ابرز اسباب قيمه لم لا قد تم يتم مجموع اجمالي متوسط معدل ال
    تاريخ مقدار حجم الذي
    """.split()
)
_PARTS_OF_PLACES: Final = frozenset("سكان مساحه عاصمه موقع حدود محافظ مناخ اقتصاد".split())
_HEADED: Final = ROLES | frozenset("مقر مكتب ميزانيه عضو اعضا موظفو عنوان ايرادات مهام".split())
_WITH_PRONOUN: Final = {
    "فيها": "في", "منها": "من", "عنها": "عن", "عليها": "على", "اليها": "إلى", "معها": "مع",
    "منه": "من", "عنه": "عن", "عليه": "على", "اليه": "إلى", "فيه": "في", "معه": "مع", "منهم": "من", "عنهم": "عن",
}  # fmt: skip
_TAKES_MASCULINE: Final = re.compile(
    r"(?:رييس|مدير|عدد|سبب|هدف|موقع|تاريخ|مولف|كاتب|اسم|عنوان|مقر|دور|حجم|سعر|طول|عمق|ارتفاع|وزن|عمر|تصنيف|ترتيب|معدل|"
    r"وزير|نايب|امين|اسباب|اهداف|نتايج|مصدر|سكان|موعد|راتب|مبلغ|مكان|مالك|منفذ|ممول|محتوي|نوع|منصب|راي|لقب|دور|\w+ت)ه"
)
_NAMES_ITS_SUBJECT: Final = ("من", "من هو", "من هي", "من هم", "ماهو", "ماهي", "اذكر")
_BESIDE_PERSONS: Final = frozenset("نايب نايبه مساعد مساعده خلف سلف".split())
_CHANGING: Final = frozenset(
    "زاد زادت ارتفع ارتفعت انخفض انخفضت تراجع تراجعت نقص نقصت تغير تغيرت تحسن تحسنت نما نمت".split()
)
_LONGEST_REST: Final = 4  # words after the predicate or the pronoun; a longer question stands by itself


def about_it(follow: FollowUp, earlier: Earlier) -> Completed | None:
    """«ومن رئيسها؟», «وما سببها؟», «ومن أصدره؟», «وكم منها؟»: a pronoun points to what was spoken of."""
    own = follow.sentence
    if not (own.lead or follow.is_marked) or own.places:
        return None
    at = next((at for at in range(own.lead, len(own.words)) if pronoun_of(own, at)), None)
    if at is None or not _is_light(own, at):
        return None
    if len(own.words) - at - 1 > _LONGEST_REST or not _goes_on_loosely(own, at + 1):
        return None
    pronoun = pronoun_of(own, at)
    noun = own.words[at].removesuffix(pronoun)
    found = _referent(earlier, noun, pronoun)
    if found is None:
        return None
    said, with_place = found
    lead = own.piece(0, at) or ("كم" if noun + "ه" in AMOUNTS or _noun(noun) in AMOUNTS else "ما")
    place = earlier.place_beside(said) if with_place else ""
    typed = _plain(own, at, pronoun)
    return Completed(asking(f"{lead} {typed} {said}{place} {own.piece(at + 1)}"), (Part.REFERENT,))


def _is_light(own: Sentence, at: int) -> bool:
    """Whether nothing before a word could be what its pronoun points to; «كم طبيبا فيها» counts something else."""
    between = own.words[own.lead : at]
    if own.words[: own.lead] == ("كم",) and len(between) == 1 and own.words[at] in _WITH_PRONOUN:
        return not is_definite(between[0])
    return all(word in _LIGHT for word in between)


def pronoun_of(own: Sentence, at: int) -> str:
    """The pronoun at the end of a word, or nothing."""
    word, typed = own.words[at], own.piece(at, at + 1)
    if is_definite(word) or typed.endswith("ة") or word in ("هذه", "نفسها", "نفسه", "هو", "هم"):
        return ""
    if word in _WITH_PRONOUN:
        return re.search("(?:ها|هم|ه)$", word).group()  # type: ignore[union-attr]
    if word.endswith(("ها", "هم")) and len(word) > 4:
        return word[-2:]
    is_verb_with_it = is_verb(word) and len(word) > 4
    is_done_to_it = own.words[: own.lead] == ("من",) and at + 1 == len(own.words) and len(word) > 3  # «من موله»
    fits = _TAKES_MASCULINE.fullmatch(word) or is_verb_with_it or is_done_to_it
    return "ه" if typed.endswith("ه") and fits else ""


def _goes_on_loosely(own: Sentence, at: int) -> bool:
    """Whether the words from ``at`` on only add to what was said: nothing, «في …», «من …», a year."""
    return at >= len(own.words) or own.words[at] in PREPOSITIONS or _is_glued(own.words[at]) or at in own.years


def _is_glued(word: str) -> bool:
    return word.startswith(("بال", "لل", "عام", "سنه", "ذلك", "هذا"))


def _noun(stem: str) -> str:
    return stem[:-1] + "ه" if stem.endswith("ت") else stem


def _plain(own: Sentence, at: int, pronoun: str) -> str:
    word = own.words[at]
    if word in _WITH_PRONOUN:
        return _WITH_PRONOUN[word]
    typed = own.piece(at, at + 1)[: -len(pronoun)]
    return typed if is_verb(word) else standard_spelling(typed)


def _referent(earlier: Earlier, noun: str, pronoun: str) -> tuple[str, bool] | None:
    """What a pronoun after ``noun`` stands for, and whether its place is to be added."""
    of, feminine = earlier.sentence, pronoun == "ها"
    place = of.named(earlier.place) if earlier.place else None
    stem = _noun(noun)
    if stem in _PARTS_OF_PLACES and feminine and place:
        return place, False
    if stem in _BESIDE_PERSONS and of.words[:1] == ("من",) and (person := earlier.person()):
        return person, False
    body = earlier.body(feminine=feminine) if pronoun != "هم" else None
    if body is not None and (stem in _HEADED or noun in _HEADED or is_verb(noun)):
        return of.piece(body.start, body.stop), True
    theme = earlier.theme()
    if theme is not None and stem not in _PARTS_OF_PLACES and not (stem in ROLES and body is None and place):
        head = of.words[theme.start]
        if pronoun == "هم" or is_feminine(head) == feminine:
            return of.piece(theme.start, theme.stop), True
    if feminine and (place or stem in ROLES or stem in _PARTS_OF_PLACES):
        said = place or earlier.turn.place
        return (said, False) if said else None
    person = earlier.person() if earlier.sentence.words[:1] == ("من",) and pronoun != "هم" else None
    return (person, False) if person else None


def without_subject(follow: FollowUp, earlier: Earlier) -> Completed | None:
    """«وماذا قال؟», «ومتى افتتح؟», «وأين تقع؟»: the earlier person, body or thing is what it is about."""
    own = follow.sentence
    asks = " ".join(own.words[: own.lead])
    if not own.lead or asks.endswith("كم") or own.words[0] == "ما" or asks in _NAMES_ITS_SUBJECT or own.places:
        return None
    stop = _predicate(own)
    if stop is None or not may_lack_subject(follow, stop):
        return None
    verb = own.words[stop - 1]
    said = subject_for(earlier, verb)
    if said is None:
        return None
    place = earlier.place_beside(said) if said != earlier.person() else ""
    rest = re.sub(r"^\s*(?:ذلك|هذا)\b", "", own.piece(stop))
    helped = stop - own.lead > 1 and own.words[stop - 2] in SUPPLETIVE
    predicate = without_pronoun(own.piece(0, stop)) if helped else own.piece(0, stop)
    question = asking(f"{predicate} {said} {rest}{place}")
    return Completed(question, (Part.REFERENT, Part.PLACE) if place else (Part.REFERENT,))


def _predicate(own: Sentence) -> int | None:
    """Where a predicate of one verb ends; after these question words any word but a noun with the article is one."""
    stop = predicate_from(own, own.lead)
    if stop > own.lead:
        return stop
    first = own.words[own.lead] if own.lead < len(own.words) else ""
    is_bare = own.lead + 1 == len(own.words) and first and _may_be_verb(first)
    return own.lead + 1 if is_bare else None


def _may_be_verb(word: str) -> bool:
    return not is_definite(word) and word not in PREPOSITIONS and not NOT_NAMED.fullmatch(word)


def may_lack_subject(follow: FollowUp, stop: int) -> bool:
    """Whether what follows a predicate only adds to it, so that its subject is missing."""
    own = follow.sentence
    verb, rest = own.words[stop - 1], len(own.words) - stop
    if own.words[0] == "هل":
        return rest == 0 and verb in _CHANGING
    if verb in NEGATIONS_AND_TENSES or verb in IMPERSONAL:
        return False
    if rest == 0:
        return True
    if rest > _LONGEST_REST or not (_goes_on_loosely(own, stop)):
        return False
    return follow.is_marked or (verb in SAYING and rest <= _LONGEST_REST - 1)


def subject_for(earlier: Earlier, verb: str) -> str | None:
    """Who or what the earlier question is about that could be the subject of a folded ``verb``."""
    of, feminine = earlier.sentence, is_feminine_verb(verb)
    place = of.named(earlier.place) if earlier.place else None
    if verb in SAYING:
        body = earlier.body(feminine=True) if feminine else None
        if body is not None and not _has_role(earlier):
            return of.piece(body.start, body.stop)
        return earlier.person() or (place if feminine else None)
    body, theme = earlier.body(feminine=feminine), earlier.theme()
    amount = earlier.amount()
    if verb in _CHANGING and amount is not None:
        phrase = of.phrase(amount)
        return of.piece(amount, phrase.stop)
    for named in (theme, body):
        if named is not None and is_feminine(of.words[named.start]) == feminine:
            return of.piece(named.start, named.stop)
    return place if feminine else None


def _has_role(earlier: Earlier) -> bool:
    return any(word.removeprefix("ال") in ROLES for word in earlier.sentence.words)
