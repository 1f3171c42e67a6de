"""Folding: the one spelling under which text is searched, and the way back to the original letters.

Folding is for searching only. What is shown to people is always cut out of the original text, by the
offsets that `Folded` keeps. Every step works on one character at a time (so the way back is exact);
the single exception, the thousands separator, only removes characters.

What is folded, and why:

* diacritics, tatweel, invisible direction marks: written or not at the author's whim;
* alef, hamza, ya and ta-marbuta forms: أ إ آ ٱ→ا, ى ئ→ي, ؤ→و, ة→ه, and the letters of Persian keyboards;
* presentation forms and ligatures (U+FB50..U+FEFF), full-width forms, Latin case and accents, by NFKD
  (which gives a diacritic that stands alone, as PDF files have them, a space to stand on: it is dropped too);
* both digit families, their decimal and thousands separators and percent signs: ٣٧٦٬٨٧٤ and 376,874
  are the same number 376874, ٪ is %.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from index.document import Span

FOLDING_VERSION: Final = 2
"""Raised whenever `fold` or `words` gives another result for some text: saved indexes name it."""

_LETTERS: Final = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ء": "",
    "ی": "ي", "ې": "ي", "ے": "ي", "ک": "ك", "گ": "ك", "ہ": "ه", "ھ": "ه", "ۀ": "ه", "ە": "ه", "ۃ": "ه",
    "پ": "ب", "چ": "ج", "ژ": "ز", "ڤ": "ف", "ڨ": "ق",
    "ـ": "", "٪": "%", "٫": ".", "٬": ",", "،": ",", "؛": ";", "؟": "?", "đ": "d", "ı": "i",
}  # fmt: skip
_INVISIBLE: Final = ("Mn", "Me", "Cf", "Cc")
_THOUSANDS: Final = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")
_TOKEN: Final = re.compile(r"\S+")
_REMEMBERED_TOKENS: Final = 200_000  # what stands between spaces; about 60 MB when full
_WORD: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?|[^\W\d_]+")


def _fold_character(character: str) -> str:
    """The folded form of one character: usually one character, sometimes none or several."""
    if character.isspace():
        return " "
    if unicodedata.decimal(character, None) is not None:
        return str(unicodedata.decimal(character))
    folded = "".join(
        _LETTERS.get(part, part)
        for part in unicodedata.normalize("NFKD", character).removeprefix(" ").casefold()
        if unicodedata.category(part) not in _INVISIBLE
    )
    return folded if folded == character else "".join(map(_fold_character, folded))


class _Table(dict[int, str]):
    """For `str.translate`: each character is folded once, when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_character(chr(code))
        return folded


_TABLE: Final = _Table()


def fold(text: str) -> str:
    """``text`` in the spelling used for searching. Folding twice changes nothing."""
    return _THOUSANDS.sub("", text.translate(_TABLE))


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text that remembers where each of its characters came from.

    ``origins[i]`` is the offset, in the original, of the character that gave ``text[i]``; one more
    entry holds the original's length.
    """

    text: str
    origins: tuple[int, ...]

    def original(self, start: int, end: int) -> Span:
        """The span of the original whose folding is ``text[start:end]``, diacritics after it included."""
        return Span(self.origins[start], max(self.origins[end], self.origins[end - 1] + 1))


def fold_aligned(text: str) -> Folded:
    """Like `fold`, with the way back: ``fold_aligned(text).text == fold(text)``."""
    pieces = [(piece, at) for at, character in enumerate(text) for piece in _TABLE[ord(character)]]
    whole = "".join(piece for piece, _ in pieces)
    dropped = {match.start() for match in _THOUSANDS.finditer(whole)}
    kept = [at for i, (_, at) in enumerate(pieces) if i not in dropped]
    return Folded(_THOUSANDS.sub("", whole), (*kept, len(text)))


class _Tokens(dict[str, tuple[str, ...]]):
    """The words of what stands between two spaces, each found once: folding never reaches across a space."""

    def __missing__(self, token: str) -> tuple[str, ...]:
        if len(self) >= _REMEMBERED_TOKENS:
            self.clear()
        # One object a word, in however many tokens it stands: then looking it up compares no letters.
        self[token] = found = tuple(map(sys.intern, _WORD.findall(fold(token))))
        return found


_TOKENS: Final = _Tokens()


def words(text: str) -> list[str]:
    """The folded words and numbers of ``text`` in order; punctuation is left out."""
    found: list[str] = []
    for token in text.split():
        found += _TOKENS[token]
    return found


def word_spans(text: str) -> list[tuple[str, Span]]:
    """Like `words`, each with the span of ``text`` that it was read from."""
    return [
        (word, Span(token.start() + start, token.start() + end))
        for token in _TOKEN.finditer(text)
        for word, start, end in _spans_in(token.group())
    ]


@lru_cache(maxsize=50_000)
def _spans_in(token: str) -> tuple[tuple[str, int, int], ...]:
    """The words of what stands between two spaces: folding never reaches across a space."""
    folded = fold_aligned(token)
    found = ((match.group(), folded.original(*match.span())) for match in _WORD.finditer(folded.text))
    return tuple((word, span.start, span.end) for word, span in found)
