"""From a file to a document that can be stored: read, cleaned, described, cut into passages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.catalogue import about, entry_for
from index.cleaning import clean
from index.document import Document, Extracted, Span
from index.errors import SourceError
from index.library import Library
from index.passages import passages
from index.planning import Plan
from index.protocols import Progress
from index.reading import ReadingRoom
from index.sources import Source
from index.stores.documents import Fingerprint, Record


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document with its passages, ready to be stored."""

    document: Document
    fingerprint: Fingerprint
    passages: tuple[Span, ...]


def documents(
    plan: Plan, base: Library | None, room: ReadingRoom, progress: Progress
) -> Iterator[Prepared | SourceError]:
    """All documents that ``plan`` wants, in order of name.

    Unchanged ones come from ``base`` as they are. A file that cannot be taken gives the error that says why,
    followed by the document's former version if ``base`` has one.
    """
    former = {record.name: record for record in base.documents} if base else {}
    kept = {error.name for error in plan.refused if error.name in former}
    names = sorted({*plan.sources, *kept})
    results = _read(room, [plan.sources[name] for name in names if name in plan.sources and name not in plan.fresh])
    for done, name in enumerate(names):
        progress("read", done, len(names))
        outcome = next(results) if name in plan.sources and name not in plan.fresh else None
        if outcome is not None:
            yield outcome
        if base and name in former and not isinstance(outcome, Prepared):
            yield _stored(base, former[name])
    progress("read", len(names), len(names))


def _read(room: ReadingRoom, sources: Iterable[Source]) -> Iterator[Prepared | SourceError]:
    for source in sources:
        try:
            content = source.path.read_bytes()
            yield prepare(source, content, room.read(source.name, source.suffix, content))
        except OSError as error:
            yield SourceError(source.name, f"cannot be read: {error.strerror}")
        except SourceError as error:
            yield error


def prepare(source: Source, content: bytes, extracted: Extracted) -> Prepared:
    """Cleans, describes and cuts what was read from ``content``.

    Raises:
        SourceError: nothing is left that could be searched.
    """
    cleaned = clean(extracted.text)
    spans = passages(extracted.text, cleaned, extracted.page_starts)
    if not spans:
        raise SourceError(source.name, "holds no text that can be searched")
    entry = entry_for(source.path, source.name)
    document = Document(source.name, extracted.text, about(extracted, cleaned, entry), extracted.page_starts)
    fingerprint = Fingerprint(hashlib.sha256(content).hexdigest(), entry.fingerprint())
    return Prepared(document, fingerprint, tuple(spans))


def _stored(base: Library, record: Record) -> Prepared:
    """A document of an earlier generation, exactly as it was stored."""
    spans = tuple(base.passages[row].span for row in record.passages)
    return Prepared(base.documents.document(record), record.fingerprint, spans)
