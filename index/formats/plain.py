"""Plain text."""

from __future__ import annotations

from index.document import Extracted
from index.formats.decoding import decode
from index.formats.wording import with_letters


class Plain:
    """Reads .txt files: the text exactly as it is written, whatever its encoding."""

    def read(self, content: bytes, *, name: str) -> Extracted:
        """The text, its lines ended by a line feed alone.

        Raises:
            SourceError: it is no text, holds none, or its encoding cannot be told.
        """
        text = decode(content, name=name).replace("\N{ZERO WIDTH NO-BREAK SPACE}", "")
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        return Extracted(text=with_letters(text, name=name))
