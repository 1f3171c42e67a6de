"""The earlier question that a follow-up builds upon, and what can be taken from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from retrieval.parts import Place, Sentence
from retrieval.turns import Part, Turn
from retrieval.wording import (
    AMOUNTS,
    BODIES,
    MEASURES,
    NEGATIONS_AND_TENSES,
    PREPOSITIONS,
    ROLES,
    SUPPLETIVE,
    TANWIN,
    bare,
    is_definite,
    is_feminine,
    is_verb,
)

_RELATIVE: Final = frozenset("التي الذي الذين".split())


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What was typed, without what only says that it goes on.

    ``is_marked``: it began with «و», «طيب»… ``is_about``: it began with «ماذا عن».
    """

    sentence: Sentence
    is_marked: bool
    is_about: bool


@dataclass(frozen=True, slots=True)
class Clause:
    """How a question is built after what asks: «[كم] مشروعا | لم ينفذ | لتطوير الموانئ في …»."""

    counted: range
    predicate: range
    rest: range


@dataclass(frozen=True, slots=True)
class Earlier:
    """An earlier turn, its question's parts, and the time now (seconds since 1970)."""

    turn: Turn
    sentence: Sentence
    now: float

    @property
    def asks(self) -> str:
        """The folded words that ask."""
        return " ".join(self.sentence.words[: self.sentence.lead])

    @property
    def place(self) -> Place | None:
        """The place, where there is just one."""
        return self.sentence.places[0] if len(self.sentence.places) == 1 else None

    @property
    def year(self) -> str | None:
        """The year, where there is just one."""
        years = {self.sentence.words[at] for at in self.sentence.years}
        return years.pop() if len(years) == 1 else None

    @property
    def year_spoken_of(self) -> str | None:
        """The year of the question or, where it names none, that of what the reply quoted."""
        if self.sentence.years:
            return self.year
        return self.turn.years[0] if len(self.turn.years) == 1 else None

    def clause(self) -> Clause:
        """How the question is built."""
        of, at = self.sentence, self.sentence.lead
        outside = of.circumstances()
        counted = at
        if self.asks.endswith("كم"):
            while (
                counted < len(of.words) and counted not in outside and _may_be_counted(of.words[counted], counted == at)
            ):
                counted += 1
        stop = predicate_from(of, counted)
        return Clause(range(at, counted), range(counted, stop), range(stop, len(of.words)))

    def counted(self) -> str:
        """What is counted («مشروعا»), as typed."""
        counted = self.clause().counted
        return self.sentence.piece(counted.start, counted.stop)

    def amount(self) -> int | None:
        """Where the question says what is measured («عدد»)."""
        at = self.sentence.lead
        while at < len(self.sentence.words) and is_verb(self.sentence.words[at]):
            at += 1
        found = at < len(self.sentence.words) and bare(self.sentence.words[at]) in AMOUNTS
        return at if found else None

    def theme(self) -> range | None:
        """The phrase that the question is about: after what is measured, else the first definite one."""
        of, amount, outside = self.sentence, self.amount(), self.sentence.circumstances()
        if amount is not None and of.words[amount] in MEASURES:
            after = amount + 1
            fits = after < len(of.words) and after not in outside and of.words[after] not in PREPOSITIONS
            return of.phrase(after) if fits else None
        start = self.clause().predicate.stop
        for at in range(start, len(of.words)):
            word = of.words[at]
            if at not in outside and word not in PREPOSITIONS and word not in _RELATIVE and not is_verb(word):
                return of.phrase(at)
        return None

    def body(self, *, feminine: bool | None = None) -> range | None:
        """The first body that is named («اللجنة التوجيهية»), feminine or not if that is given."""
        for at in range(self.sentence.lead, len(self.sentence.words)):
            word = bare(self.sentence.words[at])
            if word in BODIES and feminine in (None, is_feminine(word)) and not self._is_place(at):
                return self.sentence.phrase(at)
        return None

    def _is_place(self, at: int) -> bool:
        return at in self.sentence.circumstances()

    def person(self) -> str | None:
        """Who the question is about or asks for; who the quoted excerpt names where it is about nobody."""
        of, lead = self.sentence, self.sentence.lead
        if of.words[:1] == ("من",) and lead < len(of.words):
            if bare(of.words[lead]) in ROLES:
                return of.piece(lead)
            return of.piece(0)  # «ماذا قال من ألقى الكلمة …»
        return self.person_named() or self.turn.person

    def person_named(self) -> str | None:
        """Whom it names first by a role («نائب رئيس اللجنة»)."""
        of = self.sentence
        named = next((at for at in range(of.lead, len(of.words)) if bare(of.words[at]) in ROLES), None)
        if named is None:
            return None
        phrase = of.phrase(named)
        return of.piece(phrase.start, phrase.stop)

    def carried(self, own: Sentence | None = None) -> tuple[str, tuple[Part, ...]]:
        """« في …» and « عام …» of the question, as far as ``own`` names no place or year itself."""
        text, parts = "", []
        if self.place and not (own and own.places):
            text += f" في {self.sentence.named(self.place)}"
            parts.append(Part.PLACE)
        if self.year and not (own and own.years):
            text += f" عام {self.year}"
            parts.append(Part.YEAR)
        return text, tuple(parts)

    def place_beside(self, said: str) -> str:
        """« في …» of the question, unless what is ``said`` names the place already."""
        name = self.sentence.named(self.place) if self.place else ""
        return f" في {name}" if name and name not in said else ""

    def carried_beside(self, said: str) -> str:
        """Like `place_beside`, with the year."""
        return self.place_beside(said) + (f" عام {self.year}" if self.year and self.year not in said else "")


def _may_be_counted(word: str, is_first: bool) -> bool:
    if word in PREPOSITIONS or is_definite(word) or word in NEGATIONS_AND_TENSES or word in _RELATIVE:
        return False
    return not is_verb(word) and not (is_first and (word in AMOUNTS or word.startswith("ب")))


def predicate_from(of: Sentence, start: int) -> int:
    """Where the predicate that begins with the word ``start`` ends: «لم ينفذ», «تم تنفيذه»; ``start`` if none does."""
    at = start
    while at < len(of.words) and of.words[at] in NEGATIONS_AND_TENSES:
        at += 1
    helped = at > start and of.words[at - 1]
    if at < len(of.words) and (
        is_verb(of.words[at]) or helped in ("لم", "لن") or (helped in SUPPLETIVE and _is_its(of, at))
    ):
        at += 1
    return at


def _is_its(of: Sentence, at: int) -> bool:
    """Whether a word after «تم» ends with a pronoun («تنفيذه»), or nothing follows it."""
    return of.words[at].endswith(("ه", "ها", "هم")) or at + 1 == len(of.words)


def nominative(typed: str) -> str:
    """«مشروعا» as «مشروع»."""
    plain = typed.replace(TANWIN, "")
    return plain[:-1] if plain.endswith("ا") and len(plain) > 3 else plain
