"""Questions that people asked, put to a library and to its copy."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from index.errors import CopyDiffers, ModelUnavailable
from index.library import Library
from index.live import OneLibrary
from index.protocols import Embedder
from retrieval.answer import NotFound, Reply
from retrieval.assistant import Assistant

MOST: Final = 20
"""Questions that are asked: an answer takes some 10 ms, and of a wrong copy hardly one is the same."""

_ALIKE: Final = 0.9  # of them: large libraries are searched by approximation, and differ for one in 100 at most
_TOLERANCE: Final = 1e-2  # of a confidence: the stores' rounding makes 1e-3 at most


class Compared(NamedTuple):
    """How many questions were asked, and how many of them were answered alike."""

    asked: int
    alike: int


def questions_for(library: Library, stored: Sequence[str]) -> list[str]:
    """At most `MOST` of the stored questions; where there are too few, evenly spaced titles of reports as well."""
    missing = MOST - len(stored)
    if missing <= 0:
        return list(stored[:MOST])
    titles = [record.about.title for record in library.documents]
    return [*stored, *titles[:: max(1, math.ceil(len(titles) / missing))]]


def compared(original: Library, copy: Library, questions: Sequence[str], load: Callable[[], Embedder]) -> Compared:
    """Asks both. No question is asked where the model that made the vectors cannot be loaded, or another is set.

    Raises:
        CopyDiffers: they answer otherwise.
    """
    try:
        embedder = load()
    except ModelUnavailable:
        return Compared(0, 0)
    if not original.is_searchable_with(embedder):
        return Compared(0, 0)
    first, second = (Assistant(OneLibrary(each), embedder) for each in (original, copy))
    alike = sum(_are_alike(first.ask(question), second.ask(question)) for question in questions)
    if alike < _ALIKE * len(questions):
        raise CopyDiffers(original.manifest.number, f"{len(questions) - alike} of {len(questions)} answers")
    return Compared(len(questions), alike)


def _are_alike(one: Reply, other: Reply) -> bool:
    """Whether outcome, confidence and first excerpt are the same."""
    surely = one.circumstances.confidence, other.circumstances.confidence
    if type(one) is not type(other) or not math.isclose(*surely, abs_tol=_TOLERANCE):
        return False
    if isinstance(one, NotFound) or isinstance(other, NotFound):
        return True
    first, second = one.excerpts[0], other.excerpts[0]
    return (first.document, first.span, first.text) == (second.document, second.span, second.text)
