"""Measures answering, in a process that only opens a generation and answers from it.

``python -m benchmarks.answering PLACE QUESTIONS.json`` prints figures as JSON. PLACE is a data folder or the address of
a database. The questions are ``[[text, document], …]``; each is asked once, so nothing is answered from a memory of the
same question.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.keeping import generations_in
from benchmarks.making import Asked, read_questions
from benchmarks.measuring import Figures, memory, percentiles, timed
from index.embedders import SHIPPED_NAME, load_embedder
from index.live import LiveLibrary
from index.repository import Generations
from retrieval.answer import Answer, Related, Reply
from retrieval.assistant import Assistant

WARMING: Final = 200
"""Questions asked before any time is taken."""

THREADS: Final = (1, 2, 8)


def wanted(one_by_one: int) -> int:
    """How many questions `measure` needs to ask so many one by one."""
    return WARMING + one_by_one * (1 + len(THREADS))


def singly(questions: Sequence[Asked]) -> Sequence[Asked]:
    """Those of the questions that are asked one by one."""
    return _parts(questions[WARMING:])[0]


def measure(generations: Generations, questions: Sequence[Asked]) -> dict[str, float | Figures]:
    """Opens the live generation and asks: each question once, as many one by one as by each number of threads."""
    before = memory()
    embedder = load_embedder(SHIPPED_NAME)
    live, opening = timed(lambda: LiveLibrary(generations, embedder))
    opened = memory()
    assistant = Assistant(live, embedder)
    for question, _ in questions[:WARMING]:
        assistant.ask(question)
    one_by_one, *together = _parts(questions[WARMING:])
    asked = [_ask(assistant, question) for question, _ in one_by_one]
    figures = percentiles([each.seconds for each in asked])
    figures |= {f"cpu_{name}": spent for name, spent in percentiles([each.cpu for each in asked]).items()}
    answering = memory()
    for threads, part in zip(THREADS, together, strict=True):
        figures[f"threads_{threads}_a_second"] = _a_second(assistant, part, threads)
    right = sum(_first(each.reply) == gold for each, (_, gold) in zip(asked, one_by_one, strict=True))
    return {
        "questions": len(one_by_one),
        "open_seconds": round(opening, 3),
        **figures,
        "first_document_right_percent": round(100 * right / len(one_by_one), 1),
        "memory_imported": before,
        "memory_opened": opened,
        "memory": answering,
        "memory_threads": memory(),
    }


class _Answered(NamedTuple):
    """A reply, the seconds it took, and the seconds of those in which the asking thread had a processor."""

    reply: Reply
    seconds: float
    cpu: float


def _ask(assistant: Assistant, question: str) -> _Answered:
    begun, worked = time.perf_counter(), time.thread_time()
    reply = assistant.ask(question)
    return _Answered(reply, time.perf_counter() - begun, time.thread_time() - worked)


def _parts(questions: Sequence[Asked]) -> list[Sequence[Asked]]:
    count = 1 + len(THREADS)
    return [questions[at::count] for at in range(count)]


def _first(reply: Reply) -> str | None:
    """The document of the first excerpt."""
    match reply:
        case Answer() | Related():
            return reply.excerpts[0].document
        case _:
            return None


def _a_second(assistant: Assistant, questions: Sequence[Asked], threads: int) -> float:
    with ThreadPoolExecutor(threads) as pool:
        _, seconds = timed(lambda: list(pool.map(assistant.ask, [question for question, _ in questions])))
    return round(len(questions) / seconds, 1)


if __name__ == "__main__":
    with generations_in(sys.argv[1]) as kept:
        print(json.dumps(measure(kept, read_questions(Path(sys.argv[2])))))
