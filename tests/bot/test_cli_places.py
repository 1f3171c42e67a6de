"""Places on the command line: reports side by side, and aliases.toml."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.phrases import PhraseName
from bot.terminal import SAY
from tests.bot.places import index, refusal, run

CATALOGUE = """
["a.txt"]
place = "خان هوا"
published = 2023-11-05
["b.txt"]
place = "تاي نينه"
published = 2023-10-30
"""
REPORT = "عقدت اللجنة اجتماعها السنوي لمراجعة الخطة. وعالجت المكاتب {} معاملة إلكترونية في المراكز الجديدة."
QUESTION = "كم معاملة إلكترونية عالجت المكاتب؟"


@pytest.fixture
def two_provinces(tmp_path: Path) -> Path:
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "catalogue.toml").write_text(CATALOGUE, encoding="utf-8")
    for name, figure in (("a.txt", "41,250"), ("b.txt", "28,700")):
        (reports / name).write_text(REPORT.format(figure), encoding="utf-8")
    assert index(tmp_path).code == 0
    return tmp_path


def test_differing_reports_are_shown_under_their_places_and_days(two_provinces: Path) -> None:
    lines = run(two_provinces, "ask", QUESTION).out.splitlines()
    assert lines[0] == SAY(PhraseName.SIDE_BY_SIDE_HEADING)
    assert "خان هوا، 2023-11-05:" in lines
    assert "تاي نينه، 2023-10-30:" in lines
    assert SAY(PhraseName.FURTHER_HEADING) not in lines


def test_differing_reports_are_ordinary_excerpts_in_json_which_says_that_they_differ(two_provinces: Path) -> None:
    reply = run(two_provinces, "ask", QUESTION, "--json").json
    assert reply["outcome"] == "answer"
    assert sorted(each["document"] for each in reply["excerpts"]) == ["a.txt", "b.txt"]
    assert reply["side_by_side"] is True
    assert run(two_provinces, "ask", f"{QUESTION[:-1]} في خان هوا؟", "--json").json["side_by_side"] is False


def test_editing_aliases_makes_a_new_generation_that_knows_them(two_provinces: Path) -> None:
    question = "كم معاملة إلكترونية عالجت المكاتب في نها ترانغ؟"
    (two_provinces / "reports" / "aliases.toml").write_text('"خان هوا" = ["نها ترانغ"]', encoding="utf-8")
    done = index(two_provinces, "--json")
    assert (done.code, done.json["generation"], done.json["embedded"], done.json["refused"]) == (0, 2, 0, [])
    assert "nothing changed" in index(two_provinces).out
    reply = run(two_provinces, "ask", question, "--json").json
    assert (reply["outcome"], reply["excerpts"][0]["document"]) == ("answer", "a.txt")


def test_wrong_aliases_are_one_line_and_the_library_stays(two_provinces: Path) -> None:
    (two_provinces / "reports" / "aliases.toml").write_text('"خان هوا" = 7', encoding="utf-8")
    line = refusal(index(two_provinces), 2)
    assert "aliases.toml: at خان هوا: Input should be a valid list" in line
    assert run(two_provinces, "status", "--json").json["generation"] == 1
