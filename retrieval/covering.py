"""What the reports cover, and questions that they certainly answer: for people who asked something else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from index.document import Record, Span
from index.library import Library
from index.sentences import sentences
from retrieval.answer import Answer
from retrieval.assistant import Assistant

_MOST_PLACES: Final = 12
_DOCUMENTS_READ: Final = 40  # spread over the library
_READ: Final = 6_000  # code points of a document in which figures are looked for
_TRIED: Final = 60  # questions: of a long text, most candidates are not answered surely enough
_FIGURE: Final = re.compile(
    r"(?<!\w)(?P<what>(?:نسبة|عدد|معدل|مساحة)(?: (?:[ء-ْ]{2,}|[0-9٠-٩]{4})){2,9}?)"
    r"(?: (?:إلى|حوالي|نحو|أكثر|من|بلغت|بلغ|تبلغ|يبلغ|وصلت|وصل|بنسبة|نسبة|قرابة))* (?<!عام )(?<!سنة )"
    r"[\d٠-٩]+(?:[.,٫٬][\d٠-٩]+)*[ %٪]"
)


@dataclass(frozen=True, slots=True)
class Coverage:
    """What reports are about.

    ``places`` with most reports come first, ``years`` that are newest; ``examples`` are questions that they answer.
    """

    places: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()


def coverage(assistant: Assistant, *, without: frozenset[int] = frozenset()) -> Coverage:
    """What the documents are about, but for those in the rows ``without``."""
    library = assistant.live.current()
    records = [record for record in library.documents if record.row not in without]
    spelt = Counter(place for each in records if (place := library.places.of(each.row)) is not None)
    names = {place: _commonest(library, records, place) for place, _ in spelt.most_common(_MOST_PLACES)}
    years = {each.about.published.year for each in records if each.about.published}
    return Coverage(
        tuple(names.values()), tuple(map(str, sorted(years, reverse=True))), examples(assistant, without=without)
    )


def _commonest(library: Library, records: list[Record], place: int) -> str:
    names = Counter(each.about.place for each in records if each.about.place and library.places.of(each.row) == place)
    return names.most_common(1)[0][0]


def examples(assistant: Assistant, *, without: frozenset[int] = frozenset(), count: int = 2) -> tuple[str, ...]:
    """Questions about figures of ``count`` different reports, each tried: its answer is that figure's sentence."""
    library = assistant.live.current()
    records = [record for record in library.documents if record.row not in without]
    found: list[tuple[float, str, str]] = []
    tried = 0
    for record in records[:: max(1, len(records) // _DOCUMENTS_READ)]:
        for question, sentence in _candidates(library, record):
            tried += 1
            reply = assistant.ask(question, without=without)
            if isinstance(reply, Answer) and _quotes(reply, record, sentence):
                found.append((reply.circumstances.confidence, record.name, question))
        if tried > _TRIED:
            break
    best = {name: question for _, name, question in sorted(found)}
    return tuple(list(best.values())[::-1][:count])


def _candidates(library: Library, record: Record) -> Iterator[tuple[str, Span]]:
    """Questions for the figures that a document gives, with the sentences that give them."""
    text = library.documents.text(record, 0, min(_READ, record.length))
    for sentence in sentences(text, Span(0, len(text))) if text else ():
        for figure in _FIGURE.finditer(text, sentence.start, sentence.end):
            what, place = figure["what"], record.about.place
            where = f" في {place}" if place and place not in what else ""
            yield f"كم {_verb(what)} {what}{where}؟", sentence


def _verb(what: str) -> str:
    return "بلغ" if what.startswith(("عدد", "معدل")) else "بلغت"


def _quotes(reply: Answer, record: Record, sentence: Span) -> bool:
    first = reply.excerpts[0]
    return first.document == record.name and first.span.start <= sentence.start < first.span.end
