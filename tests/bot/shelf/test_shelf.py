from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from bot.shelf.errors import CannotBePublished, NotStaged, StaleProposal, UnknownDocument
from bot.shelf.proposing import Change
from index.catalogue import Entry
from index.errors import CatalogueError
from index.reading import ReadingRoom
from tests.bot.shelf.place import REPORT, Place
from tests.index.builds import build, first_excerpt
from tests.reports import QUESTION, ROOT, SEEDS

SCHOOLS = "كم بلغ عدد المدارس الجديدة في هايفونغ؟"
SEED_NAMES = {path.name for path in SEEDS.glob("*.txt")}
FIRST = min(SEED_NAMES)


def test_a_published_document_is_in_the_library_the_folder_and_the_catalogue_at_once(place: Place) -> None:
    before = place.files
    staged = place.stage(title="مدارس هايفونغ", published="2023-05-01", audience="officials")
    number = place.build(Change(publish=(staged.id,)))
    assert (place.files, place.names) == (before, SEED_NAMES), "nothing changes before the switch"
    place.adopt(number)
    assert place.names == {*SEED_NAMES, "مدارس.txt"}
    assert place.files["مدارس.txt"].decode() == REPORT
    assert place.about("مدارس.txt").title == "مدارس هايفونغ"
    catalogue = place.files["catalogue.toml"]
    assert catalogue.startswith(before["catalogue.toml"].rstrip()), "what others wrote stays"
    assert tomllib.loads(catalogue.decode())["مدارس.txt"]["audience"] == "officials"
    assert place.shelf.staged() == []
    assert first_excerpt(place.data, SCHOOLS).document == "مدارس.txt"


def test_a_withdrawn_document_comes_back_with_its_generation(place: Place) -> None:
    before = place.files
    assert place.make(Change(withdraw=(FIRST,))) == 2
    assert place.names == SEED_NAMES - {FIRST}
    assert FIRST not in place.files
    assert FIRST not in tomllib.loads(place.files["catalogue.toml"].decode())
    assert place.shelf.bring_back(1) == ()
    assert (place.files, place.names, place.generations.live()) == (before, SEED_NAMES, 1)
    assert place.shelf.bring_back(2) == ()
    assert FIRST not in place.files


def test_many_steps_can_be_gone_back_and_forth(place: Place) -> None:
    seen = {1: place.files}
    for number in (2, 3):
        staged = place.stage(f"{REPORT}وهذا التقرير رقم {number} من تقارير المدارس.", "تقرير.txt")
        assert place.make(Change(publish=(staged.id,), withdraw=(sorted(SEED_NAMES)[number],))) == number
        seen[number] = place.files
    assert "تقرير (2).txt" in seen[3]
    for number in (1, 3, 2, 1, 2, 3):
        assert place.shelf.bring_back(number) == ()
        assert place.files == seen[number]
    assert place.names == {name for name in seen[3] if name.endswith(".txt")}


def test_a_document_in_the_place_of_another_takes_its_name(place: Place) -> None:
    staged = place.stage()
    place.shelf.edit(staged.id, Entry(title="جديد"), replaces=FIRST)
    place.make(Change(publish=(staged.id,)))
    assert place.names == SEED_NAMES
    assert place.files[FIRST].decode() == REPORT
    assert place.about(FIRST).title == "جديد"
    place.shelf.bring_back(1)
    assert place.files[FIRST] == (SEEDS / FIRST).read_bytes()


def test_a_document_in_the_place_of_another_says_what_that_one_said(place: Place, room: ReadingRoom) -> None:
    closed = place.stage(
        title="الأول", place="هايفونغ", published="2023-05-01", url="https://a.vn/x", audience="officials"
    )
    place.make(Change(publish=(closed.id,)))
    revised = place.stage(f"{REPORT}وقد صُحح هذا التقرير في نسخته الثانية.", "ثان.txt", title="الثاني")
    place.shelf.replace(revised.id, "مدارس.txt")
    seen = place.shelf.inspect(revised.id, room, place.library)
    assert seen.about
    assert seen.about.audience == "officials", "the card says what will be"
    place.make(Change(publish=(revised.id,)))
    about = place.about("مدارس.txt")
    assert (about.title, about.place, str(about.published)) == ("الثاني", "هايفونغ", "2023-05-01")
    assert (about.url, about.audience) == ("https://a.vn/x", "officials")
    opened = place.stage(f"{REPORT}نسخة ثالثة من هذا التقرير.", audience="public")
    place.shelf.replace(opened.id, "مدارس.txt")
    seen = place.shelf.inspect(opened.id, room, place.library)
    assert "wider" in [doubt.concern for doubt in seen.doubts]


def test_what_was_indexed_from_elsewhere_stays_until_it_is_withdrawn(tmp_path: Path) -> None:
    place = Place(tmp_path / "data")
    build(place.data, SEEDS)
    place.make(Change(publish=(place.stage().id,)))
    assert place.names == {*SEED_NAMES, "مدارس.txt"}
    assert place.files.keys() == {"مدارس.txt"}
    place.make(Change(withdraw=(FIRST,)))
    assert place.names == {*SEED_NAMES, "مدارس.txt"} - {FIRST}


def test_the_first_document_of_all_makes_a_library(tmp_path: Path) -> None:
    place = Place(tmp_path / "data")
    place.make(Change(publish=(place.stage().id,)))
    assert place.names == {"مدارس.txt"}
    assert first_excerpt(place.data, SCHOOLS)


def test_files_put_into_the_folder_by_hand_are_taken_in_and_never_lost(place: Place) -> None:
    (place.data / "documents" / "2024").mkdir()
    by_hand = place.data / "documents" / "2024" / "مدارس.txt"
    by_hand.write_text(REPORT, encoding="utf-8")
    place.make(Change())
    assert "2024/مدارس.txt" in place.names
    by_hand.write_text(f"{REPORT}وقد صُحح هذا التقرير.", encoding="utf-8")
    place.make(Change(withdraw=(FIRST,)))
    by_hand.write_text("عمل جديد", encoding="utf-8")
    (place.data / "documents" / FIRST).write_text("نسخة أخرى", encoding="utf-8")
    assert place.shelf.bring_back(1) == (FIRST, "2024/مدارس.txt"), "changed by hand since: they stay"
    assert place.files["2024/مدارس.txt"].decode() == "عمل جديد"
    assert place.files[FIRST].decode() == "نسخة أخرى"


def test_two_equal_documents_are_both_published(place: Place) -> None:
    ids = (place.stage(name="a.txt").id, place.stage(name="b.txt").id, place.stage(name="A.TXT").id)
    place.make(Change(publish=ids))
    assert place.names - SEED_NAMES == {"a.txt", "b.txt", "A (2).txt"}


def test_what_was_proposed_before_another_change_is_not_adopted(place: Place) -> None:
    mine, other = place.stage(name="a.txt"), place.stage(f"{REPORT}زيادة.", name="b.txt")
    number = place.build(Change(publish=(mine.id,)))
    place.make(Change(publish=(other.id,)))
    before = place.files
    with pytest.raises(StaleProposal):
        place.adopt(number)
    assert place.files == before
    assert [each.id for each in place.shelf.staged()] == [mine.id]


def test_what_others_wrote_into_the_catalogue_meanwhile_is_not_overwritten(place: Place) -> None:
    number = place.build(Change(publish=(place.stage(title="عنوان").id,)))
    with (place.data / "documents" / "catalogue.toml").open("a", encoding="utf-8") as file:
        file.write("# كتبه أحد\n")
    before = place.files
    with pytest.raises(StaleProposal):
        place.adopt(number)
    assert (place.files, place.generations.live()) == (before, 1)


def test_a_change_that_cannot_be_made_is_refused_and_leaves_nothing(place: Place, room: ReadingRoom) -> None:
    binary = place.stage("\0\0\0", "a.txt")
    place.shelf.inspect(binary.id, room, None)
    before = place.files
    for change, error in (
        (Change(publish=(binary.id,)), CannotBePublished),
        (Change(publish=("0123456789",)), NotStaged),
        (Change(withdraw=("../documents/x.txt",)), UnknownDocument),
        (Change(withdraw=("catalogue.txt",)), UnknownDocument),
    ):
        with pytest.raises(error), place.shelf.propose(change, place.library):
            raise AssertionError
    (place.data / "documents" / "catalogue.toml").write_text("[", encoding="utf-8")
    staged = place.stage(title="عنوان")
    with pytest.raises(CatalogueError), place.shelf.propose(Change(publish=(staged.id,)), place.library):
        raise AssertionError
    assert place.files == {**before, "catalogue.toml": b"["}
    assert list((place.data / "shelf" / "proposals").iterdir()) == []


def test_contents_that_no_kept_generation_needs_go(place: Place) -> None:
    for number in range(5):
        staged = place.stage(f"{REPORT}رقم {number}.", f"{number}.txt")
        place.make(Change(publish=(staged.id,), withdraw=() if number == 0 else (f"{number - 1}.txt",)))
    assert place.generations.numbers() == (4, 5, 6)
    kept = {path.read_bytes() for path in (place.data / "shelf" / "objects").iterdir()}
    assert f"{REPORT}رقم 2.".encode() in kept
    assert f"{REPORT}رقم 0.".encode() not in kept


def test_killed_at_any_moment_the_folder_and_the_generation_still_agree(place: Place, tmp_path: Path) -> None:
    """kill -9 before each call by which adopting changes files; the next to come ends it, or has nothing to end."""
    staged = place.stage(title="مدارس")
    place.build(Change(publish=(staged.id,), withdraw=(FIRST,)))
    before, outcomes, step = place.files, [], 0
    while True:
        step += 1
        killed = Place(tmp_path / f"killed-{step}")
        shutil.copytree(place.data, killed.data, symlinks=True)
        command = [sys.executable, "-m", "tests.bot.shelf.place", str(killed.data), str(step)]
        code = subprocess.run(
            command, cwd=ROOT, timeout=60, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
        ).returncode
        killed.shelf.recover()
        switched = killed.generations.live() == 2
        outcomes.append(switched)
        assert killed.names == ({*SEED_NAMES, "مدارس.txt"} - {FIRST} if switched else SEED_NAMES)
        assert ("مدارس.txt" in killed.files, FIRST in killed.files) == (switched, not switched)
        assert switched or killed.files == before
        assert [each.id for each in killed.shelf.staged()] == ([] if switched else [staged.id])
        assert first_excerpt(killed.data, QUESTION)
        if switched:
            killed.shelf.bring_back(1)
            assert killed.files == before
        shutil.rmtree(killed.data)
        if code == 0:
            break
        assert code == -9
    assert outcomes == sorted(outcomes), "first nothing has changed, from one call on everything"
    assert not outcomes[0]
    assert sum(outcomes) > 5


@pytest.mark.parametrize("act", ["edited", "replacing another", "discarded", "overwritten"])
def test_what_was_changed_since_it_was_built_is_not_published_as_it_was(place: Place, act: str) -> None:
    staged, before = place.stage(), place.files
    number = place.build(Change(publish=(staged.id,)))
    match act:
        case "edited":
            place.shelf.edit(staged.id, Entry(audience="officials"))
        case "replacing another":
            place.shelf.edit(staged.id, staged.entry, replaces=FIRST)
        case "discarded":
            place.shelf.discard(staged.id)
        case _:
            (place.data / "shelf" / "staged" / staged.id / "content").write_text(f"{REPORT}زيادة.", encoding="utf-8")
    with pytest.raises(StaleProposal):
        place.adopt(number)
    assert (place.files, place.names) == (before, SEED_NAMES)


def test_a_look_at_what_is_being_published_changes_nothing_about_it(place: Place, room: ReadingRoom) -> None:
    staged = place.stage()
    number = place.build(Change(publish=(staged.id,)))
    place.shelf.inspect(staged.id, room, place.library)
    place.adopt(number)
    assert place.names == {*SEED_NAMES, "مدارس.txt"}


def test_what_was_to_replace_a_document_that_is_gone_is_simply_new(place: Place) -> None:
    staged = place.stage()
    place.shelf.edit(staged.id, Entry(title="جديد"), replaces=FIRST)
    place.make(Change(withdraw=(FIRST,)))
    with place.shelf.propose(Change(publish=(staged.id,)), place.library) as proposal:
        assert proposal.orphans == ("مدارس.txt",)
    place.make(Change(publish=(staged.id,)))
    assert place.names == {*SEED_NAMES, "مدارس.txt"} - {FIRST}
    assert place.about("مدارس.txt").title == "جديد"
