"""How much of a printed Arabic text comes back from its PDF.

    python -m benchmarks.pdf make seeds FOLDER      # print every text of a folder in many ways
    python -m benchmarks.pdf measure FOLDER         # NAME.txt beside NAME*.pdf: a line for each PDF

Words and adjacent pairs are compared as multisets of what stands between spaces, after invisible
direction marks are taken out; figures are the words that hold a digit. "naive" is pdfminer's own text.
"""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from pdfminer.high_level import extract_text

from benchmarks.pdf_printing import FONTS, STYLES, page, with_chromium, with_libreoffice, writer_document
from index.errors import SourceError
from index.formats.pdf import Pdf

_INVISIBLE = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c]")


class Share(NamedTuple):
    """Shares, from 0 to 1, of the source's words, adjacent pairs and figures that came back."""

    words: float
    pairs: float
    figures: float


def shares(source: str, found: str) -> Share:
    """What of ``source`` is in ``found``; a list's or a page's own numbers in ``found`` cost pairs only."""
    wanted, given = _words(source), _words(found)
    figures = [word for word in wanted if any(letter.isdigit() for letter in word)]
    return Share(_share(wanted, given), _share(list(pairwise(wanted)), list(pairwise(given))), _share(figures, given))


def _words(text: str) -> list[str]:
    return _INVISIBLE.sub("", text).split()


def _share(wanted: Sequence[object], given: Sequence[object]) -> float:
    both = Counter(wanted) & Counter(given)
    return sum(both.values()) / max(1, len(wanted))


def make(texts: Path, folder: Path) -> None:
    """Print every text below ``texts`` in every font and style."""
    folder.mkdir(parents=True, exist_ok=True)
    for source in sorted(texts.glob("*.txt")):
        text = source.read_text(encoding="utf-8")
        (folder / source.name).write_text(text, encoding="utf-8")
        (folder / f"{source.stem}-list.txt").write_text(numbered(text), encoding="utf-8")
        documents: dict[str, str] = {}
        for font in FONTS:
            short = font.replace(" ", "")
            for style in STYLES:
                content = page(text, font=font, style=style)
                start = f"{source.stem}-list" if style == "list" else source.stem
                with_chromium(content, folder / f"{start}-chromium-{short}-{style}.pdf")
                if style not in ("columns", "spaced"):
                    documents[f"{start}-office-{short}-{style}.html"] = content
            for columns, justified in ((1, False), (1, True), (2, False), (2, True)):
                name = f"{source.stem}-writer-{short}-{columns}col{'-justified' * justified}.fodt"
                documents[name] = writer_document(text, font=font, columns=columns, justified=justified)
            documents[f"{source.stem}-writer-{short}-heads.fodt"] = writer_document(
                text, font=font, header="التقرير السنوي للمحافظة", small_page=True
            )
        with_libreoffice(documents, folder)


def numbered(text: str) -> str:
    """The text as a numbered list shows it."""
    lines = [line for line in text.split("\n") if line.strip()]
    return "\n".join(f"{at}. {line}" for at, line in enumerate(lines, start=1))


def pairs_of_files(folder: Path) -> Iterator[tuple[Path, Path]]:
    """Each PDF with the longest-named text whose name begins its own."""
    texts = sorted(folder.glob("*.txt"), key=lambda path: -len(path.stem))
    for pdf in sorted(folder.glob("*.pdf")):
        source = next((text for text in texts if pdf.stem.startswith(text.stem)), None)
        if source:
            yield source, pdf


def measure(folder: Path) -> bool:
    """Print a line for each PDF; whether all reach 99 % of words and 98 % of pairs."""
    print(f"{'file':60} {'words':>7} {'pairs':>7} {'figures':>7} {'ms/page':>8}   naive: words, pairs, figures")
    good = True
    for source, pdf in pairs_of_files(folder):
        text = source.read_text(encoding="utf-8")
        content = pdf.read_bytes()
        started = time.perf_counter()
        try:
            extracted = Pdf().read(content, name=pdf.name)
        except SourceError as error:
            print(f"{pdf.name:60} refused: {error.reason}")
            good = False
            continue
        spent = 1000 * (time.perf_counter() - started) / len(extracted.page_starts)
        ours, naive = shares(text, extracted.text), shares(text, extract_text(BytesIO(content)))
        mark = "" if ours.words >= 0.99 and ours.pairs >= 0.98 and ours.figures == 1 else "  <-- below"
        good = good and not mark
        print(
            f"{pdf.name:60} {ours.words:7.4f} {ours.pairs:7.4f} {ours.figures:7.3f} {spent:8.0f}"
            f"   {naive.words:.2f} {naive.pairs:.2f} {naive.figures:.2f}{mark}"
        )
    return good


def main(arguments: Sequence[str]) -> int:
    match arguments:
        case ["make", texts, folder]:
            make(Path(texts), Path(folder))
            return 0
        case ["measure", folder]:
            return 0 if measure(Path(folder)) else 1
        case _:
            print(__doc__)
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
