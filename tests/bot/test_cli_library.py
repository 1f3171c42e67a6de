"""``dalil index``, ``documents``, ``status``, ``generations`` and ``rollback``."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from index.lock import building
from tests.bot.command import COMMAND, Finished, dalil, environment, here
from tests.index.builds import build, other_embedder
from tests.reports import QUESTION, SEEDS, with_sentence

LAST = "004_c9f28eff85eb5bad.txt"


@pytest.fixture
def place(seeds_data: Path, tmp_path: Path) -> Path:
    """Reports, and a data folder in which they are indexed."""
    shutil.copytree(SEEDS, tmp_path / "reports")
    shutil.copytree(seeds_data, tmp_path / "data")
    return tmp_path


@pytest.fixture
def two(place: Path) -> Path:
    """The same with a second generation."""
    with_sentence(place / "reports" / LAST, "وهذه فقرة جديدة.")
    assert index(place).code == 0
    return place


def run(place: Path, *arguments: object) -> Finished:
    return here("--data", place / "data", *arguments)


def index(place: Path, *options: str) -> Finished:
    return run(place, "index", place / "reports", *options)


def refusal(done: Finished, code: int) -> str:
    """The one line that a refused command says."""
    assert (done.code, done.out) == (code, "")
    [line] = done.err.splitlines()
    assert line.startswith("dalil: ")
    return line


# index


def test_index_says_what_changes_and_what_it_made(place: Path) -> None:
    with_sentence(place / "reports" / LAST, "وهذه فقرة جديدة.")
    (place / "reports" / "new.txt").write_text("تقرير جديد.", encoding="utf-8")
    (place / "reports" / "000_eb0f53fc6f890393.txt").unlink()
    done = dalil("--data", place / "data", "index", place / "reports")
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[:4] == [
        "1 new, 1 changed, 3 unchanged, 1 removed",
        "  new: new.txt",
        f"  changed: {LAST}",
        "  removed: 000_eb0f53fc6f890393.txt",
    ]
    assert done.out.splitlines()[4].startswith("generation 2 is live: 5 documents, ")


def test_index_as_json(place: Path) -> None:
    (place / "reports" / "new.txt").write_text("تقرير جديد.", encoding="utf-8")
    (place / "reports" / "empty.txt").touch()
    (place / "reports" / "photo.jpg").write_bytes(b"\xff\xd8")
    done = index(place, "--json")
    assert done.code == 1
    assert (done.json["new"], done.json["changed"], done.json["removed"]) == (["empty.txt", "new.txt"], [], [])
    assert (len(done.json["unchanged"]), done.json["generation"], done.json["documents"]) == (5, 2, 6)
    assert (done.json["passages"], done.json["embedded"]) == (18, 1)
    assert {each["document"] for each in done.json["refused"]} == {"empty.txt", "photo.jpg"}
    assert all(each["reason"] for each in done.json["refused"])
    assert [line.split(": ")[:2] for line in done.err.splitlines()] == [
        ["not taken", "photo.jpg"],
        ["not taken", "empty.txt"],
    ]


def test_index_without_a_change_makes_no_generation(place: Path) -> None:
    done = index(place, "--json")
    assert (done.code, done.json["generation"], len(done.json["unchanged"])) == (0, None, 5)
    assert "nothing changed" in index(place).out
    assert run(place, "status", "--json").json["generation"] == 1


def test_what_stays_broken_makes_no_generation_but_is_named_each_time(place: Path) -> None:
    (place / "reports" / "empty.txt").touch()
    for _ in range(2):
        done = index(place)
        assert done.code == 1
        assert "nothing changed: the live index stays" in done.out
        assert done.err.startswith("not taken: empty.txt: ")


def test_a_dry_run_says_what_would_change_and_changes_nothing(place: Path) -> None:
    (place / "reports" / "new.txt").write_text("تقرير جديد.", encoding="utf-8")
    done = index(place, "--dry-run")
    assert done.code == 0
    assert done.out.splitlines() == [
        "1 new, 0 changed, 5 unchanged, 0 removed",
        "  new: new.txt",
        "dry run: nothing was built",
    ]
    assert index(place, "--dry-run", "--json").json["generation"] is None
    assert run(place, "status", "--json").json["documents"] == 5


def test_a_dry_run_needs_neither_the_lock_nor_a_data_folder(place: Path) -> None:
    with building(place / "data"):
        assert index(place, "--dry-run").code == 0
    assert here("--data", place / "none", "index", place / "reports", "--dry-run").code == 0
    assert not (place / "none").exists()


def test_if_empty_indexes_once(place: Path) -> None:
    (place / "reports" / "new.txt").write_text("تقرير جديد.", encoding="utf-8")
    assert index(place, "--if-empty") == Finished(0, "", "")
    assert run(place, "status", "--json").json["documents"] == 5
    done = here("--data", place / "other", "index", place / "reports", "--if-empty", "--json")
    assert (done.code, done.json["documents"]) == (0, 6)


def test_a_path_that_does_not_exist_changes_nothing(place: Path) -> None:
    for paths in ([place / "nowhere"], [place / "nowhere", place / "reports" / LAST]):
        message = refusal(run(place, "index", *paths), 1)
        assert message == f"dalil: {place / 'nowhere'} does not exist; the library stays as it is"
    assert run(place, "status", "--json").json["documents"] == 5


def test_a_folder_without_documents_does_not_empty_the_library(place: Path) -> None:
    (place / "photos").mkdir()
    (place / "photos" / "photo.jpg").write_bytes(b"\xff\xd8")
    done = run(place, "index", place / "photos")
    assert done.code == 1
    assert "not taken: photo.jpg: is of no known kind" in done.err
    assert done.err.endswith(f"dalil: no document found under {place / 'photos'}; the library stays as it is\n")
    assert run(place, "status", "--json").json["documents"] == 5


def test_a_catalogue_that_cannot_be_understood_is_named(place: Path) -> None:
    for text, problem in (('["a.txt"]\ntitle = "', "Unterminated string"), ('["a.txt"]\nauthor = "x"', "author")):
        (place / "reports" / "catalogue.toml").write_text(text, encoding="utf-8")
        message = refusal(index(place), 2)
        assert f"{place / 'reports' / 'catalogue.toml'}: " in message
        assert problem in message


def test_a_file_larger_than_is_set_is_not_taken(place: Path) -> None:
    (place / "reports" / "large.txt").write_text("نص " * 400_000, encoding="utf-8")
    done = dalil("--data", place / "data", "index", place / "reports", DALIL_MAX_FILE_MB="1")
    assert done.code == 1
    assert "not taken: large.txt: is too large" in done.err


def test_a_second_build_is_told_who_is_building(place: Path) -> None:
    with building(place / "data"):
        owner = (place / "data" / "build.owner").read_text(encoding="utf-8")
        done = dalil("--data", place / "data", "index", place / "reports")
    assert refusal(done, 3) == f"dalil: another build is running ({owner}); wait for it, or stop it and try again"
    assert index(place).code == 0


def test_of_two_builds_at_once_none_fails_and_no_report_is_lost(place: Path) -> None:
    (place / "reports" / "new.txt").write_text("تقرير جديد.", encoding="utf-8")
    command = [*COMMAND, "--data", place / "data", "index", place / "reports"]
    both = [subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL) for _ in range(2)]
    codes = {process.wait() for process in both}
    assert 0 in codes
    assert codes <= {0, 3}
    assert run(place, "status", "--json").json["documents"] == 6


# documents


def test_the_stored_text_is_printed_exactly(place: Path) -> None:
    (place / "reports" / "odd.txt").write_bytes("نصٌّ  بمسافات\t\r\n\r\nوسطر أخير بلا نهاية 𐤀🙂".encode())
    assert index(place).code == 0
    command = [*COMMAND, "documents", "odd.txt", "--text", "--data", place / "data"]
    done = subprocess.run(command, env=environment(), capture_output=True, check=True)
    assert done.stdout == "نصٌّ  بمسافات\t\n\nوسطر أخير بلا نهاية 𐤀🙂".encode()
    for file in SEEDS.glob("*.txt"):
        assert run(place, "documents", file.name, "--text").out == file.read_text(encoding="utf-8")


def test_the_documents_are_listed(place: Path) -> None:
    listed = run(place, "documents", "--json").json
    assert [each["name"] for each in listed] == sorted(path.name for path in SEEDS.glob("*.txt"))
    assert {"title", "place", "published", "url", "audience", "passages", "pages", "characters", "sha256"} < set(
        listed[0]
    )
    assert sum(each["passages"] for each in listed) == 17
    assert run(place, "documents", LAST, "--json").json == listed[-1:]
    assert f"{LAST}  (" in run(place, "documents").out


def test_an_unknown_document_is_named(place: Path) -> None:
    for options in ([], ["--text"], ["--json"]):
        message = refusal(run(place, "documents", "nothing.txt", *options), 2)
        assert message == "dalil: no document is called nothing.txt; see  dalil documents"
    assert run(place, "documents", "--text").code == 2


# status, generations, rollback


def test_the_status_says_what_answers_and_what_made_it(place: Path) -> None:
    facts = run(place, "status", "--json").json
    assert (facts["generation"], facts["documents"], facts["passages"], facts["dimension"]) == (1, 5, 17, 256)
    assert facts["embedder"].startswith("dalil-bag-1@")
    assert facts["data"] == str(place / "data")
    assert list(facts["bytes"]) == ["1"]
    assert facts["bytes"]["1"] > 50_000
    assert facts["free_bytes"] > 0
    assert "documents:      5\n" in run(place, "status").out


def test_the_generations_are_listed_with_the_live_one_marked(two: Path) -> None:
    first, second = run(two, "generations", "--json").json
    assert (first["generation"], first["live"], first["problem"]) == (1, False, None)
    assert (second["generation"], second["live"], second["documents"]) == (2, True, 5)
    assert [line[:3] for line in run(two, "generations").out.splitlines()] == ["  1", "* 2"]


def test_going_back_and_forth(two: Path) -> None:
    assert run(two, "rollback").out == "generation 1 is live (before: 2)\n"
    assert run(two, "ask", QUESTION, "--json").json["generation"] == 1
    assert refusal(run(two, "rollback"), 1) == "dalil: there is no earlier generation; kept: 1, 2"
    assert run(two, "rollback", "2").code == 0
    assert run(two, "status", "--json").json["generation"] == 2


def test_going_back_to_an_unknown_generation_changes_nothing(two: Path) -> None:
    assert refusal(run(two, "rollback", "9"), 1) == "dalil: generation 9 is not kept; kept: 1, 2"
    assert run(two, "rollback", "first").code == 2
    assert run(two, "status", "--json").json["generation"] == 2


def test_indexing_after_going_back_takes_the_new_text_again(two: Path) -> None:
    run(two, "rollback")
    done = index(two, "--json")
    assert (done.code, done.json["generation"], done.json["changed"]) == (0, 3, [LAST])
    assert [row["generation"] for row in run(two, "generations", "--json").json] == [1, 2, 3]


def test_going_back_is_possible_while_another_builds(two: Path) -> None:
    with building(two / "data"):
        assert run(two, "rollback").code == 0


# nothing to answer from


@pytest.mark.parametrize(
    "command",
    [["ask", QUESTION], ["search", QUESTION], ["chat"], ["documents"], ["status"], ["generations"], ["rollback"]],
)
def test_without_an_index_every_command_says_how_to_make_one(tmp_path: Path, command: list[str]) -> None:
    message = refusal(here("--data", tmp_path / "data", *command), 2)
    assert message.startswith(f"dalil: no index in {tmp_path / 'data'} yet: make one with  dalil index PATH…")
    assert not (tmp_path / "data").exists()


def test_an_index_of_another_model_says_what_to_do(place: Path) -> None:
    built = build(place / "data", place / "reports", embedder=other_embedder(place / "other"))
    for command in (["ask", QUESTION], ["search", QUESTION], ["chat"], ["status"]):
        message = refusal(run(place, *command), 1)
        assert "set DALIL_EMBEDDER back, or rebuild with  dalil index PATH…" in message
    done = index(place, "--json")
    assert (done.code, done.json["embedded"]) == (0, built.passages)
    assert run(place, "ask", QUESTION).code == 0


def test_a_data_folder_that_is_none_is_named(place: Path) -> None:
    for data in (place / "reports" / LAST, place / "reports" / LAST / "data"):
        message = refusal(dalil("--data", data, "index", place / "reports"), 1)
        assert f"cannot write below {data}" in message


# damage


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
    assert run(two, "rollback").out == "generation 1 is live (before: 2)\n"
    assert run(two, "ask", QUESTION).code == 0
    (two / "data" / "current").write_text("2\n")
    assert index(two, "--json").json["generation"] == 3
    assert run(two, "ask", QUESTION).code == 0


@pytest.mark.parametrize("command", [["ask", QUESTION], ["status"], ["documents"]])
def test_every_command_that_reads_notices_damage(two: Path, command: list[str]) -> None:
    flip_a_bit(two / "data" / "generations" / "000002" / "texts.bin")
    done = dalil("--data", two / "data", *command)
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
