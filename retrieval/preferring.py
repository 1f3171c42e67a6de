"""What is about the places and years asked about comes before what is equally good about others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, zip_longest
from typing import Final

from index.arabic import fold
from index.library import Library
from retrieval.clues import tells_when
from retrieval.matching import Met, both
from retrieval.question import Question
from retrieval.ranking import Ranked
from retrieval.reading import Window
from retrieval.subject import Subject, is_about
from retrieval.unknown_places import is_kind_of_place

POOL: Final = 60
"""Passages to choose from where a place is named: as many as the search by words looks at in any case."""

# What a passage of another place is worth, and a window that is not about what is asked. With 0.8 / 0.65 / 0.5, of the
# questions of `benchmarks/places.py` 97.3 / 100 / 100 % have the right report first and are answered.
_ELSEWHERE: Final = 0.6
LOOKED_INTO: Final = 20
"""Windows among which those about each of several places are sought."""

_LOOKED_INTO: Final = 10  # passages or windows whose text is looked at; those after them are not shown in any case


_ENOUGH: Final = 6  # windows about the one place or year asked about: twice as many as are shown


def preferred(library: Library, subject: Subject, ranked: Sequence[Ranked], *, read: int) -> list[Ranked]:
    """``ranked`` with the passages of other places than those asked about valued less, best first.

    If several places are asked about, the best ``read`` passages are shared out among them.
    """
    wanted = set(subject.places)
    valued = []
    for at, each in enumerate(ranked):
        of = library.places.of(each.passage.document)
        is_elsewhere = of is not None and of not in wanted
        if is_elsewhere and not (at < _LOOKED_INTO and _names(library, subject, each)):
            each = each._replace(score=each.score * _ELSEWHERE)
        valued.append(each)
    valued.sort(key=lambda each: -each.score)
    return _shared_out(library, subject, valued, read) if len(wanted) > 1 else valued


def _names(library: Library, subject: Subject, ranked: Ranked) -> bool:
    """Whether a passage names a place asked about: a quick look, that takes parts of words for names too."""
    text = fold(library.passage_text(ranked.passage)).replace(" ", "")
    return any(spelling in text for place in subject.places for spelling in library.places.spellings(place))


def _shared_out(library: Library, subject: Subject, ranked: list[Ranked], read: int) -> list[Ranked]:
    """The same passages, with equally many of each place among the first ``read``, best first within these."""
    of = [[each for each in ranked if library.places.of(each.passage.document) == place] for place in subject.places]
    turns: Iterator[Ranked | None] = chain.from_iterable(zip_longest(*of))
    first = [each for each in turns if each is not None][:read]
    rows = {each.row for each in first}
    others = [each for each in ranked if each.row not in rows]
    return [*sorted([*first, *others[: read - len(first)]], key=lambda each: -each.score), *others[read - len(first) :]]


def told(subject: Subject, question: Question) -> Met:
    """Which words of the question every window meets that is about its places and years, though its report tells them.

    They are the words for the years, and those for the kind of place.
    """
    years, places = bool(subject.years), bool(subject.places)
    return tuple(float((years and tells_when(word)) or (places and is_kind_of_place(word))) for word in question.words)


def about_first(library: Library, subject: Subject, windows: Sequence[Window], met: Met) -> list[Window]:
    """``windows`` with those that are not about the places and years asked about valued less, best first.

    The others count as if they met ``met`` themselves.
    """
    looked_into, enough = (LOOKED_INTO, LOOKED_INTO) if len(subject.places) > 1 else (_LOOKED_INTO, _ENOUGH)
    valued = []
    rows: set[int] = set()
    found = 0
    for at, window in enumerate(windows):
        is_first = window.ranked.row not in rows  # one window of each passage is looked at unless enough is found
        rows.add(window.ranked.row)
        if found < enough and (at < looked_into or is_first) and is_about(library, subject, window.told):
            found += 1
            window = window._replace(met=both(window.met, met))
        else:
            window = window._replace(score=window.score * _ELSEWHERE, is_about=False)
        valued.append(window)
    return sorted(valued, key=lambda window: -window.score)
