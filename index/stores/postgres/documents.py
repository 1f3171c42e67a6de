"""Documents in a table. Their texts have a fixed width, so any slice is cut without reading the rest."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from index.document import About, Audience, Document, Fingerprint, Record
from index.stores.postgres.database import Connection
from index.stores.postgres.tables import Tables, kept, restored, schema_of
from index.stores.texts import CODECS, encoded_text

_COLUMNS: Final = (
    "row, name, sha256, entry, title, place, published, url, audience, page_starts, length, first_passage, passages"
)
_PAGE: Final = 8_192  # code points that are fetched and remembered together: most reports are one page
_PAGES: Final = 2_000  # remembered: 33 MB when full
_BATCH: Final = 8 * 2**20  # bytes of texts that are sent together


class DocumentLoader:
    """Sends the documents of a new generation, row after row from 0."""

    def __init__(self, connection: Connection, number: int) -> None:
        self._connection = connection
        self._copy = f"COPY {schema_of(number)}.documents ({_COLUMNS}, width, text) FROM STDIN".encode()
        self._rows: list[tuple[object, ...]] = []
        self._bytes = 0
        self.count = 0

    def add(self, document: Document, fingerprint: Fingerprint, passages: range) -> None:
        """Stores the next document; ``passages`` are the rows its passages take."""
        about, (text, width) = document.about, encoded_text(document.text)
        self._rows.append((
            self.count, kept(document.name), fingerprint.sha256, kept(fingerprint.entry), kept(about.title),
            about.place and kept(about.place), about.published, about.url and kept(about.url), about.audience,
            list(document.page_starts), len(document.text), passages.start, len(passages), width, text,
        ))  # fmt: skip
        self.count += 1
        self._bytes += len(text)
        if self._bytes >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Sends what is not sent yet."""
        with self._connection.cursor() as cursor, cursor.copy(self._copy) as copy:
            for row in self._rows:
                copy.write_row(row)
        self._rows, self._bytes = [], 0


class PostgresDocuments:
    """The documents of an opened generation."""

    def __init__(self, tables: Tables, count: int) -> None:
        self._tables = tables
        self._count = count
        self.record = lru_cache(maxsize=10_000)(self._record)
        self._page = lru_cache(maxsize=_PAGES)(self._slice)

    def _record(self, row: int) -> Record:
        """The document in ``row``.

        Raises:
            IndexError: there is no such row.
        """
        home = self._tables.home("documents", row)
        found = self._tables.fetch(f"SELECT {_COLUMNS} FROM {{g}}.{home} WHERE row = %s", row)
        if not found:
            raise IndexError(f"no document {row}")
        return _record(found[0])

    def find(self, name: str) -> Record | None:
        """The document called ``name``."""
        found = self._tables.fetch(f"SELECT {_COLUMNS} FROM {{g}}.documents WHERE name = %s", kept(name))
        return _record(found[0]) if found else None

    def __iter__(self) -> Iterator[Record]:
        return map(_record, self._tables.fetch(f"SELECT {_COLUMNS} FROM {{g}}.documents ORDER BY row"))

    def places(self) -> list[str | None]:
        """The place of every document, in order of rows."""
        found = self._tables.fetch("SELECT place FROM {g}.documents ORDER BY row")
        return [place and restored(place) for (place,) in found]

    def rows_for(self, audience: Audience) -> list[int]:
        """The rows of the documents for just this audience."""
        found = self._tables.fetch("SELECT row FROM {g}.documents WHERE audience = %s ORDER BY row", audience)
        return [row for (row,) in found]

    def __len__(self) -> int:
        return self._count

    def document(self, record: Record) -> Document:
        """The whole document, its text read into memory."""
        return Document(record.name, self._slice(record.row, 0, record.length), record.about, record.page_starts)

    def text(self, record: Record, start: int, end: int) -> str:
        """Exactly ``text[start:end]`` of a document."""
        if not 0 <= start <= end <= record.length:
            raise IndexError(f"{start}..{end} of a text of {record.length}")
        first, last = start // _PAGE, max(start, end - 1) // _PAGE
        if last - first > 2:
            return self._slice(record.row, start, end - start)
        pages = "".join([self._page(record.row, page * _PAGE, _PAGE) for page in range(first, last + 1)])
        return pages[start - first * _PAGE : end - first * _PAGE]

    def _slice(self, row: int, start: int, length: int) -> str:
        # In a group, for a shard would else send the whole text to have it cut here.
        found = self._tables.fetch(
            "SELECT width, substring(text FROM width * %s::int + 1 FOR width * %s::int)"
            f" FROM {{g}}.{self._tables.home('documents', row)} WHERE row = %s GROUP BY 1, 2",
            start, length, row,
        )  # fmt: skip
        width, content = found[0]
        return bytes(content).decode(CODECS[width])


def _record(values: tuple[Any, ...]) -> Record:
    row, name, sha256, entry, title, place, published, url, audience, pages, length, first, count = values
    return Record(
        row=row,
        name=restored(name),
        fingerprint=Fingerprint(sha256, restored(entry)),
        about=About(restored(title), place and restored(place), published, url and restored(url), audience),
        page_starts=tuple(pages),
        length=length,
        passages=range(first, first + count),
    )
