"""Everything in the index that can be swapped, on one page.

Adding one is one file, one line in its package's table and one row in the tests that every implementation passes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from index.document import Audience, Document, Extracted, Passage, Record

Vectors = npt.NDArray[np.float32]
"""Rows of unit length, one a text: shape (texts, dimension)."""


class Progress(Protocol):
    """Is told how far a long work has come."""

    def __call__(self, step: str, done: int, total: int) -> None:
        """``step`` is ``read``, ``index`` or ``verify``; ``done`` of ``total`` parts of it are finished."""
        ...


class Format(Protocol):
    """Reads one kind of file."""

    def read(self, content: bytes, *, name: str) -> Extracted:
        """The text of a whole file, given as bytes; ``name`` serves error messages only.

        Raises:
            SourceError: the content cannot be read; the reason says why, and the page if it has one.
        """
        ...


class Embedder(Protocol):
    """Turns text into vectors whose inner product says how near two texts are in meaning."""

    @property
    def identity(self) -> str:
        """Names the model and its exact weights: two embedders with one identity give the same vectors."""
        ...

    @property
    def dimension(self) -> int:
        """Numbers in a vector."""
        ...

    @property
    def is_light(self) -> bool:
        """Whether worker processes can each have a copy: small to send, and busy on one processor only."""
        ...

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One row a text, shape (len(texts), dimension), unit length (zero for a text without words)."""
        ...

    def embed_question(self, text: str) -> Vectors:
        """One vector, shape (dimension,)."""
        ...


class Reranker(Protocol):
    """Reads a question and a text together and says how well the text answers."""

    @property
    def identity(self) -> str:
        """Names the model and its exact weights."""
        ...

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """One score a text, higher for better; only the order of a question's scores means something."""
        ...


class DocumentStore(Protocol):
    """The documents of an opened generation; any number of threads may read."""

    def record(self, row: int) -> Record:
        """The document in ``row``.

        Raises:
            IndexError: there is no such row.
        """
        ...

    def find(self, name: str) -> Record | None:
        """The document called ``name``."""
        ...

    def __iter__(self) -> Iterator[Record]:
        """All documents, in order of rows."""
        ...

    def places(self) -> list[str | None]:
        """The place of every document, in order of rows."""
        ...

    def rows_for(self, audience: Audience) -> list[int]:
        """The rows of the documents for just this audience."""
        ...

    def __len__(self) -> int:
        """How many documents are stored."""
        ...

    def document(self, record: Record) -> Document:
        """The whole document, its text read into memory."""
        ...

    def text(self, record: Record, start: int, end: int) -> str:
        """Exactly ``text[start:end]`` of a document.

        Raises:
            IndexError: it is not that long.
        """
        ...


class Passages(Protocol):
    """The passages of an opened generation, with the vectors as the embedder gave them in half precision."""

    def __len__(self) -> int:
        """How many passages there are."""
        ...

    def __getitem__(self, row: int) -> Passage:
        """The passage in ``row``.

        Raises:
            IndexError: there is no such row.
        """
        ...

    def at(self, rows: Sequence[int]) -> list[Passage]:
        """The passages in any rows."""
        ...

    def vectors(self, rows: range) -> npt.NDArray[np.float16]:
        """The stored vectors of these rows, shape (len(rows), dimension)."""
        ...

    def vectors_of(self, rows: Sequence[int]) -> Vectors:
        """The stored vectors of any rows, in single precision, shape (len(rows), dimension)."""
        ...

    def stored_vectors(self) -> int:
        """How many vectors there are: as many as passages, or the generation is broken."""
        ...


class Hit(NamedTuple):
    """A passage's row in the index, and its score: higher is better."""

    row: int
    score: float


class VectorStore(Protocol):
    """Finds the nearest of the stored vectors by inner product."""

    def search(self, vector: Vectors, *, top: int) -> list[Hit]:
        """The ``top`` nearest rows, best first; fewer when fewer are stored, never padding."""
        ...

    def __len__(self) -> int:
        """How many vectors are stored."""
        ...


class VectorStoreKind(Protocol):
    """How one kind of vector store is made and opened."""

    @property
    def is_exact(self) -> bool:
        """Whether the nearest are always found."""
        ...

    def build(self, vectors: npt.NDArray[np.float16], folder: Path, *, former: Path | None = None) -> None:
        """Writes a store of ``vectors``; ``former``: where one of the same kind lies that has the first of them."""
        ...

    def open(self, folder: Path, vectors_of: Callable[[Sequence[int]], Vectors]) -> VectorStore:
        """Opens what `build` wrote. ``vectors_of`` gives the vectors of any rows as they were."""
        ...


class LexicalStore(Protocol):
    """Ranks passages by the words they share with a question (BM25)."""

    def search(self, words: Sequence[str], *, top: int) -> list[Hit]:
        """The ``top`` best rows for these folded words, best first; only rows that share a term."""
        ...

    def search_named(self, words: Sequence[str], names: Sequence[Sequence[str]], *, top: int) -> list[Hit]:
        """Like `search`, only among rows whose text or heading holds all folded words of one of ``names``.

        The names themselves add nothing to the scores.
        """
        ...

    def frequency(self, word: str) -> int:
        """In how many passages the stem of a folded word occurs."""
        ...

    def holds(self, row: int, words: Sequence[str]) -> bool:
        """Whether ``row`` is found under every one of ``words``: the check that a build can be searched."""
        ...

    def __len__(self) -> int:
        """How many passages are stored."""
        ...


LexicalRow = tuple[str, ...]
"""A passage as a kind of lexical store wants it: made by any process, added by the one that writes."""


class LexicalWriter(Protocol):
    """Fills a lexical store, row after row from 0."""

    def add(self, row: LexicalRow) -> None:
        """Adds the next row, which `LexicalStoreKind.row` made."""
        ...

    def finish(self) -> None:
        """Writes everything out; the store can be opened afterwards."""
        ...


class LexicalStoreKind(Protocol):
    """How one kind of lexical store is made and opened."""

    def row(self, body: Sequence[str], heading: Sequence[str]) -> LexicalRow:
        """The row of a passage: its folded words, and those of its document's title and place."""
        ...

    def create(self, folder: Path) -> LexicalWriter:
        """Begins a store in ``folder``, an existing empty directory."""
        ...

    def open(self, folder: Path) -> LexicalStore:
        """Opens what a finished writer wrote."""
        ...
