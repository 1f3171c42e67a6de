"""Small PDF files drawn glyph by glyph, for what no printer makes on request."""

from __future__ import annotations

from collections.abc import Sequence

WIDTH = 6.0  # points: every glyph of these files, at 12 points
Drawn = tuple[float, float, Sequence[str]]  # x, y and the text of each glyph from left to right


def drawn(*pages: Sequence[Drawn], rotate: int = 0, named: bool = True, picture: bool = False) -> bytes:
    """A PDF whose pages show these runs of glyphs.

    ``named``: the file says which letters its shapes are. ``picture``: each page shows an image too.
    """
    texts = sorted({text for page in pages for _, _, glyphs in page for text in glyphs})
    codes = {text: at for at, text in enumerate(texts, start=128 - len(texts) // 2)}
    first, last = min(codes.values(), default=1), max(codes.values(), default=1)
    widths = " ".join(["500"] * (last - first + 1))
    unicode_map = _stream(_to_unicode(codes))
    image = "/XObject << /I 4 0 R >>" if picture else ""
    count = len(pages)
    kids = " ".join(f"{5 + 2 * at} 0 R" for at in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {count} /Kids [{kids}] >>",
        f"<< /Type /Font /Subtype /Type1 /BaseFont /Drawn"
        f" /FirstChar {first} /LastChar {last} /Widths [{widths}]"
        f" /Encoding << /Type /Encoding /Differences [{first} {' '.join(['/none'] * (last - first + 1))}] >>"
        f" {f'/ToUnicode {5 + 2 * count} 0 R' if named else ''} >>",
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8"
        " /Length 1 >>\nstream\n0\nendstream",
    ]
    for at, page in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Rotate {rotate}"
            f" /Resources << /Font << /F 3 0 R >> {image} >> /Contents {6 + 2 * at} 0 R >>"
        )
        objects.append(_stream(_content(page, codes) + ("\n/I Do" if picture else "")))
    objects.append(unicode_map)
    return _file(objects)


def _content(page: Sequence[Drawn], codes: dict[str, int]) -> str:
    runs = (
        f"BT /F 12 Tf 1 0 0 1 {x} {y} Tm <{''.join(f'{codes[g]:02X}' for g in glyphs)}> Tj ET" for x, y, glyphs in page
    )
    return "\n".join(runs)


def _to_unicode(codes: dict[str, int]) -> str:
    rows = "\n".join(f"<{code:02X}> <{text.encode('utf-16-be').hex()}>" for text, code in codes.items())
    return (
        "/CIDInit /ProcSet findresource begin begincmap\n1 begincodespacerange <00> <FF> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{rows}\nendbfchar\nendcmap end"
    )


def _stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def _file(objects: Sequence[str]) -> bytes:
    parts = ["%PDF-1.7\n"]
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(sum(map(len, parts)))
        parts.append(f"{number} 0 obj\n{body}\nendobj\n")
    start = sum(map(len, parts))
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    parts.append(
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
        f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    )
    return "".join(parts).encode("ascii")
