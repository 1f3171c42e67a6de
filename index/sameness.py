"""Whether two opened generations are the same, though their stores are of other kinds."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Final

import numpy as np

from index.analysis import content_words
from index.document import Record
from index.errors import CopyDiffers
from index.library import Library
from index.manifest import Manifest
from index.protocols import Hit
from index.repository import Contents

_PROBES: Final = 50  # vectors that are searched for: an exact scan through a large library takes milliseconds
_TOP: Final = 10
_WORDS_TOLERANCE: Final = 1e-3  # of a score by words: the stores' scores differ by 1e-4 at most, as their tests hold
_VECTOR_TOLERANCE: Final = 1e-2  # by which a quantised store may undervalue a vector's product with itself


def is_copy(one: Manifest, other: Manifest) -> bool:
    """Whether two generations say that they are one and the same, in stores of whichever kinds."""
    return _essence(one) == _essence(other)


def _essence(manifest: Manifest) -> dict[str, object]:
    """All but what the stores say of themselves."""
    names = {field.name for field in fields(manifest)} - {*Contents._fields} | {"number"}
    return {name: getattr(manifest, name) for name in names}


def see_that_all_is_there(original: Library, copy: Library, tell: Callable[[int], None]) -> None:
    """Compares documents, texts, passages, vectors (bit for bit) and aliases; ``tell`` is told the passages compared.

    Raises:
        CopyDiffers: something is not the same.
    """
    number = original.manifest.number
    if not is_copy(original.manifest, copy.manifest) or original.aliases != copy.aliases:
        raise CopyDiffers(number, "its manifest or its aliases")
    originals, copies = iter(original.documents), iter(copy.documents)
    for record in originals:
        if next(copies, None) != record or not _is_same_document(original, copy, record):
            raise CopyDiffers(number, record.name)
        tell(record.passages.stop)
    if next(copies, None) is not None:
        raise CopyDiffers(number, "the number of documents")


def _is_same_document(original: Library, copy: Library, record: Record) -> bool:
    one, other = original.documents.document(record), copy.documents.document(record)
    if one != other or original.passages.at(record.passages) != copy.passages.at(record.passages):
        return False
    if not record.passages:
        return True
    vectors, copied = original.passages.vectors(record.passages), copy.passages.vectors(record.passages)
    return bool(np.array_equal(vectors.view(np.uint16), copied.view(np.uint16)))


def see_that_the_same_is_found(original: Library, copy: Library, questions: Sequence[str]) -> None:
    """Searches both by the words of each question, and by evenly spaced vectors; no model is asked.

    Raises:
        CopyDiffers: they do not find the same first passage, or give other scores.
    """
    number = original.manifest.number
    for question in questions:
        words = content_words(question)
        found = original.words.search(words, top=_TOP), copy.words.search(words, top=_TOP)
        if not _are_the_same(*found):
            raise CopyDiffers(number, "what it finds by words")
    rows = range(0, len(original.passages), max(1, len(original.passages) // _PROBES))
    for row in rows:
        vector = original.passages.vectors_of([row])[0]
        first, second = (library.vectors.search(vector, top=1) for library in (original, copy))
        if not first or not second or abs(first[0].score - second[0].score) > _VECTOR_TOLERANCE:
            raise CopyDiffers(number, "what it finds by vectors")


def _are_the_same(first: list[Hit], second: list[Hit]) -> bool:
    """Whether the scores are the same, and the first rows, unless others are as good."""
    if len(first) != len(second):
        return False
    if not all(math.isclose(a.score, b.score, rel_tol=_WORDS_TOLERANCE) for a, b in zip(first, second, strict=True)):
        return False
    is_tie = len(first) > 1 and math.isclose(first[0].score, first[1].score, rel_tol=_WORDS_TOLERANCE)
    return not first or is_tie or first[0].row == second[0].row
