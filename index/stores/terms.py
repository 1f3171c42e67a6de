"""Under which terms passages are found, and what each counts: the same in every lexical store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from index.analysis import spaced, terms
from index.protocols import LexicalRow

STEMS: Final = "stems"
GRAMS: Final = "grams"
HEADING: Final = "heading"
FIELDS: Final = (STEMS, GRAMS, HEADING)
"""In the order in which a `LexicalRow` holds them."""

# On XQuAD-ar / TyDi-ar, R@1 of the ranking alone is 91.3 / 85.4 without the heading, 91.2 / 86.2 with 0.2 and
# 90.4 / 86.1 with 0.5 of it.
_BOOSTS: Final = {STEMS: 1.0, GRAMS: 1.0, HEADING: 0.25}

# In large libraries, grams that many passages hold are not looked up: they say little and take long. At 100,000 made
# passages a search takes 2.0 ms instead of 7.0 without those of over a fifth, with R@1 of 92.8 % instead of 93.4 %; at
# 1,000,000 R@1 is 87.7 % with grams of at most 200,000 passages, of 40,000 and of 20,000.
_GRAM_SHARE: Final = 0.2
_GRAM_PASSAGES: Final = 5_000
_MOST_GRAM_PASSAGES: Final = 40_000

# Stems too, from far more on: at 1,000,000 made passages the median answer takes 24 ms instead of 33 without those of
# over 30 %, the slowest twentieth 41 instead of 70, with the same R@1.
_STEM_SHARE: Final = 0.3
_STEM_PASSAGES: Final = 100_000

Term = tuple[str, str]
"""A field and what is indexed in it."""


def lexical_row(body: Sequence[str], heading: Sequence[str]) -> LexicalRow:
    """Stems, grams and grams of the heading, each separated by spaces."""
    return (*spaced(body), spaced(heading)[1])


class Wanted:
    """Which terms a question is looked up under in a library of so many passages, by how many hold each."""

    def __init__(self, passages: int, holding: Callable[[str, str], int]) -> None:
        self._holding = holding
        grams = min(max(_GRAM_PASSAGES, _GRAM_SHARE * passages), _MOST_GRAM_PASSAGES)
        self._most = {STEMS: max(_STEM_PASSAGES, _STEM_SHARE * passages), GRAMS: grams, HEADING: grams}

    def terms(self, words: Sequence[str]) -> dict[Term, float]:
        """The terms, and the weight of each; if very many passages hold them all, the stems alone."""
        every = _weights(words)
        telling = {term: weight for term, weight in every.items() if self._holding(*term) <= self._most[term[0]]}
        return telling or {term: weight for term, weight in every.items() if term[0] == STEMS}


def _weights(words: Sequence[str]) -> dict[Term, float]:
    times: Counter[Term] = Counter()
    for word in words:
        each = terms(word)
        times[STEMS, each.stem] += 1
        times.update((field, gram) for field in (GRAMS, HEADING) for gram in each.grams)
    return {(field, term): _BOOSTS[field] * count for (field, term), count in times.items()}
