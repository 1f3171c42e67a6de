"""Postings in tantivy (BM25, k1 1.2, b 0.75): the only file that imports it.

tantivy is given our own terms, separated by spaces, and splits at the spaces: the analysis of
questions and passages stays the one in `index.analysis`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import tantivy

from index.analysis import terms
from index.protocols import Hit, LexicalRow, LexicalStore, LexicalWriter
from index.stores.terms import FIELDS, HEADING, STEMS, Wanted, lexical_row

_ROW: Final = "row"
_SPACES: Final = "spaces"
_WRITER_MEMORY: Final = 300_000_000  # bytes before tantivy writes a segment out

_REMEMBERED: Final = 50_000  # terms of which it is remembered how many passages hold them: 10 MB when full


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field(_ROW, stored=True, indexed=True, fast=True)
    for name in FIELDS:
        builder.add_text_field(name, tokenizer_name=_SPACES, index_option="freq")
    return builder.build()


def _with_tokenizer(index: tantivy.Index) -> tantivy.Index:
    index.register_tokenizer(_SPACES, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index


class TantivyWriter:
    """Adds rows in order, behind those that the folder holds; tantivy's own thread does the indexing meanwhile."""

    def __init__(self, folder: Path) -> None:
        self._index = _with_tokenizer(tantivy.Index(_schema(), path=str(folder)))
        self._writer = self._index.writer(_WRITER_MEMORY, 1)
        self._rows = int(self._index.searcher().num_docs)

    def add(self, row: LexicalRow) -> None:
        """Adds the next row: its stems, its grams and those of its heading, separated by spaces."""
        document = tantivy.Document()
        document.add_unsigned(_ROW, self._rows)
        for field, spaced in zip(FIELDS, row, strict=True):
            document.add_text(field, spaced)
        self._writer.add_document(document)
        self._rows += 1

    def finish(self) -> None:
        """Commits and waits until the segments are merged."""
        self._writer.commit()
        self._writer.wait_merging_threads()


class TantivyStore:
    """A finished index; searching releases the GIL."""

    def __init__(self, folder: Path) -> None:
        self._index = _with_tokenizer(tantivy.Index.open(str(folder)))
        # Nothing is ever committed to a finished index; watching it would write lock files into its folder.
        self._index.config_reader(reload_policy="manual")
        self._index.reload()
        self._searcher = self._index.searcher()
        self._schema = self._index.schema
        self._holding = lru_cache(maxsize=_REMEMBERED)(self._searcher.doc_freq)
        self._wanted = Wanted(len(self), self._holding)

    def search(self, words: Sequence[str], *, top: int) -> list[Hit]:
        """The ``top`` best rows, best first."""
        return self._found(self._query(words), top)

    def search_named(self, words: Sequence[str], names: Sequence[Sequence[str]], *, top: int) -> list[Hit]:
        """The ``top`` best rows that hold one of ``names``, best first."""
        named = [
            tantivy.Query.boolean_query([(tantivy.Occur.Must, self._held(word)) for word in name]) for name in names
        ]
        among = tantivy.Query.boolean_query([(tantivy.Occur.Should, each) for each in named])
        query = [
            (tantivy.Occur.Must, tantivy.Query.boost_query(among, 0.0)),
            (tantivy.Occur.Should, self._query(words)),
        ]
        return [hit for hit in self._found(tantivy.Query.boolean_query(query), top) if hit.score > 0]

    def _held(self, word: str) -> tantivy.Query:
        """Rows with a word's stem in their text, or all its grams in their heading."""
        each = terms(word)
        heading = [(tantivy.Occur.Must, self._term(HEADING, gram)) for gram in each.grams]
        either = [self._term(STEMS, each.stem), tantivy.Query.boolean_query(heading)]
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in either])

    def _found(self, query: tantivy.Query, top: int) -> list[Hit]:
        if top < 1:
            return []  # tantivy panics
        found = self._searcher.search(query, top, count=False).hits
        return [Hit(int(self._searcher.doc(address)[_ROW][0]), float(score)) for score, address in found]

    def _query(self, words: Sequence[str]) -> tantivy.Query:
        subqueries = [
            (tantivy.Occur.Should, tantivy.Query.boost_query(self._term(field, term), weight))
            for (field, term), weight in self._wanted.terms(words).items()
        ]
        return tantivy.Query.boolean_query(subqueries)

    def _term(self, field: str, value: str | int) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, value, "freq")

    def frequency(self, word: str) -> int:
        """In how many passages the word's stem occurs."""
        return int(self._holding(STEMS, terms(word).stem))

    def holds(self, row: int, words: Sequence[str]) -> bool:
        """Whether ``row`` is found under every one of ``words``."""
        wanted = [self._term(_ROW, row), *(self._term(STEMS, terms(word).stem) for word in words)]
        query = tantivy.Query.boolean_query([(tantivy.Occur.Must, each) for each in wanted])
        return bool(self._searcher.search(query, 1, count=False).hits)

    def __len__(self) -> int:
        return int(self._searcher.num_docs)


class Tantivy:
    """The kind: an index folder of tantivy's own."""

    def row(self, body: Sequence[str], heading: Sequence[str]) -> LexicalRow:
        """Stems, grams and grams of the heading, each separated by spaces."""
        return lexical_row(body, heading)

    def create(self, folder: Path) -> LexicalWriter:
        """Begins an index in ``folder``."""
        return TantivyWriter(folder)

    def open(self, folder: Path) -> LexicalStore:
        """Maps the index; a reader keeps working when the folder is removed meanwhile."""
        return TantivyStore(folder)
