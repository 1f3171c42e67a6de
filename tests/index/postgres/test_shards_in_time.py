"""What becomes of generations over shards: switched, gone back from, dropped, left behind by the dead, cut off."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from bot.contract import reply_json
from index.errors import (
    BuildFailed,
    DamagedGeneration,
    DatabaseUnavailable,
    GenerationGone,
    IndexingError,
    LibraryLocked,
)
from index.live import LiveLibrary
from index.postgres.generations import PostgresGenerations
from retrieval.assistant import Assistant
from tests.index.builds import build_aside_in, shipped
from tests.index.postgres.conftest import Change
from tests.index.postgres.looking import first_answer
from tests.index.postgres.server import generations_in
from tests.index.postgres.sharded import Sharded, schemas
from tests.index.postgres.test_machines import FREED, Place, other, said
from tests.reports import ANSWER, QUESTIONS, with_sentence


@pytest.fixture
def sharded() -> Sharded:
    """Two shards, on which nothing lies."""
    place = Sharded()
    place.set_up()
    return place


@pytest.fixture
def address(sharded: Sharded) -> str:
    return sharded.address


@pytest.fixture
def place(tmp_path: Path, generations: PostgresGenerations) -> Place:
    return Place(tmp_path, generations)


def assistant(generations: PostgresGenerations) -> Assistant:
    return Assistant(LiveLibrary(generations, shipped()), shipped())


def test_the_script_may_be_run_again_and_changes_nothing(sharded: Sharded, change: Change) -> None:
    assert change() == 1
    assert sharded.set_up().startswith("2 shards; ")
    assert sharded.here("SELECT number FROM dalil.shards ORDER BY 1") == [(1,), (2,)]
    assert change() == 2


def test_a_shard_of_one_coordinator_is_refused_to_another(
    sharded: Sharded, generations: PostgresGenerations, change: Change
) -> None:
    assert change() == 1
    refused = sharded.script(sharded.shards[1], sharded.shards[0])
    assert refused.returncode != 0
    assert "a shard of another coordinator" in refused.stderr
    assert sharded.shards[1].says(sharded.name, "SELECT to_regclass('dalil.shards')") == [(None,)]
    assert ANSWER in first_answer(generations)


def test_three_are_kept_on_the_shards_too_and_gone_back_to(
    sharded: Sharded, generations: PostgresGenerations, change: Change
) -> None:
    assert [change() for _ in range(4)] == [1, 2, 3, 4]
    assert sharded.schemas() == [schemas([2, 3, 4])] * 3
    generations.switch(2)
    assert ANSWER in first_answer(generations)
    assert generations.live() == 2
    assert change() == 5
    assert sharded.schemas() == [schemas([2, 4, 5])] * 3
    lying = sharded.there("SELECT bytes FROM dalil.sizes WHERE name = 'dalil_g000005'")
    assert generations.size_of(5) > sum(size for rows in lying for (size,) in rows) > 100_000


def test_what_was_set_aside_is_dropped_without_a_trace(
    sharded: Sharded, generations: PostgresGenerations, change: Change, reports: Path
) -> None:
    change()
    with_sentence(reports / "extra.txt", "حدث التغيير رقم 2 في المقاطعة.")
    assert build_aside_in(generations, reports).number == 2
    assert sharded.schemas() == [schemas([1, 2])] * 3
    generations.drop(2)
    assert sharded.schemas() == [schemas([1])] * 3


def test_readers_never_fail_and_never_mix_generations(place: Place, address: str) -> None:
    replies = place.replies_while_switching(assistant(generations_in(address)), 12)
    assert len({reply["generation"] for reply in replies}) > 2
    place.check(replies)


def test_a_builder_that_is_killed_leaves_nothing_after_the_next_build(
    sharded: Sharded, place: Place, address: str
) -> None:
    with other("holder", address, place.reports) as holder:
        assert said(holder) == "holding"
        assert sharded.schemas() == [schemas([1, 2])] * 3
        holder.kill()
        holder.wait()
        assert built_when_free(place) == 2
    assert sharded.schemas() == [schemas([1, 2])] * 3
    place.check([reply_json(assistant(place.generations).ask(QUESTIONS[0]))])


def built_when_free(place: Place) -> int:
    """The number of what is built once the lock of the dead builder is free."""
    last = time.monotonic() + 12 * FREED
    while True:
        try:
            return place.build()
        except LibraryLocked:
            assert time.monotonic() < last
            time.sleep(0.05)


def test_what_the_coordinator_never_knew_of_is_no_hindrance(sharded: Sharded, change: Change) -> None:
    sharded.shards[0].says(sharded.name, f"SET ROLE {sharded.name}; CREATE SCHEMA dalil_g000001")
    assert change() == 1
    assert sharded.schemas() == [schemas([1])] * 3


def test_a_shard_that_is_gone_is_named_and_answers_come_again_with_it(
    sharded: Sharded, generations: PostgresGenerations, change: Change
) -> None:
    assert change() == 1
    here = assistant(generations)
    assert ANSWER in first_answer(generations)
    with sharded.shards[1].stopped():
        for _ in range(2):
            with pytest.raises(DatabaseUnavailable, match='could not connect to server "dalil_shard_2"'):
                here.ask(QUESTIONS[1])
        with pytest.raises(IndexingError, match="dalil_shard_2"):
            change()
        with pytest.raises(BuildFailed, match="dalil_shard_2"), generations.building():
            generations.begin(1)
        assert (generations.live(), generations.numbers()) == (1, (1,))
    assert reply_json(here.ask(QUESTIONS[1]))["excerpts"]
    assert ANSWER in first_answer(generations)
    assert change() == 2
    assert sharded.schemas() == [schemas([1, 2])] * 3


def test_what_could_not_be_dropped_while_a_shard_was_gone_goes_with_the_next_build(
    sharded: Sharded, generations: PostgresGenerations, change: Change, reports: Path
) -> None:
    change()
    with_sentence(reports / "extra.txt", "حدث التغيير رقم 2 في المقاطعة.")
    build_aside_in(generations, reports)
    with sharded.shards[1].stopped(), pytest.raises(DatabaseUnavailable, match="dalil_shard_2"):
        generations.drop(2)
    assert generations.waiting() == ()
    assert sharded.schemas() == [schemas([1, 2])] * 3
    with generations.building():
        generations.begin(1).discard()
    assert sharded.schemas() == [schemas([1])] * 3


def test_a_shard_that_is_lost_for_good_is_built_without(
    sharded: Sharded, generations: PostgresGenerations, change: Change
) -> None:
    change()
    sharded.here("DROP SERVER dalil_shard_2 CASCADE")
    sharded.here("DELETE FROM dalil.shards WHERE number = 2")
    with pytest.raises(DamagedGeneration, match="its parts disagree"):
        generations.open_live()
    assert change() == 2
    assert ANSWER in first_answer(generations)
    assert sharded.there("SELECT count(*) > 0 FROM dalil.sizes WHERE name = 'dalil_g000002'") == [[(True,)], [(False,)]]


def test_tables_that_a_shard_lost_are_damage_and_are_not_answered_from(
    sharded: Sharded, generations: PostgresGenerations, change: Change
) -> None:
    for _ in range(2):
        change()
    sharded.shards[0].says(sharded.name, "DROP SCHEMA dalil_g000001 CASCADE")
    sharded.shards[1].says(sharded.name, "DELETE FROM dalil_g000002.vectors")
    with pytest.raises(GenerationGone, match="generation 1 is damaged"):
        generations.switch(1)
    with pytest.raises(DamagedGeneration, match=r"generation 2 is damaged .*its parts disagree"):
        generations.open_live()


def test_a_library_grows_over_shards_from_build_to_build(tmp_path: Path) -> None:
    sharded = Sharded()
    sharded.set_up(shards=0)
    generations = generations_in(sharded.address)
    place = Place(tmp_path, generations)
    for shards in (1, 2):
        sharded.set_up(shards)
        place.build()
    assert sharded.schemas() == [schemas([1, 2, 3]), schemas([2, 3]), schemas([3])]
    for number in (1, 2, 3):
        generations.switch(number)
        place.check([reply_json(assistant(generations).ask(question)) for question in QUESTIONS[:3]])
