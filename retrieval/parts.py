"""The parts of a question that a follow-up replaces or takes over: what asks, the places, the years, the phrases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from index.analysis import FUNCTION_WORDS
from index.arabic import word_spans
from index.document import Span
from index.library import Library
from index.places import KINDS_OF_PLACE, Named
from index.spelling import joined, sound
from retrieval.clues import is_number, is_year, tells_when
from retrieval.wording import AMOUNTS, BODIES, PREPOSITIONS, ROLES, is_definite, is_verb
from retrieval.years import years_named

_LEADS: Final = re.compile(
    r"(?:(?:(?:في|من|الي|علي|عن|منذ|حتي|قبل|بعد|خلال) )?[بل]?اي \w+|ما الذي|(?:ما|من)(?: (?:هو|هي|هم))?|"
    r"(?:(?:الي|من|منذ|حتي|قبل|بعد|علي|مع|عن|في) )?(?:متي|اين|كم|من|ماذا)|"
    r"لماذا|كيف|هل|بكم|بماذا|عماذا|لمن|ماهو|ماهي|اذكر)(?= |\Z)"
)
_PAUSE: Final = re.compile(r"[،,؛;:.!؟?()\[\]«»\n]")
_GLUED: Final = "وفبلك"  # letters written together with a name
_YEAR_WORDS: Final = frozenset(prefix + word for prefix in ("", "ل", "ب", "ال") for word in ("عام", "سنه"))
_COUNTED: Final = frozenset("اي كم كل عدد جميع".split())
_RELATIVE: Final = frozenset("التي الذي الذين".split())
_CLAUSE: Final = 8  # words after «التي» that belong to its clause
_LONGEST_NAME: Final = 3  # words of a place that no report is of


@dataclass(frozen=True, slots=True)
class Place:
    """The name of a place: which words it is in, and where it stands in the text without letters glued to it."""

    words: range
    span: Span


@dataclass(frozen=True, slots=True)
class Sentence:
    """A question and its parts. ``lead`` is how many words at its beginning ask; ``years`` are places of words."""

    text: str
    words: tuple[str, ...]
    spans: tuple[Span, ...]
    lead: int
    places: tuple[Place, ...]
    years: tuple[int, ...]

    def piece(self, start: int, stop: int | None = None) -> str:
        """What was typed from one word up to another, punctuation between them included."""
        stop = len(self.words) if stop is None else stop
        return self.text[self.spans[start].start : self.spans[stop - 1].end] if start < stop else ""

    def named(self, place: Place) -> str:
        """The name of a place as typed."""
        return self.text[place.span.start : place.span.end]

    def without(self, *, words: set[int]) -> str:
        """What was typed but for some words."""
        return " ".join(self.piece(at, at + 1) for at in range(len(self.words)) if at not in words)

    def pauses_after(self, at: int) -> bool:
        """Whether punctuation follows a word."""
        if at + 1 >= len(self.words):
            return True
        return _PAUSE.search(self.text, self.spans[at].end, self.spans[at + 1].start) is not None

    def around(self, at: int) -> range:
        """A year with «في عام» before it."""
        first = at
        if first and self.words[first - 1] in _YEAR_WORDS:
            first -= 1
        if first and self.words[first - 1] in PREPOSITIONS:
            first -= 1
        return range(first, at + 1)

    def around_place(self, place: Place) -> range:
        """A place with «في مقاطعة» before it."""
        first = place.words.start
        if first and _is_kind(self.words[first - 1]):
            first -= 1
        if first and self.words[first - 1] in PREPOSITIONS:
            first -= 1
        return range(first, place.words.stop)

    def circumstances(self) -> set[int]:
        """The words that tell the places and years."""
        told = {at for year in self.years for at in self.around(year)}
        return told | {at for place in self.places for at in self.around_place(place)}

    def phrase(self, start: int) -> range:
        """The words of the noun phrase that begins with the word ``start``, without places and years."""
        outside = self.circumstances() - self._objects(start)
        at = start + 1
        while at < len(self.words) and at not in outside and not self.pauses_after(at - 1) and self._goes_on(at):
            at += 1
        return range(start, at)

    def _objects(self, start: int) -> set[int]:
        """Words of places that a clause after the noun needs: «الصعوبات التي تواجه لونغ آن»."""
        if _RELATIVE.isdisjoint(self.words[start:]):
            return set()
        around = (self.around_place(place) for place in self.places)
        return {at for each in around if self.words[each.start] not in PREPOSITIONS for at in each}

    def _goes_on(self, at: int) -> bool:
        word, before = self.words[at], self.words[at - 1]
        if word in (*_RELATIVE, "رقم") or before in (*_RELATIVE, "رقم"):
            return True
        if not _RELATIVE.isdisjoint(self.words[max(0, at - _CLAUSE) : at]):
            return True  # within a clause that belongs to the noun
        if is_definite(word) and not word.startswith(("لل", "بال")):
            return True
        if before in AMOUNTS and word not in PREPOSITIONS:
            return True  # «معدل صرف»: what is measured is a noun, however it looks
        return (
            not is_definite(before)
            and word not in PREPOSITIONS
            and not word.startswith(("لل", "بال"))
            and not is_verb(word)
        )


def sentence(library: Library, text: str) -> Sentence:
    """``text`` and its parts."""
    found = word_spans(text)
    words = tuple(word for word, _ in found)
    spans = tuple(span for _, span in found)
    named = library.places.named_in(words)
    places = tuple(_place(library, text, words, spans, each) for each in named)
    years = years_named(text)
    at_years = tuple(at for at, word in enumerate(words) if is_year(word) and word in years)
    lead = _LEADS.match(" ".join(words))
    count = lead.group().count(" ") + 1 if lead else 0
    plain = Sentence(text, words, spans, count, places, at_years)
    if places:
        return plain
    return Sentence(text, words, spans, count, tuple(_presumable(plain)), at_years)


def _place(library: Library, text: str, words: tuple[str, ...], spans: tuple[Span, ...], named: Named) -> Place:
    """Where a known place stands, without the letters before its name: what is left has to be a spelling of it."""
    name = words[named.words.start : named.words.stop]
    known = set(library.places.spellings(named.place))
    sounds = {sound(each) for each in known}
    glued = 0
    for count in range(3):
        rest = joined((name[0][count:], *name[1:]))
        if rest in known or (sound(rest) in sounds and sound(rest) is not None):
            glued = count
            break
        if not name[0][count : count + 1] or name[0][count] not in _GLUED:
            break
    start = spans[named.words.start].start
    return Place(named.words, Span(start + _letters(text, start, glued), spans[named.words.stop - 1].end))


def _letters(text: str, start: int, count: int) -> int:
    """How many code points the first ``count`` letters take, tatweel and diacritics after them included."""
    length = count
    while count and text[start + length : start + length + 1] in ("\N{ARABIC TATWEEL}", "\N{ARABIC KASRA}"):
        length += 1
    return length


def _is_kind(word: str) -> bool:
    return word in KINDS_OF_PLACE or (word[0] in _GLUED and word[1:] in KINDS_OF_PLACE)


def _presumable(of: Sentence) -> Iterator[Place]:
    """The place that is named though no report is of it: after «مقاطعة», or after «في» where nothing else follows."""
    for at, word in enumerate(of.words[:-1]):
        counted = at > 0 and of.words[at - 1].endswith(tuple(_COUNTED))
        after_kind = _is_kind(word) and not counted
        if not after_kind and word != "في":
            continue
        name = name_at(of, at + 1)
        if name and (after_kind or _ends(of, name.stop)):
            yield Place(name, Span(of.spans[name.start].start, of.spans[name.stop - 1].end))
            return


def _ends(of: Sentence, at: int) -> bool:
    following = of.words[at : at + 1]
    return not following or following[0] in PREPOSITIONS or following[0] in _YEAR_WORDS or at in of.years


def name_at(of: Sentence, start: int) -> range | None:
    """The words from ``start`` on that may name a place that no report is of."""
    at = start
    while at < len(of.words) and at - start < _LONGEST_NAME and at not in of.years and _may_name(of.words[at]):
        at += 1
        if of.pauses_after(at - 1):
            break
    return range(start, at) if at > start else None


def _may_name(word: str) -> bool:
    if len(word) < 2 or is_number(word) or tells_when(word) or is_definite(word) or word in _YEAR_WORDS:
        return False
    if word in FUNCTION_WORDS or word in PREPOSITIONS or word in AMOUNTS or word in BODIES or word in ROLES:
        return False
    return word not in ("نفس", "كل", "جميع", "اي", "غير", "اطار", "مجال", "نهايه", "بدايه", "ذلك")
