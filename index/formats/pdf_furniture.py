"""Running heads, footers and page numbers: lines at the edge of pages that are no part of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from index.formats.pdf_lines import Line

EDGE = 0.14  # of the page's height, at the top and at the bottom
EDGE_LINES = 3  # at most so many lines at one edge are furniture
_NUMBER = re.compile(r"[0-9٠-٩۰-۹]+")
_PAGE_WORDS = re.compile(r"^(?:page|of|صفحة|الصفحة|من|ةحفص|ةحفصلا|نم|[-–—/|.:()\[\]\s#])*$", re.IGNORECASE)


class Furniture:
    """Remembers what stood at the edges of the pages so far; pages come in batches, to bound memory."""

    def __init__(self) -> None:
        self._seen: Counter[tuple[str, int, int]] = Counter()
        self._offsets: Counter[int] = Counter()
        self._pages = 0

    def cleared(self, pages: Sequence[Sequence[Line]], heights: Sequence[float]) -> list[list[Line]]:
        """The lines of each page without what repeats at the edges of the pages and without page numbers."""
        edges = [_edge_lines(lines, height) for lines, height in zip(pages, heights, strict=True)]
        first = self._pages + 1
        for at, found in enumerate(edges, start=first):
            self._offsets.update(n - at for line in found if (n := _page_number(line)) is not None)
            self._seen.update({_key(line, at) for line in found})
        self._pages += len(pages)
        kept = []
        for at, (lines, edge) in enumerate(zip(pages, edges, strict=True), start=first):
            gone = {id(line) for line in edge if self._repeats(line, at) or self._numbers(line, at)}
            kept.append([line for line in lines if id(line) not in gone])
        return kept

    def _repeats(self, line: Line, page: int) -> bool:
        often = max(2, min(3, self._pages // 2))
        return self._seen[_key(line, page)] >= often and sum(letter.isalpha() for letter in line.text) >= 2

    def _numbers(self, line: Line, page: int) -> bool:
        """Whether the line holds only the page's number, counted as most pages do."""
        best = self._offsets.most_common(1)
        offset = best[0][0] if best and best[0][1] > 1 else 0
        number = _page_number(line)
        return number is not None and number == page + offset


def _edge_lines(lines: Sequence[Line], height: float) -> list[Line]:
    """The lines at the top and the bottom edge; never the whole page."""
    if len(lines) < 2:
        return []
    ordered = sorted(lines, key=lambda line: -line.y)
    top = [line for line in ordered[:EDGE_LINES] if line.y > height * (1 - EDGE)]
    bottom = [line for line in ordered[-EDGE_LINES:] if line.y < height * EDGE]
    return [*top, *(line for line in bottom if line not in top)]


def _key(line: Line, page: int) -> tuple[str, int, int]:
    """What makes two lines of furniture the same: their letters, their height on the page, their size.

    The page's own number may stand among the letters; other numbers must be the same on each page.
    """
    text = line.text.replace(" ", "")
    masked = _NUMBER.sub(lambda found: "#" if int(found[0]) == page else found[0], text)
    return masked, round(line.y / 3), round(line.size)


def _page_number(line: Line) -> int | None:
    """The number of a line that holds nothing but a page number (``3``, ``- 3 -``, ``صفحة 3 من 10``)."""
    numbers = _NUMBER.findall(line.text)
    if not 1 <= len(numbers) <= 2 or not _PAGE_WORDS.match(_NUMBER.sub("", line.text)):
        return None
    values = [int(number) for number in numbers if len(number) < 5]
    return min(values) if values else None
