"""``dalil add``, ``remove`` and ``jobs``: the library changed from the terminal."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

import pytest

from bot.shelf.questions import Canary
from index.lock import building
from tests.bot.command import COMMAND, ELSEWHERE, environment
from tests.bot.jobs.office import Office, until
from tests.bot.places import asked, index, refusal, run
from tests.bot.shelf.place import REPORT, Place
from tests.index.formats.word_files import paragraph, with_body
from tests.index.formats.word_files import run as words
from tests.reports import QUESTION, SEEDS, recombine

SEED_NAMES = {path.name for path in SEEDS.glob("*.txt")}
FIBRE = "000_eb0f53fc6f890393.txt"


@pytest.fixture
def report(place: Path) -> Path:
    """A report that is not in the library."""
    (place / "مدارس.txt").write_text(REPORT, encoding="utf-8")
    return place / "مدارس.txt"


def names(place: Path) -> set[str]:
    return {each["name"] for each in run(place, "documents", "--json").json}


def staged(place: Path) -> int:
    return len(Place(place / "data").shelf.staged())


def test_a_document_is_shown_and_published(place: Path, report: Path) -> None:
    done = run(
        place, "add", report, "--title", "مدارس هايفونغ", "--date", "٢٠٢٣/٥/١", "--audience", "officials", "--yes"
    )
    assert (done.code, done.err) == (0, "")
    assert "مدارس هايفونغ، هايفونغ، 2023-05-01" in done.out
    assert "| تقرير عن المدارس في مقاطعة هايفونغ." in done.out
    assert "1 new, 0 changed, 0 removed, 5 unchanged; 1 passages" in done.out
    assert done.out.endswith("generation 2 is live: 6 documents, 24 passages\n")
    [found] = run(place, "documents", "مدارس.txt", "--json").json
    assert (found["published"], found["audience"]) == ("2023-05-01", "officials")
    assert names(place) == {*SEED_NAMES, "مدارس.txt"}, "what was indexed from elsewhere stays"
    assert (place / "data" / "documents" / "مدارس.txt").read_text("utf-8") == REPORT
    assert staged(place) == 0


def test_a_document_is_withdrawn_and_comes_back_with_its_generation(place: Path, report: Path) -> None:
    assert run(place, "add", report, "-y").code == 0
    done = run(place, "remove", "مدارس.txt", FIBRE, "--yes", "--json")
    assert done.code == 0
    assert (done.json["state"], done.json["generation"], done.json["documents"]) == ("done", 3, 4)
    assert names(place) == SEED_NAMES - {FIBRE}
    assert not (place / "data" / "documents" / "مدارس.txt").exists()
    assert run(place, "rollback").code == 0
    assert names(place) == {*SEED_NAMES, "مدارس.txt"}
    assert (place / "data" / "documents" / "مدارس.txt").read_text("utf-8") == REPORT
    assert [each["generation"] for each in run(place, "jobs", "--json").json] == [3, 2]


def test_the_last_document_can_be_withdrawn_and_brought_back(place: Path) -> None:
    done = run(place, "remove", *sorted(SEED_NAMES), "--yes")
    assert (done.code, done.err) == (0, "")
    assert done.out.endswith("generation 2 is live: 0 documents, 0 passages\n")
    assert names(place) == set()
    assert run(place, "ask", QUESTION, "--json").json["outcome"] == "none"
    assert run(place, "rollback").code == 0
    assert names(place) == SEED_NAMES


def test_what_is_to_be_replaced_must_be_there(place: Path, report: Path) -> None:
    assert "no document is called x.txt" in refusal(run(place, "add", report, "--replace", "x.txt", "-y"), 2)
    assert staged(place) == 0


def test_a_document_takes_the_place_of_another(place: Path, report: Path) -> None:
    assert run(place, "add", report, "--replace", FIBRE, "-y").code == 0
    assert names(place) == SEED_NAMES
    assert run(place, "documents", FIBRE, "--text").out == REPORT


def test_the_claimed_name_of_a_file_decides_nothing(place: Path) -> None:
    (place / ".hidden..pdf").write_bytes(with_body(paragraph(words(REPORT))))
    assert run(place, "add", place / ".hidden..pdf", "-y").code == 0
    assert "hidden.docx" in names(place)


def test_a_copy_is_recognised(place: Path) -> None:
    done = run(place, "add", SEEDS / FIBRE)
    assert f"! 100% of it stands in {FIBRE} word for word" in done.out


def test_without_anybody_to_ask_nothing_is_built_and_nothing_stays_staged(place: Path, report: Path) -> None:
    done = run(place, "add", report)
    assert done.code == 1
    assert done.err == "dalil: nothing was changed: give --yes where nobody can be asked\n"
    assert names(place) == SEED_NAMES
    assert staged(place) == 0
    assert run(place, "jobs", "--json").json == []


def test_what_cannot_be_taken_says_why_and_changes_nothing(place: Path, report: Path) -> None:
    (place / "bad.txt").write_bytes(b"\0\1\2" * 100)
    done = run(place, "add", place / "bad.txt", report, "-y")
    assert done.code == 1
    assert "bad.txt cannot be published: is not a text file" in done.err
    assert (names(place), staged(place)) == (SEED_NAMES, 0)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--date", "yesterday"), "--date"),
        (("--url", "ftp://a"), "--url"),
        (("--audience", "ministers"), "--audience"),
        (("--title", "a" * 301), "--title"),
    ],
)
def test_wrong_usage_is_named(place: Path, report: Path, arguments: tuple[str, str], told: str) -> None:
    done = run(place, "add", report, *arguments, "-y")
    assert (done.code, done.out) == (2, "")
    assert told in done.err
    assert staged(place) == 0


def test_what_is_not_there_cannot_be_withdrawn(place: Path, tmp_path: Path) -> None:
    assert "no document is called x.txt" in refusal(run(place, "remove", "x.txt", "-y"), 2)
    assert "no index in" in refusal(run(tmp_path / "empty", "remove", "x.txt", "-y"), 2)
    assert "no job is called x" in refusal(run(place, "jobs", "x"), 2)
    assert run(place, "jobs", "--stop").code == 2


def test_another_build_is_waited_for(place: Path, report: Path) -> None:
    with building(place / "data"):
        command = [*COMMAND, "--data", str(place / "data"), "add", str(report), "-y"]
        waiting = subprocess.Popen(
            command, cwd=ELSEWHERE, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert waiting.stderr
        assert waiting.stderr.readline() == "another build is running: waiting for it\n"
    assert waiting.communicate(timeout=60)[0].endswith("generation 2 is live: 6 documents, 24 passages\n")
    assert waiting.returncode == 0


def test_an_interrupt_stops_the_build_and_leaves_everything_as_it_was(place: Path, report: Path) -> None:
    recombine(place / "data" / "documents", 1500, paragraphs=8)
    command = [*COMMAND, "--data", str(place / "data"), "add", str(report), "-y"]
    adding = subprocess.Popen(command, cwd=ELSEWHERE, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    office = Office.open(place / "data")
    until(lambda: bool(office.store.jobs.newest(1)))
    [job] = office.store.jobs.newest(1)
    builder = office.under_way(job)
    os.kill(adding.pid, signal.SIGINT)
    adding.communicate(timeout=30)
    assert adding.returncode == 130
    assert office.job(job).state == "stopped"
    until(lambda: not Path(f"/proc/{builder}").exists())
    assert (names(place), staged(place)) == (SEED_NAMES, 0)
    office.store.close()


def test_a_change_that_answers_a_question_worse_waits_for_a_word(place: Path) -> None:
    Place(place / "data").shelf.questions.add(Canary(text=QUESTION, document=FIBRE))
    done = run(place, "remove", FIBRE, "-y")
    assert done.code == 1
    assert f"answered worse: {QUESTION}" in done.out
    job = run(place, "jobs", "--json").json[0]["job"]
    assert f"dalil jobs {job} --switch" in done.out
    assert FIBRE in names(place)
    assert run(place, "jobs", job, "--switch").code == 0
    assert FIBRE not in names(place)
    assert run(place, "jobs", job, "--stop").code == 1
    assert FIBRE not in str(asked(place / "data", QUESTION))


def test_indexing_a_folder_still_makes_the_library_hold_exactly_that(place: Path, report: Path) -> None:
    assert run(place, "add", report, "-y").code == 0
    assert index(place).code == 0
    assert names(place) == SEED_NAMES
