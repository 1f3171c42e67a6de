"""Passages: what is searched. Spans of whole sentences, never across a page or a line of debris."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from index.cleaning import Cleaned
from index.document import Span
from index.sentences import cut, sentences

PASSAGES_VERSION: Final = 3
"""Raised whenever `passages` cuts some text in another way: saved indexes name it."""

LONGEST: Final = 800
"""Code points. Between 700 and 1,200, R@1 and excerpt@1 on the dev sets differ by under one point; shorter passages are
read more quickly, and tell the place of an answer more exactly."""


def passages(text: str, cleaned: Cleaned, page_starts: Sequence[int]) -> list[Span]:
    """The passages of a text in order: whole sentences, together at most `LONGEST` code points.

    A sentence longer than that is cut at a clause or word end.
    """
    found: list[Span] = []
    for run in _runs(text, cleaned.lines, page_starts):
        pieces: list[Span] = []
        for sentence in sentences(text, Span(run[0].start, run[-1].end)):
            pieces += [sentence] if sentence.end - sentence.start <= LONGEST else cut(text, sentence, LONGEST)
        found.extend(_packed(pieces))
    return found


def _packed(pieces: Sequence[Span]) -> Iterator[Span]:
    """Neighbouring pieces together, as long as they fit."""
    start = end = None
    for piece in pieces:
        if start is not None and end is not None and piece.end - start > LONGEST:
            yield Span(start, end)
            start = None
        start, end = (piece.start if start is None else start), piece.end
    if start is not None and end is not None:
        yield Span(start, end)


def _runs(text: str, lines: Sequence[Span], page_starts: Sequence[int]) -> Iterator[list[Span]]:
    """Lines that may share a passage: on one page, with nothing but white space between them."""
    run: list[Span] = []
    for line in lines:
        if run and (
            text[run[-1].end : line.start].strip()
            or bisect_right(page_starts, run[-1].start) != bisect_right(page_starts, line.start)
        ):
            yield run
            run = []
        run.append(line)
    if run:
        yield run
