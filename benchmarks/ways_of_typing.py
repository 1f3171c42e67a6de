"""How much answers suffer from the ways people type.

    python -m benchmarks.ways_of_typing PASSAGES.jsonl QUESTIONS.jsonl      # the sets that `dalil eval` reads

Every question is typed in one other way at a time. A row counts the questions that the way changes; beside each
figure stands that of the same questions as they were.
"""

from __future__ import annotations

import random
import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Final, NamedTuple

import typer
from rich.console import Console
from rich.table import Table

from index.building import Builder
from index.embedders import SHIPPED_NAME, load_embedder
from index.generations import FileGenerations
from index.live import LiveLibrary
from retrieval.answer import Answer, NotFound
from retrieval.assistant import Assistant
from retrieval.evaluation import Gold, contains, read_passages, read_questions

SEED: Final = 2026
LETTERS: Final = "ابتجحخدرزسشصطعغفقكلمنهوي"
DIALECTS: Final = {
    "كم": ("كام", "قديش", "شحال"),
    "متى": ("امتى", "إمتى", "ايمتى"),
    "أين": ("وين", "فين"),
    "اين": ("وين", "فين"),
    "لماذا": ("ليش", "ليه", "علاش"),
    "من": ("مين", "شكون"),
    "ما": ("شو", "ايش", "وش", "ايه"),
    "ماذا": ("شو", "ايش", "وش"),
    "كيف": ("ازاي", "شلون", "كيفاش"),
}
_WORD: Final = re.compile("[ء-ي]{4,}")
_HAMZAS: Final = str.maketrans({"أ": "ا", "إ": "ا", "آ": "ا", "ؤ": "و", "ئ": "ي", "ء": ""})
_DIGITS: Final = str.maketrans("0123456789٠١٢٣٤٥٦٧٨٩", "٠١٢٣٤٥٦٧٨٩0123456789")

COLUMNS: Final = ("typed with", "questions", "R@1", "as it was", "excerpt@1", "as it was", "answered", "as it was")

Way = Callable[[str, random.Random], str]


def stretched(question: str, chance: random.Random) -> str:
    """A letter of the longest word four times."""

    def stretch(word: str) -> str:
        at = chance.randrange(1, len(word))
        return word[:at] + word[at] * 3 + word[at:]

    return _in_longest(question, stretch)


def glued(question: str, chance: random.Random) -> str:
    """A space between two long words is missing."""
    spaces = [match.start() for match in re.finditer("(?<=[ء-ي]{4}) (?=[ء-ي]{4})", question)]
    at = chance.choice(spaces) if spaces else len(question)
    return question[:at] + question[at + 1 :]


def mistyped(question: str, chance: random.Random) -> str:
    """A letter of the longest word is another, missing, doubled, or changed places; never the first."""

    def slip(word: str) -> str:
        at = chance.randrange(1, len(word) - 1)
        return word[:at] + chance.choice(
            (
                chance.choice(LETTERS) + word[at + 1 :],
                word[at + 1 :],
                word[at] + word[at:],
                word[at + 1] + word[at] + word[at + 2 :],
            )
        )

    return _in_longest(question, slip)


def in_dialect(question: str, chance: random.Random) -> str:
    """The question word at the beginning is one of a dialect."""
    first, space, rest = question.partition(" ")
    return chance.choice(DIALECTS[first]) + space + rest if first in DIALECTS else question


def _in_longest(question: str, change: Callable[[str], str]) -> str:
    found = max(_WORD.finditer(question), key=lambda match: len(match.group()), default=None)
    return question[: found.start()] + change(found.group()) + question[found.end() :] if found else question


WAYS: Final[dict[str, Way]] = {
    "no hamzas": lambda question, _: question.translate(_HAMZAS),
    "ه for ة": lambda question, _: question.replace("ة", "ه"),
    "ى for ي at the end": lambda question, _: re.sub(r"ي\b", "ى", question),
    "the other digits": lambda question, _: question.translate(_DIGITS),
    "a stretched letter": stretched,
    "a missing space": glued,
    "one typo in the longest word": mistyped,
    "padding around": lambda question, _: f"السلام عليكم، لو سمحت ممكن تقولي {question} وشكرا جزيلا",
    "a dialect's question word": in_dialect,
}


class Outcome(NamedTuple):
    """Whether the right document ranks first, a gold answer stands in the first excerpt, and it is given as answer."""

    ranked: bool
    quoted: bool
    answered: bool


def ask(assistant: Assistant, question: str, gold: Gold) -> Outcome:
    reply = assistant.ask(question)
    shown = () if isinstance(reply, NotFound) else reply.excerpts
    hits = assistant.search(question, top=10)
    return Outcome(
        ranked=bool(hits) and hits[0].document == gold.document,
        quoted=bool(shown) and contains(shown[0].text, gold.answers),
        answered=isinstance(reply, Answer),
    )


def rows(assistant: Assistant, gold: Sequence[Gold]) -> Iterator[tuple[str, ...]]:
    """A row for each way, as `COLUMNS` names its parts."""
    plain = [ask(assistant, each.question, each) for each in gold]
    yield "nothing changed", *_figures(plain, plain)
    for name, way in WAYS.items():
        chance = random.Random(SEED)
        typed = [way(each.question, chance) for each in gold]
        changed = [at for at, each in enumerate(gold) if typed[at] != each.question]
        if changed:
            outcomes = [ask(assistant, typed[at], gold[at]) for at in changed]
            yield name, *_figures(outcomes, [plain[at] for at in changed])


def _figures(outcomes: Sequence[Outcome], plain: Sequence[Outcome]) -> list[str]:
    shares = [
        f"{100 * sum(column) / len(column):.1f}"
        for now, before in zip(zip(*outcomes, strict=True), zip(*plain, strict=True), strict=True)
        for column in (now, before)
    ]
    return [str(len(outcomes)), *shares]


def main(
    passages: Path,
    questions: Path,
    at_most: Annotated[int, typer.Option(help="Questions, drawn by a seeded shuffle.")] = 2_000,
) -> None:
    """Prints the table of a question set."""
    embedder = load_embedder(SHIPPED_NAME)
    gold = read_questions(questions)
    random.Random(SEED).shuffle(gold)
    with tempfile.TemporaryDirectory(prefix="dalil-typing-") as folder:
        generations = FileGenerations(Path(folder))
        Builder(generations, embedder, lambda *_: None).build(read_passages(passages), None)
        table = Table(*COLUMNS)
        for row in rows(Assistant(LiveLibrary(generations, embedder), embedder), gold[:at_most]):
            table.add_row(*row)
        Console(width=140).print(table)


if __name__ == "__main__":
    typer.run(main)
