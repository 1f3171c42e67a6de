"""PostgreSQL answers what files answer: the same scores, the same first hits, the same replies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.building import Builder
from index.errors import SourceError
from index.generations import FileGenerations
from index.library import Library
from index.live import OneLibrary
from index.preparing import Prepared
from index.protocols import LexicalStore, LexicalStoreKind
from index.repository import Generations
from index.stores import LEXICAL_STORES
from index.stores.postgres.postings import LENGTHS, codes
from retrieval.answer import NotFound
from retrieval.assistant import Assistant
from retrieval.evaluation import Gold, read_passages, read_questions
from tests.index.builds import build_in, quiet, shipped
from tests.index.postgres.kinds import VectorsKind, WordsKind
from tests.index.postgres.server import fresh_database, generations_in
from tests.index.test_vector_stores import DIMENSION, clustered, made, nearest
from tests.reports import QUESTIONS, SEEDS

DEVELOPMENT = SEEDS.parents[1] / "shared" / "data" / "dev"
ASKED = 150  # of each set, evenly spaced, so that both take less than a minute

words = st.lists(st.text(st.sampled_from("ابتدرلم"), min_size=1, max_size=4), max_size=120)  # long ones are rounded
rows = st.lists(st.tuples(words, words.map(lambda each: each[:6])), min_size=1, max_size=30)


def filled(kind: LexicalStoreKind, passages: list[tuple[list[str], list[str]]], folder: Path) -> LexicalStore:
    folder.mkdir()
    writer = kind.create(folder)
    for body, heading in passages:
        writer.add(kind.row(body, heading))
    writer.finish()
    return kind.open(folder)


@settings(max_examples=25, deadline=None)
@given(rows, words.map(lambda each: each[:8]), words.map(lambda each: each[:2]))
def test_words_are_scored_as_tantivy_scores_them(
    passages: list[tuple[list[str], list[str]]], asked: list[str], name: list[str]
) -> None:
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        ours = filled(WordsKind(), passages, Path(folder) / "ours")
        theirs = filled(LEXICAL_STORES["tantivy"], passages, Path(folder) / "theirs")
        top = len(passages)
        for mine, other in (
            (ours.search(asked, top=top), theirs.search(asked, top=top)),
            (ours.search_named(asked, [name], top=top), theirs.search_named(asked, [name], top=top)),
        ):
            scores = dict(other)
            assert {hit.row for hit in mine} == scores.keys()
            assert [hit.score for hit in mine] == pytest.approx([scores[hit.row] for hit in mine], rel=1e-4)
            assert [hit.score for hit in mine] == pytest.approx([hit.score for hit in other], rel=1e-4)
            assert list(mine) == sorted(mine, key=lambda hit: (-hit.score, hit.row))
        for word in asked:
            assert ours.frequency(word) == theirs.frequency(word)
            assert [ours.holds(row, [word]) for row in range(top)] == [theirs.holds(row, [word]) for row in range(top)]


def test_more_passages_than_a_block_holds_are_scored_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("postings", "words"):
        monkeypatch.setattr(f"index.stores.postgres.{module}.BLOCK", 8)
    passages = [(["ماء"] * (row % 5) + ["نهر"], ["سد"]) for row in range(32)] + [(["ماء", "بحر"], ["سد"])] * 5
    ours = filled(WordsKind(), passages, tmp_path / "ours")
    theirs = filled(LEXICAL_STORES["tantivy"], passages, tmp_path / "theirs")
    for asked in (["ماء"], ["بحر", "سد"], ["نهر", "ماء"]):
        mine, other = ours.search(asked, top=100), dict(theirs.search(asked, top=100))
        assert {hit.row for hit in mine} == other.keys()
        assert [hit.score for hit in mine] == pytest.approx([other[hit.row] for hit in mine], rel=1e-4)
    assert ours.frequency("بحر") == 5
    assert [row for row in range(37) if ours.holds(row, ["بحر"])] == [32, 33, 34, 35, 36]


def test_lengths_are_rounded_down_to_the_nearest_that_has_a_code() -> None:
    assert LENGTHS[:45].tolist() == [*range(41), 42, 44, 46, 48]
    lengths = np.arange(5_000)
    rounded = LENGTHS[codes(lengths)]
    assert (rounded <= lengths).all()
    assert (rounded >= lengths * 8 / 9).all()


def test_many_vectors_are_searched_through_a_graph_that_finds_nearly_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.stores.postgres.vectors.LARGEST_EXACT", 5_000)  # so that making the graph is quick
    vectors = clustered(6_000)
    store = made(VectorsKind(), vectors, tmp_path / "vectors")
    shares = [
        len({hit.row for hit in store.search(question, top=10)} & set(nearest(vectors, question, 10))) / 10
        for question in clustered(60, seed=2)
    ]
    assert np.mean(shares) >= 0.98
    assert len(store.search(clustered(1)[0], top=5_500)) == 5_500, "so many are compared one by one"
    assert vectors.shape[1] == DIMENSION


class Both:
    """One library in files and in PostgreSQL."""

    def __init__(self, files: Generations, postgres: Generations) -> None:
        self.files, self.postgres = (self._assistant(each.open_live()) for each in (files, postgres))

    def _assistant(self, library: Library) -> Assistant:
        return Assistant(OneLibrary(library), shipped())

    def documents(self, question: str) -> tuple[str | None, str | None]:
        """The documents of both first excerpts."""
        first, second = (
            None if isinstance(reply, NotFound) else reply.excerpts[0].document
            for reply in (self.files.ask(question), self.postgres.ask(question))
        )
        return first, second


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Both:
    files, postgres = FileGenerations(tmp_path_factory.mktemp("files")), generations_in(fresh_database())
    for each in (files, postgres):
        build_in(each, SEEDS)
    return Both(files, postgres)


@pytest.mark.parametrize("question", QUESTIONS)
def test_the_sample_reports_give_the_same_replies(seeds: Both, question: str) -> None:
    ours, theirs = seeds.postgres.ask(question), seeds.files.ask(question)
    assert type(ours) is type(theirs)
    if not isinstance(ours, NotFound) and not isinstance(theirs, NotFound):
        assert [each.span for each in ours.excerpts] == [each.span for each in theirs.excerpts]
        assert [each.text for each in ours.excerpts] == [each.text for each in theirs.excerpts]
    assert ours.circumstances.confidence == pytest.approx(theirs.circumstances.confidence, abs=1e-3)


def built(generations: Generations, passages: Path) -> None:
    prepared: Iterator[Prepared | SourceError] = read_passages(passages)
    with generations.building():
        Builder(generations, shipped(), quiet).build(prepared, None)


@pytest.mark.skipif(not DEVELOPMENT.is_dir(), reason="the public question sets lie outside the repository")
@pytest.mark.parametrize("name", ["xquad-ar", "tydiqa-ar"])
def test_development_questions_find_the_same_passages(name: str, tmp_path: Path) -> None:
    files, postgres = FileGenerations(tmp_path), generations_in(fresh_database())
    for each in (files, postgres):
        built(each, DEVELOPMENT / f"{name}.passages.jsonl")
    both, gold = Both(files, postgres), read_questions(DEVELOPMENT / f"{name}.questions.jsonl")
    asked: list[Gold] = gold[:: max(1, len(gold) // ASKED)]
    found = [both.documents(each.question) for each in asked]
    agreeing = np.mean([first == second for first, second in found])
    right = [np.mean([pair[at] == each.document for pair, each in zip(found, asked, strict=True)]) for at in (0, 1)]
    assert agreeing >= 0.99
    assert abs(right[0] - right[1]) <= 0.003 + 1 / len(asked)
