"""Whether text that came out of a file can be read: its letters known, its words the right way round."""

from __future__ import annotations

import re
from collections import Counter

MOST_UNKNOWN = 0.04  # of the letters of a page
MOST_MISREAD = 0.4  # of the letters: Latin ones with accents, as Arabic looks in the wrong coding
FEWEST_SIGNS = 3  # signs of reversed words before a page is judged
_WORDS = re.compile("[\u0620-\u064a\u0671-\u06d3]+")
_MARKS = re.compile("[\u064b-\u0652\u0670\u0640]")
_COMMON = frozenset(
    re.findall(
        r"\w+",
        "من في على إلى الى عن أن ان إن التي الذي هذا هذه ذلك كان كانت كما بين قد تم وقد وفي ومن وعلى حيث "
        "بعد قبل كل غير عند منذ حتى خلال عام مع ما لم لن أو ثم هو هي عدد وزارة ",
    )
)
_REVERSED = frozenset(word[::-1] for word in _COMMON) - _COMMON


def unknown_share(text: str) -> float:
    """How much of the text, spaces left out, has no known letter (``�`` or ``(cid:12)``)."""
    unknown = text.count("\N{REPLACEMENT CHARACTER}") + len(re.findall(r"\(cid:\d+\)", text))
    return unknown / max(1, sum(not letter.isspace() for letter in text))


def misread_share(text: str) -> float:
    """How many of the letters are Latin with accents: 0.1 in French, nearly all in misread Arabic."""
    letters = [letter for letter in text if letter.isalpha()]
    return sum("\u00c0" <= letter <= "\u00ff" for letter in letters) / max(1, len(letters))


def is_reversed(text: str) -> bool:
    """Whether the Arabic words of the text run backwards, by its commonest words and by word ends.

    Words such as ``من`` vote for the right order and ``نم`` against it; so do ``ال`` at a word's start
    and ``لا`` at the end of a longer one, and ``ة`` or ``ى``, which end words and never begin them.
    """
    votes: Counter[bool] = Counter()
    for word in _WORDS.findall(_MARKS.sub("", text)):
        votes[True] += (word in _REVERSED) + (word[0] in "ةىؤئ") + (len(word) > 3 and word.endswith("لا"))
        votes[False] += (word in _COMMON) + (word[-1] in "ةى") + (len(word) > 3 and word.startswith("ال"))
    return votes[True] >= FEWEST_SIGNS and votes[True] > 2 * votes[False]
