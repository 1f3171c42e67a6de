"""Why a file cannot be taken, or one beside the documents not be understood: codes with their values.

The English sentence of each stands here, for terminals and logs; who speaks another language has a sentence for each.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeAlias

Value: TypeAlias = int | str


class Reason(StrEnum):
    """What can be wrong with a file. `SENTENCES` names the values that belong to each."""

    # What is in it
    EMPTY = "empty"
    NO_TEXT = "no-text"
    NOTHING_TO_SEARCH = "nothing-to-search"
    LOCKED = "locked"
    CUT_OFF = "cut-off"

    # Text
    NOT_TEXT = "not-text"
    DAMAGED_TEXT = "damaged-text"
    UNKNOWN_ENCODING = "unknown-encoding"
    EITHER_ENCODING = "either-encoding"
    WRONG_ENCODING = "wrong-encoding"

    # Word
    NOT_WORD = "not-word"
    OLD_WORD = "old-word"
    DAMAGED_XML = "damaged-xml"
    DAMAGED_PART = "damaged-part"
    STRANGE_PART = "strange-part"
    STRANGE_PACKING = "strange-packing"
    UNPACKS_TO_TOO_MUCH = "unpacks-to-too-much"
    PACKED_TOO_TIGHTLY = "packed-too-tightly"

    # PDF
    NOT_PDF = "not-pdf"
    DAMAGED_PDF = "damaged-pdf"
    TOO_DEEP = "too-deep"
    NO_PAGES = "no-pages"
    TOO_MANY_PAGES = "too-many-pages"
    SCANNED = "scanned"
    WITHOUT_LETTERS = "without-letters"
    DAMAGED_PAGE = "damaged-page"
    CROWDED_PAGE = "crowded-page"
    UNNAMED_LETTERS = "unnamed-letters"
    UNKNOWN_CODING = "unknown-coding"
    REVERSED = "reversed"

    # Reading it
    UNKNOWN_KIND = "unknown-kind"
    TOO_MUCH_MEMORY = "too-much-memory"
    TOO_SLOW = "too-slow"
    READER_FAILED = "reader-failed"
    READER_CRASHED = "reader-crashed"
    READER_NOT_STARTED = "reader-not-started"
    READING_STOPPED = "reading-stopped"
    CANNOT_BE_OPENED = "cannot-be-opened"
    CANNOT_BE_READ = "cannot-be-read"

    # Finding it
    MISSING = "missing"
    NO_PERMISSION = "no-permission"
    NO_PATH = "no-path"
    UNSHOWABLE_NAME = "unshowable-name"
    SAME_NAME = "same-name"
    NOT_ORDINARY = "not-ordinary"
    TOO_LARGE = "too-large"
    LINK_TO_NOTHING = "link-to-nothing"
    LINK_TO_ITSELF = "link-to-itself"
    LINK_TO_ITS_FOLDER = "link-to-its-folder"

    # Files beside the documents
    NOT_UNDERSTOOD = "not-understood"
    NO_LETTERS = "no-letters"
    TWO_PLACES = "two-places"

    # What an older version kept as a sentence
    TOLD = "told"


SENTENCES: Final[dict[Reason, str]] = {
    Reason.EMPTY: "holds no text: the file is empty",
    Reason.NO_TEXT: "holds no text",
    Reason.NOTHING_TO_SEARCH: "holds no text that can be searched",
    Reason.LOCKED: "is protected by a password: save a copy without one",
    Reason.CUT_OFF: "is damaged or cut off before its end: copy or download it again",
    Reason.NOT_TEXT: "is not a text file: it holds bytes that stand for no character",
    Reason.DAMAGED_TEXT: (
        "is {encoding} text with a damaged character at byte {byte}: mend it or save it again as UTF-8"
    ),
    Reason.UNKNOWN_ENCODING: "is written in an encoding that cannot be told: save it as UTF-8",
    Reason.EITHER_ENCODING: "is too short to tell whether it is windows-1256 or ISO 8859-6: save it as UTF-8",
    Reason.WRONG_ENCODING: "says it is {encoding} but is not, at byte {byte}: save it as UTF-8",
    Reason.NOT_WORD: "is not a Word document: save it in Word as .docx",
    Reason.OLD_WORD: "is an old Word file (.doc): open it in Word and save it as .docx",
    Reason.DAMAGED_XML: "is damaged: its part {part} is not sound XML",
    Reason.DAMAGED_PART: "is damaged: its part {part} cannot be unpacked",
    Reason.STRANGE_PART: "is refused: its part {part} declares a DTD, as no Word file does",
    Reason.STRANGE_PACKING: "is protected by a password or packed in a way Word does not use: save it again in Word",
    Reason.UNPACKS_TO_TOO_MUCH: "would unpack from {packed} MB to {unpacked} MB, over the limit of {limit} MB",
    Reason.PACKED_TOO_TIGHTLY: (
        "would unpack from {packed} MB to {unpacked} MB, which no report does: it looks made to fill the memory"
    ),
    Reason.NOT_PDF: "is not a PDF file, whatever its name says",
    Reason.DAMAGED_PDF: "is damaged ({error}): export it again",
    Reason.TOO_DEEP: "has a structure too large or too deep to be read",
    Reason.NO_PAGES: "has no pages that can be found: export it again",
    Reason.TOO_MANY_PAGES: "has more than {count:,} pages: split it",
    Reason.SCANNED: (
        "{bare} of its {pages} pages have no text in them; it is scanned: run text recognition (OCR) on it first"
    ),
    Reason.WITHOUT_LETTERS: "{bare} of its {pages} pages have no text in them; it is made without letters",
    Reason.DAMAGED_PAGE: "page {page} is damaged: export the file again",
    Reason.CROWDED_PAGE: "page {page} draws more letters than a page of text holds",
    Reason.UNNAMED_LETTERS: "page {page} does not say which letters its shapes are: export it again with another font",
    Reason.UNKNOWN_CODING: "page {page} names its letters in an unknown coding: export it again",
    Reason.REVERSED: "page {page} comes out with its Arabic words backwards: give the original document instead",
    Reason.UNKNOWN_KIND: "is of no known kind; known are {known}",
    Reason.TOO_MUCH_MEMORY: "needs too much memory to read",
    Reason.TOO_SLOW: "took longer than {seconds} s to read",
    Reason.READER_FAILED: "cannot be read: its reader failed with {error}; the file may be damaged",
    Reason.READER_CRASHED: "its reader crashed ({status}); the file may be damaged",
    Reason.READER_NOT_STARTED: "its reader could not start ({status}); the file may be damaged",
    Reason.READING_STOPPED: "was not read: the reading was stopped",
    Reason.CANNOT_BE_OPENED: "cannot be opened: {text}",
    Reason.CANNOT_BE_READ: "cannot be read: {text}",
    Reason.MISSING: "does not exist",
    Reason.NO_PERMISSION: "cannot be opened: permission denied",
    Reason.NO_PATH: "is no path a file can have",
    Reason.UNSHOWABLE_NAME: "has characters in its name that cannot be shown: rename it",
    Reason.SAME_NAME: "has the same name as {other}, which is taken already: rename one of them",
    Reason.NOT_ORDINARY: "is no ordinary file, but a pipe, a socket or a device",
    Reason.TOO_LARGE: "is too large: {size} MB, over the limit of {limit} MB (DALIL_MAX_FILE_MB)",
    Reason.LINK_TO_NOTHING: "is a link to nothing: remove it",
    Reason.LINK_TO_ITSELF: "is a link that leads back to itself: remove it",
    Reason.LINK_TO_ITS_FOLDER: "is a link to a folder that holds it: remove the link",
    Reason.NOT_UNDERSTOOD: "{text}",
    Reason.NO_LETTERS: "'{spelling}' holds no letters",
    Reason.TWO_PLACES: "'{spelling}' is a spelling of '{first}' and of '{second}': keep one of them",
    Reason.TOLD: "{text}",
}
"""What is said of a file in English, after its name."""


@dataclass(frozen=True, slots=True)
class Cause:
    """A reason with its values, by their names; as text it is the English sentence."""

    reason: Reason
    values: tuple[tuple[str, Value], ...] = ()

    @classmethod
    def of(cls, reason: Reason, **values: Value) -> Cause:
        """A reason with the values that its sentence has places for."""
        return cls(reason, tuple(values.items()))

    def __str__(self) -> str:
        return SENTENCES[self.reason].format(**dict(self.values))
