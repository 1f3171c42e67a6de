"""Follow-ups to what was counted: «وكم لم ينفذ؟», «وكم مهمة؟»."""

from __future__ import annotations

from typing import Final

from retrieval.earlier import Earlier, FollowUp, predicate_from
from retrieval.parts import Sentence
from retrieval.referring import may_lack_subject, pronoun_of, subject_for
from retrieval.replacing import asking
from retrieval.turns import Completed, Part
from retrieval.wording import (
    AMOUNTS,
    NEGATIONS_AND_TENSES,
    PREPOSITIONS,
    is_definite,
    is_feminine,
    is_feminine_verb,
    is_verb,
)

_TIMES: Final = frozenset("مره مرات سنه عاما يوما شهرا ساعه اسبوعا يوم شهر عام".split())
"""What counts how often or how long something is done: «كم مرة اجتمعت» lacks its subject."""


def counted_otherwise(follow: FollowUp, earlier: Earlier) -> Completed | None:
    """«وكم لم ينفذ؟», «وكم مهمة؟», «وكم أسرة استفادت؟»: the same counted with another predicate, or another thing."""
    own = follow.sentence
    if own.words[: own.lead] != ("كم",) or own.lead == len(own.words) or own.places or own.years:
        return None
    if predicate_from(own, own.lead) > own.lead:
        return _with_predicate(follow, earlier)
    if any(pronoun_of(own, at) for at in range(own.lead, len(own.words))):
        return None
    nouns = 1
    while own.lead + nouns < len(own.words) and not is_verb(own.words[own.lead + nouns]):
        nouns += 1
    first = own.words[own.lead]
    if nouns > 2 or not follow.is_marked or is_definite(first) or first in AMOUNTS | PREPOSITIONS:
        return None
    return _with_counted(own, earlier, own.lead + nouns)


def _with_predicate(follow: FollowUp, earlier: Earlier) -> Completed | None:
    own, clause, of = follow.sentence, earlier.clause(), earlier.sentence
    stop = predicate_from(own, own.lead)
    predicate, rest = own.piece(own.lead, stop), own.piece(stop)
    if own.words[stop - 1] in NEGATIONS_AND_TENSES or not may_lack_subject(follow, stop):
        return None
    if len(clause.counted):
        tail = of.piece(clause.rest.start)
        question = f"كم {earlier.counted()} {predicate} {rest} {tail}"
        return Completed(asking(question), (Part.PREDICATE,))
    theme, amount = earlier.theme(), earlier.amount()
    if amount is not None and of.words[amount] == "عدد" and theme is not None:
        carried, _ = earlier.carried()
        question = f"كم {predicate} من {of.piece(theme.start, theme.stop)}{carried} {rest}"
        return Completed(asking(question), (Part.PREDICATE,))
    start = amount if amount is not None else theme.start if theme is not None else None
    if start is None:
        return None
    said = of.piece(start, of.phrase(start).stop)
    return Completed(asking(f"كم {predicate} {said}{earlier.carried_beside(said)} {rest}"), (Part.REFERENT,))


def _with_counted(own: Sentence, earlier: Earlier, stop: int) -> Completed | None:
    """Another thing is counted; with a predicate of its own it takes over the person, or place and year only."""
    clause, of = earlier.clause(), earlier.sentence
    if stop == len(own.words) and len(clause.counted):
        predicate = of.piece(clause.predicate.start, clause.predicate.stop)
        if is_feminine(own.words[own.lead]) and predicate.endswith("ه"):
            predicate = predicate[:-1] + "ها"
        question = f"كم {own.piece(own.lead)} {predicate} {of.piece(clause.rest.start)}"
        return Completed(asking(question), (Part.INDICATOR,))
    if stop < len(own.words) and predicate_from(own, stop) < len(own.words):
        return None
    if own.words[own.lead] in _TIMES and stop < len(own.words):
        said = subject_for(earlier, own.words[-1])
        return (
            Completed(asking(f"{own.piece(0)} {said}{earlier.carried_beside(said)}"), (Part.REFERENT,))
            if said
            else None
        )
    if len(clause.counted) and of.words[of.lead] == own.words[own.lead]:
        return Completed(asking(f"{own.piece(0)} {of.piece(clause.rest.start)}"), (Part.PREDICATE,))
    person = earlier.person() if stop < len(own.words) and not is_feminine_verb(own.words[stop]) else None
    if person:
        return Completed(asking(f"{own.piece(0)} {person}"), (Part.REFERENT,))
    carried, parts = earlier.carried(own)
    return Completed(asking(own.piece(0), carried), (Part.INDICATOR, *parts)) if carried else None
