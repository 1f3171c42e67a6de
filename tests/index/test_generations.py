from __future__ import annotations

import shutil
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from index.errors import DamagedGeneration, NoGeneration, NothingLive, UnknownGeneration
from index.generations import FileGenerations
from tests.index.builds import build, build_aside, first_excerpt, what_lies_in
from tests.reports import QUESTION, SEEDS, with_sentence


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with reports, and a data folder with three generations of them, the third live."""
    place = tmp_path_factory.mktemp("three")
    shutil.copytree(SEEDS, place / "reports")
    for number in (1, 2, 3):
        change(place, number)
    return place


@pytest.fixture
def place(three: Path, tmp_path: Path) -> Path:
    return shutil.copytree(three, tmp_path / "place")


def change(place: Path, number: int) -> int | None:
    with_sentence(
        place / "reports" / "extra.txt" if number > 1 else new(place), f"حدث التغيير رقم {number} في المقاطعة."
    )
    return build(place / "data", place / "reports").number


def new(place: Path) -> Path:
    (place / "reports" / "extra.txt").write_text("تقرير إضافي.", encoding="utf-8")
    return place / "reports" / "extra.txt"


def generations(place: Path) -> FileGenerations:
    return FileGenerations(place / "data")


def test_nothing_is_live_before_the_first_build(tmp_path: Path) -> None:
    empty = FileGenerations(tmp_path / "data")
    assert (empty.live(), empty.numbers(), empty.newest_intact()) == (None, (), None)
    with pytest.raises(NoGeneration, match="dalil index PATH"):
        empty.open_live()


def test_the_newest_generation_is_live_and_three_are_kept(place: Path) -> None:
    for number in (4, 5):
        assert change(place, number) == number
        assert generations(place).live() == number
        assert generations(place).numbers() == (number - 2, number - 1, number)
    assert what_lies_in(place / "data") == {"current", *(f"generations/{number:06}" for number in (3, 4, 5))}


def test_the_one_gone_back_to_is_kept_when_the_next_is_built(place: Path) -> None:
    generations(place).switch(1)
    assert change(place, 4) == 4
    assert generations(place).numbers() == (1, 3, 4)
    assert change(place, 5) == 5
    assert generations(place).numbers() == (3, 4, 5)


def test_going_back_and_building_again_gives_a_new_number_and_all_documents(place: Path) -> None:
    generations(place).switch(2)
    assert build(place / "data", place / "reports").number == 4, (
        "the third generation's text is not live, so it is built"
    )
    stored = generations(place).open_live().documents
    record = stored.find("extra.txt")
    assert record is not None
    assert "رقم 3" in stored.document(record).text


def test_going_back_to_an_unknown_generation_changes_nothing(place: Path) -> None:
    with pytest.raises(UnknownGeneration, match="generation 9 is not kept; kept: 1, 2, 3"):
        generations(place).switch(9)
    assert generations(place).live() == 3


def test_a_damaged_generation_is_not_gone_back_to(place: Path) -> None:
    (generations(place).folder(2) / "texts.bin").write_bytes(b"")
    with pytest.raises(DamagedGeneration, match=r"generation 2 is damaged \(texts\.bin is not what was written\)"):
        generations(place).switch(2)
    assert generations(place).live() == 3
    assert generations(place).before(3) == 1
    assert generations(place).before(None) == 3
    with pytest.raises(UnknownGeneration, match="there is no earlier generation"):
        generations(place).before(1)


@pytest.mark.parametrize(
    "content", [b"", b"\n", b"seven\n", b"-1\n", b"3.0\n", b"3 4\n", b"\xff\xfe", b"9" * 5000, b"9" * 400]
)
def test_a_garbled_pointer_is_named_and_repaired(place: Path, content: bytes) -> None:
    (place / "data" / "current").write_bytes(content)
    with pytest.raises(NothingLive, match=r"current does not name the live generation: .*dalil rollback .*dalil index"):
        generations(place).open_live()
    generations(place).switch(2)
    assert first_excerpt(place / "data", QUESTION)
    (place / "data" / "current").write_bytes(content)
    assert build(place / "data", place / "reports").number == 4
    assert first_excerpt(place / "data", QUESTION)


def test_a_missing_pointer_is_named_and_repaired(place: Path) -> None:
    (place / "data" / "current").unlink()
    with pytest.raises(NothingLive):
        generations(place).open_live()
    assert generations(place).before(None) == 3
    assert build(place / "data", place / "reports").number == 4


def test_a_pointer_to_a_generation_that_is_gone_is_named_and_repaired(place: Path) -> None:
    (place / "data" / "current").write_text("7\n")
    with pytest.raises(DamagedGeneration, match=r"generation 7 is damaged \(manifest\.json is missing\): go back with"):
        generations(place).open_live()
    assert generations(place).before(7) == 3
    assert build(place / "data", place / "reports").number == 8, "a reader may still hold a generation called 7"
    assert first_excerpt(place / "data", QUESTION)


def test_leftovers_of_killed_builds_and_removals_go_with_the_next_build(place: Path) -> None:
    for name in (".building-abc", ".removed-1"):
        shutil.copytree(generations(place).folder(1), place / "data" / "generations" / name)
    (place / "data" / "current.new").write_text("")
    assert generations(place).numbers() == (1, 2, 3)
    change(place, 4)
    assert what_lies_in(place / "data") == {"current", *(f"generations/{number:06}" for number in (2, 3, 4))}


def test_what_else_lies_there_is_no_generation_and_stays(place: Path) -> None:
    for name in ("notes", "7x", "٧", "1234567890"):
        (place / "data" / "generations" / name).mkdir()
    assert generations(place).numbers() == (1, 2, 3)
    change(place, 4)
    assert {"generations/notes", "generations/7x", "generations/٧", "generations/1234567890"} <= what_lies_in(
        place / "data"
    )


def test_going_back_while_builds_switch_never_leaves_readers_without_a_generation(place: Path) -> None:
    done, failures = threading.Event(), []

    def go_back() -> None:
        while not done.is_set():
            oldest = generations(place).numbers()[0]
            try:
                with suppress(UnknownGeneration):  # a build removed it at this moment
                    generations(place).switch(oldest)
                generations(place).open_live()
            except Exception as error:
                failures.append(error)

    going_back = threading.Thread(target=go_back)
    going_back.start()
    for number in range(4, 14):
        change(place, number)
    done.set()
    going_back.join()
    assert failures == []
    assert len(generations(place).numbers()) == 3
    assert generations(place).live() in generations(place).numbers()


def test_a_generation_that_was_set_aside_answers_nobody_until_it_is_admitted(place: Path) -> None:
    with_sentence(place / "reports" / "extra.txt", "حدث التغيير رقم 4 في المقاطعة.")
    assert build_aside(place / "data", place / "reports").number == 4
    kept = generations(place)
    assert (kept.live(), kept.numbers(), kept.waiting()) == (3, (1, 2, 3), (4,))
    kept.admit(4)
    assert (kept.live(), kept.numbers(), kept.waiting()) == (4, (2, 3, 4), ())
    with pytest.raises(UnknownGeneration):
        kept.admit(4)


def test_a_waiting_generation_is_dropped_without_a_trace_and_its_number_is_not_used_while_it_waits(place: Path) -> None:
    with_sentence(place / "reports" / "extra.txt", "حدث التغيير رقم 4 في المقاطعة.")
    build_aside(place / "data", place / "reports")
    assert change(place, 5) == 5
    generations(place).drop(4)
    generations(place).drop(4)
    assert what_lies_in(place / "data") == {"current", *(f"generations/{number:06}" for number in (2, 3, 5))}


def test_a_damaged_waiting_generation_is_not_admitted(place: Path) -> None:
    with_sentence(place / "reports" / "extra.txt", "حدث التغيير رقم 4 في المقاطعة.")
    build_aside(place / "data", place / "reports")
    (generations(place).waiting_folder(4) / "texts.bin").write_bytes(b"")
    with pytest.raises(DamagedGeneration):
        generations(place).admit(4)
    assert generations(place).live() == 3
