"""Which words are Arabic words, as far as the shipped embedder has learnt them."""

from __future__ import annotations

import json
from functools import cache
from typing import Final

from index.embedders.pieces import CONTINUED, light_stem
from index.embedders.static import SHIPPED, TOKENIZER_FILE

_SHORTEST: Final = 3  # letters; shorter pieces are mostly parts of words


def is_common(word: str) -> bool:
    """Whether the stem of a folded word is among the some 10,000 that are whole pieces of the shipped vocabulary.

    Reading these takes 12 ms, once.
    """
    stem = light_stem(word)
    return len(stem) >= _SHORTEST and stem in _stems()


@cache
def _stems() -> frozenset[str]:
    vocabulary = json.loads((SHIPPED / TOKENIZER_FILE).read_text(encoding="utf-8"))["model"]["vocab"]
    return frozenset(piece for piece in vocabulary if not piece.startswith(CONTINUED))
