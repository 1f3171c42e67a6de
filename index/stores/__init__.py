"""Which stores there are. The manifest of a generation names its kinds; a new kind is one line here."""

from __future__ import annotations

from typing import Final

from index.protocols import LexicalStoreKind, VectorStoreKind
from index.stores.faiss_store import FastScan, Flat
from index.stores.tantivy_store import Tantivy

VECTOR_STORES: Final[dict[str, VectorStoreKind]] = {"faiss-flat": Flat(), "faiss-fastscan": FastScan()}
LEXICAL_STORES: Final[dict[str, LexicalStoreKind]] = {"tantivy": Tantivy()}

LEXICAL_KIND: Final = "tantivy"
_LARGEST_FLAT: Final = 20_000  # vectors; beyond, comparing all takes over 2.5 ms a question


def vector_kind(count: int, dimension: int) -> str:
    """The kind of vector store for so many vectors."""
    quantisable = dimension % 2 == 0
    return "faiss-fastscan" if count > _LARGEST_FLAT and quantisable else "faiss-flat"
