"""``dalil people`` and ``dalil audit``."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bot.places import run


def test_people_are_added_listed_and_removed_and_the_log_tells_it(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DALIL_ADMINS", "7")
    assert run(place, "people", "add", 8).out == "8 is now: official\n"
    assert run(place, "people", "add", 9, "--administrator").code == 0
    assert run(place, "people", "add", 9, "--administrator").code == 1
    assert run(place, "people").out == "7  administrator  (by DALIL_ADMINS)\n8  official\n9  administrator\n"
    assert run(place, "people", "remove", 8).code == 0
    refused = run(place, "people", "remove", 7)
    assert (refused.code, refused.err.startswith("dalil: 7 is an administrator by DALIL_ADMINS")) == (2, True)
    assert [each["person"] for each in run(place, "people", "--json").json] == [7, 9]
    log = run(place, "audit", "--json").json
    assert [(deed["what"], deed["who"], deed["whom"]) for deed in log] == [("role", None, each) for each in (8, 9, 8)]
    assert "terminal  role 8  before=official  after=citizen" in run(place, "audit", "--top", 1).out


@pytest.mark.parametrize("person", ["0", "-5", "me", "1.5"])
def test_only_ids_of_people_are_taken(place: Path, person: str) -> None:
    assert run(place, "people", "add", "--", person).code == 2


def test_what_is_asked_of_the_library_is_logged(place: Path) -> None:
    (place / "new.txt").write_text("تقرير جديد عن المدارس في المقاطعة ونتائجها هذا العام.", encoding="utf-8")
    assert run(place, "add", place / "new.txt", "-y").code == 0
    assert run(place, "remove", "new.txt", "-y").code == 0
    log = run(place, "audit", "--json").json
    assert [deed["what"] for deed in log] == ["asked", "asked"]
    assert log[0]["details"]["withdraw"] == ["new.txt"]
