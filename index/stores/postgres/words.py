"""Exact BM25 (k1 1.2, b 0.75) over postings in a table.

The database finds the terms' postings; they are added up here. Measured on 40 terms of 80,000 postings: 6.7 ms, where
adding up in SQL takes 48 ms and more, on the one machine that all readers share.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, reduce
from typing import Final

import numpy as np
import numpy.typing as npt

from index.analysis import terms
from index.protocols import Hit
from index.stores.postgres.postings import BLOCK, COUNT, COUNTS, LENGTHS, POSTING, TOTALS, digest, lengths_array
from index.stores.postgres.tables import Tables
from index.stores.terms import FIELDS, HEADING, STEMS, Term, Wanted

_K1: Final = 1.2
_B: Final = 0.75
_REMEMBERED: Final = 8_000_000  # postings that are remembered: 64 MB when full
_COUNTED: Final = 50_000  # terms of which it is remembered how many passages hold them: 10 MB when full

_Rows = npt.NDArray[np.int32]
_Impacts = npt.NDArray[np.float32]
_NOWHERE: Final = np.empty(0, np.int32), np.empty(0, np.float32)
_NUMBERS: Final = {field: number for number, field in enumerate(FIELDS)}


class PostgresWords:
    """The words of an opened generation."""

    def __init__(self, tables: Tables) -> None:
        """Reads the lengths of all passages, three bytes each, and the counts of all terms, twelve."""
        self._tables = tables
        totals = np.frombuffer(tables.array(TOTALS), "<i8")
        coded = [np.frombuffer(tables.array(lengths_array(field)), np.uint8) for field in range(len(FIELDS))]
        self._count = len(coded[0])
        self._damping = [self._damped(codes, int(total)) for codes, total in zip(coded, totals, strict=True)]
        self._wanted = Wanted(self._count, lambda field, term: self._holding((field, term)))
        counts = np.frombuffer(tables.array(COUNTS), COUNT)
        self._digests, self._passages = (np.ascontiguousarray(counts[name]) for name in ("digest", "passages"))
        self._holding = lru_cache(maxsize=_COUNTED)(self._counted)
        self._postings: OrderedDict[Term, tuple[_Rows, _Impacts]] = OrderedDict()
        self._remembered = 0
        self._changing = threading.Lock()

    def _damped(self, codes: npt.NDArray[np.uint8], total: int) -> _Impacts:
        """What is added to how often a term occurs in each passage: more, the longer the passage."""
        average = total / self._count if total else 1.0
        return (_K1 * (1 - _B + _B * LENGTHS / average)).astype(np.float32)[codes]

    def search(self, words: Sequence[str], *, top: int) -> list[Hit]:
        """The ``top`` best rows, best first, equal ones by row."""
        return _best(self._scores(words), None, top)

    def search_named(self, words: Sequence[str], names: Sequence[Sequence[str]], *, top: int) -> list[Hit]:
        """The ``top`` best rows that hold one of ``names``, best first."""
        self._fetch({term for name in names for word in name for term in _held_under(word)})
        named = [reduce(np.intersect1d, [self._rows_with(word) for word in name]) for name in names if name]
        among = np.unique(np.concatenate(named)) if named else np.empty(0, np.int32)
        return _best(self._scores(words), among, top) if len(among) else []

    def _rows_with(self, word: str) -> _Rows:
        """Rows with a word's stem in their text, or all its grams in their heading."""
        (stem, *grams) = _held_under(word)
        heading = reduce(np.intersect1d, [self._held(gram)[0] for gram in grams])
        return np.union1d(self._held(stem)[0], heading)

    def _scores(self, words: Sequence[str]) -> npt.NDArray[np.float32]:
        """The score of every row."""
        weights = self._wanted.terms(words)
        found = self._fetch(weights)
        if not found:
            return np.zeros(self._count, np.float32)
        rows = np.concatenate([found[term][0] for term in weights])
        impacts = np.concatenate([found[term][1] * np.float32(weight) for term, weight in weights.items()])
        return np.bincount(rows, impacts, minlength=self._count).astype(np.float32)

    def frequency(self, word: str) -> int:
        """In how many passages the word's stem occurs."""
        return self._holding((STEMS, terms(word).stem))

    def holds(self, row: int, words: Sequence[str]) -> bool:
        """Whether ``row`` is found under every one of ``words``."""
        stems = [(STEMS, terms(word).stem) for word in words]
        found = self._fetch(stems)
        return 0 <= row < self._count and all(_is_in(row, found[stem][0]) for stem in stems)

    def __len__(self) -> int:
        return self._count

    def _counted(self, term: Term) -> int:
        """How many passages hold a term."""
        wanted_digest = np.uint64(digest(_NUMBERS[term[0]], term[1]))
        at = int(np.searchsorted(self._digests, wanted_digest))
        is_there = at < len(self._digests) and self._digests[at] == wanted_digest
        return int(self._passages[at]) if is_there else 0

    def _held(self, term: Term) -> tuple[_Rows, _Impacts]:
        return self._fetch([term])[term]

    def _fetch(self, asked: Iterable[Term]) -> dict[Term, tuple[_Rows, _Impacts]]:
        """The rows that hold each of these terms, ascending, and what the term counts in each."""
        wanted_terms = list(dict.fromkeys(asked))
        found = {term: _NOWHERE for term in wanted_terms if not self._holding(term)}
        with self._changing:
            for term in wanted_terms:
                if term in self._postings:
                    self._postings.move_to_end(term)
                    found[term] = self._postings[term]
        if missing := [term for term in wanted_terms if term not in found]:
            fetched = self._read(missing)
            found |= fetched
            self._remember(fetched)
        return found

    def _read(self, missing: Sequence[Term]) -> dict[Term, tuple[_Rows, _Impacts]]:
        blocks: dict[Term, list[tuple[_Rows, _Impacts]]] = {term: [] for term in missing}
        for field, term, block, held in self._tables.fetch(*_postings_of(missing)):
            blocks[FIELDS[field], term].append(_unpacked(block, bytes(held)))
        return {term: self._weighed(term, found) for term, found in blocks.items()}

    def _weighed(self, term: Term, blocks: Sequence[tuple[_Rows, _Impacts]]) -> tuple[_Rows, _Impacts]:
        if not blocks:
            return _NOWHERE
        rows, times = (np.concatenate(parts) for parts in zip(*blocks, strict=True))
        if len(blocks) > 1:  # they came in any order, and those of shards interleave
            order = np.argsort(rows, kind="stable")
            rows, times = rows[order], times[order]
        rarity = np.log1p((self._count - len(rows) + 0.5) / (len(rows) + 0.5))
        damping = self._damping[_NUMBERS[term[0]]][rows]
        return rows, (np.float32(rarity * (_K1 + 1)) * times / (times + damping)).astype(np.float32)

    def _remember(self, fetched: Mapping[Term, tuple[_Rows, _Impacts]]) -> None:
        with self._changing:
            for term, held in fetched.items():
                if term not in self._postings:
                    self._postings[term] = held
                    self._remembered += len(held[0]) + 1
            while self._remembered > _REMEMBERED:
                _, held = self._postings.popitem(last=False)
                self._remembered -= len(held[0]) + 1


def _held_under(word: str) -> list[Term]:
    """The stem of a word, then its grams as they are in headings."""
    each = terms(word)
    return [(STEMS, each.stem), *((HEADING, gram) for gram in each.grams)]


def _postings_of(asked: Sequence[Term]) -> tuple[str, *tuple[list[str], ...]]:
    """The query for the postings of some terms, with its parameters. Only conditions, which are sent on to shards."""
    each_field = [[term for name, term in asked if name == field] for field in FIELDS]
    conditions = " OR ".join(
        f"(field = {number} AND term = ANY(%s::text[]))" for number, sought in enumerate(each_field) if sought
    )
    query = f"SELECT field, term, block, held FROM {{g}}.postings WHERE {conditions}"
    return query, *filter(None, each_field)


def _unpacked(block: int, held: bytes) -> tuple[_Rows, _Impacts]:
    count = len(held) // POSTING
    rows = np.frombuffer(held, "<u2", count).astype(np.int32) + np.int32(block * BLOCK)
    return rows, np.frombuffer(held, np.uint8, count, 2 * count).astype(np.float32)


def _is_in(row: int, rows: _Rows) -> bool:
    at = int(np.searchsorted(rows, row))
    return at < len(rows) and int(rows[at]) == row


def _best(scores: npt.NDArray[np.float32], among: _Rows | None, top: int) -> list[Hit]:
    """The ``top`` rows with the highest scores over zero, of ``among`` if it is given; equal ones by row."""
    rows = np.flatnonzero(scores) if among is None else among[scores[among] > 0]
    if top < 1 or not len(rows):
        return []
    if len(rows) > top:
        least = np.partition(scores[rows], -top)[-top]
        rows = rows[scores[rows] >= least]
    order = np.lexsort((rows, -scores[rows]))[:top]
    return [Hit(int(row), float(scores[row])) for row in rows[order]]
