"""Measures one made library in files, in PostgreSQL and over shards, whichever is asked for.

``python -m benchmarks.databases DOCUMENTS DATA`` keeps it in files below DATA; with DALIL_DATABASE_URL set, in that
database, which must be empty, and over its shards, if deploy/shards/ has given it some. It prints figures as JSON.
Each question is asked once, after others that warm up.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.answering import WARMING
from benchmarks.corpus import Question, documents
from benchmarks.measuring import Figures, percentiles, timed
from bot.composition import Dalil
from bot.settings import read_settings
from index.building import Builder, Built
from index.planning import plan
from index.preparing import documents as prepared
from index.reading import ReadingRoom
from index.sources import find_sources
from retrieval.answer import NotFound, Reply

SEEDS: Final = Path(__file__).parents[1] / "seeds"
_ASKED: Final = 400


def measure(dalil: Dalil, count: int) -> dict[str, object]:
    """Builds a library of ``count`` documents, opens it, asks."""
    with tempfile.TemporaryDirectory() as folder:
        questions = _made(Path(folder), count)
        built, seconds = timed(lambda: _built(dalil, Path(folder)))
    assistant, opening = timed(lambda: dalil.assistant)
    for question in questions[:WARMING]:
        assistant.ask(question.text)
    asked = questions[WARMING : WARMING + _ASKED]
    timed_replies = [timed(partial(assistant.ask, each.text)) for each in asked]
    right = sum(_first(reply) == each.document for (reply, _), each in zip(timed_replies, asked, strict=True))
    figures: Figures = percentiles([spent for _, spent in timed_replies])
    return {
        "passages": built.passages,
        "build_seconds": round(seconds, 2),
        "open_seconds": round(opening, 3),
        "bytes": dalil.generations.size(),
        "questions": len(asked),
        **figures,
        "first_document_right_percent": round(100 * right / len(asked), 1),
    }


def _made(folder: Path, count: int) -> Sequence[Question]:
    questions = []
    for made in documents(SEEDS, count):
        (folder / made.name).parent.mkdir(parents=True, exist_ok=True)
        (folder / made.name).write_text(made.text, encoding="utf-8")
        questions.append(made.question)
    return questions


def _built(dalil: Dalil, folder: Path) -> Built:
    with dalil.generations.building(), ReadingRoom() as room:
        changes = plan(find_sources([folder], max_bytes=1 << 26), None)
        builder = Builder(dalil.generations, dalil.embedder, lambda *_: None)
        return builder.build(prepared(changes, None, room, lambda *_: None), None)


def _first(reply: Reply) -> str | None:
    return None if isinstance(reply, NotFound) else reply.excerpts[0].document


if __name__ == "__main__":
    settings = read_settings().model_copy(update={"data": Path(sys.argv[2])})
    print(json.dumps(measure(Dalil(settings), int(sys.argv[1])), indent=1))
