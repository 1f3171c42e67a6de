"""The pages of a reply: which excerpts, or parts of long ones, are shown together in one message."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias, assert_never

from bot.markup import split, units
from index.document import Span
from retrieval.answer import Answer, Excerpt, NotFound, Related, Reply

LONGEST_PIECE: Final = 1_200  # code points of an excerpt in one message; what retrieval quotes has some 350
_AROUND: Final = 700  # units of the lines that name a piece's source, at most
_ON_A_PAGE: Final = 2 * LONGEST_PIECE + _AROUND  # units of a page's pieces: always one, seldom more than three
_MOST: Final = 3  # pieces on a page


@dataclass(frozen=True, slots=True)
class Piece:
    """The part ``span`` of an excerpt's text; nearly always all of it."""

    excerpt: Excerpt
    span: Span

    @property
    def text(self) -> str:
        """The words of this part."""
        return self.excerpt.text[self.span.start : self.span.end]

    @property
    def marks(self) -> Iterator[Span]:
        """What of it answers, counted from its beginning."""
        for mark in self.excerpt.marks:
            start, end = max(mark.start, self.span.start), min(mark.end, self.span.end)
            if start < end:
                yield Span(start - self.span.start, end - self.span.start)


Page: TypeAlias = tuple[Piece, ...]


def pages(reply: Reply) -> list[Page]:
    """The pages of ``reply``, in order; the first shows the answer alone, or several that differ, or the closest."""
    match reply:
        case Answer(_, excerpts, side_by_side=True) | Related(_, excerpts):
            return _grouped(excerpts)
        case Answer(_, (first, *others)):
            return [*_grouped([first]), *_grouped(others)]
        case Answer() | NotFound():
            return []
        case _:
            assert_never(reply)


def most_telling(excerpt: Excerpt, longest: int) -> Piece:
    """The part of an excerpt, of at most ``longest`` code points, in which the first words that answer stand."""
    first = excerpt.marks[0].start if excerpt.marks else 0
    parts = split(excerpt.text, longest)
    return Piece(excerpt, next((part for part in parts if part.start <= first < part.end), parts[0]))


def _grouped(excerpts: Sequence[Excerpt]) -> list[Page]:
    grouped: list[Page] = []
    for excerpt in excerpts:
        for span in split(excerpt.text, LONGEST_PIECE):
            piece = Piece(excerpt, span)
            if grouped and _fit_together((*grouped[-1], piece)):
                grouped[-1] = (*grouped[-1], piece)
            else:
                grouped.append((piece,))
    return grouped


def _fit_together(page: Page) -> bool:
    return len(page) <= _MOST and sum(units(piece.text) + _AROUND for piece in page) <= _ON_A_PAGE
