from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.corpus import documents
from benchmarks.making import SEEDS, choose_questions, write_reports


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made") / "reports"
    write_reports(folder, 12)
    return folder


def test_the_made_reports_are_written_by_their_names(reports: Path) -> None:
    made = list(documents(SEEDS, 12))
    assert {path.relative_to(reports).as_posix() for path in reports.rglob("*.txt")} == {each.name for each in made}
    assert all((reports / each.name).read_text(encoding="utf-8") == each.text for each in made)


def test_reports_that_are_there_are_not_written_again(reports: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in reports.rglob("*.txt")}
    assert write_reports(reports, 12) == sum(path.stat().st_size for path in before)
    assert {path: path.stat().st_mtime_ns for path in reports.rglob("*.txt")} == before


def test_few_questions_are_spread_over_the_reports(reports: Path) -> None:
    asked = choose_questions(reports, 12, 4)
    assert [document for _, document in asked] == [f"000/0000{number:02}.txt" for number in (2, 5, 8, 11)]


def test_many_questions_differ_and_no_report_gives_its_second_before_all_gave_one(reports: Path) -> None:
    asked = choose_questions(reports, 12, 60)
    assert len({text for text, _ in asked}) == len(asked) == 60
    assert len({document for _, document in asked[:12]}) == 12


def test_other_reports_in_the_folder_are_not_taken_for_the_made_ones(tmp_path: Path) -> None:
    write_reports(tmp_path, 3)
    (tmp_path / "000" / "000001.txt").write_text("تقرير آخر\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="not what is made now"):
        choose_questions(tmp_path, 3, 3)
