"""PDF files: their glyphs, put back into the text that was typed.

The glyphs of a page (`pdf_glyphs`) become lines (`pdf_lines`), lines stand in columns and tables
(`pdf_layout`, `pdf_tables`), and each paragraph is read in its order (`pdf_paragraphs`, `pdf_bidi`).
A page that cannot be read right is refused by its number; nothing is guessed silently.
"""

from __future__ import annotations

import logging
import re
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from itertools import accumulate, islice

from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import LITERALS_FLATE_DECODE, PDFStream, resolve1
from pdfminer.utils import decode_text

from index.document import Extracted
from index.errors import NoTextLayer, ReversedText, SourceError
from index.formats.pdf_glyphs import Drawing, DrawingDevice, TooManyGlyphs
from index.formats.pdf_pages import Pages
from index.formats.text_sanity import MOST_MISREAD, MOST_UNKNOWN, is_reversed, misread_share, unknown_share
from index.reasons import Reason

MOST_PAGES = 5_000
BATCH = 32  # pages laid out together: enough to see what repeats on them, few enough for little memory
FEWEST_LETTERS = 3  # on a page with text; a scanned page has none
AFTER_THE_END = 2_048  # bytes that some mailers and servers leave behind the end of a file
LONGEST_TITLE = 300
_NO_TITLE = re.compile(
    r"untitled.*|document\s*\d*|microsoft (word|powerpoint|excel) ?-.*|about:blank|.*://.*|.*\.\w{2,5}|[\W\d_]*|.",
    re.IGNORECASE | re.DOTALL,
)


class Pdf:
    """Reads PDF files that hold their text as text; a scan has none and is refused."""

    def __init__(self) -> None:
        logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it warns of every small fault of a file

    def read(self, content: bytes, *, name: str) -> Extracted:
        """The text of a PDF, a paragraph to a line, with the place where each page starts.

        Raises:
            SourceError: not a PDF, cut off, locked, scanned, too long, or a page cannot be read right.

        """
        _check_whole(content, name)
        with _refusing(name):
            document, pages = _opened(content, name)
            title = _title(document)
        texts = _checked(list(_texts(pages, name)), name)
        starts = accumulate((len(text) + 1 for text in texts[:-1]), initial=0)
        return Extracted("\n".join(texts), page_starts=tuple(starts), title=title)


@contextmanager
def _refusing(name: str) -> Iterator[None]:
    """Turns whatever the parser raises into a reason for the person who sent the file."""
    try:
        yield
    except SourceError:
        raise
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise SourceError(name, Reason.LOCKED) from error
    except (MemoryError, RecursionError) as error:
        raise SourceError(name, Reason.TOO_DEEP) from error
    except Exception as error:  # a damaged file fails anywhere in the parser, with any type
        raise SourceError(name, Reason.DAMAGED_PDF, error=type(error).__name__) from error


def _check_whole(content: bytes, name: str) -> None:
    if not content.strip():
        raise SourceError(name, Reason.EMPTY)
    if b"%PDF-" not in content[:1024]:
        raise SourceError(name, Reason.NOT_PDF)
    end = content.rfind(b"%%EOF")
    if end < 0 or len(content) - end > AFTER_THE_END:
        raise SourceError(name, Reason.CUT_OFF)


def _opened(content: bytes, name: str) -> tuple[PDFDocument, list[PDFPage]]:
    document = PDFDocument(PDFParser(BytesIO(content)))
    pages = list(islice(PDFPage.create_pages(document), MOST_PAGES + 1))
    if not pages:
        raise SourceError(name, Reason.NO_PAGES)
    if len(pages) > MOST_PAGES:
        raise SourceError(name, Reason.TOO_MANY_PAGES, count=MOST_PAGES)
    return document, pages


def _texts(pages: Sequence[PDFPage], name: str) -> Iterator[str]:
    """The text of each page; a file of which most pages are pictures is refused."""
    manager = PDFResourceManager()
    device = DrawingDevice(manager)
    interpreter = PDFPageInterpreter(manager, device)
    layout = Pages()
    bare = pictured = 0
    for first in range(0, len(pages), BATCH):
        drawings = [
            _drawn(page, interpreter, device, where=(name, number))
            for number, page in enumerate(pages[first : first + BATCH], start=first + 1)
        ]
        empty = [drawing for drawing in drawings if drawing.letters < FEWEST_LETTERS]
        bare += len(empty)
        pictured += sum(drawing.pictures > 0 for drawing in empty)
        yield from layout.texts(drawings)
    if bare == len(pages) or 2 * pictured > len(pages):
        raise NoTextLayer(name, Reason.SCANNED if pictured else Reason.WITHOUT_LETTERS, bare=bare, pages=len(pages))


def _drawn(page: PDFPage, interpreter: PDFPageInterpreter, device: DrawingDevice, *, where: tuple[str, int]) -> Drawing:
    name, number = where
    with _refusing(name):
        if not all(_is_whole(resolve1(part)) for part in page.contents):
            raise SourceError(name, Reason.DAMAGED_PAGE, page=number)
        try:
            interpreter.process_page(page)
        except TooManyGlyphs as error:
            raise SourceError(name, Reason.CROWDED_PAGE, page=number) from error
    return device.drawing


def _is_whole(part: object) -> bool:
    """Whether a page's content unpacks to its end; the parser would take what it gets and say nothing."""
    if not isinstance(part, PDFStream) or part.rawdata is None or part.decipher:
        return True
    filters = part.get_filters()
    if not filters or filters[0][0] not in LITERALS_FLATE_DECODE:
        return True
    unpacking = zlib.decompressobj()
    try:
        unpacking.decompress(part.rawdata)
    except zlib.error:
        return False
    return unpacking.eof


def _checked(texts: list[str], name: str) -> list[str]:
    """The same pages, all of which can be read."""
    for page, text in enumerate(texts, start=1):
        if unknown_share(text) > MOST_UNKNOWN:
            raise SourceError(name, Reason.UNNAMED_LETTERS, page=page)
        if misread_share(text) > MOST_MISREAD:
            raise SourceError(name, Reason.UNKNOWN_CODING, page=page)
        if is_reversed(text):
            raise ReversedText(name, Reason.REVERSED, page=page)
    return texts


def _title(document: PDFDocument) -> str | None:
    """The title in the file's own description, unless a program filled it in or it is unreadable."""
    for about in document.info:
        value = resolve1(about.get("Title"))
        if not isinstance(value, bytes):
            continue
        title = " ".join(_decoded(value).split())
        sane = len(title) <= LONGEST_TITLE and title.isprintable() and misread_share(title) <= MOST_MISREAD
        if title and sane and not unknown_share(title) and not _NO_TITLE.fullmatch(title):
            return title
    return None


def _decoded(value: bytes) -> str:
    """The text of a description; bare UTF-8, which some programs write, is taken before the old coding."""
    if not value.startswith((b"\xfe\xff", b"\xff\xfe")):
        try:
            return value.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
        except UnicodeDecodeError:
            pass
    return decode_text(value)
