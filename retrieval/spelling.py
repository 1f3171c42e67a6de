"""Mends words of a question that no passage has: stretched letters, a missing space, one wrong letter.

Nothing that occurs in the library is ever changed, nor common words («الحرب» is not «الحزب»), numbers, Latin words and
words of fewer than four letters. (Leaving common words leaves 2.4 % of XQuAD-ar's questions changed instead of 3.8 %;
of questions with one slip in their longest word it restores 62 % instead of 64 %.)
A missing space and a wrong letter are mended only with words of the passages that the question, as typed, finds
first: of 4,000 questions of AAQAD, that mends 1.4 % instead of the 11 % whose unknown words are one letter away from
some word of the library, mostly another one. In a question whose words all occur this costs a look-up a word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby, islice, product
from typing import Final

from index.analysis import FUNCTION_WORDS, heading_words, terms
from index.arabic import word_spans
from index.arabic import words as folded_words
from index.embedders.lexicon import is_common
from index.library import Library
from retrieval.dialect import QUESTION_WORDS
from retrieval.question import Question, understand

_PASSAGES: Final = 8  # that repairs are looked for in
_LOOKED_AT: Final = 32  # passages, where some documents are not to be seen: the first may all be theirs
_SHORTEST: Final = 4  # letters of a word that is mended
_SHORTEST_PART: Final = 3  # letters of a content word that a missing space glued to another
_LONGEST: Final = 30  # letters: longer ones are no words
_OPTIONS: Final = 16  # ways of undoing stretched letters that are tried
_ARABIC: Final = re.compile("[ء-ي]+")
_STRETCHED: Final = re.compile(r"(\w)\1{2,}")
_ENDS_A_WORD: Final = re.compile(r"(?<=ة)(?=[ء-ي]{3})")
_ENDINGS: Final = frozenset("اهيوتنكم")  # a change of these at the end is another form, not a slip
_ASKING: Final = QUESTION_WORDS | frozenset("التي الذي الذين لماذا".split())
_LITTLE: Final = FUNCTION_WORDS - frozenset("و ف ب ل ك او ثم قد لم لن لا هم هي بم فما اي".split())
_ALIKE: Final = frozenset(  # letters that sound alike, stand side by side on the keyboard, or differ by dots
    frozenset(pair)
    for pair in (
        "قغ قك غج قج جغ كج تط دض ضظ ذز ذد زظ سص ثس ثت حه خح عا عغ هه وا يا وي فق بت تث بن نت يت يب جح جخ صض طظ رز سش"
    ).split()
)
_LIKELY, _LESS_LIKELY, _UNLIKELY = 1, 2, 3
_LETTERS_FOR: Final = {_LIKELY: 0, _LESS_LIKELY: 5, _UNLIKELY: 6}  # fewest letters of a word, without the article


def mend(library: Library, question: Question, *, without: frozenset[int] = frozenset()) -> Question:
    """``question`` with those of its words mended that the library lacks; itself if none is, or it asks nothing.

    ``without``: rows of documents whose words are not known, so that no repair tells of them.
    """
    if question.is_empty:
        return question
    seen = _Seen(library, without)
    unknown = [word for word in question.words if _may_be_mended(word) and not seen.frequency(word)]
    if not unknown:
        return question
    near = seen.near(question.words)
    stems = {terms(each).stem for each in near}  # with those of titles, which the store does not count
    repairs = {
        word: repair
        for word in unknown
        if terms(word).stem not in stems and (repair := _repair(seen, question, word, near))
    }
    if not repairs:
        return question
    mended = understand(_replaced(question.understood, repairs))
    return replace(mended, asked=question.asked) if mended.words else question


@dataclass(frozen=True)
class _Seen:
    """The words of a library, but for those of the documents ``without``."""

    library: Library
    without: frozenset[int]

    def frequency(self, word: str) -> int:
        """In how many passages the stem of a folded word occurs; 1 for any number where some are not seen."""
        words, count = self.library.words, self.library.words.frequency(word)
        if not count or count > self._withheld:
            return count
        return int(any(words.holds(row, [word]) for row in self._found([word], _LOOKED_AT)))

    @cached_property
    def _withheld(self) -> int:
        """How many passages are not seen: what more of them hold, others hold too."""
        return sum(len(self.library.documents.record(row).passages) for row in self.without)

    def near(self, sought: Sequence[str]) -> Counter[str]:
        """In how many of the passages found first for ``sought`` each word stands, titles and places included."""
        near: Counter[str] = Counter()
        for row in self._found(sought, _LOOKED_AT if self.without else _PASSAGES)[:_PASSAGES]:
            passage = self.library.passages[row]
            heading = heading_words(self.library.documents.record(passage.document).about)
            near.update({*folded_words(self.library.passage_text(passage)), *heading})
        return near

    def _found(self, sought: Sequence[str], top: int) -> list[int]:
        hits = self.library.words.search(sought, top=top)
        return [hit.row for hit in hits if self.library.passages[hit.row].document not in self.without]


def _may_be_mended(word: str) -> bool:
    return _SHORTEST <= len(word) <= _LONGEST and _ARABIC.fullmatch(word) is not None and not is_common(word)


def _replaced(text: str, repairs: dict[str, str]) -> str:
    """``text`` with whole words replaced, each wherever it stands."""
    pieces, at = [], 0
    for word, span in word_spans(text):
        if word in repairs:
            pieces += [text[at : span.start], repairs[word]]
            at = span.end
    return "".join([*pieces, text[at:]])


def _repair(seen: _Seen, question: Question, word: str, near: Counter[str]) -> str | None:
    """The best repair: what is surest comes first."""
    return (
        _unstretched(seen, word)
        or _question_word(word)
        or _split_after_its_ending(seen, question, word)
        or _split(seen, word, near)
        or _one_slip(word, near)
        or _undoubled(seen, word)
    )


def _unstretched(seen: _Seen, word: str) -> str | None:
    """The commonest word that three or more equal letters in a row may stand for, with one of them or two."""
    if not _STRETCHED.search(word):
        return None
    runs = [(letter, len(list(run))) for letter, run in groupby(word)]
    options = product(*((letter, letter * 2) if count > 2 else (letter * count,) for letter, count in runs))
    known = {each: seen.frequency(each) for each in map("".join, islice(options, _OPTIONS))}
    best = max(known, key=lambda each: known[each])
    return best if known[best] else None


def _question_word(word: str) -> str | None:
    """«لمادا» for «لماذا»: a word that asks, with a letter that looks or sounds alike."""
    return next((each for each in sorted(_ASKING) if len(each) == len(word) and _slip(word, each) == _LIKELY), None)


def _split_after_its_ending(seen: _Seen, question: Question, word: str) -> str | None:
    """«المقاطعةالجديدة»: ة ends a word, so a space is missing after it."""
    for each, span in word_spans(question.understood):
        typed = question.understood[span.start : span.end]
        if each == word and _ENDS_A_WORD.search(typed):
            parted = _ENDS_A_WORD.sub(" ", typed)
            if any(map(seen.frequency, folded_words(parted))):
                return parted
    return None


def _split(seen: _Seen, word: str, near: Counter[str]) -> str | None:
    """Two words that a missing space made one, a little word perhaps before them («فيخانهوا»)."""
    if found := _parted(seen, word, near):
        return found
    for length in (2, 3):
        little, rest = word[:length], word[length:]
        if little in _LITTLE and len(rest) >= _SHORTEST and (found := _parted(seen, rest, near)):
            return f"{little} {found}"
    return None


def _parted(seen: _Seen, word: str, near: Counter[str]) -> str | None:
    """The two parts whose rarer one is commonest in the passages near by."""
    weights: dict[str, int] = {}
    for at in range(2, len(word) - 1):
        left, right = word[:at], word[at:]
        if left in _LITTLE and len(right) >= _SHORTEST:
            weights[f"{left} {right}"] = near[right]
        elif min(at, len(right)) >= _SHORTEST_PART:
            weights[f"{left} {right}"] = min(near[left], near[right]) or _with_article(seen, left, right)
    best = max(weights, key=lambda parts: weights[parts], default="")
    return best if weights.get(best) else None


def _with_article(seen: _Seen, left: str, right: str) -> int:
    """1 if ``right`` begins as a word does after another, and both occur somewhere."""
    begins = right.startswith("ال") and len(right) > _SHORTEST and len(left) >= _SHORTEST
    return int(begins and bool(seen.frequency(left) and seen.frequency(right)))


def _one_slip(word: str, near: Counter[str]) -> str | None:
    """The likeliest word near by that differs by one slip, the commonest of several."""
    letters = len(word.removeprefix("ال"))
    slips = {each: slip for each in near if (slip := _slip(word, each)) and letters >= _LETTERS_FOR[slip]}
    return min(slips, key=lambda each: (slips[each], -near[each], each), default=None)


def _undoubled(seen: _Seen, word: str) -> str | None:
    """A letter typed twice, typed once: the only slip that is mended with any word of the library."""
    pairs = (at for at in range(2, len(word)) if word[at] == word[at - 1] and not word.startswith("الل", 0, at + 1))
    options = [word[:at] + word[at + 1 :] for at in pairs]
    return next((each for each in options if seen.frequency(each)), None)


def _slip(typed: str, meant: str) -> int | None:
    """How unlikely the one slip is that makes ``meant`` into ``typed``; None if it takes more, or is another form.

    Forms of one word differ at their first letter (prefixes) or by the endings: such words are left to the ranking.
    """
    if abs(len(typed) - len(meant)) > 1 or typed[:1] != meant[:1] or min(len(typed), len(meant)) < _SHORTEST - 1:
        return None
    shorter = min(len(typed), len(meant))
    start = next((at for at in range(shorter) if typed[at] != meant[at]), shorter)
    end = next((at for at in range(shorter - start) if typed[-1 - at] != meant[-1 - at]), shorter - start)
    wrong, right = typed[start : len(typed) - end], meant[start : len(meant) - end]
    changed = frozenset(wrong + right)
    possessive = end == 1 and typed[-1] == "ه" and changed <= frozenset("تن")  # «سلطته» beside «سلطة»
    if not changed or possessive or (not end and wrong != right[::-1] and changed <= _ENDINGS):
        return None
    if len(wrong) == len(right) == 1:
        return _LIKELY if frozenset((wrong, right)) in _ALIKE else _UNLIKELY
    if wrong == right[::-1] and len(wrong) == 2:
        return _LIKELY
    if len(wrong) + len(right) == 1:
        return _LIKELY if typed[start - 1] == (wrong or right) else _LESS_LIKELY
    return None
