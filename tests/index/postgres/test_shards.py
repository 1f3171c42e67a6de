"""Generations whose documents are spread over two servers answer as those of one database do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import psycopg
import pytest

from index.library import Library
from index.live import OneLibrary
from index.postgres.generations import PostgresGenerations
from index.postgres.register import Register
from index.protocols import Hit
from index.stores.postgres.database import Database
from index.stores.postgres.documents import PostgresDocuments
from index.stores.postgres.tables import Tables, add_keys
from index.stores.postgres.vectors import PostgresPassages, PostgresVectors, load_vectors
from index.stores.postgres.words import PostgresWords
from retrieval.answer import NotFound
from retrieval.assistant import Assistant
from tests.index.builds import build_in, shipped
from tests.index.postgres.server import generations_in
from tests.index.postgres.sharded import Sharded, plain
from tests.index.test_vector_stores import DIMENSION, clustered, nearest
from tests.reports import QUESTIONS, SEEDS, recombine

REPORTS = 40


class Both(NamedTuple):
    """The same reports in one database, and over shards."""

    one: PostgresGenerations
    spread: PostgresGenerations
    place: Sharded
    questions: list[str]

    def libraries(self) -> tuple[Library, Library]:
        return self.one.open_live(), self.spread.open_live()


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Both:
    place, folder = Sharded(), tmp_path_factory.mktemp("reports")
    place.set_up()
    files = recombine(folder, REPORTS)
    sentences = [line for file in files[::2] for line in file.read_text(encoding="utf-8").splitlines()[1:3]]
    one, spread = generations_in(plain("plain")), generations_in(place.address)
    for each in (one, spread):
        build_in(each, folder, SEEDS)
    return Both(one, spread, place, [*QUESTIONS, *(" ".join(line.split()[3:13]) for line in sentences)])


@pytest.fixture
def tables(both: Both) -> Iterator[Explaining]:
    database = Database(both.place.address)
    yield Explaining(database.reading, 1)
    database.close()


class Explaining(Tables):
    """Tables that remember how each query is done."""

    def fetch(self, query: str, *parameters: object, settings: tuple[tuple[str, str], ...] = ()) -> list[Any]:
        plan = super().fetch(f"EXPLAIN (VERBOSE, COSTS OFF) {query}", *parameters, settings=settings)
        self.sent = [line.partition("Remote SQL: ")[2] for (line,) in plan if "Remote SQL: " in line]
        self.is_async = sum("Async Foreign Scan" in line for (line,) in plan)
        return super().fetch(query, *parameters, settings=settings)


def test_documents_lie_on_both_shards_with_all_that_belongs_to_them(both: Both) -> None:
    library = both.spread.open_live()
    documents = both.place.there("SELECT row, name FROM dalil_g000001.documents")
    assert [{row % 2 for row, _ in rows} for rows in documents] == [{0}, {1}]
    assert {name for rows in documents for _, name in rows} == {record.name for record in library.documents}
    vectors = both.place.there("SELECT document, row FROM dalil_g000001.vectors")
    assert [{document % 2 for document, _ in rows} for rows in vectors] == [{0}, {1}]
    assert sorted(row for rows in vectors for _, row in rows) == list(range(len(library.passages)))
    assert all(library.passages[row].document == document for rows in vectors for document, row in rows)
    assert both.place.there("SELECT DISTINCT part FROM dalil_g000001.postings") == [[(0,)], [(1,)]]
    found = both.place.here(
        "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relnamespace::regnamespace::text ~ '_g'"
    )
    assert found == [(1,)], "the arrays that readers keep are all that the coordinator has of a generation"


def test_words_and_vectors_have_the_scores_of_one_database(both: Both) -> None:
    one, spread = both.libraries()
    assert len(both.questions) > 50
    for question in both.questions:
        words, vector = question.split(), shipped().embed_question(question)
        assert spread.words.search(words, top=60) == one.words.search(words, top=60)
        names = [words[:1], words[2:4]]
        assert spread.words.search_named(words, names, top=60) == one.words.search_named(words, names, top=60)
        assert spread.vectors.search(vector, top=60) == one.vectors.search(vector, top=60)
        assert [spread.words.frequency(word) for word in words] == [one.words.frequency(word) for word in words]


def test_replies_are_those_of_one_database(both: Both) -> None:
    first, second = (Assistant(OneLibrary(library), shipped()) for library in both.libraries())
    for question in both.questions:
        ours, theirs = second.ask(question), first.ask(question)
        assert type(ours) is type(theirs)
        if not isinstance(ours, NotFound) and not isinstance(theirs, NotFound):
            assert ours.excerpts == theirs.excerpts
        assert ours.circumstances.confidence == theirs.circumstances.confidence


def test_documents_are_read_as_from_one_database(both: Both) -> None:
    one, spread = both.libraries()
    assert list(spread.documents) == list(one.documents)
    assert spread.documents.places() == one.documents.places()
    for record in one.documents:
        assert spread.documents.find(record.name) == record == spread.documents.record(record.row)
        assert spread.documents.document(record) == one.documents.document(record)
    for audience in ("everyone", "officials"):
        assert spread.documents.rows_for(audience) == one.documents.rows_for(audience)
    everything = range(len(one.passages))
    assert (spread.passages.vectors(everything) == one.passages.vectors(everything)).all()


def test_each_shard_sends_only_its_nearest(tables: Explaining) -> None:
    vectors = PostgresVectors(tables, tables.counts()["vectors"], shipped().dimension)
    assert len(vectors.search(shipped().embed_question(QUESTIONS[0]), top=30)) == 30
    assert tables.is_async == len(tables.sent) == 2, "both are asked at the same time"
    for sent in tables.sent:
        assert "ORDER BY (vector OPERATOR(public.<#>)" in sent
        assert sent.endswith("LIMIT 30::bigint")


def test_shards_do_the_work_on_their_rows_themselves(tables: Explaining) -> None:
    documents = PostgresDocuments(tables, tables.counts()["documents"])
    assert ["count(*)" in sent for sent in tables.sent] == [True] * 6
    record = documents.record(1)
    assert documents.text(record, 3, 40)
    assert ["substring" in sent for sent in tables.sent] == [True], "the text is cut where it lies, on one shard"
    PostgresPassages(tables, tables.array("spans"), 0).vectors_of([0, 1, 2])
    assert ["halfvec_send" in sent for sent in tables.sent] == [True] * 2, "not as decimal numbers"
    assert tables.is_async == 2
    PostgresWords(tables).search(QUESTIONS[0].split(), top=5)
    assert [" OR " in sent for sent in tables.sent] == [True] * 2
    assert tables.is_async == 2


@pytest.fixture
def spread_vectors(both: Both, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[PostgresVectors, np.ndarray]]:
    """So many clustered vectors that they are searched through graphs."""
    monkeypatch.setattr("index.stores.postgres.vectors.LARGEST_EXACT", 2_000)  # so that making the graphs is quick
    database, vectors = Database(both.place.address), clustered(3_000)
    register = Register(database)
    number = register.begin(DIMENSION)
    with psycopg.connect(both.place.address, autocommit=True) as connection:
        load_vectors(connection, number, vectors.astype(np.float16), np.arange(3_000, dtype=np.int32))
        add_keys(connection, number)
    yield PostgresVectors(Tables(database.reading, number), 3_000, DIMENSION), vectors
    register.remove(number, "building")
    database.close()


def test_many_vectors_are_searched_through_a_graph_on_each_shard(
    both: Both, spread_vectors: tuple[PostgresVectors, np.ndarray]
) -> None:
    store, vectors = spread_vectors
    shares = [
        len(rows(store.search(question, top=10)) & set(nearest(vectors, question, 10))) / 10
        for question in clustered(60, seed=2)
    ]
    assert np.mean(shares) >= 0.98
    asked = clustered(1, seed=3)[0]
    assert rows(store.search(asked, top=500)) == set(nearest(vectors, asked, 500)), "so many are compared one by one"
    ordered = f"SELECT row FROM dalil_g000002.vectors ORDER BY vector <#> '{asked.tolist()}' LIMIT 10"
    for plan in both.place.there(f"EXPLAIN (COSTS OFF) {ordered}"):
        assert any("Index Scan using vectors_vector_idx" in line for (line,) in plan)


def rows(hits: list[Hit]) -> set[int]:
    return {hit.row for hit in hits}
