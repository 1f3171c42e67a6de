"""A corpus of any size for measuring, made from the sentences of ``seeds/``: the same for the same seed.

Each document speaks of a place, a person and a few subjects of its own. It repeats sentences of the sample
reports with other names, years and figures, and with words that follow Zipf's law (a word's frequency is the
inverse of its rank) over a large vocabulary of Arabic roots in Arabic patterns: so word lists, stems and
character n-grams grow with the corpus as those of real reports do.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from index.analysis import FUNCTION_WORDS
from index.arabic import fold
from index.cleaning import clean
from index.sentences import sentences

PASSAGES_A_DOCUMENT: Final = 10
_LENGTH: Final = 6_950  # code points of a document: its sentences fill ten passages
_PARAGRAPH: Final = 4  # sentences a line
_SUBJECTS: Final = 30  # words that a document keeps coming back to
REPLACED: Final = 0.6
"""The share of longer words that others take the place of."""
_OWN: Final = 0.4  # share of these that are subjects of the document
_VOCABULARY: Final = 400_000
_NAMES: Final = 20_000

_PLACES: Final = "لونغ آن|كا ماو|خان هوا|خانه هوا|تاي نينه"
_PEOPLE: Final = (
    "هوينه فان سون|فام دوك لونغ|نجوين مينه لوان|نجوين دوك ثانه|دينه فان ثيو|نجوين فان أوت|نجوين فان كويت|لام آنه"
)
_SLOT: Final = re.compile(
    rf"(?P<place>{_PLACES})|(?P<person>{_PEOPLE})|(?P<year>\b(?:20|٢٠)\d\d\b)|"
    r"(?P<figure>\d+(?:[.,]\d+)*)|(?P<word>[^\W\d_]{5,})"
)
_WORDS: Final = re.compile(r"[^\s،؛;():«»]+")
_ARTICLE: Final = re.compile(r"(?:[وبلكف]?ال|لل)?")
_ASKING: Final = {"person": "من", "figure": "كم", "word": "ماذا جاء عن"}
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


@dataclass(frozen=True, slots=True)
class Question:
    """A question made from a sentence of the document called ``document``."""

    text: str
    document: str


@dataclass(frozen=True, slots=True)
class Made:
    """A made document, and a question that it answers."""

    name: str
    text: str
    question: Question


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a sentence: ``kind`` is the kind of slot it fills, or empty for what never changes."""

    kind: str
    text: str


Sentence = tuple[Part, ...]


def documents(seeds: Path, count: int, *, seed: int = 2026, replaced: float = REPLACED) -> Iterator[Made]:
    """``count`` made documents. The first ones are the same whatever the count.

    ``replaced``: the share of longer words that others take the place of. With 0 only names, years and figures vary,
    and there are hardly more words than in the sample reports.
    """
    templates = _templates(seeds)
    for number in range(count):
        yield _document(templates, number, random.Random(f"{seed}/{number}"), replaced)


def _templates(seeds: Path) -> list[Sentence]:
    found = []
    for path in sorted(seeds.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        for line in clean(text).lines:
            found += [_parts(text[span.start : span.end]) for span in sentences(text, line)]
    return [sentence for sentence in found if len(sentence) > 5]


def _parts(sentence: str) -> Sentence:
    parts, at = [], 0
    for match in _SLOT.finditer(sentence):
        if match.lastgroup == "word" and fold(match.group()) in FUNCTION_WORDS:
            continue
        parts += [Part("", sentence[at : match.start()]), Part(match.lastgroup or "", match.group())]
        at = match.end()
    return tuple(part for part in (*parts, Part("", sentence[at:])) if part.text)


@dataclass(frozen=True, slots=True)
class _Matter:
    """What one document is about."""

    place: str
    person: str
    year: int
    subjects: tuple[str, ...]


def _document(templates: Sequence[Sentence], number: int, chance: random.Random, replaced: float) -> Made:
    name = f"{number // 1000:03d}/{number:06d}.txt"
    matter = _Matter(
        _name(_zipf(chance, _NAMES), 2),
        _name(_zipf(chance, _NAMES), 3),
        chance.randint(2005, 2025),
        tuple(_word(_zipf(chance, _VOCABULARY)) for _ in range(_SUBJECTS)),
    )
    filled: list[Sentence] = []
    length = 0
    while length < _LENGTH:
        filled.append(_fill(chance.choice(templates), matter, chance, replaced))
        length += sum(len(part.text) for part in filled[-1]) + 1
    text = "".join(
        "".join(part.text for part in sentence) + ("\n" if at % _PARAGRAPH == _PARAGRAPH - 1 else " ")
        for at, sentence in enumerate(filled)
    )
    heading = f"تقرير مقاطعة {matter.place} لعام {matter.year}"
    return Made(name, f"{heading}\n{text.rstrip()}\n", Question(_question(filled, matter, chance), name))


def _fill(template: Sentence, matter: _Matter, chance: random.Random, replaced: float) -> Sentence:
    return tuple(Part(part.kind, _filling(part, matter, chance, replaced)) for part in template)


def _filling(part: Part, matter: _Matter, chance: random.Random, replaced: float) -> str:
    match part.kind:
        case "place":
            return matter.place
        case "person":
            return matter.person
        case "year":
            return str(matter.year - chance.randrange(3))
        case "figure":
            return f"{chance.uniform(1, 100):.1f}" if chance.random() < 0.5 else f"{int(10 ** chance.uniform(0, 5)):,}"
        case "word" if chance.random() < replaced:
            article = _ARTICLE.match(part.text)
            own = chance.random() < _OWN
            word = chance.choice(matter.subjects) if own else _word(_zipf(chance, _VOCABULARY))
            return (article.group() if article else "") + word
    return part.text


def _question(filled: Sequence[Sentence], matter: _Matter, chance: random.Random) -> str:
    """Asks for a person, a figure or what was said, in up to nine words of one sentence."""
    sentence = chance.choice([each for each in filled if sum(part.kind == "word" for part in each) >= 5])
    kinds = [part.kind for part in sentence]
    wanted = next((kind for kind in ("person", "figure") if kind in kinds), "word")
    before = _WORDS.findall("".join(part.text for part in sentence[: kinds.index(wanted)]))
    said = _WORDS.findall("".join(part.text for part in sentence if part.kind != wanted or wanted == "word"))
    asked = " ".join(said[max(0, len(before) - 7) :][:9])
    return f"{_ASKING[wanted]} {asked} في {matter.place} عام {matter.year}؟"


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
