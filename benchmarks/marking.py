"""How often the words shown bold are the answer.

    python -m benchmarks.marking PASSAGES.jsonl QUESTIONS.jsonl      # the sets that `dalil eval` reads

Counted are the questions of a kind whose first excerpt is right, that is, holds a gold answer: in how many of them
something is marked, and in how many of those the mark and a gold answer have letters in common. A mark that holds a
whole gold answer is counted as whole.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.table import Table

from index.arabic import fold, fold_aligned
from index.document import Span
from index.embedders import SHIPPED_NAME, load_embedder
from retrieval.answer import Excerpt, NotFound
from retrieval.evaluation import Gold, QuestionSet, index_set
from retrieval.question import Kind, understand

MARKED_KINDS: Final = (Kind.HOW_MANY, Kind.WHEN, Kind.WHO)


@dataclass(frozen=True, slots=True)
class Marked:
    """One question whose first excerpt is right."""

    kind: Kind
    gold: Gold
    excerpt: Excerpt

    @property
    def is_marked(self) -> bool:
        """Whether anything is bold."""
        return bool(self.excerpt.marks)

    @property
    def is_right(self) -> bool:
        """Whether a mark and a gold answer have letters in common."""
        return any(_meet(mark, span) for mark in self.excerpt.marks for span in answers_in(self.excerpt, self.gold))

    @property
    def is_whole(self) -> bool:
        """Whether a mark holds a gold answer and nothing is left out of it."""
        return any(_holds(mark, span) for mark in self.excerpt.marks for span in answers_in(self.excerpt, self.gold))


def marking(asked: QuestionSet) -> Iterator[Marked]:
    """Asks the questions of the kinds that are marked; gives those whose first excerpt is right."""
    for gold in asked.questions:
        kind = understand(gold.question).kind
        if kind not in MARKED_KINDS:
            continue
        reply = asked.assistant.ask(gold.question)
        if not isinstance(reply, NotFound):
            marked = Marked(kind, gold, reply.excerpts[0])
            if any(True for _ in answers_in(marked.excerpt, gold)):
                yield marked


def answers_in(excerpt: Excerpt, gold: Gold) -> Iterator[Span]:
    """Where the gold answers stand in an excerpt, however they are spelt."""
    folded = fold_aligned(excerpt.text)
    for answer in gold.answers:
        words = fold(answer).split()
        if words:
            for found in re.finditer(r"\s+".join(map(re.escape, words)), folded.text):
                yield folded.original(*found.span())


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _holds(one: Span, other: Span) -> bool:
    return one.start <= other.start and other.end <= one.end


def table(marked: Iterable[Marked]) -> Table:
    """A row a kind: right first excerpts, the share that is marked, the shares of marks that are right and whole."""
    every = list(marked)
    made = Table("kind", "right first excerpts", "marked %", "marks right %", "marks whole %")
    for kind in MARKED_KINDS:
        made.add_row(kind.value, *_row([each for each in every if each.kind is kind]))
    made.add_row("together", *_row(every))
    return made


def _row(marked: Sequence[Marked]) -> Iterator[str]:
    given = [each for each in marked if each.is_marked]
    yield str(len(marked))
    yield _share(len(given), len(marked))
    yield _share(sum(each.is_right for each in given), len(given))
    yield _share(sum(each.is_whole for each in given), len(given))


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else ""


def main(
    passages: Annotated[Path, typer.Argument(exists=True)], questions: Annotated[Path, typer.Argument(exists=True)]
) -> None:
    """Indexes the passages in a temporary place and prints the table."""
    with tempfile.TemporaryDirectory() as folder:
        asked = index_set(passages, questions, load_embedder(SHIPPED_NAME), Path(folder), lambda *_: None)
        Console().print(table(marking(asked)))


if __name__ == "__main__":
    typer.run(main)
