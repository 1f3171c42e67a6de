"""A corpus of any size for measuring, made from the sentences of ``seeds/``: the same for the same seed.

Each document speaks of a place, a person and a few subjects of its own. It repeats sentences of the sample
reports with other names, years and figures, and with words that follow Zipf's law (a word's frequency is the
inverse of its rank) over a large vocabulary of Arabic roots in Arabic patterns: so word lists, stems and
character n-grams grow with the corpus as those of real reports do.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.vocabulary import name, word
from index.analysis import FUNCTION_WORDS
from index.arabic import fold
from index.cleaning import clean
from index.sentences import sentences

PASSAGES_A_DOCUMENT: Final = 10
_LENGTH: Final = 6_950  # code points of a document: its sentences fill ten passages
_PARAGRAPH: Final = 4  # sentences a line
_DRAWN: Final = 3  # further questions for each that is wanted: some are drawn twice
_SUBJECTS: Final = 30  # words that a document keeps coming back to
REPLACED: Final = 0.6
"""The share of longer words that others take the place of."""
_OWN: Final = 0.4  # share of these that are subjects of the document

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


class Part(NamedTuple):
    """A part of a sentence: ``kind`` is the kind of slot it fills, or empty for what never changes."""

    kind: str
    text: str
    article: str = ""
    """What a word keeps when another takes its place."""


class Sentence(NamedTuple):
    """A sentence to be filled, which of its parts are slots, and how many of these are for words."""

    parts: tuple[Part, ...]
    slots: tuple[int, ...]
    words: int


class _Filled(NamedTuple):  # a sentence, and the texts that stand for its parts
    sentence: Sentence
    texts: list[str]


def documents(seeds: Path, count: int, *, seed: int = 2026, replaced: float = REPLACED) -> Iterator[Made]:
    """``count`` made documents. The first ones are the same whatever the count.

    ``replaced``: the share of longer words that others take the place of. With 0 only names, years and figures vary,
    and there are hardly more words than in the sample reports.
    """
    return numbered(seeds, range(count), seed=seed, replaced=replaced)


def numbered(seeds: Path, numbers: Iterable[int], *, seed: int = 2026, replaced: float = REPLACED) -> Iterator[Made]:
    """Those of the `documents` that have these numbers."""
    templates = _templates(seeds)
    for number in numbers:
        written = _write(templates, number, random.Random(f"{seed}/{number}"), replaced)
        yield Made(written.name, written.text(), written.question())


def asked_about(seeds: Path, numbers: Iterable[int], *, most: int = 1, seed: int = 2026) -> Iterator[list[Made]]:
    """The documents with these numbers, each ``most`` times with different questions, its own first.

    One whose sentences do not give so many comes less often.
    """
    templates = _templates(seeds)
    for number in numbers:
        written = _write(templates, number, random.Random(f"{seed}/{number}"), REPLACED)
        text = written.text()
        questions = dict.fromkeys(written.question() for _ in range(1 + (most - 1) * _DRAWN))
        yield [Made(written.name, text, question) for question in [*questions][:most]]


def _templates(seeds: Path) -> list[Sentence]:
    found = []
    for path in sorted(seeds.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        for line in clean(text).lines:
            found += [_parts(text[span.start : span.end]) for span in sentences(text, line)]
    return [_sentence(parts) for parts in found if len(parts) > 5]


def _parts(sentence: str) -> tuple[Part, ...]:
    parts, at = [], 0
    for match in _SLOT.finditer(sentence):
        if match.lastgroup == "word" and fold(match.group()) in FUNCTION_WORDS:
            continue
        article = _ARTICLE.match(match.group())
        parts += [
            Part("", sentence[at : match.start()]),
            Part(match.lastgroup or "", match.group(), article.group() if article else ""),
        ]
        at = match.end()
    return tuple(part for part in (*parts, Part("", sentence[at:])) if part.text)


def _sentence(parts: tuple[Part, ...]) -> Sentence:
    slots = tuple(at for at, part in enumerate(parts) if part.kind)
    return Sentence(parts, slots, sum(part.kind == "word" for part in parts))


def name_of(number: int) -> str:
    """The name of the document with this number."""
    return f"{number // 1000:03d}/{number:06d}.txt"


@dataclass(frozen=True, slots=True)
class _Matter:
    """What one document is about."""

    place: str
    person: str
    year: int
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Written:
    """A document's sentences, and the chance that goes on to choose questions."""

    name: str
    matter: _Matter
    filled: list[_Filled]
    chance: random.Random

    def text(self) -> str:
        """A heading, and a line for every few sentences."""
        body = "".join(
            "".join(each.texts) + ("\n" if at % _PARAGRAPH == _PARAGRAPH - 1 else " ")
            for at, each in enumerate(self.filled)
        )
        return f"تقرير مقاطعة {self.matter.place} لعام {self.matter.year}\n{body.rstrip()}\n"

    def question(self) -> Question:
        """The next question, about a sentence chosen by chance."""
        return Question(_question(self.filled, self.matter, self.chance), self.name)


def _write(templates: Sequence[Sentence], number: int, chance: random.Random, replaced: float) -> _Written:
    matter = _Matter(
        name(chance, syllables=2),
        name(chance, syllables=3),
        chance.randint(2005, 2025),
        tuple(word(chance) for _ in range(_SUBJECTS)),
    )
    filled: list[_Filled] = []
    length = 0
    while length < _LENGTH:
        filled.append(_fill(chance.choice(templates), matter, chance, replaced))
        length += sum(map(len, filled[-1].texts)) + 1
    return _Written(name_of(number), matter, filled, chance)


def _fill(template: Sentence, matter: _Matter, chance: random.Random, replaced: float) -> _Filled:
    parts = template.parts
    texts = [part.text for part in parts]
    for at in template.slots:
        texts[at] = _filling(parts[at], matter, chance, replaced)
    return _Filled(template, texts)


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
            own = chance.random() < _OWN
            return part.article + (chance.choice(matter.subjects) if own else word(chance))
    return part.text


def _question(filled: Sequence[_Filled], matter: _Matter, chance: random.Random) -> str:
    """Asks for a person, a figure or what was said, in up to nine words of one sentence."""
    sentence, texts = chance.choice([each for each in filled if each.sentence.words >= 5])
    kinds = [part.kind for part in sentence.parts]
    wanted = next((kind for kind in ("person", "figure") if kind in kinds), "word")
    before = _WORDS.findall("".join(texts[: kinds.index(wanted)]))
    told = [text for text, kind in zip(texts, kinds, strict=True) if kind != wanted or wanted == "word"]
    asked = " ".join(_WORDS.findall("".join(told))[max(0, len(before) - 7) :][:9])
    return f"{_ASKING[wanted]} {asked} في {matter.place} عام {matter.year}؟"
