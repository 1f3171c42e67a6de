"""Replies as JSON: the names are a contract that other programs rely on."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Sequence
from typing import Any, Final, TypeAlias

from retrieval.answer import Answer, Excerpt, NotFound, Reply, outcome

Json: TypeAlias = dict[str, Any]

# Beyond what JSON demands: controls that terminals obey, ends of line as some readers see them, halves of characters.
_ESCAPED: Final = re.compile("[\x7f-\x9f\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}\ud800-\udfff]")


def json_text(value: object, *, indent: int | None = None) -> str:
    """``value`` as JSON in which letters stand as they are; one line unless ``indent`` is given."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _ESCAPED.sub(lambda found: f"\\u{ord(found.group()):04x}", text)


def reply_json(reply: Reply, question_id: object = None) -> Json:
    """A reply; ``question_id`` is the asker's own, a new one is made if there is none."""
    circumstances = reply.circumstances
    excerpts = () if isinstance(reply, NotFound) else reply.excerpts
    return {
        "id": question_id if question_id is not None else uuid.uuid4().hex[:12],
        "question": circumstances.asked,
        "understood": circumstances.understood,
        "language": circumstances.language,
        "outcome": outcome(reply),
        "reason": reply.reason if isinstance(reply, NotFound) else None,
        "confidence": round(circumstances.confidence, 4),
        "generation": circumstances.generation,
        "embedder": circumstances.embedder,
        "elapsed_ms": round(1000 * circumstances.elapsed, 3),
        "excerpts": [_excerpt_json(rank, excerpt) for rank, excerpt in enumerate(excerpts, start=1)],
        "side_by_side": isinstance(reply, Answer) and reply.side_by_side,
    }


def _excerpt_json(rank: int, excerpt: Excerpt) -> Json:
    about = excerpt.about
    return {
        "rank": rank,
        "text": excerpt.text,
        "marks": [[mark.start, mark.end] for mark in excerpt.marks],
        "document": excerpt.document,
        "title": about.title,
        "place": about.place,
        "published": about.published and about.published.isoformat(),
        "url": about.url,
        "page": excerpt.page,
        "start": excerpt.span.start,
        "end": excerpt.span.end,
        "score": round(excerpt.score, 4),
    }


def hits_json(question: str, hits: Sequence[Excerpt], question_id: object = None) -> Json:
    """Ranked passages."""
    kept = ("rank", "text", "document", "start", "end", "page", "score")
    rows = [_excerpt_json(rank, hit) for rank, hit in enumerate(hits, start=1)]
    return {
        "id": question_id if question_id is not None else uuid.uuid4().hex[:12],
        "question": question,
        "hits": [{name: row[name] for name in kept} for row in rows],
    }
