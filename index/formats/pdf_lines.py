"""From the glyphs of a page to its lines: letters with their marks, on one baseline, from left to right."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from index.formats.pdf_bidi import Piece, kind
from index.formats.pdf_letters import is_mark, typed_letters
from index.formats.pdf_names import STRETCH, Glyph

SAME_BASELINE = 0.3  # of the letter size: fonts of one line differ by less, lines by more
RAISED_AT_MOST = 0.65  # of the letter size: how far a superscript's baseline stands from its line's
WORD_GAP = 0.16  # of the letter size: Arabic spaces are 0.2 to 0.3 wide, gaps inside words under 0.1
WORD_GAP_BESIDE_SPACES = 0.25  # where the line has space glyphs, only a wider gap is a space too
LOOSE_BRACKET = 0.5  # of the letter size: a bracket of another font stands that far from its word
_COMPOSING = "\N{ARABIC MADDAH ABOVE}\N{ARABIC HAMZA ABOVE}\N{ARABIC HAMZA BELOW}"
_UNITS = frozenset(("م", "كم", "سم", "مم", "m", "km", "cm", "mm"))


class Cluster(NamedTuple):
    """A letter, a ligature or a sign with its vowel marks, in one box."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    order: int
    settled: bool = False
    rtl: bool = False
    raised: bool = False


@dataclass(slots=True)
class Line:
    """Clusters on one baseline, from left to right; spaces are among them. Never without a letter or sign."""

    clusters: list[Cluster]
    y: float
    size: float

    @property
    def x0(self) -> float:
        """Where its first letter from the left starts."""
        return self.clusters[0].x0

    @property
    def x1(self) -> float:
        """Where its last letter from the left ends."""
        return self.clusters[-1].x1

    @property
    def text(self) -> str:
        """The letters as they stand from left to right: for counting, not for reading."""
        return "".join(cluster.text for cluster in self.clusters)


def lines_of(glyphs: Sequence[Glyph]) -> list[Line]:
    """The lines of a page from top to bottom; columns that share a baseline share a line."""
    rows: list[list[Cluster]] = []
    for cluster in sorted(clusters_of(glyphs), key=lambda c: -c.y):
        row = rows[-1] if rows else None
        if row and row[0].y - cluster.y <= SAME_BASELINE * min(max(row[0].size, cluster.size), 30):
            row.append(cluster)
        else:
            rows.append([cluster])
    found = [line for row in rows if (line := line_from(row))]
    return _with_raised(found)


def line_from(clusters: Iterable[Cluster]) -> Line | None:
    """A line of these clusters without outer spaces and doubled strokes; None where only spaces are left."""
    row = sorted(clusters, key=lambda c: (c.x0, c.order))
    while row and row[0].text == " ":
        row.pop(0)
    while row and row[-1].text == " ":
        row.pop()
    if not row:
        return None
    kept = row[:1]
    for cluster in row[1:]:
        if not _struck_twice(kept[-1], cluster):
            kept.append(cluster)
    sizes = [cluster.size for cluster in kept if not cluster.raised] or [kept[0].size]
    baselines = [cluster.y for cluster in kept if not cluster.raised] or [kept[0].y]
    return Line(kept, median(baselines), median(sizes))


def pieces_of(line: Line) -> list[Piece]:
    """The line for `pdf_bidi`, with a space wherever the glyphs show or leave one."""
    wide = _word_gap(line)
    pieces: list[Piece] = []
    before: Cluster | None = None
    for cluster in line.clusters:
        spaced = bool(pieces) and pieces[-1].text == " "
        if cluster.text == " ":
            if not spaced:
                pieces.append(Piece(" ", cluster.order, rtl=cluster.rtl))
            continue
        if before and not spaced and _apart(before, cluster, wide):
            pieces.append(Piece(" ", before.order + 1 if cluster.order > before.order else before.order))
        if cluster.text != STRETCH:
            pieces.append(Piece(cluster.text, cluster.order, cluster.settled, cluster.rtl))
        before = cluster
    return pieces


def _apart(one: Cluster, other: Cluster, wide: float) -> bool:
    """Whether two neighbours belong to two words, by the gap between them."""
    if STRETCH in (one.text, other.text):
        return False
    if kind(one.text) == "B" or kind(other.text) == "B":
        wide = max(wide, LOOSE_BRACKET * one.size)
    return other.x0 - one.x1 > wide or _notes_a_word(one, other)


def clusters_of(glyphs: Sequence[Glyph]) -> list[Cluster]:
    """Glyphs as typed letters: presentation forms undone, marks put on their letters."""
    clusters: list[Cluster] = []
    waiting: list[str] = []
    for at, glyph in enumerate(glyphs):
        text = typed_letters(glyph.text, settled=glyph.settled)
        if not text:
            continue
        if is_mark(text):
            last = next((i for i in range(len(clusters) - 1, -1, -1) if clusters[i].text != STRETCH), -1)
            base = clusters[last] if last >= 0 else None
            if base and _sits_on(glyph, base) and not _next_is_nearer(glyphs, at, base):
                clusters[last] = _marked(base, text)
            else:
                waiting.append(text)
            continue
        cluster = Cluster(text, _place(glyphs, at), glyph.x1, glyph.y, glyph.size, *glyph[5:])
        if text != STRETCH:
            for mark in reversed(waiting):
                cluster = _marked(cluster, mark)
            waiting.clear()
        clusters.append(cluster)
    return clusters


def _marked(cluster: Cluster, mark: str) -> Cluster:
    text = cluster.text + mark
    if mark[0] in _COMPOSING and len(text) == 2:
        text = unicodedata.normalize("NFC", text)
    return cluster._replace(text=text)


def _sits_on(mark: Glyph, base: Cluster) -> bool:
    reach = 0.5 * base.size
    near = base.x0 - reach <= (mark.x0 + mark.x1) / 2 <= base.x1 + reach
    return near and abs(mark.y - base.y) < 1.2 * base.size and base.text != " "


def _next_is_nearer(glyphs: Sequence[Glyph], at: int, before: Cluster) -> bool:
    """Whether a mark belongs to the letter drawn after it: so in Arabic drawn from left to right."""
    if not "\u0600" <= glyphs[at].text[-1] <= "\u06ff" and not "\ufc00" <= glyphs[at].text[-1] <= "\ufeff":
        return False
    ahead = (g for g in glyphs[at + 1 : at + 8] if g.text != STRETCH)
    following = next((g for g in ahead if not is_mark(typed_letters(g.text))), None)
    if following is None or following.text.isspace() or abs(following.y - before.y) > before.size:
        return False
    mark = glyphs[at]
    reach = 0.5 * following.size
    if not following.x0 - reach <= (mark.x0 + mark.x1) / 2 <= following.x1 + reach:
        return False
    return following.x0 > before.x0


def _place(glyphs: Sequence[Glyph], at: int) -> float:
    """Where a glyph starts; one without width starts with the next, of which it is the other half."""
    glyph = glyphs[at]
    if glyph.x1 - glyph.x0 < 0.01 * glyph.size and at + 1 < len(glyphs):
        following = glyphs[at + 1]
        if abs(following.x0 - glyph.x0) < 0.1 * glyph.size and abs(following.y - glyph.y) < 0.5 * glyph.size:
            return min(glyph.x0, following.x0)
    return glyph.x0


def _struck_twice(one: Cluster, other: Cluster) -> bool:
    """Bold made by drawing the same letter again a hair further."""
    near = abs(one.x0 - other.x0) < 0.07 * one.size and one.x1 - one.x0 > 0.15 * one.size
    return near and one.text == other.text and one.text != " " and abs(one.y - other.y) < 0.1 * one.size


def _word_gap(line: Line) -> float:
    letters = [cluster for cluster in line.clusters if cluster.text != " "]
    spaces = len(line.clusters) - len(letters)
    gap = WORD_GAP_BESIDE_SPACES if spaces * 12 >= len(letters) else WORD_GAP
    steps = [b.x0 - a.x1 for a, b in pairwise(line.clusters) if " " not in (a.text, b.text)]
    usual = median(steps) if len(steps) > 3 else 0.0
    return max(gap * line.size, 2.2 * usual if usual > 0.06 * line.size else 0.0)


def _notes_a_word(one: Cluster, other: Cluster) -> bool:
    """A raised number beside a word is the mark of a footnote; beside a unit it is a power."""
    if one.raised == other.raised:
        return False
    note, base = (one, other) if one.raised else (other, one)
    return note.text.isdigit() and base.text not in _UNITS and base.text.isalpha()


def _with_raised(lines: Sequence[Line]) -> list[Line]:
    """Superscripts and subscripts put into the lines beside which they stand."""
    kept: list[Line] = []
    ordered = list(lines)
    for at, line in enumerate(ordered):
        near = [ordered[i] for i in (at - 1, at + 1) if 0 <= i < len(ordered)]
        host = next((other for other in near if _raised_beside(line, other)), None)
        if host is None:
            kept.append(line)
            continue
        host.clusters = sorted(
            [*host.clusters, *(c._replace(raised=True) for c in line.clusters)], key=lambda c: (c.x0, c.order)
        )
    return kept


def _raised_beside(small: Line, line: Line) -> bool:
    if small.size > 0.8 * line.size or abs(small.y - line.y) > RAISED_AT_MOST * line.size:
        return False
    return line.x0 - line.size < small.x0 and small.x1 < line.x1 + line.size
