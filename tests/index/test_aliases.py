from __future__ import annotations

from pathlib import Path

import pytest

from index.aliases import NO_ALIASES, Aliases, aliases_beside, stored_aliases
from index.errors import AliasesError
from index.generations import FileGenerations
from tests.index.builds import build

REPORT = "بلغ عدد الجسور في المقاطعة 41 جسرًا."


def put(path: Path, content: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def beside(folder: Path, *names: str) -> Aliases:
    return aliases_beside((folder / name, name) for name in names)


def test_spellings_are_read_beside_the_documents_and_in_the_folders_above(tmp_path: Path) -> None:
    put(tmp_path / "aliases.toml", '"هو تشي منه" = ["سايغون", " سايجون "]')
    put(tmp_path / "2024/aliases.toml", '"خان هوا" = ["خانه هوا"]\n"هو تشي منه" = ["سايغون"]')
    assert beside(tmp_path, "a.txt", "2024/b.txt").groups == (
        ("خان هوا", "خانه هوا"),
        ("هو تشي منه", "سايغون", "سايجون"),
    )
    assert beside(tmp_path / "2024", "b.txt").groups == (("خان هوا", "خانه هوا"), ("هو تشي منه", "سايغون"))
    assert beside(tmp_path / "2025", "b.txt") == NO_ALIASES


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("خان هوا = [", "Invalid"),
        ('"خان هوا" = "خانه هوا"', r"at خان هوا: .*valid list.*write  \"name\" = \[\"another spelling\"\]"),
        ('"خان هوا" = [7]', r"at خان هوا → 0: .*valid string"),
        ('"خان هوا" = [" "]', r"at خان هوا → 0: .*at least 1 character"),
        ('"" = ["خانه هوا"]', "at least 1 character"),
        ('"خان هوا" = ["…"]', "'…' holds no letters"),
        ('"خان هوا" = ["كا ماو"]\n"كاماو" = []', "'كاماو' is a spelling of 'خان هوا' and of 'كاماو': keep one of them"),
    ],
)
def test_wrong_aliases_are_refused_with_the_file_and_the_place(tmp_path: Path, content: str, problem: str) -> None:
    file = put(tmp_path / "aliases.toml", content)
    with pytest.raises(AliasesError, match=problem) as refused:
        beside(tmp_path, "a.txt")
    assert str(refused.value).startswith(f"{file}: ")


def test_aliases_that_are_no_text_are_refused(tmp_path: Path) -> None:
    (tmp_path / "aliases.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(AliasesError, match=r"aliases\.toml: "):
        beside(tmp_path, "a.txt")


def test_a_generation_keeps_its_aliases_and_going_back_brings_them_back(tmp_path: Path) -> None:
    put(tmp_path / "reports/a.txt", REPORT)
    file = put(tmp_path / "reports/aliases.toml", '"خان هوا" = ["خانه هوا"]')
    generations = FileGenerations(tmp_path / "data")
    assert build(generations.data, tmp_path / "reports").number == 1
    put(file, '"خان هوا" = ["نها ترانغ"]')
    changed = build(generations.data, tmp_path / "reports")
    assert (changed.number, changed.embedded) == (2, 0)
    assert generations.open_live().aliases.groups == (("خان هوا", "نها ترانغ"),)
    generations.switch(1)
    assert generations.open_live().aliases.groups == (("خان هوا", "خانه هوا"),)


def test_the_same_aliases_make_no_new_generation(tmp_path: Path) -> None:
    put(tmp_path / "reports/a.txt", REPORT)
    put(tmp_path / "reports/aliases.toml", '"خان هوا" = ["خانه هوا"]')
    assert build(tmp_path / "data", tmp_path / "reports").number == 1
    assert build(tmp_path / "data", tmp_path / "reports").number is None


def test_a_generation_without_the_file_has_no_aliases(tmp_path: Path) -> None:
    assert stored_aliases(tmp_path) == NO_ALIASES
