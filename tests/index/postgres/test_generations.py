"""Generations in PostgreSQL behave as those in files do."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.embedders.static import StaticEmbedder
from index.errors import (
    BuildFailed,
    DatabaseUnavailable,
    EmbedderMismatch,
    NoGeneration,
    NothingToIndex,
    UnknownGeneration,
)
from index.live import LiveLibrary
from index.postgres.generations import PostgresGenerations
from index.stores.postgres.database import Database
from tests.index.builds import build_aside_in, build_in, other_embedder, shipped
from tests.index.postgres.conftest import Change
from tests.index.postgres.looking import first_answer, run, schemas
from tests.index.postgres.server import generations_in
from tests.reports import ANSWER, PASSAGES, SEEDS, with_sentence


def test_nothing_is_live_before_the_first_build(generations: PostgresGenerations) -> None:
    assert (generations.live(), generations.numbers(), generations.newest_intact()) == (None, (), None)
    assert (generations.waiting(), generations.size()) == ((), 0)
    with pytest.raises(NoGeneration, match="dalil index PATH"):
        generations.open_live()


def test_a_database_that_was_never_written_has_nothing_in_it(address: str) -> None:
    run(address, "DROP SCHEMA dalil CASCADE")
    generations = generations_in(address)
    assert (generations.live(), generations.numbers(), generations.noticed()) == (None, (), None)
    with pytest.raises(NoGeneration):
        generations.open_live()


def test_the_newest_generation_is_live_and_three_are_kept(
    generations: PostgresGenerations, address: str, change: Change, three: None
) -> None:
    for number in (4, 5):
        assert change() == number == generations.live()
        assert generations.numbers() == (number - 2, number - 1, number)
    assert schemas(address) == {"dalil_g000003", "dalil_g000004", "dalil_g000005"}
    assert generations.size_of(5) > 100_000
    assert generations.size() == sum(map(generations.size_of, (3, 4, 5)))


def test_what_was_built_is_what_files_would_hold(generations: PostgresGenerations, three: None) -> None:
    library, manifest = generations.open_live(), generations.manifest(3)
    assert (manifest.number, manifest.passages, len(manifest.documents)) == (3, PASSAGES + 1, 6)
    assert library.manifest == manifest
    assert {record.name for record in library.documents} == {"extra.txt", *(path.name for path in SEEDS.glob("*.txt"))}
    for path in SEEDS.glob("*.txt"):
        record = library.documents.find(path.name)
        assert record is not None
        assert library.documents.document(record).text == path.read_text(encoding="utf-8").strip("\N{BOM}")
    assert ANSWER in first_answer(generations)


def test_unchanged_documents_keep_their_vectors_and_nothing_new_is_built_of_nothing(
    generations: PostgresGenerations, reports: Path, three: None
) -> None:
    assert build_in(generations, reports).number is None
    with_sentence(reports / "extra.txt", "وهذه جملة.")
    assert build_in(generations, reports).embedded == 1
    assert len(generations.numbers()) == 3


def test_the_one_gone_back_to_is_kept_when_the_next_is_built(
    generations: PostgresGenerations, change: Change, three: None
) -> None:
    generations.switch(1)
    assert generations.live() == 1
    assert change() == 4
    assert generations.numbers() == (1, 3, 4)
    assert change() == 5
    assert generations.numbers() == (3, 4, 5)


def test_going_back_to_an_unknown_generation_changes_nothing(generations: PostgresGenerations, three: None) -> None:
    with pytest.raises(UnknownGeneration, match="generation 9 is not kept; kept: 1, 2, 3"):
        generations.switch(9)
    assert generations.live() == 3


def test_a_generation_that_was_set_aside_answers_nobody_until_it_is_admitted(
    generations: PostgresGenerations, reports: Path, three: None
) -> None:
    with_sentence(reports / "extra.txt", "حدث التغيير رقم 4 في المقاطعة.")
    assert build_aside_in(generations, reports).number == 4
    assert (generations.live(), generations.numbers(), generations.waiting()) == (3, (1, 2, 3), (4,))
    assert generations.open(4).manifest.number == 4
    generations.admit(4)
    assert (generations.live(), generations.numbers(), generations.waiting()) == (4, (2, 3, 4), ())
    with pytest.raises(UnknownGeneration):
        generations.admit(4)


def test_a_waiting_generation_is_dropped_without_a_trace_and_its_number_is_not_used_while_it_waits(
    generations: PostgresGenerations, address: str, reports: Path, change: Change, three: None
) -> None:
    with_sentence(reports / "extra.txt", "حدث التغيير رقم 4 في المقاطعة.")
    build_aside_in(generations, reports)
    assert change() == 5
    generations.drop(4)
    generations.drop(4)
    generations.drop(5)
    assert (generations.waiting(), generations.numbers()) == ((), (2, 3, 5))
    assert schemas(address) == {"dalil_g000002", "dalil_g000003", "dalil_g000005"}


def test_a_build_of_nothing_leaves_no_trace(
    generations: PostgresGenerations, address: str, tmp_path: Path, three: None
) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "a.docx").write_bytes(b"no document")
    with pytest.raises(NothingToIndex):
        build_in(generations, tmp_path / "broken")
    assert schemas(address) == {"dalil_g000001", "dalil_g000002", "dalil_g000003"}


def test_a_generation_of_another_model_is_refused(
    generations: PostgresGenerations, reports: Path, tmp_path: Path
) -> None:
    other = other_embedder(tmp_path / "other")
    assert isinstance(other, StaticEmbedder)
    build_in(generations, reports, embedder=other)
    with pytest.raises(EmbedderMismatch):
        LiveLibrary(generations, shipped())


def test_a_database_that_is_not_there_is_named_without_its_password(tmp_path: Path) -> None:
    nowhere = PostgresGenerations(Database(f"postgresql://somebody:swordfish@/dalil?host={tmp_path}&connect_timeout=1"))
    with pytest.raises(BuildFailed, match="check DALIL_DATABASE_URL") as refused, nowhere.building():
        pass
    assert "swordfish" not in str(refused.value)
    with pytest.raises(DatabaseUnavailable):
        nowhere.open_live()
    nowhere.close()
