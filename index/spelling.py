"""When two spellings are those of one name.

Names brought into Arabic from other scripts are spelt as each writer hears them: لونغ آن and لونج آن, تاي نينه and
تاي نين, خان هوا and خانه هوا. Their letters may differ where they stand for one sound, in doubled letters, in an ه or
ا at the end, and in one vowel letter between two consonants; never in a consonant, because that is another place
(كوانغ نام and كوانغ نينه, فينه and بينه), nor in vowels that meet (ها جيانغ and هاو جيانغ).

Names with the Arabic article have one spelling, up to folding: المنصورة is not المنصورية.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

_SOUNDS: Final = str.maketrans("غقطثصضذظ", "جكتتسدزز")  # letters that stand for one foreign sound
_DOUBLED: Final = re.compile(r"(.)\1+")
_SHORTEST: Final = 5  # letters of a name that may be spelt in another way: shorter ones are too alike
_SHORTEST_WITH_VOWEL: Final = 6  # of the longer of two names that differ in a vowel letter
_VOWELS: Final = frozenset("اويه")
_LOOKED_AT: Final = 5  # letters that give two, were each doubled


def joined(words: Sequence[str]) -> str:
    """Folded words as one spelling, whatever spaces it was written with."""
    return "".join(words)


def sound(spelling: str) -> str | None:
    """What spellings of one foreign name have in common; None for a name that has only one spelling."""
    if spelling.startswith("ال"):
        return None
    at_end = spelling.endswith(("ه", "ا"))
    plain = _plain(spelling)
    plain = plain[:-1] if at_end else plain
    return plain if len(_alike(spelling)) - at_end >= _SHORTEST else None


def shortened(sounded: str) -> set[str]:
    """A sound without one of the vowel letters that stand between two consonants; these count once if they are one."""
    if len(sounded) < _SHORTEST_WITH_VOWEL:
        return set()
    return {
        _DOUBLED.sub(r"\1", sounded[:at] + sounded[at + 1 :])
        for at in range(1, len(sounded) - 1)
        if sounded[at] in _VOWELS and _VOWELS.isdisjoint((sounded[at - 1], sounded[at + 1]))
    }


def openings(spelling: str) -> set[str]:
    """The first two letters, in all spellings of a name, as `opening` gives them: to pass quickly over other words."""
    plain = _plain(spelling)
    vowels = {plain[0] + vowel for vowel in _VOWELS} if sound(spelling) else set()
    after_vowel = {plain[0] + plain[2]} if len(plain) > 2 and plain[1] in _VOWELS else set()
    return {plain[:2]} | vowels | after_vowel


@lru_cache(maxsize=50_000)
def opening(text: str) -> str:
    """The first two letters of folded text without spaces, letters of one sound taken for one."""
    return _plain(text[:_LOOKED_AT])[:2]


def _plain(spelling: str) -> str:
    return _DOUBLED.sub(r"\1", _alike(spelling))


def _alike(spelling: str) -> str:
    """Letters of one sound taken for one, doubled ones left."""
    return spelling.translate(_SOUNDS).replace("تش", "ش")
