"""Damaged files are named with their remedies, and the remedies help."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.bot.command import dalil, here
from tests.bot.places import index, refusal, run
from tests.reports import QUESTION


def flip_a_bit(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 4
    file.write_bytes(content)


def cut_off_the_end(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-1])


def files_of(generation: Path) -> list[Path]:
    return sorted(path for path in generation.rglob("*") if path.is_file())


@pytest.mark.parametrize("damage", [flip_a_bit, cut_off_the_end, Path.unlink])
def test_damage_to_any_file_is_named_with_its_remedies_and_index_repairs_it(
    two: Path, damage: Callable[[Path], object]
) -> None:
    saved = shutil.copytree(two / "data", two / "saved")
    names = [path.relative_to(saved / "generations" / "000002") for path in files_of(saved / "generations" / "000002")]
    assert len(names) > 10
    for name in names:
        shutil.rmtree(two / "data")
        shutil.copytree(saved, two / "data")
        file = two / "data" / "generations" / "000002" / name
        if damage is Path.unlink or file.stat().st_size:
            damage(file)
            check_damage(two, name.as_posix())
            if damage is flip_a_bit:
                check_repair(two)


def check_damage(two: Path, name: str) -> None:
    message = refusal(run(two, "ask", QUESTION), 1)
    assert message.startswith(f"dalil: generation 2 is damaged ({name} ")
    assert message.endswith("go back with  dalil rollback , or rebuild with  dalil index PATH…")


def check_repair(two: Path) -> None:
    assert index(two, "--json").json["generation"] == 3
    assert run(two, "ask", QUESTION).code == 0


def test_a_damaged_generation_can_be_left_for_the_one_before(two: Path) -> None:
    flip_a_bit(two / "data" / "generations" / "000002" / "vectors.npy")
    assert run(two, "ask", QUESTION).code == 1
    assert run(two, "rollback").out == "generation 1 is live (before: 2)\n"
    assert run(two, "ask", QUESTION).code == 0
    assert "generation 2 is damaged" in refusal(run(two, "rollback", "2"), 1)
    assert run(two, "status", "--json").json["generation"] == 1


@pytest.mark.parametrize("command", [["ask", QUESTION], ["search", QUESTION], ["chat"], ["status"], ["documents"]])
def test_every_command_that_reads_notices_damage(two: Path, command: list[str]) -> None:
    flip_a_bit(two / "data" / "generations" / "000002" / "texts.bin")
    done = (dalil if command == ["status"] else here)("--data", two / "data", *command)
    assert "generation 2 is damaged (texts.bin is not what was written)" in refusal(done, 1)


def test_a_damaged_manifest_shows_in_the_list_and_does_not_stop_it(two: Path) -> None:
    flip_a_bit(two / "data" / "generations" / "000002" / "manifest.json")
    first, second = run(two, "generations", "--json").json
    assert first["problem"] is None
    assert second["problem"].startswith("damaged: manifest.json")
    assert second["live"] is True


def test_with_all_generations_damaged_index_begins_anew(two: Path) -> None:
    for number in (1, 2):
        flip_a_bit(two / "data" / "generations" / f"{number:06}" / "documents.db")
    assert "there is no earlier generation" in refusal(run(two, "rollback"), 1)
    assert (index(two, "--json").json["generation"], run(two, "ask", QUESTION).code) == (3, 0)


@pytest.mark.parametrize("content", ["", "gibberish", "99999999999999999999"])
def test_a_damaged_pointer_is_named_with_its_remedies(two: Path, content: str) -> None:
    for repair in (
        ["rollback"],
        ["rollback", "1"],
        ["index", two / "reports"],
        ["index", two / "reports", "--if-empty"],
    ):
        (two / "data" / "current").write_text(content)
        message = refusal(run(two, "ask", QUESTION), 1)
        assert f"{two / 'data' / 'current'} does not name the live generation" in message
        assert "dalil rollback" in message
        assert "dalil index" in message
        assert all(not row["live"] for row in run(two, "generations", "--json").json)
        assert run(two, *repair).code == 0
        assert run(two, "ask", QUESTION).code == 0
