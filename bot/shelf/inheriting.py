"""What a document takes over from the one whose place it takes."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from bot.shelf.sendings import fields
from bot.shelf.staging import Staged
from index.catalogue import Entry, entry_for
from index.errors import CatalogueError
from index.library import Library


def inherited(staged: Staged, documents: Path, library: Library | None) -> Staged:
    """A staged document that says what the replaced one does wherever it says nothing itself."""
    if staged.replaces is None:
        return staged
    told = fields(entry_before(staged.replaces, documents, library)) | fields(staged.entry)
    return staged.model_copy(update={"entry": Entry.model_validate(told)})


def entry_before(name: str, documents: Path, library: Library | None) -> Entry:
    """What was said of a document: in the folder's catalogue, else when it was indexed; the narrower audience of both.

    A catalogue that cannot be understood says nothing here: no update can be made until somebody mends it.
    """
    record = library.documents.find(name) if library else None
    indexed = Entry.model_validate_json(record.fingerprint.entry) if record else Entry()
    told = fields(indexed)
    with suppress(CatalogueError):
        told |= fields(entry_for(documents / name, name))
    if record and record.about.audience == "officials":
        told["audience"] = "officials"
    return Entry.model_validate(told)
