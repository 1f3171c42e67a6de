"""A generation is copied from where one keeper has it to where another has: files, or a database.

Nothing is read or embedded again, so no model is needed. Vectors are taken over bit for bit. Terms, which each kind of
store keeps in its own way, are made again of the stored passages by the analysis that the generation names.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from index.analysis import analysed, heading_words
from index.document import Record
from index.errors import DamagedGeneration, OutdatedGeneration
from index.generations import FileGenerations
from index.library import Library
from index.recipe import SEARCHING
from index.repository import Draft, Generations
from index.stores.terms import lexical_row

Tell = Callable[[int], None]
"""Is told how many passages have been dealt with."""


def intact(generations: Generations, number: int) -> Library:
    """A generation, kept or waiting, opened after comparing all its checksums.

    Raises:
        DamagedGeneration: something of it is missing or altered.
        OutdatedGeneration: its terms are of another version of Dalil, and cannot be made again.
    """
    if isinstance(generations, FileGenerations):
        waits = number in generations.waiting()
        folder = generations.waiting_folder(number) if waits else generations.folder(number)
        library = Library.open(folder, number)
    else:
        library = generations.open(number)
    if library.manifest.searching != SEARCHING:
        raise OutdatedGeneration(number)
    return library


def copied(library: Library, draft: Draft, tell: Tell) -> Library:
    """Fills an empty draft of the same number and dimension with what ``library`` holds; gives it sealed and opened.

    Raises:
        DamagedGeneration: the rows of ``library`` are not in order.
        DatabaseUnavailable, OSError, ValueError: it cannot be read or written.
    """
    for record in library.documents:
        _copy_document(library, record, draft)
        tell(record.passages.stop)
    draft.write(library.aliases)
    return draft.seal(replace(library.manifest, **draft.contents()._asdict()))  # what the stores say of themselves


def _copy_document(library: Library, record: Record, draft: Draft) -> None:
    document = library.documents.document(record)
    spans = [passage.span for passage in library.passages.at(record.passages)]
    rows = draft.add_document(document, record.fingerprint, spans)
    if rows != record.passages:
        raise DamagedGeneration(library.manifest.number, f"the passages of {record.name} are out of order")
    heading = heading_words(record.about)
    for span in spans:
        draft.add_words(lexical_row(analysed(document.text[span.start : span.end]), heading))
    if rows:
        draft.add_vectors(rows, library.passages.vectors(rows))
