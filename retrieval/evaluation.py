"""Measures answers on a question set: passages as documents, questions with verbatim answers.

Each question is asked twice: once of all passages, once with its own passage taken out, when the right
outcome is not to answer. The passages of the same article stay, so the second is hard.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Final

import numpy as np

from index.arabic import fold
from index.building import Builder
from index.catalogue import Entry
from index.document import Extracted
from index.errors import SourceError
from index.generations import Generations
from index.live import LiveLibrary
from index.preparing import Prepared, prepare
from index.protocols import Embedder, Progress
from index.stores.documents import Fingerprint
from retrieval.answer import Answer, NotFound, Reply
from retrieval.assistant import Assistant
from retrieval.reranking import Reranking

_RANKS: Final = 10


class QuestionSetError(Exception):
    """A file of the question set cannot be used; the message names the line."""


@dataclass(frozen=True, slots=True)
class Gold:
    """A question, the document that answers it, and the answers as they stand there."""

    question: str
    document: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measured:
    """All figures; shares are percentages, latencies milliseconds of `Assistant.ask`."""

    passages: int
    questions: int
    recall_at_1: float
    recall_at_5: float
    recall_at_10: float
    mrr_at_10: float
    excerpt_at_1: float
    excerpt_at_3: float
    roc_area: float
    answered: float
    answered_rightly: float
    answered_without_passage: float
    latency_p50: float
    latency_p95: float

    def as_dict(self) -> dict[str, float]:
        """The figures by name."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class _Trial:
    """One question's results. ``rank`` of its document from 1, None beyond the tenth."""

    rank: int | None
    in_first: bool
    in_any: bool
    answered: bool
    confidence: float
    answered_without: bool
    confidence_without: float
    seconds: float


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
    """Indexes ``passages`` in ``folder`` and asks ``questions``.

    Raises:
        QuestionSetError: a file is not what it should be, or a question names an unknown passage.
    """
    generations = Generations(folder)
    built = Builder(generations, embedder, progress).build(read_passages(passages), None)
    assistant = Assistant(LiveLibrary(generations, embedder), embedder, reranking)
    gold = read_questions(questions)
    rows = {record.name: record.row for record in assistant.live.current().documents}
    unknown = [each.document for each in gold if each.document not in rows]
    if unknown or not gold:
        problem = f"its passage {unknown[0]} is not in {passages}" if unknown else "no question with an answer"
        raise QuestionSetError(f"{questions}: {problem}")
    trials = []
    for done, each in enumerate(gold):
        progress("ask", done, len(gold))
        trials.append(_trial(assistant, each, rows[each.document]))
    progress("ask", len(gold), len(gold))
    return _summary(built.passages, trials)


def _trial(assistant: Assistant, gold: Gold, row: int) -> _Trial:
    begun = time.perf_counter()
    reply = assistant.ask(gold.question)
    seconds = time.perf_counter() - begun
    without = assistant.ask(gold.question, without=frozenset([row]))
    hits = assistant.search(gold.question, top=5 * _RANKS)
    documents = list(dict.fromkeys(hit.document for hit in hits))[:_RANKS]
    right = [contains(text, gold.answers) for text in _shown(reply)]
    return _Trial(
        rank=documents.index(gold.document) + 1 if gold.document in documents else None,
        in_first=any(right[:1]),
        in_any=any(right),
        answered=isinstance(reply, Answer),
        confidence=reply.circumstances.confidence,
        answered_without=isinstance(without, Answer),
        confidence_without=without.circumstances.confidence,
        seconds=seconds,
    )


def _shown(reply: Reply) -> list[str]:
    return [] if isinstance(reply, NotFound) else [excerpt.text for excerpt in reply.excerpts]


def contains(text: str, answers: Sequence[str]) -> bool:
    """Whether one of ``answers`` stands in ``text``, both folded, white space counted as one space."""
    folded = " ".join(fold(text).split())
    return any(" ".join(fold(answer).split()) in folded for answer in answers)


def _summary(passages: int, trials: Sequence[_Trial]) -> Measured:
    from sklearn.metrics import roc_auc_score

    ranks = np.array([trial.rank or np.inf for trial in trials])
    columns = {field.name: np.array([getattr(trial, field.name) for trial in trials]) for field in fields(_Trial)}
    answered, first = columns["answered"].astype(bool), columns["in_first"].astype(bool)
    scores = np.concatenate([columns["confidence"], columns["confidence_without"]])
    latency = 1000 * columns["seconds"].astype(float)
    return Measured(
        passages=passages,
        questions=len(trials),
        recall_at_1=_percent(ranks <= 1),
        recall_at_5=_percent(ranks <= 5),
        recall_at_10=_percent(ranks <= _RANKS),
        mrr_at_10=_percent(np.where(ranks <= _RANKS, 1 / ranks, 0.0)),
        excerpt_at_1=_percent(first),
        excerpt_at_3=_percent(columns["in_any"]),
        roc_area=float(roc_auc_score([1] * len(trials) + [0] * len(trials), scores)),
        answered=_percent(answered),
        answered_rightly=_percent(first[answered]) if answered.any() else 0.0,
        answered_without_passage=_percent(columns["answered_without"]),
        latency_p50=float(np.percentile(latency, 50)),
        latency_p95=float(np.percentile(latency, 95)),
    )


def _percent(values: Any) -> float:
    return float(100 * np.mean(values.astype(float)))
