"""What a question is about besides its words, the places and years it names, and whether an excerpt is about them.

An excerpt with all the right words of another province or another year is the most convincing wrong answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Final, NamedTuple

from index.analysis import analysed, heading_words
from index.arabic import word_spans
from index.document import Passage, Span
from index.library import Library
from index.places import Named
from retrieval.question import Kind, Question
from retrieval.unknown_places import is_kind_of_place, speak_of, unknown_in
from retrieval.years import is_of_time, is_relative, years_in, years_named, years_told

_COMPARED: Final = frozenset("قارن قارني قارنوا مقارنه المقارنه الفرق الفارق ايهما اكثر اقل اعلي ادني".split())
_FIGURES: Final = frozenset("نسبه النسبه عدد معدل المعدل قيمه مساحه ترتيب مرتبه".split())


class Told(NamedTuple):
    """An excerpt: its passage, its span, and that of the sentence in it which tells what was asked."""

    passage: Passage
    span: Span
    telling: Span


@dataclass(frozen=True, slots=True)
class Subject:
    """The places (as the library numbers them) and years that a question names.

    ``strange`` are names, in folded words, that stand where a place is named («في هانوي») of which no report is.
    """

    places: tuple[int, ...]
    years: frozenset[str]
    strange: tuple[tuple[str, ...], ...]
    is_relative: bool = False
    """Whether it asks about «العام الماضي», of which only an excerpt that says so too can be."""
    _known: dict[Told, bool] = field(default_factory=dict, compare=False, repr=False)
    """What was found out about excerpts: an excerpt is looked at when windows are put in order, and when chosen."""


def subject_of(library: Library, question: Question) -> tuple[Question, Subject]:
    """What ``question`` is about, and the question with the names of known places as the library spells them.

    Its words are left without these names: they tell which reports to look into, and not what to look for there. Left
    in, a name has up to three quarters of the weight of all words, and any sentence with it seems to answer.
    """
    spoken = analysed(question.understood)
    named = library.places.named_in(spoken)
    places = tuple(dict.fromkeys(each.place for each in named))
    known = frozenset(chain.from_iterable(each.words for each in named))
    strange = tuple(unknown_in(library, spoken, known))
    subject = Subject(places, years_named(question.understood), strange, is_relative(question.understood))
    if subject.years or subject.is_relative:
        question = _without_dates(library, question)
    if len(places) > 1:
        question = _comparing(question)
    return (_without_names(library, _respelt(library, question, named), spoken, known) if named else question), subject


def _without_names(library: Library, question: Question, spoken: Sequence[str], known: frozenset[int]) -> Question:
    """A question whose words are not the names at ``known``, nor «محافظة» before one if no passage has that word.

    Else it stays: many reports call their place so.
    """
    kinds = {at - 1 for at in known if at and is_kind_of_place(spoken[at - 1])}
    unused = {at for at in kinds if not library.words.frequency(spoken[at])}
    names = {spoken[at] for at in known | unused}
    names -= {word for at, word in enumerate(spoken) if at not in known | unused}
    return replace(question, words=tuple(word for word in question.words if word not in names) or question.words)


def _without_dates(library: Library, question: Question) -> Question:
    """A question without the words for years that no passage has: only the days of reports can tell these."""
    kept = tuple(word for word in question.words if not is_of_time(word) or library.words.frequency(word))
    return replace(question, words=kept or question.words)


def _comparing(question: Question) -> Question:
    """A question about several places without the words that only ask to compare them."""
    kept = tuple(word for word in question.words if word not in _COMPARED) or question.words
    asks_figure = question.kind is Kind.WHAT and not _FIGURES.isdisjoint(kept)
    return replace(question, words=kept, kind=Kind.HOW_MANY if asks_figure else question.kind)


def _respelt(library: Library, question: Question, named: Sequence[Named]) -> Question:
    text = question.understood
    spoken, spans = zip(*word_spans(text), strict=True)
    at = 0
    parts = []
    for each in named:
        if library.places.spells(each.place, spoken[each.words.start : each.words.stop]):
            continue
        parts += [text[at : spans[each.words[0]].start], " ".join(library.places.spelling(each.place))]
        at = spans[each.words[-1]].end
    respelt = "".join([*parts, text[at:]])
    return replace(question, understood=respelt)


def is_about(library: Library, subject: Subject, told: Told) -> bool:
    """Whether an excerpt is about one of the places asked about, and about all of the years."""
    known = subject._known.get(told)
    if known is None:
        known = subject._known[told] = _is_about(library, subject, told)
    return known


def _is_about(library: Library, subject: Subject, told: Told) -> bool:
    if not tells_years(library, subject.years, told):  # first: the quickest to tell
        return False
    if subject.is_relative and not is_relative(library.text(told.passage.document, told.span)):
        return False
    places = not subject.places or any(is_about_place(library, place, told) for place in subject.places)
    return places and _speaks_of(library, subject, told.passage)


def _speaks_of(library: Library, subject: Subject, passage: Passage) -> bool:
    """Whether a passage or its report's title has the names of places that no report is of."""
    if not subject.strange:
        return True
    heading = heading_words(library.documents.record(passage.document).about)
    return speak_of(chain(heading, analysed(library.passage_text(passage))), subject.strange)


def is_about_place(library: Library, place: int, told: Told) -> bool:
    """Whether the report, its title or the excerpt names the place.

    Where it is not known which place a report is about, the whole passage of the excerpt may name it.
    """
    passage = told.passage
    of = library.places.of(passage.document)
    if of == place or library.places.is_named_in(
        place, heading_words(library.documents.record(passage.document).about)
    ):
        return True
    if library.places.is_named_in(place, analysed(library.text(passage.document, told.span))):
        return True
    return of is None and library.places.is_named_in(place, analysed(library.passage_text(passage)))


def tells_years(library: Library, years: frozenset[str], told: Told) -> bool:
    """Whether an excerpt speaks of all these years where it answers.

    If the sentence names none itself, then those before it in the excerpt tell, else its passage or the report's title,
    else the day of publication. A year further on is of something else.
    """
    if not years:
        return True
    document, about = told.passage.document, library.documents.record(told.passage.document).about
    before = Span(told.span.start, told.telling.end)
    for text in (library.text(document, told.telling), library.text(document, before)):
        if named := years_in(text):
            return years <= named or years <= years_told(text, about.published)
    around = years_in(about.title) | years_in(library.passage_text(told.passage))
    return years <= (around or years_told(text, about.published))
