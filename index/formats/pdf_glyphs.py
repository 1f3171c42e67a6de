"""What a PDF page draws: its glyphs with their places, its ruled lines and its pictures.

Only this file, `pdf_outlines.py` and `pdf.py` know pdfminer. No layout is done here: the device writes
down each glyph where it stands, in the order of the content stream, because that order tells apart
what geometry alone cannot (a vowel mark and its letter, two halves of a lam-alef at one place).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import atan2, degrees, hypot
from typing import Any, NamedTuple

from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFGraphicState, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream, resolve1
from pdfminer.psparser import PSLiteral
from pdfminer.utils import Matrix, PathSegment, Rect, apply_matrix_pt, decode_text

from index.formats.pdf_names import STRETCH, UNREADABLE, Glyph, Span, believed, named
from index.formats.pdf_outlines import is_stretch

DASHES = "-‐‑–—―_‾¯ـ"
MOST_GLYPHS = 100_000  # a dense A4 page of a report holds 5,000; maps and drawings hold more, and no prose
WIDEST_TILT = 10  # degrees; text that leans further is a stamp or a watermark


class TooManyGlyphs(Exception):
    """The page draws more glyphs than any page of prose does."""


class Rule(NamedTuple):
    """A horizontal or vertical stroke, as the edges of a table are drawn."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class Drawing:
    """A page as it was drawn.

    ``turned`` maps each direction of writing (0, 90, 180, 270) to its glyphs, which are placed as if
    the page were turned until their text lies flat.
    """

    width: float = 0.0
    height: float = 0.0
    turned: dict[int, list[Glyph]] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)
    pictures: int = 0

    @property
    def letters(self) -> int:
        """How many letters the page draws; signs and numbers do not count."""
        return sum(glyph.text.isalpha() for glyphs in self.turned.values() for glyph in glyphs)

    @property
    def names_letters(self) -> bool:
        """Whether the file tells the typed letters where a shape does not."""
        return any(glyph.settled for glyphs in self.turned.values() for glyph in glyphs)

    def flat(self, x: float, y: float, turn: int) -> tuple[float, float]:
        """The point after the page is turned so that text written at ``turn`` degrees lies flat."""
        match turn:
            case 90:
                return y, self.width - x
            case 180:
                return self.width - x, self.height - y
            case 270:
                return self.height - y, x
            case _:
                return x, y

    def flat_rules(self, turn: int) -> list[Rule]:
        """The strokes of the page, turned like its text."""
        ends = ((self.flat(r.x0, r.y0, turn), self.flat(r.x1, r.y1, turn)) for r in self.rules)
        return [Rule(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1])) for a, b in ends]


class DrawingDevice(PDFTextDevice):
    """Collects a `Drawing` from one page; read ``drawing`` after each page."""

    def __init__(self, manager: PDFResourceManager) -> None:
        super().__init__(manager)
        self._names: dict[int, tuple[PDFFont, dict[int, str]]] = {}

    def begin_page(self, page: PDFPage, ctm: Matrix) -> None:
        """Start a new drawing."""
        x0, y0, x1, y1 = page.mediabox
        width, height = abs(x1 - x0), abs(y1 - y0)
        self.drawing = Drawing(height, width) if page.rotate % 180 else Drawing(width, height)
        self._count = 0
        self._tags: list[str] = []
        self._actual: str | None = None
        self._actual_depth = 0
        self._covered: list[tuple[int, Glyph]] = []
        self._spans: list[Span] = []
        self._run = 0

    def end_page(self, page: PDFPage) -> None:
        """Read the names of the page's shapes together."""
        for span in believed(self._spans):
            self.drawing.turned.setdefault(span.turn, []).extend(span.written)

    def begin_tag(self, tag: PSLiteral, props: Any = None) -> None:
        """Note what the file says of the glyphs that follow."""
        about = props if isinstance(props, dict) else {}
        furniture = tag.name == "Artifact" and _name(about.get("Type")) == "Pagination"
        self._tags.append("furniture" if furniture else str(tag.name))
        self._run += tag.name == "ReversedChars"
        actual = resolve1(about.get("ActualText"))
        if self._actual is None and isinstance(actual, bytes):
            self._actual = decode_text(actual)
            self._actual_depth = len(self._tags)
            self._covered = []

    def end_tag(self) -> None:
        """Close what the last `begin_tag` opened."""
        if self._actual is not None and len(self._tags) == self._actual_depth:
            glyphs = [glyph for _, glyph in self._covered]
            if glyphs:
                name = named(glyphs, self._actual)
                self._spans.append(Span(self._covered[0][0], self._run, glyphs, name))
            self._actual = None
        if self._tags and self._tags.pop() == "ReversedChars":
            self._run += 1

    def begin_figure(self, name: str, bbox: Rect, matrix: Matrix) -> None:
        """Forms hold text like the page does; nothing to note."""

    def render_image(self, name: str, stream: PDFStream) -> None:
        """Count the picture."""
        self.drawing.pictures += 1

    def render_char(
        self,
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> float:
        """Note the glyph; return its advance."""
        advance = font.char_width(cid) * fontsize * scaling
        if "furniture" not in self._tags:
            self._note(self._named(font, cid), matrix, advance=advance, height=fontsize, rise=rise)
        return advance

    def paint_path(
        self,
        graphicstate: PDFGraphicState,
        stroke: bool,
        fill: bool,
        evenodd: bool,
        path: Sequence[PathSegment],
    ) -> None:
        """Note the edges that a table may have."""
        if not (stroke or fill) or len(path) > 12 or len(self.drawing.rules) > 5_000 or self.ctm is None:
            return
        points = [apply_matrix_pt(self.ctm, (float(s[-2]), float(s[-1]))) for s in path if len(s) == 3]
        if len(points) < 2 or len(points) != sum(s[0] != "h" for s in path):
            return
        self.drawing.rules.extend(_strokes(points))

    def _named(self, font: PDFFont, cid: int) -> str:
        known = self._names.setdefault(id(font), (font, {}))[1]  # the font is kept, so its id stays its own
        if cid not in known:
            known[cid] = _letters(font, cid)
        return known[cid]

    def _note(self, text: str, matrix: Matrix, *, advance: float, height: float, rise: float) -> None:
        self._count += 1
        if self._count > MOST_GLYPHS:
            raise TooManyGlyphs
        a, b, c, d, e, f = matrix
        tilt = degrees(atan2(-c, d))
        nearest = round(tilt / 90) * 90
        if abs(tilt - nearest) > WIDEST_TILT:
            return
        turn = nearest % 360
        x, y = e + c * rise, f + d * rise
        start = self.drawing.flat(x, y, turn)
        end = self.drawing.flat(x + a * advance, y + b * advance, turn)
        x0, x1 = sorted((start[0], end[0]))
        size = abs(height) * hypot(c, d) or 1.0
        glyph = Glyph(text, x0, x1, start[1], size, self._count, rtl="ReversedChars" in self._tags)
        if self._actual is None:
            self._spans.append(Span(turn, self._run, (glyph,)))
        else:
            self._covered.append((turn, glyph))


def _letters(font: PDFFont, cid: int) -> str:
    try:
        text = font.to_unichr(cid)
    except PDFUnicodeNotDefined:
        text = UNREADABLE
    return STRETCH if text not in DASHES and is_stretch(font, cid) else text


def _name(value: object) -> str:
    value = resolve1(value)
    return str(value.name) if isinstance(value, PSLiteral) else ""


def _strokes(points: Sequence[tuple[float, float]]) -> list[Rule]:
    """The upright and level edges of a path; a box thinner than 3 points is one stroke."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    box = Rule(min(xs), min(ys), max(xs), max(ys))
    if min(box.x1 - box.x0, box.y1 - box.y0) < 3:
        return [box]
    corners = [*points, points[0]]
    edges = (Rule(min(p[0], q[0]), min(p[1], q[1]), max(p[0], q[0]), max(p[1], q[1])) for p, q in pairwise(corners))
    return [edge for edge in edges if min(edge.x1 - edge.x0, edge.y1 - edge.y0) < 0.5]
