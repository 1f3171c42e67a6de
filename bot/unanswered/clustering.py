"""Questions that mean much the same, put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from bot.state.values import Unanswered
from index.protocols import Embedder, Vectors

ALIKE: Final = 0.6
"""The cosine from which two questions are put together. By the shipped embedder, 5 of 7 pairs written as two wordings
of one question lie above it (0.68 to 0.85, the others at 0.42 and 0.46), and no two of the sample questions (at most
0.45): rather two clusters of one matter than one of two."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Questions that mean much the same; the first is the one nearest to all others."""

    questions: tuple[Unanswered, ...]

    @property
    def typical(self) -> Unanswered:
        """The question that stands for the others."""
        return self.questions[0]

    @property
    def people(self) -> int:
        """How many people asked."""
        return len({question.asker for question in self.questions})

    def examples(self, number: int) -> tuple[str, ...]:
        """Different wordings, the most typical first."""
        return tuple(dict.fromkeys(question.question for question in self.questions))[:number]


def clusters(questions: Sequence[Unanswered], embedder: Embedder) -> list[Cluster]:
    """All questions in clusters, those that most people asked first.

    A question joins the cluster to whose first question it is nearest, or begins one; often asked ones begin.
    """
    if not questions:
        return []
    often = Counter(question.question for question in questions)
    order = sorted(questions, key=lambda each: (-often[each.question], each.asked, each.id))
    texts = list(dict.fromkeys(each.question for each in order))
    vectors = np.stack([embedder.embed_question(text) for text in texts])
    leader_of = dict(zip(texts, _leaders(vectors), strict=True))
    members: dict[int, list[Unanswered]] = {}
    for each in order:
        members.setdefault(leader_of[each.question], []).append(each)
    rows = {text: row for row, text in enumerate(texts)}
    made = [Cluster(tuple(_typical_first(group, vectors, rows))) for group in members.values()]
    return sorted(made, key=lambda each: (-each.people, -len(each.questions), each.typical.asked))


def _leaders(vectors: Vectors) -> list[int]:
    """For each row the row that leads its cluster."""
    leaders: list[int] = []
    found = []
    for row, vector in enumerate(vectors):
        near = vectors[leaders] @ vector if leaders else np.empty(0, np.float32)
        best = int(near.argmax()) if len(near) else -1
        if best < 0 or near[best] < ALIKE:
            leaders.append(row)
            best = len(leaders) - 1
        found.append(leaders[best])
    return found


def _typical_first(group: Sequence[Unanswered], vectors: Vectors, rows: dict[str, int]) -> list[Unanswered]:
    own = np.stack([vectors[rows[each.question]] for each in group])
    nearness = own @ own.sum(axis=0)
    return [group[at] for at in np.argsort(-nearness, kind="stable")]
