from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks import beside
from benchmarks.apart import NotMeasured, figures_of
from benchmarks.keeping import generations_in
from benchmarks.making import choose_questions
from benchmarks.peering import Task, ratios, run_peer
from benchmarks.scale import main, run
from benchmarks.scale_measuring import ADDED, IN_FILES, IN_POSTGRESQL, Plan
from index.building import Builder
from index.embedders import SHIPPED_NAME, load_embedder
from index.planning import plan
from index.preparing import documents
from index.reading import ReadingRoom
from index.sources import find_sources
from tests.postgres_server import Server

PLAN = Plan(
    folder=Path(),
    results=Path(),
    sizes=(100,),
    questions=4,
    beside=(),
    database="",
    peers=("tantivy",),
    peer_python=Path(sys.executable),
    peer_seconds=60,
)


def found_in(results: Path) -> dict[str, dict[str, dict[str, Any]]]:
    found: dict[str, dict[str, dict[str, Any]]] = json.loads((results / "scale.json").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Plan:
    """A run whose second size could not be measured."""
    folder = tmp_path_factory.mktemp("scale")
    made = replace(PLAN, folder=folder / "work", results=folder / "results", sizes=(100, 200))
    (made.folder / "files").mkdir(parents=True)
    (made.folder / "files" / "200").write_text("where a folder has to be")
    with pytest.raises(OSError, match="200"):
        run(made)
    return made


def test_a_run_cut_off_loses_only_the_size_in_work(measured: Plan) -> None:
    assert list(found_in(measured.results)[IN_FILES]) == ["100"]
    assert (measured.results / "scale.md").exists()
    assert (measured.results / "scale.svg").exists()


def test_a_size_tells_building_answering_adding_and_the_peer(measured: Plan) -> None:
    figures = found_in(measured.results)[IN_FILES]["100"]
    assert figures["documents"] == figures["indexing"]["documents"] == 10
    assert figures["indexing"]["bytes"] > 10**5
    assert figures["adding"]["documents"] == 10 + ADDED
    assert figures["adding"]["embedded"] == figures["adding"]["passages"] - figures["indexing"]["passages"]
    assert figures["answering"]["first_document_right_percent"] >= 50
    assert all(figures["answering"][f"threads_{count}_a_second"] > 0 for count in (1, 2, 8))
    assert figures["peers"]["tantivy"]["ours_over_peer"]["p50"] > 0


def test_what_was_added_for_measuring_is_not_live_afterwards(measured: Plan) -> None:
    with generations_in(str(measured.folder / "files" / "100" / "data")) as generations:
        assert len(generations.open_live().documents) == 10


def test_a_second_run_takes_up_what_was_built(measured: Plan, tmp_path: Path) -> None:
    run(replace(measured, results=tmp_path, sizes=(100,), peers=()))
    again, before = found_in(tmp_path)[IN_FILES]["100"], found_in(measured.results)[IN_FILES]["100"]
    assert again["indexing"] == before["indexing"]
    assert again["answering"] != before["answering"]
    assert "peers" not in again


def test_generations_in_postgresql_stand_beside_those_in_files(
    measured: Plan, postgres: Server, tmp_path: Path
) -> None:
    (tmp_path / "scale.json").write_text(json.dumps(found_in(measured.results)), encoding="utf-8")
    with postgres.database() as url:
        run(replace(measured, results=tmp_path, sizes=(100,), database=url, peers=()))
    found = found_in(tmp_path)
    assert list(found) == [IN_FILES, IN_POSTGRESQL]
    assert found[IN_POSTGRESQL]["100"]["indexing"]["passages"] == found[IN_FILES]["100"]["indexing"]["passages"]
    assert "PostgreSQL ÷ files" in (tmp_path / "scale.md").read_text(encoding="utf-8")


def test_a_library_of_others_is_not_replaced(postgres: Server, tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text("بلغ طول الطرق المعبدة في المقاطعة 412 كيلومترًا عام 2021.\n", encoding="utf-8")
    with postgres.database() as url:
        with generations_in(url) as generations, generations.building(), ReadingRoom() as room:
            found = plan(find_sources([tmp_path], max_bytes=10**6), None)
            builder = Builder(generations, load_embedder(SHIPPED_NAME), lambda *_: None)
            builder.build(documents(found, None, room, lambda *_: None), None)
        with pytest.raises(Exception, match="not made for measuring"):
            main(database=url, sizes="100", folder=tmp_path / "work", results=tmp_path)


def test_answers_are_measured_beside_a_build_and_the_library_is_as_before(measured: Plan) -> None:
    reports, place = measured.folder / "reports", str(measured.folder / "files" / "100" / "data")
    asked = [text for text, _ in choose_questions(reports, 10, 40)]
    build = [sys.executable, "-m", "benchmarks.indexing", str(reports), place, "--documents", "30"]
    with generations_in(place) as generations:
        live = generations.live()
        figures = beside.measure(generations, asked, build, 0.5)
        assert generations.live() == live
    assert figures["questions_alone"] > 5
    assert figures["questions_beside"] > 5
    assert figures["build_seconds"] > 0.1


def test_a_peer_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    task = Task(tmp_path / "passages.jsonl", tmp_path / "questions.json")
    peer = run_peer(Path(sys.executable), "tantivy", task, seconds=0.01)
    assert peer == {"peer": "tantivy", "failed": "it took longer than 0.01 s"}
    assert ratios({}, {}, peer) == {}


def test_a_measurement_that_fails_says_so() -> None:
    with pytest.raises(NotMeasured, match="ended with 3"):
        figures_of([sys.executable, "-c", "raise SystemExit(3)"])
