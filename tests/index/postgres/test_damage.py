"""What is damaged or left behind in the database is named, not taken, and built anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import (
    DamagedGeneration,
    NothingLive,
    UnknownGeneration,
)
from index.postgres.generations import PostgresGenerations
from tests.index.builds import build_aside_in
from tests.index.postgres.conftest import Change
from tests.index.postgres.looking import first_answer, run, schemas
from tests.reports import ANSWER, with_sentence


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        ("UPDATE dalil_g000002.arrays SET content = content || 'x' WHERE name = 'spans'", "spans is not what was"),
        ("DELETE FROM dalil_g000002.arrays WHERE name = 'totals'", "totals is missing"),
        ("DELETE FROM dalil_g000002.vectors WHERE row = 3", "its parts disagree"),
        ("DELETE FROM dalil_g000002.documents WHERE row = 3", "its parts disagree"),
        ("DROP TABLE dalil_g000002.postings", 'relation "dalil_g000002.postings" does not exist'),
        ("DROP SCHEMA dalil_g000002 CASCADE", "does not exist"),
        (
            "UPDATE dalil.generations SET manifest = replace(manifest, 'dalil', 'other') WHERE number = 2",
            "not what was",
        ),
        ("UPDATE dalil.generations SET manifest = 'x' WHERE number = 2", "cannot be read"),
        ("UPDATE dalil.generations SET manifest = NULL WHERE number = 2", "manifest is missing"),
    ],
)
def test_a_damaged_generation_is_not_gone_back_to(
    generations: PostgresGenerations, address: str, three: None, damage: str, problem: str
) -> None:
    run(address, damage)
    with pytest.raises(DamagedGeneration, match=f"generation 2 is damaged .*{problem}"):
        generations.switch(2)
    assert generations.live() == 3
    assert generations.before(3) == 1
    assert generations.before(None) == 3
    with pytest.raises(UnknownGeneration, match="there is no earlier generation"):
        generations.before(1)


def test_a_lost_mark_of_the_live_one_is_named_and_repaired(
    generations: PostgresGenerations, address: str, change: Change, three: None
) -> None:
    run(address, "DELETE FROM dalil.live")
    with pytest.raises(NothingLive, match=r"does not name the live generation: .*dalil rollback .*dalil index"):
        generations.open_live()
    generations.switch(2)
    assert ANSWER in first_answer(generations)
    run(address, "DELETE FROM dalil.live")
    assert change() == 4
    assert ANSWER in first_answer(generations)


def test_a_damaged_live_generation_is_named_and_built_upon_no_more(
    generations: PostgresGenerations, address: str, change: Change, three: None
) -> None:
    run(address, "DROP SCHEMA dalil_g000003 CASCADE")
    with pytest.raises(DamagedGeneration, match="generation 3 is damaged"):
        generations.open_live()
    base = generations.newest_intact()
    assert base is not None
    assert base.manifest.number == 2
    assert change() == 4
    assert ANSWER in first_answer(generations)


def test_leftovers_go_with_the_next_build_and_what_else_lies_there_stays(
    generations: PostgresGenerations, address: str, change: Change, three: None
) -> None:
    for name in ("dalil_g000077", "dalil_gx", "dalil_g1", "dalil_notes"):
        run(address, f"CREATE SCHEMA {name}")
    run(address, "INSERT INTO dalil.generations (number, state) VALUES (78, 'building'), (79, 'removed')")
    assert change() == 4
    assert schemas(address) == {"dalil_g000002", "dalil_g000003", "dalil_g000004", "dalil_gx", "dalil_g1"}


def test_a_damaged_waiting_generation_is_not_admitted(
    generations: PostgresGenerations, address: str, reports: Path, three: None
) -> None:
    with_sentence(reports / "extra.txt", "حدث التغيير رقم 4 في المقاطعة.")
    build_aside_in(generations, reports)
    run(address, "DELETE FROM dalil_g000004.vectors")
    with pytest.raises(DamagedGeneration):
        generations.admit(4)
    assert generations.live() == 3
