"""Everything of a library is in PostgreSQL afterwards, as it was, and nothing is changed where it came from."""

from __future__ import annotations

import shutil
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command

from bot.contract import reply_json
from bot.state.database import Database, database_url
from bot.state.migrating import configuration
from bot.state.store import Store
from bot.state.tables import metadata
from bot.state.unanswered import Asking
from index.errors import DamagedGeneration, OutdatedGeneration
from index.library import Library
from index.live import OneLibrary
from index.manifest import read_manifest
from retrieval.assistant import Assistant
from tests.bot.migration.libraries import LIVE, PERSON, WITHDRAWN, essence, files, move, rows, server, what_lies_in
from tests.bot.state.material import answer
from tests.index.builds import build_in, shipped
from tests.index.postgres.looking import run
from tests.index.postgres.server import fresh_database
from tests.reports import QUESTIONS

VERSION = sa.text("SELECT version_num FROM alembic_version")


@pytest.fixture(scope="module")
def moved(made: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The library, and the address to which it was moved. Look, do not touch."""
    data, address = shutil.copytree(made, tmp_path_factory.mktemp("moved") / "data"), fresh_database()
    before = what_lies_in(data)
    done = move(files(data), server(address), data)
    assert what_lies_in(data) == before, "nothing is changed where it came from"
    assert (done.standing.live, done.standing.kept, done.standing.waiting) == (LIVE, (2, 3, 4), (5,))
    assert done.left == ()
    assert done.compared.alike == done.compared.asked > 3
    return data, address


def answered(library: Library) -> list[dict[str, Any]]:
    assistant = Assistant(OneLibrary(library), shipped())
    return [reply_json(assistant.ask(question), "one") for question in QUESTIONS]


def test_generations_are_there_bit_for_bit_under_their_numbers(moved: tuple[Path, str]) -> None:
    data, address = moved
    assert essence(server(address).generations) == essence(files(data).generations)


def test_questions_are_answered_as_before(moved: tuple[Path, str]) -> None:
    data, address = moved
    before, now = (answered(home.generations.open_live()) for home in (files(data), server(address)))
    for one, other in zip(before, now, strict=True):
        assert one["outcome"] == other["outcome"]
        assert one["generation"] == other["generation"] == LIVE
        assert one["confidence"] == pytest.approx(other["confidence"], abs=1e-3)
        assert [each["text"] for each in one["excerpts"]] == [each["text"] for each in other["excerpts"]]


def test_no_table_of_the_state_is_forgotten(moved: tuple[Path, str]) -> None:
    data, address = moved
    before, after = rows(str(data / "state.sqlite")), rows(address)
    assert before.keys() == metadata.tables.keys()
    assert [name for name, found in before.items() if not found] == [], "tables that the test does not fill"
    assert [update.pop("owner") for update in after["updates"]] == [None], "whoever handled it is gone"
    assert [update.pop("owner") for update in before["updates"]] == [0]
    assert after == before


def test_no_number_is_counted_by_the_server_so_none_is_given_twice(moved: tuple[Path, str]) -> None:
    _, address = moved
    columns = "SELECT table_name FROM information_schema.columns"
    assert run(address, f"{columns} WHERE is_identity = 'YES' OR column_default ~ 'nextval'") == []
    assert len(run(address, columns)) > 100


def test_a_library_comes_back_to_files(moved: tuple[Path, str], tmp_path: Path) -> None:
    data, address = moved
    back = tmp_path / "back"
    move(server(address), files(back), back)
    assert essence(files(back).generations) == essence(files(data).generations)
    assert rows(str(back / "state.sqlite")) == rows(address)
    assert files(back).generations.open_live().manifest.number == LIVE, "its checksums are right"


def test_life_goes_on_where_it_was_moved_to(data: Path, address: str) -> None:
    move(files(data), server(address), data)
    with Store.open(address) as store:
        store.answers.add(answer(chat=PERSON, created=2000.0))
        assert store.updates.add(1, 10_000, PERSON, "{}", now=2.0)
        store.unanswered.note("متى يكتمل الميناء؟", Asking("none", PERSON), now=5.0)
    found = rows(address)
    assert (len(found["answers"]), len(found["unanswered"]), len(found["updates"])) == (2, 2, 2)
    assert found["salts"] == rows(str(data / "state.sqlite"))["salts"], "a person's hash is what it was"
    generations = server(address).generations
    assert generations.open_live().documents.find(WITHDRAWN) is None
    assert generations.open(generations.before(LIVE)).documents.find(WITHDRAWN) is not None
    assert build_in(generations, data / "documents").number == 6
    assert generations.numbers() == (LIVE, 4, 6), "the one that was live before is kept, as among files"
    generations.admit(5)
    assert generations.live() == 5


def test_generations_alone_are_moved_too(data: Path, address: str) -> None:
    (data / "state.sqlite").unlink()
    shutil.rmtree(data / "generations" / "000004")
    assert move(files(data), server(address), data).rows is None
    assert server(address).generations.live() == LIVE


def test_an_older_state_is_brought_up_to_date_on_the_way_and_stays_as_it_is(state_alone: Path, address: str) -> None:
    place = str(state_alone / "state.sqlite")
    with closing(Database(database_url(place))) as database:
        with database.changing_tables() as connection:
            config = configuration()
            config.attributes["connection"] = connection
            command.downgrade(config, "-1")
            version = connection.scalar(VERSION)
        done = move(files(state_alone), server(address), state_alone)
        with database.reading() as connection:
            assert connection.scalar(VERSION) == version
    assert done.manifests == ()
    with Store.open(address) as store:
        assert store.answers.last_in(PERSON) is not None


def test_words_that_postgresql_cannot_hold_do_not_keep_the_rest_from_moving(state_alone: Path, address: str) -> None:
    with Store.open(str(state_alone / "state.sqlite")) as store:
        store.answers.add(answer(chat=7, asked="كم\0؟"))
    move(files(state_alone), server(address), state_alone)
    with Store.open(address) as store:
        found = store.answers.last_in(7)
    assert found is not None
    assert found.asked == "كم\N{REPLACEMENT CHARACTER}؟"


def test_what_is_damaged_or_of_another_version_is_left_and_said(data: Path, address: str) -> None:
    (data / "generations" / "000002" / "vectors.npy").write_bytes(b"x")
    folder = data / "generations" / "000004"
    replace(read_manifest(folder, 4), searching={"folding": 0, "analysis": 0}).write(folder)
    done = move(files(data), server(address), data)
    assert [type(error) for error in done.left] == [DamagedGeneration, OutdatedGeneration]
    assert server(address).generations.numbers() == (LIVE,)
    assert files(data).generations.numbers() == (2, LIVE, 4)


def test_a_live_generation_that_is_damaged_is_not_moved(data: Path, address: str) -> None:
    (data / "generations" / "000003" / "vectors.npy").write_bytes(b"x")
    with pytest.raises(DamagedGeneration):
        move(files(data), server(address), data)
    assert server(address).generations.numbers() == ()
    assert server(address).generations.waiting() == ()
