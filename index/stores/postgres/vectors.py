"""Passages and their vectors, in half precision as they are kept elsewhere.

Spans are one array, read when a generation is opened: 12 bytes a passage. Vectors stay in the database.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from index.document import Passage, Span
from index.errors import DamagedGeneration
from index.protocols import Hit, Vectors
from index.stores.postgres.database import Connection
from index.stores.postgres.shards import run_where_it_lies
from index.stores.postgres.tables import Tables, schema_of

SPANS: Final = "spans"
LARGEST_EXACT = 20_000
"""Vectors up to which all are compared, in 8 ms; beyond, they are searched through HNSW."""

_LARGEST_INDEXED: Final = 4_000  # numbers of a half-precision vector that pgvector's HNSW takes
# On 10,000 made passages with these recall@10 is 0.992 and recall@50 0.993, with 16 and 128 it is 0.988 and 0.977.
_CONNECTED: Final = 24
_CONSIDERED: Final = 200  # while building
_CANDIDATES: Final = 400  # while searching, or four for each wanted hit
_MOST_CANDIDATES: Final = 1_000  # that pgvector allows
_EACH: Final = 4
_MEMORY: Final = "512MB"  # for making the graph
_GRAPH: Final = (
    f"SET LOCAL maintenance_work_mem = '{_MEMORY}';"
    " CREATE INDEX ON {schema}.vectors USING hnsw (vector halfvec_ip_ops)"
    f" WITH (m = {_CONNECTED}, ef_construction = {_CONSIDERED});"
)
_BATCH: Final = 10_000  # vectors sent together
_HEADER: Final = b"PGCOPY\n\xff\r\n\0" + bytes(8)
_END: Final = b"\xff\xff"


def load_vectors(
    connection: Connection, number: int, vectors: npt.NDArray[np.float16], documents: npt.NDArray[np.int32]
) -> None:
    """Sends all vectors, shape (passages, dimension), with the documents that the passages are of.

    Then makes the graph by which many are searched.
    """
    schema, dimension = schema_of(number), vectors.shape[1]
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {schema}.vectors (row, document, vector) FROM STDIN (FORMAT BINARY)".encode()) as copy,
    ):
        copy.write(_HEADER)
        for start in range(0, len(vectors), _BATCH):
            copy.write(_binary(start, vectors[start : start + _BATCH], documents[start : start + _BATCH]))
        copy.write(_END)
    if is_indexed(len(vectors), dimension):
        run_where_it_lies(connection, schema, _GRAPH.format(schema=schema))


def is_indexed(count: int, dimension: int) -> bool:
    """Whether so many vectors are searched through a graph."""
    return count > LARGEST_EXACT and dimension <= _LARGEST_INDEXED


def _binary(first: int, vectors: npt.NDArray[np.float16], documents: npt.NDArray[np.int32]) -> bytes:
    """Rows in PostgreSQL's binary form: the number, from ``first``, and the document; dimension, zero, the numbers."""
    count, dimension = vectors.shape
    layout = [
        ("fields", ">i2"), ("row_length", ">i4"), ("row", ">i4"), ("document_length", ">i4"), ("document", ">i4"),
        ("vector_length", ">i4"), ("dimension", ">i2"), ("unused", ">i2"), ("numbers", ">f2", (dimension,)),
    ]  # fmt: skip
    rows = np.zeros(count, layout)
    rows["fields"], rows["row_length"], rows["document_length"], rows["vector_length"] = 3, 4, 4, 4 + 2 * dimension
    rows["row"], rows["document"] = np.arange(first, first + count), documents
    rows["dimension"], rows["numbers"] = dimension, vectors
    return rows.tobytes()


class PostgresPassages:
    """The passages of an opened generation."""

    def __init__(self, tables: Tables, spans: bytes, vectors: int) -> None:
        self._tables = tables
        self._spans = np.frombuffer(spans, "<i4").reshape(-1, 3)
        self._vectors = vectors

    def __len__(self) -> int:
        return len(self._spans)

    def __getitem__(self, row: int) -> Passage:
        document, start, end = map(int, self._spans[row])
        return Passage(document, Span(start, end))

    def at(self, rows: Sequence[int]) -> list[Passage]:
        """The passages in any rows."""
        return [Passage(document, Span(start, end)) for document, start, end in self._spans[rows].tolist()]

    def vectors(self, rows: range) -> npt.NDArray[np.float16]:
        """The stored vectors of these rows, shape (len(rows), dimension)."""
        query = "SELECT row, halfvec_send(vector) FROM {part} WHERE row >= %s AND row < %s GROUP BY 1, 2"
        found = sorted(self._tables.fetch_parts("vectors", query, rows.start, rows.stop))
        return _numbers([bytes(vector) for _, vector in found]).astype(np.float16)

    def vectors_of(self, rows: Sequence[int]) -> Vectors:
        """The stored vectors of any rows, in single precision, shape (len(rows), dimension).

        Raises:
            DamagedGeneration: one is missing.
        """
        query = "SELECT row, halfvec_send(vector) FROM {part} WHERE row = ANY(%s::int[]) GROUP BY 1, 2"
        sought = list(map(int, rows))
        found = {row: bytes(vector) for row, vector in self._tables.fetch_parts("vectors", query, sought)}
        if missing := [row for row in sought if row not in found]:
            raise DamagedGeneration(self._tables.number, f"passage {missing[0]} has no vector")
        return _numbers([found[row] for row in sought]).astype(np.float32)

    def stored_vectors(self) -> int:
        """How many vectors there are."""
        return self._vectors


def _numbers(vectors: Sequence[bytes]) -> npt.NDArray[np.float16]:
    """Vectors out of pgvector's binary form, two numbers before each: shape (vectors, dimension)."""
    return np.frombuffer(b"".join(vectors), ">f2").reshape(len(vectors), -1)[:, 2:]


class PostgresVectors:
    """The nearest vectors, by HNSW where there are many."""

    def __init__(self, tables: Tables, count: int, dimension: int) -> None:
        self._tables = tables
        self._count = count
        self._is_indexed = is_indexed(count, dimension)

    def search(self, vector: Vectors, *, top: int) -> list[Hit]:
        """The ``top`` nearest rows, best first, equal ones by row; fewer when fewer are stored."""
        wanted = min(top, self._count)
        if wanted < 1:
            return []
        asked = "[" + ",".join(map(repr, vector.astype(np.float16).astype(float).tolist())) + "]"
        query = f"SELECT row, {self._far(wanted)} AS far FROM {{part}} ORDER BY far LIMIT {wanted}"
        found = self._tables.fetch_parts("vectors", query, asked, settings=self._settings(wanted))
        return sorted((Hit(row, -far) for row, far in found), key=lambda hit: (-hit.score, hit.row))[:wanted]

    def _far(self, wanted: int) -> str:
        """What hits are ordered by; on shards, an expression that no graph knows has all vectors compared."""
        is_too_much = self._is_indexed and self._tables.shards and wanted * _EACH > _CANDIDATES
        return "(vector <#> %s::halfvec) + 0" if is_too_much else "vector <#> %s::halfvec"

    def _settings(self, wanted: int) -> tuple[tuple[str, str], ...]:
        if not self._is_indexed or self._tables.shards:
            return ()  # the settings of shards are those of their databases
        if wanted * _EACH > _MOST_CANDIDATES:
            return (("enable_indexscan", "off"),)
        return (("hnsw.ef_search", str(max(_CANDIDATES, _EACH * wanted))), ("enable_seqscan", "off"))

    def __len__(self) -> int:
        return self._count
