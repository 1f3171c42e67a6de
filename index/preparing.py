"""From a file to a document that can be stored: read, cleaned, described, cut into passages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from index.catalogue import Entry, about, entry_for
from index.cleaning import clean
from index.document import Document, Extracted, Fingerprint, Record, Span
from index.errors import SourceError
from index.library import Library
from index.passages import passages
from index.planning import Plan
from index.protocols import Progress
from index.reading import ReadingRoom, Unread
from index.reasons import Reason
from index.sources import Source


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document with its passages, ready to be stored."""

    document: Document
    fingerprint: Fingerprint
    passages: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class AsBefore:
    """All documents of a library as they are, in the order of their rows."""

    library: Library


def documents(
    plan: Plan, base: Library | None, room: ReadingRoom, progress: Progress
) -> Iterator[Prepared | AsBefore | SourceError]:
    """All documents that ``plan`` wants, in order of name.

    Unchanged ones come from ``base`` as they are: first and together, if it loses none. A file that cannot be taken
    gives the error that says why, followed by the document's former version if ``base`` has one.
    """
    if base and plan.keeps_all:
        yield AsBefore(base)
        yield from _one_by_one(plan, plan.new, None, room, progress)
    else:
        yield from _one_by_one(plan, sorted({*plan.sources, *plan.kept}), base, room, progress)


def _one_by_one(
    plan: Plan, names: Sequence[str], base: Library | None, room: ReadingRoom, progress: Progress
) -> Iterator[Prepared | SourceError]:
    former = {record.name: record for record in base.documents} if base else {}
    results = _read(room, [plan.sources[name] for name in names if name in plan.sources and name not in plan.fresh])
    for done, name in enumerate(names):
        progress("read", done, len(names))
        outcome = next(results) if name in plan.sources and name not in plan.fresh else None
        if outcome is not None:
            yield outcome
        if base and name in former and not isinstance(outcome, Prepared):
            yield stored(base, former[name])
    progress("read", len(names), len(names))


def _read(room: ReadingRoom, sources: Iterable[Source]) -> Iterator[Prepared | SourceError]:
    files = [_File(source) for source in sources]
    unread = (Unread(file.source.name, file.source.suffix, file.load) for file in files)
    for file, outcome in zip(files, room.read_many(unread), strict=True):
        yield outcome if isinstance(outcome, SourceError) else _prepared(file, outcome)


@dataclass
class _File:
    """A file whose checksum is that of the bytes that were read, should it change meanwhile."""

    source: Source
    sha256: str = ""

    def load(self) -> bytes:
        """The file's bytes."""
        content = self.source.path.read_bytes()
        self.sha256 = hashlib.sha256(content).hexdigest()
        return content


def _prepared(file: _File, extracted: Extracted) -> Prepared | SourceError:
    source = file.source
    entry = entry_for(source.path, source.name)
    return prepare(source.name, extracted, entry, Fingerprint(file.sha256, entry.fingerprint()))


def prepare(name: str, extracted: Extracted, entry: Entry, fingerprint: Fingerprint) -> Prepared | SourceError:
    """Cleans, describes and cuts a text; an error if nothing is left that could be searched."""
    cleaned = clean(extracted.text)
    spans = passages(extracted.text, cleaned, extracted.page_starts)
    if not spans:
        return SourceError(name, Reason.NOTHING_TO_SEARCH)
    document = Document(name, extracted.text, about(extracted, cleaned, entry), extracted.page_starts)
    return Prepared(document, fingerprint, tuple(spans))


def stored(base: Library, record: Record) -> Prepared:
    """A document of an earlier generation, exactly as it was stored."""
    spans = tuple([passage.span for passage in base.passages.at(record.passages)])
    return Prepared(base.documents.document(record), record.fingerprint, spans)
