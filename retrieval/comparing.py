"""Which windows to show: the best ones or, where reports answer differently, one of each report side by side.

Reports answer differently where windows of reports of different places, or of one place on different days, are nearly
as good, meet the same words of the question, hold what its kind asks for, and what would be marked in them differs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from index.arabic import words
from index.document import Span
from index.library import Library
from retrieval.finding import Found
from retrieval.marks import marks
from retrieval.matching import Matcher
from retrieval.offices import deputies_in, offices_in
from retrieval.preferring import LOOKED_INTO
from retrieval.reading import Window
from retrieval.reranking import apart
from retrieval.subject import is_about, is_about_place

EXCERPTS: Final = 3
"""Excerpts in a reply at most."""

_NEARLY: Final = 0.85  # of the best window's score, from which another is nearly as good; no dev question has such
_MET: Final = 0.5  # from which a word of the question counts as met
_COMPARABLE: Final = 0.75  # of what the best window meets, from which it is an answer about another


@dataclass(frozen=True, slots=True)
class Chosen:
    """The windows to be shown. ``is_whole``: they are about all the places and years that are asked about.

    ``others`` are the documents besides that of the first window which answer as well, whether they are shown or not.
    """

    windows: tuple[Window, ...]
    side_by_side: bool
    is_whole: bool
    others: frozenset[int] = frozenset()


def choose(library: Library, found: Found) -> Chosen:
    """What to show of ``found``, which has at least one window."""
    if len(found.subject.places) > 1:
        return _one_a_place(library, found)
    best = found.windows[0]
    is_whole = _is_about(library, found, best)
    differing = _differing(library, found) if is_whole else []
    if len(differing) > 1:
        others = _documents(_rivals(found.windows)) - _documents(differing[:1])
        return Chosen(tuple(differing), side_by_side=True, is_whole=True, others=others)
    return Chosen(tuple(apart(found.windows, EXCERPTS)), side_by_side=False, is_whole=is_whole)


def _is_about(library: Library, found: Found, window: Window) -> bool:
    """Whether a window is about what was asked: the places, the years, the office."""
    return is_about(library, found.subject, window.told) and not _is_of_another_office(library, found, window)


def _is_of_another_office(library: Library, found: Found, window: Window) -> bool:
    """Whether an office asked about stands in a window only with what makes another of it, or a deputy without it."""
    offices, deputies = offices_in(found.question), deputies_in(found.question)
    if not offices and not deputies:
        return False
    spoken = words(library.text(window.ranked.passage.document, window.span))
    met = found.matcher.met(spoken)
    pairs = zip(found.matcher.words, met, window.met, strict=True)
    return any(
        (word in offices and here >= _MET > own) or (word in deputies and here < _MET) for word, here, own in pairs
    )


def _one_a_place(library: Library, found: Found) -> Chosen:
    """The best window about each place, in the order they are asked about; others only where one place has none."""
    windows = [window for window in found.windows[:LOOKED_INTO] if _is_about(library, found, window)]
    best = [
        next((each for each in windows if is_about_place(library, place, each.told)), None)
        for place in found.subject.places
    ]
    chosen = list(dict.fromkeys(each for each in best if each is not None))
    shares = [found.matcher.coverage(window.met) for window in chosen]
    is_told = None not in best and len(chosen) <= EXCERPTS and min(shares) >= _COMPARABLE * max(shares)
    shown = apart(chosen if is_told else [*chosen, *found.windows], EXCERPTS)
    others = _documents(shown) - _documents(shown[:1]) if is_told else frozenset()
    return Chosen(tuple(shown), side_by_side=is_told and len(shown) > 1, is_whole=is_told, others=others)


def _documents(windows: Sequence[Window]) -> frozenset[int]:
    return frozenset(window.ranked.passage.document for window in windows)


def _differing(library: Library, found: Found) -> list[Window]:
    """The best window of each report that answers as well as the best of all, and differently."""
    chosen: list[Window] = []
    answers: set[tuple[str, ...]] = set()
    for window in _rivals(found.windows):
        if len(chosen) == EXCERPTS or not all(_is_another(library, window, other) for other in chosen):
            continue
        answer = _answer(library, found, window)
        if answer and answer not in answers and _is_about(library, found, window):
            chosen.append(window)
            answers.add(answer)
        elif not chosen:  # the best window itself has no answer that could differ
            break
    return chosen


def _rivals(windows: Sequence[Window]) -> list[Window]:
    """The best window of each report that is as good as the best of all, if there are several."""
    best = windows[0]
    by_document: dict[int, Window] = {}
    for window in windows:
        by_document.setdefault(window.ranked.passage.document, window)
    rivals = [window for window in by_document.values() if _as_good(best, window)]
    return rivals if len(rivals) > 1 else []


def _as_good(best: Window, window: Window) -> bool:
    wanted = (best.evidence.number, best.evidence.date) == (window.evidence.number, window.evidence.date)
    meets = all(other >= _MET for one, other in zip(best.met, window.met, strict=True) if one >= _MET)
    return wanted and meets and window.score >= _NEARLY * best.score


def _is_another(library: Library, one: Window, other: Window) -> bool:
    """Whether two windows are of different places, or of one place (or none known) and different days."""
    rows = [each.ranked.passage.document for each in (one, other)]
    first, second = (library.places.of(row) for row in rows)
    if first is not None and second is not None and first != second:
        return True
    days = [library.documents.record(row).about.published for row in rows]
    return first is not None and first == second and None not in days and days[0] != days[1]


def _answer(library: Library, found: Found, window: Window) -> tuple[str, ...]:
    """The folded words that would be marked in a window."""
    text = library.text(window.ranked.passage.document, window.span)
    return tuple(word for span in marked(library, found, window) for word in words(text[span.start : span.end]))


def marked(library: Library, found: Found, window: Window) -> tuple[Span, ...]:
    """The spans within a window that answer.

    In a report of no place, or of another one, the figure beside the place's name is meant.
    """
    document, matcher = window.ranked.passage.document, found.matcher
    places = found.subject.places
    if places and library.places.of(document) not in places:
        names = [word for place in places for word in library.places.spelling(place)]
        matcher = Matcher(library, (*found.question.words, *names))
    return marks(library, found.question, matcher, library.text(document, window.span))
