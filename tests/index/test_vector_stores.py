"""Every kind of vector store passes these tests, against comparing everything with NumPy."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from index.protocols import Hit, Vectors, VectorStore, VectorStoreKind
from index.recall import recall_of
from index.stores import VECTOR_STORES, vector_kind
from tests.index.postgres.kinds import VectorsKind

ROUNDED = 1e-3  # a store may keep vectors in half precision
KINDS: dict[str, VectorStoreKind] = {**VECTOR_STORES, "pgvector": VectorsKind()}
RECALL = {"faiss-flat": 1.0, "faiss-fastscan": 0.95, "pgvector": 0.999}
"""The share of the ten nearest that a kind promises to find on clustered vectors."""

DIMENSION = 64
CLUSTERED = 3_000


class Opened(NamedTuple):
    name: str
    kind: VectorStoreKind
    vectors: Vectors
    store: VectorStore


def unit(rows: Vectors) -> Vectors:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / lengths, np.float32)


def clustered(count: int, seed: int = 1) -> Vectors:
    """Vectors around a few dozen centres, as passages lie around their subjects."""
    random = np.random.default_rng(seed)
    centres = random.normal(size=(40, DIMENSION))
    scattered = centres[random.integers(len(centres), size=count)] + 0.6 * random.normal(size=(count, DIMENSION))
    return unit(scattered.astype(np.float32))


QUESTIONS = clustered(60, seed=2)


def made(kind: VectorStoreKind, vectors: Vectors, folder: Path) -> VectorStore:
    folder.mkdir()
    halves = vectors.astype(np.float16)
    kind.build(halves, folder)
    return kind.open(folder, lambda rows: halves[rows].astype(np.float32))


@pytest.fixture(scope="module", params=sorted(KINDS))
def opened(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Opened:
    vectors = clustered(CLUSTERED)
    kind = KINDS[request.param]
    return Opened(request.param, kind, vectors, made(kind, vectors, tmp_path_factory.mktemp("store") / "vectors"))


def nearest(vectors: Vectors, question: Vectors, top: int) -> list[int]:
    return [int(row) for row in np.argsort(-(vectors @ question), kind="stable")[:top]]


def rows(hits: list[Hit]) -> list[int]:
    return [hit.row for hit in hits]


def test_every_kind_states_what_it_promises() -> None:
    assert RECALL.keys() == KINDS.keys()


def test_the_nearest_are_found(opened: Opened) -> None:
    shares = [
        len(set(rows(opened.store.search(question, top=10))) & set(nearest(opened.vectors, question, 10))) / 10
        for question in QUESTIONS
    ]
    assert np.mean(shares) >= RECALL[opened.name]


def test_scores_are_inner_products_best_first(opened: Opened) -> None:
    for question in QUESTIONS[:20]:
        hits = opened.store.search(question, top=50)
        scores = [hit.score for hit in hits]
        assert len(set(rows(hits))) == 50
        assert scores == sorted(scores, reverse=True)
        exact = [float(opened.vectors[row] @ question) for row in rows(hits)]
        assert scores == pytest.approx(exact, abs=ROUNDED)


def test_hits_are_plain_numbers(opened: Opened) -> None:
    (hit,) = opened.store.search(QUESTIONS[0], top=1)
    assert (type(hit.row), type(hit.score)) == (int, float)


def test_a_stored_vector_finds_itself_first(opened: Opened) -> None:
    for row in range(0, CLUSTERED, 300):
        (hit,) = opened.store.search(opened.vectors[row], top=1)
        assert hit.row == row
        assert hit.score == pytest.approx(1, abs=ROUNDED)


def test_all_are_counted(opened: Opened) -> None:
    assert len(opened.store) == CLUSTERED


def test_threads_get_the_answers_one_gets_alone(opened: Opened) -> None:
    alone = [opened.store.search(question, top=10) for question in QUESTIONS]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda question: opened.store.search(question, top=10), QUESTIONS))
    assert together == alone


def test_the_same_vectors_give_the_same_store(opened: Opened, tmp_path: Path) -> None:
    one, other = (made(opened.kind, opened.vectors[:1_000], tmp_path / name) for name in ("one", "other"))
    for question in QUESTIONS[:20]:
        assert one.search(question, top=10) == other.search(question, top=10)


def test_what_a_kind_is_said_to_find_is_what_it_finds(opened: Opened) -> None:
    found = recall_of(opened.store, opened.vectors.astype(np.float16))
    assert found >= RECALL[opened.name]
    assert found == 1 or not opened.kind.is_exact


class FindsHalf:
    """Of the nearest, every second."""

    def __init__(self, vectors: Vectors) -> None:
        self._vectors = vectors

    def search(self, vector: Vectors, *, top: int) -> list[Hit]:
        found = nearest(self._vectors, vector, 2 * top)[::2]
        return [Hit(row, float(self._vectors[row] @ vector)) for row in found]

    def __len__(self) -> int:
        return len(self._vectors)


def test_recall_is_the_share_of_the_nearest_that_is_found() -> None:
    halves = clustered(CLUSTERED).astype(np.float16)
    assert recall_of(FindsHalf(halves.astype(np.float32)), halves) == 0.5


def test_a_store_is_the_same_when_it_is_opened_again(opened: Opened, tmp_path: Path) -> None:
    first = made(opened.kind, opened.vectors[:500], tmp_path / "vectors")
    again = opened.kind.open(
        tmp_path / "vectors", lambda rows: opened.vectors[rows].astype(np.float16).astype(np.float32)
    )
    assert len(again) == 500
    for question in QUESTIONS[:20]:
        assert again.search(question, top=10) == first.search(question, top=10)


def test_an_opened_store_answers_when_its_folder_is_removed(opened: Opened, tmp_path: Path) -> None:
    store = made(opened.kind, opened.vectors[:500], tmp_path / "vectors")
    before = store.search(QUESTIONS[0], top=10)
    shutil.rmtree(tmp_path / "vectors")
    assert store.search(QUESTIONS[0], top=10) == before


@pytest.mark.parametrize("count", [0, 1, 2, 15, 16, 40])
def test_a_small_store_gives_what_it_has_and_never_padding(opened: Opened, tmp_path: Path, count: int) -> None:
    vectors = clustered(count)
    store = made(opened.kind, vectors, tmp_path / "vectors")
    assert len(store) == count
    assert rows(store.search(QUESTIONS[0], top=100)) == nearest(vectors, QUESTIONS[0], count)
    assert rows(store.search(QUESTIONS[0], top=1)) == nearest(vectors, QUESTIONS[0], 1)


def test_asking_for_more_than_there_are_gives_all(opened: Opened) -> None:
    assert sorted(rows(opened.store.search(QUESTIONS[0], top=CLUSTERED + 1))) == list(range(CLUSTERED))


def test_asking_for_none_gives_none(opened: Opened) -> None:
    assert opened.store.search(QUESTIONS[0], top=0) == []


def test_equal_vectors_are_all_found(opened: Opened, tmp_path: Path) -> None:
    vectors = np.repeat(clustered(4), 5, axis=0)
    store = made(opened.kind, vectors, tmp_path / "vectors")
    assert sorted(rows(store.search(vectors[7], top=5))) == [5, 6, 7, 8, 9]


def test_a_text_without_words_is_near_to_nothing(opened: Opened, tmp_path: Path) -> None:
    nothing = np.zeros(DIMENSION, np.float32)
    store = made(opened.kind, np.stack([nothing, *clustered(3)]), tmp_path / "vectors")
    assert all(hit.score == 0 for hit in store.search(nothing, top=4))
    assert Hit(0, 0.0) in store.search(QUESTIONS[0], top=4)


def test_small_sets_are_searched_exactly_and_only_large_ones_quantised() -> None:
    assert vector_kind(1_000, 256) == "faiss-flat"
    assert vector_kind(1_000_000, 256) == "faiss-fastscan"
    assert vector_kind(1_000_000, 255) == "faiss-flat"


def test_vectors_added_to_a_former_store_are_found_as_in_one_of_all(opened: Opened, tmp_path: Path) -> None:
    made(opened.kind, opened.vectors[: CLUSTERED // 2], tmp_path / "former")
    halves = opened.vectors.astype(np.float16)
    (tmp_path / "vectors").mkdir()
    opened.kind.build(halves, tmp_path / "vectors", former=tmp_path / "former")
    store = opened.kind.open(tmp_path / "vectors", lambda rows: halves[rows].astype(np.float32))
    assert len(store) == CLUSTERED
    assert recall_of(store, halves) >= RECALL[opened.name]
