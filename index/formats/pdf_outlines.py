"""The stroke that stretches Arabic words to the margin, known by its outline.

LibreOffice and others lengthen words with the tatweel of the font but do not say what that shape is,
or say something wrong. It is the one shape of a font that is a low flat bar as long as its advance.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

from pdfminer.pdffont import PDFFont
from pdfminer.pdftypes import PDFStream, resolve1

MOST_HEIGHT = 0.16  # of the letter size: vowel marks are as flat but stand elsewhere or are shorter
REACH = 0.03  # of the letter size: how far the bar may end before its advance


class Outline(NamedTuple):
    """The box of a shape and its advance, in letter sizes."""

    x0: float
    y0: float
    x1: float
    y1: float
    advance: float


def is_stretch(font: PDFFont, cid: int) -> bool:
    """Whether this shape of an embedded TrueType font is a tatweel; unknown outlines are none."""
    stream = resolve1(font.descriptor.get("FontFile2"))
    if not isinstance(stream, PDFStream):
        return False
    try:
        data = stream.get_data()
        outline = _outline(data, cid if font.is_multibyte() else _glyph_of(data, cid))
    except (struct.error, KeyError, IndexError):
        return False
    if outline is None or abs(outline.advance - font.char_width(cid)) > 0.02:
        return False
    flat = outline.y1 - outline.y0 <= MOST_HEIGHT and outline.y0 > -0.3 and outline.y1 < 0.4
    return flat and outline.advance > 0.02 and outline.x0 <= REACH and outline.x1 >= outline.advance - REACH


def _outline(data: bytes, glyph: int) -> Outline | None:
    tables = _tables(data)
    units = struct.unpack_from(">H", data, tables["head"] + 18)[0]
    long_places = struct.unpack_from(">h", data, tables["head"] + 50)[0] == 1
    if glyph >= struct.unpack_from(">H", data, tables["maxp"] + 4)[0]:
        return None
    places = ">2L" if long_places else ">2H"
    step = struct.calcsize(places) // 2
    start, end = struct.unpack_from(places, data, tables["loca"] + glyph * step)
    start, end = (start, end) if long_places else (2 * start, 2 * end)
    if start == end:
        return None
    x0, y0, x1, y1 = struct.unpack_from(">4h", data, tables["glyf"] + start + 2)
    widths = struct.unpack_from(">H", data, tables["hhea"] + 34)[0]
    advance = struct.unpack_from(">H", data, tables["hmtx"] + 4 * min(glyph, widths - 1))[0]
    return Outline(x0 / units, y0 / units, x1 / units, y1 / units, advance / units)


def _glyph_of(data: bytes, code: int) -> int:
    """The shape that a one-byte font draws for a code, by its table of bytes; the same number without one."""
    start = _tables(data).get("cmap")
    if start is None:
        return code
    count = struct.unpack_from(">H", data, start + 2)[0]
    for at in range(count):
        place = start + int(struct.unpack_from(">L", data, start + 8 + 8 * at)[0])
        if struct.unpack_from(">H", data, place)[0] == 0:
            return data[place + 6 + code]
    return code


def _tables(data: bytes) -> dict[str, int]:
    """Where each table of a TrueType file starts."""
    count = struct.unpack_from(">H", data, 4)[0]
    entries = (struct.unpack_from(">4s3L", data, 12 + 16 * at) for at in range(count))
    return {tag.decode("latin-1"): offset for tag, _, offset, _ in entries}
