"""Measures answers on a question set: passages as documents, questions with verbatim answers.

Each question is asked twice: once of all passages, once with its own passage taken out, when the right
outcome is not to answer. The passages of the same article stay, so the second is hard.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

from index.arabic import fold
from index.building import Builder
from index.catalogue import Entry
from index.document import Extracted, Fingerprint
from index.errors import SourceError
from index.generations import FileGenerations
from index.live import LiveLibrary
from index.preparing import Prepared, prepare
from index.protocols import Embedder, Progress
from retrieval.answer import NotFound, Reply, outcome
from retrieval.assistant import Assistant
from retrieval.measures import RANKS, Measured, Trial, summary
from retrieval.question import understand
from retrieval.reranking import Reranking

_PASSAGES: Final = 5 * RANKS  # searched for, so that ten documents are among them
_Name = TypeVar("_Name", str, int)


class QuestionSetError(Exception):
    """A file of the question set cannot be used; the message names the line."""


@dataclass(frozen=True, slots=True)
class Gold:
    """A question, the document that answers it, and the answers as they stand there."""

    question: str
    document: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions, and an assistant that answers from a library of the set's passages only, ``passages`` in all."""

    assistant: Assistant
    questions: tuple[Gold, ...]
    passages: int


def read_passages(path: Path) -> Iterator[Prepared | SourceError]:
    """The passages of a JSON Lines file with ``{"id", "text"}``, each a document of its own."""
    for value in _lines(path, ("id", "text")):
        fingerprint = Fingerprint(value["id"], "")
        yield prepare(value["id"], Extracted(value["text"]), Entry(), fingerprint)


def read_questions(path: Path) -> list[Gold]:
    """The answerable questions of a JSON Lines file with ``{"question", "passage", "answers"}``."""
    values = _lines(path, ("question", "passage", "answers"))
    return [
        Gold(value["question"], value["passage"], tuple(value["answers"]))
        for value in values
        if value["answers"] and not value.get("impossible")
    ]


def _lines(path: Path, needed: Sequence[str]) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            try:
                value = json.loads(line)
            except ValueError as error:
                raise QuestionSetError(f"{path}, line {number}: is not JSON ({error})") from error
            if not isinstance(value, dict) or any(name not in value for name in needed):
                raise QuestionSetError(f"{path}, line {number}: needs {', '.join(needed)}")
            yield value


def evaluate(
    passages: Path,
    questions: Path,
    embedder: Embedder,
    folder: Path,
    progress: Progress,
    *,
    reranking: Reranking | None = None,
) -> Measured:
    """Indexes ``passages`` in ``folder``, asks ``questions`` and sums up.

    Raises:
        QuestionSetError: a file is not what it should be, or a question names an unknown passage.
    """
    asked = index_set(passages, questions, embedder, folder, progress, reranking=reranking)
    return summary(asked.passages, trials(asked, progress))


def index_set(
    passages: Path,
    questions: Path,
    embedder: Embedder,
    folder: Path,
    progress: Progress,
    *,
    reranking: Reranking | None = None,
) -> QuestionSet:
    """Indexes ``passages`` in ``folder``.

    Raises:
        QuestionSetError: as `evaluate`.
    """
    generations = FileGenerations(folder)
    built = Builder(generations, embedder, progress).build(read_passages(passages), None)
    assistant = Assistant(LiveLibrary(generations, embedder), embedder, reranking)
    gold = tuple(read_questions(questions))
    known = {record.name for record in assistant.live.current().documents}
    unknown = [each.document for each in gold if each.document not in known]
    if unknown or not gold:
        problem = f"its passage {unknown[0]} is not in {passages}" if unknown else "no question with an answer"
        raise QuestionSetError(f"{questions}: {problem}")
    return QuestionSet(assistant, gold, built.passages)


def trials(asked: QuestionSet, progress: Progress) -> list[Trial]:
    """Asks every question, with its document and without; a trial each, in their order."""
    rows = {record.name: record.row for record in asked.assistant.live.current().documents}
    done: list[Trial] = []
    for gold in asked.questions:
        progress("ask", len(done), len(asked.questions))
        done.append(_trial(asked.assistant, gold, rows[gold.document]))
    progress("ask", len(done), len(asked.questions))
    return done


def _trial(assistant: Assistant, gold: Gold, row: int) -> Trial:
    begun = time.perf_counter()
    reply = assistant.ask(gold.question)
    seconds = time.perf_counter() - begun
    without = assistant.ask(gold.question, without=frozenset([row]))
    hits = assistant.search(gold.question, top=_PASSAGES)
    right = [contains(text, gold.answers) for text in _shown(reply)]
    return Trial(
        kind=understand(gold.question).kind,
        rank=_rank([hit.document for hit in hits], gold.document),
        dense_rank=_rank(_dense(assistant, gold.question), row),
        in_first=any(right[:1]),
        in_any=any(right),
        outcome=outcome(reply),
        confidence=reply.circumstances.confidence,
        outcome_without=outcome(without),
        confidence_without=without.circumstances.confidence,
        seconds=seconds,
    )


def _rank(documents: Sequence[_Name], gold: _Name) -> int | None:
    """The place of ``gold`` among ``documents``, each counted once, from 1; None beyond the tenth."""
    first = list(dict.fromkeys(documents))[:RANKS]
    return first.index(gold) + 1 if gold in first else None


def _dense(assistant: Assistant, question: str) -> list[int]:
    """The documents of the passages whose vectors are nearest, by row, best first: the embedder alone."""
    library = assistant.live.current()
    vector = assistant.embedder.embed_question(understand(question).understood)
    hits = library.vectors.search(vector, top=_PASSAGES)
    return [passage.document for passage in library.passages.at([hit.row for hit in hits])]


def _shown(reply: Reply) -> list[str]:
    return [] if isinstance(reply, NotFound) else [excerpt.text for excerpt in reply.excerpts]


def contains(text: str, answers: Sequence[str]) -> bool:
    """Whether one of ``answers`` stands in ``text``, both folded, white space counted as one space."""
    folded = " ".join(fold(text).split())
    return any(" ".join(fold(answer).split()) in folded for answer in answers)
