"""The documents' texts in one file, from which any slice is read without the rest.

A text is stored with two bytes a character, or four where a character needs them (beyond U+FFFF): so the
place of the n-th code point is known, and an excerpt is ``text[start:end]`` whatever the size of the document.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final, NamedTuple

_FILE: Final = "texts.bin"
CODECS: Final = {2: "utf-16-le", 4: "utf-32-le"}
"""How a text is written with so many bytes a character."""


class Place(NamedTuple):
    """Where a text lies in the file: first byte, characters, bytes a character."""

    at: int
    length: int
    width: int


def encoded_text(text: str) -> tuple[bytes, int]:
    """A text as it is stored, and its bytes a character."""
    encoded = text.encode(CODECS[2])
    if len(encoded) > 2 * len(text):  # a character took two units
        return text.encode(CODECS[4]), 4
    return encoded, 2


class TextWriter:
    """Appends texts to the file of a new generation, or of one that goes on."""

    def __init__(self, folder: Path) -> None:
        self._file = (folder / _FILE).open("ab")

    def add(self, text: str) -> Place:
        """Appends ``text`` and says where it lies."""
        encoded, width = encoded_text(text)
        at = self._file.tell()
        self._file.write(encoded)
        return Place(at, len(text), width)

    def close(self) -> None:
        """Writes out what is buffered."""
        self._file.close()


class Texts:
    """The texts of an opened generation; any number of threads may read, also when the file is removed.

    They are read, not mapped: a mapped page counts as memory taken until another process needs it.
    """

    def __init__(self, folder: Path) -> None:
        self._file = (folder / _FILE).open("rb", buffering=0)

    def slice(self, place: Place, start: int, end: int) -> str:
        """Exactly ``text[start:end]`` of the text at ``place``, offsets within it."""
        if not 0 <= start <= end <= place.length:
            raise IndexError(f"{start}..{end} of a text of {place.length}")
        first, last = (place.at + offset * place.width for offset in (start, end))
        read = os.pread(self._file.fileno(), last - first, first)
        if len(read) < last - first:
            raise OSError(f"{_FILE} was cut off")
        return read.decode(CODECS[place.width])
