"""``dalil index``."""

from __future__ import annotations

import subprocess
from pathlib import Path

from index.lock import building
from tests.bot.command import COMMAND, Finished, dalil, environment, here
from tests.bot.places import LAST, index, refusal, run
from tests.reports import PASSAGES, with_sentence


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
    assert (done.json["passages"], done.json["embedded"]) == (PASSAGES + 1, 1)
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
    command = [*COMMAND, "--data", str(place / "data"), "index", str(place / "reports")]
    both = [subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL) for _ in range(2)]
    codes = {process.wait() for process in both}
    assert 0 in codes
    assert codes <= {0, 3}
    assert run(place, "status", "--json").json["documents"] == 6
