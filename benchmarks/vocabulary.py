"""Made words and names, as frequent as real ones: a word's frequency is the inverse of its rank (Zipf's law)."""

from __future__ import annotations

import random
from functools import cache
from typing import Final

_VOCABULARY: Final = 400_000
_NAMES: Final = 20_000
_LETTERS: Final = "بتجحخدذرزسشصضطظعغفقكلمنهوي"
_PATTERNS: Final = (
    "{}ا{}{}", "م{}{}و{}", "ت{}{}ي{}", "{}{}ا{}ة", "م{}{}{}", "ا{}ت{}ا{}", "{}{}ي{}", "است{}{}ا{}",
    "{}{}{}ية", "م{}ا{}{}ة", "{}{}و{}", "إ{}{}ا{}", "ان{}{}ا{}", "{}وا{}{}", "م{}{}{}ات", "{}{}{}",
)  # fmt: skip
_SYLLABLES: Final = (
    "لونغ تاي خان هوا كا ماو نينه دوك فان ثيو مينه لوان سون بينه دا نانغ كوانغ نام فو ين هاي دو ها تينه باك "
    "جيا لاي كون توم دين بيان سا تشاو هونغ تان كي تري لام هيو ثوا نغاي بو ترا سوك فين هاو هوي كيم شوان آنه "
    "ثي كاو بانغ لانغ"
).split()


def word(chance: random.Random) -> str:
    """A word of Arabic roots in Arabic patterns, the frequent ones often."""
    return _word(_zipf(chance, _VOCABULARY))


def name(chance: random.Random, *, syllables: int) -> str:
    """The name of a place or a person, the frequent ones often."""
    return _name(_zipf(chance, _NAMES), syllables)


def _zipf(chance: random.Random, count: int) -> int:
    """A rank below ``count``, rank r about r times as rare as the first: the logarithm is evenly spread."""
    return int(count ** chance.random()) - 1


@cache
def _word(rank: int) -> str:
    chance = random.Random(f"word {rank}")
    return chance.choice(_PATTERNS).format(*chance.choices(_LETTERS, k=3))


@cache
def _name(rank: int, syllables: int) -> str:
    return " ".join(random.Random(f"name {rank} {syllables}").choices(_SYLLABLES, k=syllables))
