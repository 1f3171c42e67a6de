"""The last check before a switch: every document of the new generation is found by its own words."""

from __future__ import annotations

from typing import Final

import numpy as np

from index.analysis import content_words
from index.document import Record
from index.errors import DocumentLost
from index.library import Library
from index.protocols import Progress

_WORDS: Final = 3  # of a document's first passage, the longest: specific enough, and quick to look up
_VECTOR_PROBES: Final = 200  # documents whose vector is looked up: an exact scan for each would take too long
_TOLERANCE: Final = 1e-2  # by which a quantised store may undervalue a vector's product with itself


def probe(library: Library, progress: Progress, *, known: int = 0) -> None:
    """Looks every document up by its words, and evenly spaced ones by their vectors.

    ``known``: documents in the first rows that were copied with their index, as it was looked through when it was made;
    of these only the evenly spaced ones are looked up.

    Raises:
        DocumentLost: a document is not found.
    """
    total = len(library.documents)
    every = max(1, total // _VECTOR_PROBES)
    for row in (*range(0, known, every), *range(known, total)):
        record = library.documents.record(row)
        sampled = row % every == 0
        if sampled:
            progress("verify", row, total)
        if not _found_by_words(library, record) or (sampled and not _found_by_vector(library, record)):
            raise DocumentLost(record.name)
    progress("verify", total, total)


def _found_by_words(library: Library, record: Record) -> bool:
    row = record.passages.start
    words = content_words(library.passage_text(library.passages[row]))
    probes = sorted(set(words), key=lambda word: (-len(word), word))[:_WORDS]
    return not probes or library.words.holds(row, probes)


def _found_by_vector(library: Library, record: Record) -> bool:
    row = record.passages.start
    vector = library.passages.vectors(range(row, row + 1))[0].astype(np.float32)
    nearest = library.vectors.search(vector, top=1)
    return bool(nearest) and nearest[0].score >= float(vector @ vector) - _TOLERANCE
