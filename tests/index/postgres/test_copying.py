"""A generation is copied from files to PostgreSQL and back, and a copy in which anything differs is told from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.copying import copied, intact
from index.errors import BuildFailed, CopyDiffers, NoGeneration
from index.generations import FileGenerations
from index.library import Library
from index.postgres.generations import PostgresGenerations
from index.repository import Generations
from index.sameness import see_that_all_is_there, see_that_the_same_is_found
from tests.index.builds import build
from tests.index.postgres.looking import run
from tests.index.postgres.server import fresh_database, generations_in, make_copy
from tests.reports import QUESTIONS, SEEDS

NUMBER = 2


def nobody(_passages: int) -> None:
    """Is told how far it is."""


def copy_to(target: Generations, library: Library) -> None:
    with target.building():
        draft = target.begin(library.manifest.dimension, number=NUMBER)
        copied(library, draft, nobody)
        draft.set_aside()
        draft.discard()


def see_that_they_are_the_same(original: Library, copy: Library) -> None:
    see_that_all_is_there(original, copy, nobody)
    see_that_the_same_is_found(original, copy, QUESTIONS)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> FileGenerations:
    """Two generations."""
    data = tmp_path_factory.mktemp("files")
    build(data, SEEDS / "001_1b2d929686543dec.txt")
    build(data, SEEDS)
    return FileGenerations(data)


@pytest.fixture(scope="module")
def original(files: FileGenerations) -> Library:
    return intact(files, NUMBER)


@pytest.fixture(scope="module")
def copied_there(original: Library) -> str:
    """The address of a database in which a copy of it waits."""
    address = fresh_database()
    generations = generations_in(address)
    copy_to(generations, original)
    generations.close()
    return address


def test_what_is_copied_waits_until_it_is_taken_up(generations: PostgresGenerations, original: Library) -> None:
    copy_to(generations, original)
    see_that_they_are_the_same(original, generations.open(NUMBER))
    assert generations.waiting() == (NUMBER,)
    with pytest.raises(NoGeneration):
        generations.open_live()
    with pytest.raises(BuildFailed, match="generation 3"):
        generations.take_up([NUMBER, 3], NUMBER)
    assert (generations.live(), generations.waiting()) == (None, (NUMBER,))
    generations.take_up([NUMBER], NUMBER)
    assert (generations.live(), generations.numbers(), generations.waiting()) == (NUMBER, (NUMBER,), ())


def test_files_are_taken_up_though_that_was_interrupted(
    files: FileGenerations, original: Library, tmp_path: Path
) -> None:
    target = FileGenerations(tmp_path)
    copy_to(target, original)
    target.waiting_folder(NUMBER).rename(target.folder(NUMBER))
    assert target.live() is None
    target.take_up([NUMBER], NUMBER)
    see_that_they_are_the_same(original, target.open_live())


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        ("UPDATE {g}.vectors SET vector = vector + vector WHERE row = 3", "txt"),
        ("UPDATE {g}.documents SET title = title || 'x' WHERE row = 2", "txt"),
        ("UPDATE {g}.documents SET text = overlay(text placing 'xy' from 41) WHERE row = 2", "txt"),
        ("UPDATE {g}.postings SET held = set_byte(held, length(held) - 1, 200)", "what it finds by words"),
        ('UPDATE dalil.generations SET aliases = \'[["a", "b"]]\'', "aliases"),
    ],
)
def test_a_copy_that_differs_in_anything_is_told(
    address: str, copied_there: str, original: Library, damage: str, what: str
) -> None:
    make_copy(address, copied_there)
    run(address, damage.format(g=f"dalil_g{NUMBER:06}"))
    generations = generations_in(address)
    copy = generations.open(NUMBER)
    with pytest.raises(CopyDiffers, match=what):
        see_that_they_are_the_same(original, copy)
    generations.close()
