"""What was typed for the text of a glyph: letter forms and ligatures undone."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from index.formats.pdf_names import STRETCH, UNREADABLE

WORD_LIGATURES = "\ufdfa\ufdfb\ufdfc\ufdfd"  # typed as one character each, unlike the letter forms
_ALEFS = "اأإآٱ"
_WHOLE_WORDS = {"هلل": "لله", "هللا": "الله"}


@lru_cache(maxsize=8192)
def typed_letters(text: str, *, settled: bool = False) -> str:
    """What was typed for a glyph's text: letter forms and ligatures undone, invisible signs left out."""
    plain = "".join(_typed(letter) for letter in text)
    if plain.isspace():
        return " "
    plain = plain.strip() if len(plain) > 1 else plain
    if settled:
        return plain
    if len(plain) == 2 and plain[0] in _ALEFS and plain[1] == "ل":
        return plain[::-1]  # no font joins alef to the lam after it: this is a lam-alef named backwards
    return _WHOLE_WORDS.get(plain, plain)


def _typed(letter: str) -> str:
    if "\ufb50" <= letter <= "\ufdff" or "\ufe70" <= letter <= "\ufefe":
        if letter in WORD_LIGATURES:
            return letter
        undone = unicodedata.normalize("NFKC", letter)
        marks = undone.lstrip(" \N{ARABIC TATWEEL}")
        return marks if len(undone) > 1 and is_mark(marks) else undone
    if letter.isspace() or letter == "\N{NO-BREAK SPACE}":
        return " "
    if "\ue000" <= letter <= "\uf8ff":
        return "•" if "\uf0a0" <= letter <= "\uf0ff" else UNREADABLE
    if letter in (STRETCH, "\N{SOFT HYPHEN}"):
        return letter  # they tell where a word goes on; the paragraph loses them
    return "" if unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Cn") else letter


@lru_cache(maxsize=4096)
def is_mark(text: str) -> bool:
    """Whether the text is nothing but marks that stand on a letter."""
    return bool(text) and all(unicodedata.category(letter) == "Mn" for letter in text)
