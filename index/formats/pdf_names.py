"""The letters that a file names for its shapes ("actual text"), and when not to believe them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

LONGEST_NAME = 24  # longer ones cover words or lines, not one cluster of glyphs
AGREEING = 0.7  # of the shapes must agree with their names after they are turned back
STRETCH = "\N{ZERO WIDTH JOINER}"  # a bar that lengthens a word: space is taken, nothing is typed
UNREADABLE = "\N{REPLACEMENT CHARACTER}"


class Glyph(NamedTuple):
    """One drawn box: its letters in logical order, and where its baseline runs (points, y grows upwards)."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    order: int  # place in the content stream
    settled: bool = False  # the file names the letters themselves, so a bracket needs no mirroring
    rtl: bool = False  # the file says that this run reads from right to left


class Span(NamedTuple):
    """Glyphs drawn together, and the one box that the file names in their place, if it does."""

    turn: int  # the direction of writing
    run: int  # spans of one marked run share it
    glyphs: Sequence[Glyph]
    named: Glyph | None = None

    @property
    def written(self) -> Sequence[Glyph]:
        """What to read."""
        return self.glyphs if self.named is None else (self.named,)


def named(glyphs: Sequence[Glyph], name: str) -> Glyph | None:
    """One box for a cluster of glyphs and the name that the file gives it; None where it is no cluster."""
    wide = [glyph for glyph in glyphs if glyph.x1 > glyph.x0] or list(glyphs)
    spread = max(g.y for g in wide) - min(g.y for g in wide)
    if len(name) > LONGEST_NAME or " " in name.strip() or spread >= wide[0].size:
        return None
    x0, x1 = min(g.x0 for g in wide), max(g.x1 for g in wide)
    return wide[-1]._replace(text=name, x0=x0, x1=x1, settled=True)


def believed(spans: Iterable[Span]) -> list[Span]:
    """The spans of a page with the names of turned-round runs put right.

    Chromium sometimes turns the names of a run round by some letters, so that the last stand first.
    Where a few names differ from their shapes the names are right: one shape can stand for two letters.
    """
    kept: list[Span] = []
    run: list[Span] = []
    for span in spans:
        if run and not _goes_on(run[0], span):
            kept.extend(_turned_back(run) if _is_turned_round(run) else run)
            run = []
        run.append(span)
    return [*kept, *(_turned_back(run) if _is_turned_round(run) else run)]


def _goes_on(first: Span, span: Span) -> bool:
    near = abs(first.glyphs[0].y - span.glyphs[0].y) < 0.8 * first.glyphs[0].size
    return near and (first.turn, first.run) == (span.turn, span.run)


def _is_turned_round(run: Sequence[Span]) -> bool:
    told = [span for span in run if span.named and len(span.glyphs) == 1 and _is_arabic(span.glyphs[0].text)]
    wrong = sum(not _agree(span.glyphs[0], span.written[0].text) for span in told)
    return wrong >= 4 and 2 * wrong > len(told)


def _turned_back(run: list[Span]) -> list[Span]:
    names = [span.written[0].text for span in run]
    best = max(range(len(run)), key=lambda shift: _agreement(run, _shifted(names, shift)))
    right = _shifted(names, best)
    if _agreement(run, right) < AGREEING:
        return [span._replace(named=None) for span in run]
    return [
        span._replace(named=span.written[0]._replace(text=name, settled=True))
        for span, name in zip(run, right, strict=True)
    ]


def _shifted(names: list[str], shift: int) -> list[str]:
    return names[shift:] + names[:shift]


def _agreement(run: Sequence[Span], names: Sequence[str]) -> float:
    return sum(_agree(s.glyphs[0], name) for s, name in zip(run, names, strict=True)) / len(run)


def _agree(shape: Glyph, name: str) -> bool:
    return unicodedata.normalize("NFKC", shape.text) == unicodedata.normalize("NFKC", name)


def _is_arabic(text: str) -> bool:
    return "\u0620" <= unicodedata.normalize("NFKC", text)[:1] <= "\u064a"
