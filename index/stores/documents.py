"""What is known of each document, in SQLite; its text lies in `index.stores.texts`."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from index.document import About, Audience, Document, Fingerprint, Record
from index.stores.texts import Place, Texts, TextWriter

_FILE: Final = "documents.db"
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS documents (
    row INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    sha256 TEXT NOT NULL,
    entry TEXT NOT NULL,
    title TEXT NOT NULL,
    place TEXT,
    published TEXT,
    url TEXT,
    audience TEXT NOT NULL,
    page_starts TEXT NOT NULL,
    text_at INTEGER NOT NULL,
    text_length INTEGER NOT NULL,
    text_width INTEGER NOT NULL,
    first_passage INTEGER NOT NULL,
    passages INTEGER NOT NULL
) STRICT
"""
_COLUMNS: Final = (
    "row, name, sha256, entry, title, place, published, url, audience, page_starts, "
    "text_length, first_passage, passages"
)


class DocumentWriter:
    """Writes the documents of a new generation, row after row, behind those that the folder holds already."""

    def __init__(self, folder: Path) -> None:
        self._texts = TextWriter(folder)
        self._database = sqlite3.connect(folder / _FILE, isolation_level=None)
        self._database.executescript(f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; {_SCHEMA}; BEGIN")
        self._row = int(self._database.execute("SELECT count(*) FROM documents").fetchone()[0])

    def add(self, document: Document, fingerprint: Fingerprint, passages: range) -> None:
        """Stores the next document; ``passages`` are the rows its passages take."""
        place, about = self._texts.add(document.text), document.about
        values = (
            self._row, document.name, fingerprint.sha256, fingerprint.entry, about.title, about.place,
            about.published and about.published.isoformat(), about.url, about.audience,
            json.dumps(document.page_starts), *place, passages.start, len(passages),
        )  # fmt: skip
        self._database.execute(f"INSERT INTO documents VALUES ({','.join('?' * len(values))})", values)
        self._row += 1

    def finish(self) -> None:
        """Writes everything out."""
        self._database.execute("COMMIT")
        self._database.close()
        self._texts.close()


class FileDocuments:
    """The documents of an opened generation; thread-safe (SQLite serialises, texts are mapped)."""

    def __init__(self, folder: Path) -> None:
        self._texts = Texts(folder)
        uri = f"{(folder / _FILE).absolute().as_uri()}?mode=ro&immutable=1"
        self._database = sqlite3.connect(uri, uri=True, check_same_thread=False)
        self.record = lru_cache(maxsize=10_000)(self._record)
        self._place = lru_cache(maxsize=10_000)(self._read_place)

    def _record(self, row: int) -> Record:
        """The document in ``row``.

        Raises:
            IndexError: there is no such row.
        """
        found = self._database.execute(f"SELECT {_COLUMNS} FROM documents WHERE row = ?", (row,)).fetchone()
        if found is None:
            raise IndexError(f"no document {row}")
        return _record(found)

    def find(self, name: str) -> Record | None:
        """The document called ``name``."""
        query = f"SELECT {_COLUMNS} FROM documents WHERE name = ?"
        found = self._database.execute(query, (name,)).fetchone()
        return found and _record(found)

    def __iter__(self) -> Iterator[Record]:
        query = f"SELECT {_COLUMNS} FROM documents ORDER BY row"
        return map(_record, self._database.execute(query).fetchall())

    def places(self) -> list[str | None]:
        """The place of every document, in order of rows."""
        return [place for (place,) in self._database.execute("SELECT place FROM documents ORDER BY row").fetchall()]

    def rows_for(self, audience: Audience) -> list[int]:
        """The rows of the documents for just this audience."""
        query = "SELECT row FROM documents WHERE audience = ? ORDER BY row"
        return [row for (row,) in self._database.execute(query, (audience,)).fetchall()]

    def __len__(self) -> int:
        return int(self._database.execute("SELECT count(*) FROM documents").fetchone()[0])

    def document(self, record: Record) -> Document:
        """The whole document, its text read into memory."""
        text = self.text(record, 0, record.length)
        return Document(record.name, text, record.about, record.page_starts)

    def text(self, record: Record, start: int, end: int) -> str:
        """Exactly ``text[start:end]`` of a document."""
        return self._texts.slice(self._place(record.row), start, end)

    def _read_place(self, row: int) -> Place:
        query = "SELECT text_at, text_length, text_width FROM documents WHERE row = ?"
        return Place(*self._database.execute(query, (row,)).fetchone())


def _record(values: tuple[Any, ...]) -> Record:
    row, name, sha256, entry, title, place, published, url, audience, pages, *rest = values
    length, first, count = rest
    day = dt.date.fromisoformat(published) if published else None
    return Record(
        row=row,
        name=name,
        fingerprint=Fingerprint(sha256, entry),
        about=About(title, place, day, url, audience),
        page_starts=tuple(json.loads(pages)),
        length=length,
        passages=range(first, first + count),
    )
