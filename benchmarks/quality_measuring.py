"""What ``benchmarks/quality.py`` measures of a question set, and the marks and systems it is compared with."""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

from benchmarks import peers, ways_of_typing
from index.embedders import load_embedder
from retrieval.answer import outcome
from retrieval.evaluation import Gold, QuestionSet, index_set, trials
from retrieval.measures import Measured, Trial, mrr, percent, recall_at, summary

OUTCOMES: Final = ("answer", "related", "none")
_PASSAGES: Final = ".passages.jsonl"
_QUESTIONS: Final = ".questions.jsonl"


class System(NamedTuple):
    """A ranking of passages, where its figures come from, and these: R@1, R@5, R@10, MRR@10."""

    name: str
    source: str
    figures: tuple[float, ...]


class Simple(NamedTuple):
    """What a simple method reaches in one figure of `Measured`."""

    figure: str
    value: float
    method: str


@dataclass(frozen=True, slots=True)
class Reference:
    """What a question set is called, the marks asked by figure, what simple methods reach, and other systems."""

    title: str
    marks: Mapping[str, float] = field(default_factory=dict)
    baseline: tuple[Simple, ...] = ()
    systems: tuple[System, ...] = ()


class OfKind(NamedTuple):
    """The figures of one kind of question; shares are percentages."""

    kind: str
    questions: int
    recall_at_1: float
    excerpt_at_1: float
    answered: float
    answered_rightly: float


@dataclass(frozen=True, slots=True)
class Result:
    """All that was measured of one set.

    ``systems`` are ours, the installed peers and those of the reference. ``elsewhere`` says what percentage of the
    questions had each outcome when asked of the library of the set called ``other``. ``ways`` are rows of
    `ways_of_typing`, if asked.
    """

    reference: Reference
    measured: Measured
    trials: tuple[Trial, ...]
    systems: tuple[System, ...]
    other: str = ""
    elsewhere: Mapping[str, float] = field(default_factory=dict)
    ways: tuple[tuple[str, ...], ...] = ()


class _Set(NamedTuple):
    """An indexed question set and the file of its passages."""

    reference: Reference
    asked: QuestionSet
    passages: Path


def read_references(path: Path) -> dict[str, Reference]:
    """The references by the name of the set, without the systems that are installed and so measured anew."""
    return {name: _reference(table) for name, table in tomllib.loads(path.read_text(encoding="utf-8")).items()}


def _reference(table: Mapping[str, Any]) -> Reference:
    installed = peers.installed()
    systems = tuple(
        System(row["name"], row["source"], tuple(row["figures"]))
        for row in table["systems"]
        if row.get("module") not in installed
    )
    baseline = tuple(Simple(**row) for row in table["baseline"])
    return Reference(table["title"], table["marks"], baseline, systems)


def measure(
    folder: Path, references: Mapping[str, Reference], embedder: str, place: Path, *, with_ways: bool
) -> list[Result]:
    """Measures every question set in ``folder``; works in ``place``.

    The questions of each set are also asked of the library of the next one, those of the last one of the first.

    Raises:
        QuestionSetError: a file is not what it should be.
        IndexingError: the embedder cannot be had.
    """
    model = load_embedder(embedder)
    sets = []
    for path in sorted(folder.glob(f"*{_PASSAGES}")):
        name = path.name.removesuffix(_PASSAGES)
        asked = index_set(path, folder / f"{name}{_QUESTIONS}", model, place / name, _silent)
        sets.append(_Set(references.get(name, Reference(name)), asked, path))
    return [_measured(each, other, with_ways=with_ways) for each, other in zip(sets, sets[1:] + sets[:1], strict=True)]


def _measured(these: _Set, other: _Set, *, with_ways: bool) -> Result:
    asked = these.asked
    done = tuple(trials(asked, _silent))
    ours = (
        System("**Dalil**", "this run", ranking([each.rank for each in done])),
        System("**Dalil's vectors alone**", "this run", ranking([each.dense_rank for each in done])),
    )
    return Result(
        reference=these.reference,
        measured=summary(asked.passages, done),
        trials=done,
        systems=(*ours, *_peers(these.passages, asked.questions), *these.reference.systems),
        other=other.reference.title if other is not these else "",
        elsewhere=outcomes(other.asked, asked.questions) if other is not these else {},
        ways=tuple(ways_of_typing.rows(asked.assistant, asked.questions)) if with_ways else (),
    )


def _silent(step: str, done: int, total: int) -> None:
    """Progress that nobody watches: the whole takes minutes."""


def outcomes(library: QuestionSet, questions: Sequence[Gold]) -> dict[str, float]:
    """The percentage of each outcome when ``questions`` are asked of a library, which need not answer them."""
    counts = Counter(outcome(library.assistant.ask(gold.question)) for gold in questions)
    return {name: 100 * counts[name] / len(questions) for name in OUTCOMES}


def of_kinds(done: Sequence[Trial]) -> list[OfKind]:
    """The figures of each kind of question that was asked, the most frequent first."""
    counts = Counter(each.kind for each in done)
    return [_of_kind([each for each in done if each.kind is kind]) for kind, _ in counts.most_common()]


def _of_kind(same: Sequence[Trial]) -> OfKind:
    answered = [each for each in same if each.outcome == "answer"]
    return OfKind(
        kind=same[0].kind.value,
        questions=len(same),
        recall_at_1=recall_at([each.rank for each in same], 1),
        excerpt_at_1=percent(each.in_first for each in same),
        answered=100 * len(answered) / len(same),
        answered_rightly=percent(each.in_first for each in answered),
    )


def ranking(ranks: Sequence[int | None]) -> tuple[float, ...]:
    """R@1, R@5, R@10 and MRR@10 in percent."""
    return (*(recall_at(ranks, top) for top in (1, 5, 10)), mrr(ranks))


def _peers(passages: Path, questions: Sequence[Gold]) -> list[System]:
    """The peers that are installed, on the same passages and questions."""
    with passages.open(encoding="utf-8") as lines:
        documents = {row["id"]: row["text"] for row in map(json.loads, filter(str.strip, lines))}
    names = list(documents)
    systems = []
    for peer in peers.installed():
        search = peers.PEERS[peer].indexed(list(documents.values()))
        found = [[names[row] for row in search(gold.question)] for gold in questions]
        ranks = [
            rows.index(gold.document) + 1 if gold.document in rows else None
            for rows, gold in zip(found, questions, strict=True)
        ]
        systems.append(System(f"{peer}, {peers.PEERS[peer].by}", "this run", ranking(ranks)))
    return systems
