"""Words of the dialects in a question: question words are put into standard Arabic, little words are left out.

Several of these words are also names or other words («شو» in «برنارد شو», «وين», «آية»), so they count by their
place only: where no standard question word begins the question, and, the doubtful ones, at its beginning or end.
Sure are Levantine, Egyptian and Gulf words; of Iraqi and the Maghreb's the plainest are here.
"""

from __future__ import annotations

import re
from typing import Final

from index.analysis import FUNCTION_WORDS
from index.arabic import word_spans


def _table(lines: str) -> dict[str, str]:
    pairs = (line.split(":") for line in lines.strip().splitlines())
    return {word: standard.strip() for standard, words in pairs for word in words.split()}


_ANYWHERE: Final = _table("""
    ما: ايش شنو شنوا شنوه شنهو شنهي اشنو ايشو وشو
    كم: قديش قديشه اديش قداش قديه كام شحال شكد شقد اشكد
    بكم: بكام بقديش بشحال
    متى: امتي امتا ايمتي ايمتا ايمته وقتاش فوقاش
    من: مين شكون
    لمن: لمين
    أين: فين وينه
    من أين: منين
    إلى أين: لوين لفين
    لماذا: ليش ليه علاش ولشو
    كيف: ازاي ازيي شلون اشلون كيفاش
""")
_AT_THE_BEGINNING: Final = _table("""
    ما: شو وش اش ايه
    من: منو
    أين: وين
    متى: شوكت
    هل: واش
    أي: انهي انهو
""")
_AT_THE_END: Final = _table("""
    ما: ايه
    أين: وين
    من: منو
""")
_LITTLE: Final = _table("""
    الذي: اللي
    : بتاع بتاعه بتاعت بتاعها بتاعتها بتوع تبعون تبعها تبعه ديال ديالها ديالو
    : عشان علشان مشان هيدا هيدي هادا هادي هاذا هاذي كده كدا دلوقتي هلق هسه لسه برضه برضو
""")
_LITTLE_IN_DIALECT: Final = _table(": ده دي هاي هذي بس تبع رح كمان هيك مش")
"""Other words too: left out only beside a word that is surely of a dialect."""

_BEFORE_A_VERB: Final = frozenset(("عم", "راح"))
_VERB: Final = re.compile(r"[يتنب]\w{2,}")
_HOW_MUCH: Final = ("قد", "اد")  # «قد إيه»
_LEADING: Final = frozenset("و ف هو هي هم طب طيب يعني".split())
_PREPOSITIONS: Final = frozenset("في من علي عن الي مع ب ل لحد حتي منذ".split())
_STANDARD: Final = frozenset("ما ماذا من كم بكم متي اين كيف لماذا هل اي ماهو ماهي لمن بماذا".split())
_STRETCHED: Final = re.compile(r"(\w)\1{2,}")
_VERSE: Final = re.compile("[آة]")  # «آية» and «اية» are a verse, not the question word «ايه»

QUESTION_WORDS: Final = _STANDARD | _ANYWHERE.keys() | _AT_THE_BEGINNING.keys() | frozenset("شو ليش".split())
"""Folded words, standard or of a dialect, with which a question may begin."""


def in_standard_arabic(text: str) -> str:
    """``text`` with the question words of dialects in standard Arabic, their little words left out.

    What is surely neither stays as it is; stretched question words («لييييش») lose their stretching.
    """
    spans = word_spans(text)
    folded = [_unstretched(word) for word, _ in spans]
    typed = [text[span.start : span.end] for _, span in spans]
    standard = _standard(folded, typed)
    pieces, at = [], 0
    for (_, span), better in zip(spans, standard, strict=True):
        if better is not None:
            pieces += [text[at : span.start], better]
            at = span.end
    return " ".join("".join([*pieces, text[at:]]).split())


def _unstretched(word: str) -> str:
    """A word without stretching if it is a question's or a function word then; else the word itself."""
    plain = _STRETCHED.sub(r"\1", word)
    known = plain in FUNCTION_WORDS or plain in QUESTION_WORDS or plain in _LITTLE
    return plain if known else word


def _standard(words: list[str], typed: list[str]) -> list[str | None]:
    """For each word what stands for it in standard Arabic, None if it stays."""
    first = next((at for at, word in enumerate(words) if word not in _LEADING), 0)
    found: list[str | None] = [_LITTLE.get(word) for word in words]
    if words and words[first].removeprefix("و") not in _STANDARD:
        for at in range(len(words)):
            if not _VERSE.search(typed[at]):
                asking = _question_word(words, at, first)
                found[at] = found[at] if asking is None else asking
    if any(each is not None for each in found):
        for at, word in enumerate(words):
            verb_follows = at + 1 < len(words) and _VERB.fullmatch(words[at + 1])
            if word in _LITTLE_IN_DIALECT or (word in _BEFORE_A_VERB and verb_follows):
                found[at] = ""
    return [
        _STRETCHED.sub(r"\1", raw) if better is None and word in FUNCTION_WORDS and _STRETCHED.search(raw) else better
        for word, raw, better in zip(words, typed, found, strict=True)
    ]


def _question_word(words: list[str], at: int, first: int) -> str | None:
    word = words[at]
    if word == "ايه" and at and words[at - 1] in _HOW_MUCH:
        return ""
    if word in _HOW_MUCH and words[at + 1 : at + 2] == ["ايه"]:
        return "كم"
    if at == first or (at and words[at - 1] in _PREPOSITIONS):
        bare = word.removeprefix("و") if len(word) > 3 else word
        return _AT_THE_BEGINNING.get(word) or _ANYWHERE.get(word) or _AT_THE_BEGINNING.get(bare) or _ANYWHERE.get(bare)
    if at == len(words) - 1 or (at + 1 < len(words) and words[at + 1] in ("هو", "هي")):
        return _ANYWHERE.get(word) or _AT_THE_END.get(word)
    return _ANYWHERE.get(word)
