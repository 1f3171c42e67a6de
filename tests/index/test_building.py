"""What a build takes over, what it does anew, and what it leaves out."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.analysis import content_words
from index.building import Builder
from index.errors import BuildFailed, EmbedderMismatch, NothingToIndex, SourceError
from index.generations import FileGenerations
from index.library import Library
from index.planning import plan
from index.preparing import Prepared, documents
from index.reading import ReadingRoom
from index.recall import ENOUGH
from index.sources import find_sources
from index.stores import faiss_store
from tests.index.builds import build, first_excerpt, names, other_embedder, quiet, shipped, what_lies_in
from tests.index.formats.word_files import packed
from tests.reports import QUESTION, SEEDS, recombine, with_sentence

REPORTS = 300


@pytest.fixture(scope="module")
def three_hundred(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("reports")
    recombine(place / "reports", REPORTS, paragraphs=2)
    build(place / "data", place / "reports")
    return place


@pytest.fixture
def place(three_hundred: Path, tmp_path: Path) -> Path:
    return shutil.copytree(three_hundred, tmp_path / "place")


def live(place: Path) -> Library:
    return FileGenerations(place / "data").open_live()


def vectors(library: Library, name: str) -> bytes:
    record = library.documents.find(name)
    assert record is not None
    return np.asarray(library.passages.vectors(record.passages)).tobytes()


def passages(library: Library, name: str) -> int:
    record = library.documents.find(name)
    assert record is not None
    return len(record.passages)


def test_one_changed_report_of_300_embeds_exactly_its_own_passages(place: Path) -> None:
    before = live(place)
    with_sentence(place / "reports" / "042.txt", "وبلغ عدد المدارس 77 مدرسة.\nوهذه فقرة ثانية.")
    built = build(place / "data", place / "reports")
    after = live(place)
    assert built.embedded == passages(after, "042.txt") >= 1
    assert built.documents == REPORTS
    assert vectors(after, "041.txt") == vectors(before, "041.txt")
    assert "77" in first_excerpt(place / "data", "كم بلغ عدد المدارس في المقاطعة؟").text


def test_a_renamed_report_keeps_its_vectors(place: Path) -> None:
    before = live(place)
    (place / "reports" / "042.txt").rename(place / "reports" / "renamed.txt")
    built = build(place / "data", place / "reports")
    assert built.embedded == 0
    assert vectors(live(place), "renamed.txt") == vectors(before, "042.txt")
    assert live(place).documents.find("042.txt") is None


def searched(library: Library, questions: Sequence[str]) -> list[list[float]]:
    """The scores of what words and meaning find: of equally good passages either may come first."""
    return [
        [hit.score for hit in hits]
        for question in questions
        for hits in (
            library.words.search(content_words(question), top=5),
            library.vectors.search(shipped().embed_question(question), top=5),
        )
    ]


def told(library: Library, row: int) -> tuple[str, str]:
    passage = library.passages[row]
    return library.documents.record(passage.document).name, library.passage_text(passage)


def test_reports_added_to_a_library_come_behind_those_it_holds_and_all_are_found_as_if_built_afresh(
    place: Path,
) -> None:
    before = live(place)
    shutil.copytree(SEEDS, place / "reports" / "00")  # a name before all others
    built = build(place / "data", place / "reports")
    after = live(place)
    assert [record.name for record in after.documents][:REPORTS] == [record.name for record in before.documents]
    assert built.embedded == len(after.passages) - len(before.passages) > 0
    assert built.documents == len(after.documents) == REPORTS + len(list(SEEDS.glob("*.txt")))
    build(place / "afresh", place / "reports")
    afresh = FileGenerations(place / "afresh").open_live()
    assert after.manifest.documents == afresh.manifest.documents
    assert sorted(told(after, row) for row in range(len(after.passages))) == sorted(
        told(afresh, row) for row in range(len(afresh.passages))
    )
    questions = [told(after, row)[1][:60] for row in range(0, len(after.passages), 40)]
    assert np.allclose(np.array(searched(after, questions)), np.array(searched(afresh, questions)), rtol=1e-5)


@pytest.fixture
def quantised(place: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library that counts as so large that its vectors are quantised."""
    monkeypatch.setattr("index.stores._LARGEST_FLAT", 100)
    build(place / "quantised", place / "reports")
    return place / "quantised"


def test_a_quantised_library_says_how_many_of_the_nearest_it_finds_and_goes_on(place: Path, quantised: Path) -> None:
    first = FileGenerations(quantised).open_live()
    shutil.copytree(SEEDS, place / "reports" / "more")
    build(quantised, place / "reports")
    second = FileGenerations(quantised).open_live()
    for library in (first, second):
        assert library.manifest.vector_store == "faiss-fastscan"
        assert library.manifest.recall is not None
        assert library.manifest.recall >= ENOUGH
    assert len(second.vectors) == len(second.passages) > len(first.passages)
    assert live(place).manifest.recall is None, "all vectors are compared in a small library"


def test_quantisers_that_no_longer_fit_are_trained_anew(
    place: Path, quantised: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trained: list[int] = []
    monkeypatch.setattr("index.drafting.ENOUGH", 1.1)  # more than there can be
    monkeypatch.setattr("index.stores.faiss_store._trained", noted(trained, faiss_store._trained))
    shutil.copytree(SEEDS, place / "reports" / "more")
    build(quantised, place / "reports")
    library = FileGenerations(quantised).open_live()
    assert trained == [len(library.passages)]
    assert len(library.vectors) == len(library.passages)


def noted(trained: list[int], train: Callable[[np.ndarray], Any]) -> Callable[[np.ndarray], Any]:
    def training(vectors: np.ndarray) -> Any:
        trained.append(len(vectors))
        return train(vectors)

    return training


def test_a_library_that_goes_on_many_times_answers_and_lets_its_oldest_go(place: Path) -> None:
    for turn in range(8):
        with_sentence(shutil.copy(place / "reports" / "042.txt", place / "reports" / f"more-{turn}.txt"), f"رقم {turn}")
        assert build(place / "data", place / "reports").documents == REPORTS + turn + 1
    library = live(place)
    assert len(library.words) == len(library.vectors) == len(library.passages)
    assert [record.name for record in library.documents][REPORTS:] == [f"more-{turn}.txt" for turn in range(8)]


def test_words_of_a_withdrawn_report_are_not_known_any_more(place: Path) -> None:
    with_sentence(place / "reports" / "042.txt", "كلمة لامثيللها.")
    build(place / "data", place / "reports")
    assert live(place).words.frequency("لامثيللها") == 1
    (place / "reports" / "042.txt").unlink()
    build(place / "data", place / "reports")
    assert live(place).words.frequency("لامثيللها") == 0


def test_a_changed_catalogue_changes_the_citation_and_embeds_nothing(place: Path) -> None:
    (place / "reports" / "catalogue.toml").write_text('["042.txt"]\ntitle = "عنوان جديد"\nplace = "خان هوا"\n')
    assert build(place / "data", place / "reports").embedded == 0
    record = live(place).documents.find("042.txt")
    assert record
    assert (record.about.title, record.about.place) == ("عنوان جديد", "خان هوا")


def test_a_removed_report_is_gone_and_the_others_keep_their_vectors(place: Path) -> None:
    (place / "reports" / "000.txt").unlink()
    built = build(place / "data", place / "reports")
    assert (built.embedded, built.documents) == (0, REPORTS - 1)
    assert "000.txt" not in names(place / "data")


def test_building_again_without_a_change_makes_no_generation(place: Path) -> None:
    assert build(place / "data", place / "reports").number is None
    assert what_lies_in(place / "data") == {"current", "generations/000001"}


def test_another_embedder_embeds_everything_and_refuses_questions_until_then(place: Path, tmp_path: Path) -> None:
    other = other_embedder(tmp_path / "other")
    with pytest.raises(EmbedderMismatch, match=r"set DALIL_EMBEDDER back, or rebuild with  dalil index PATH"):
        live(place).refuse_stranger(other)
    total = live(place).manifest.passages
    built = build(place / "data", place / "reports", embedder=other)
    assert (built.number, built.embedded) == (2, total)
    live(place).refuse_stranger(other)
    with pytest.raises(EmbedderMismatch):
        live(place).refuse_stranger(shipped())


def empty(file: Path) -> None:
    file.write_bytes(b"")


def only_markers(file: Path) -> None:
    file.write_text("[إعلان 2]\nتعليق (0)\n", encoding="utf-8")


def garbage(file: Path) -> None:
    file.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 40)


def zip_bomb(file: Path) -> None:
    file.write_bytes(packed({"word/document.xml": bytes(30 * 2**20)}))


@pytest.mark.parametrize(
    ("name", "damage"),
    [("b.txt", empty), ("b.txt", only_markers), ("b.pdf", garbage), ("b.docx", garbage), ("b.docx", zip_bomb)],
)
def test_a_broken_report_is_named_with_its_reason_and_the_others_are_taken(
    tmp_path: Path, name: str, damage: Callable[[Path], None]
) -> None:
    reports, data = tmp_path / "reports", tmp_path / "data"
    shutil.copytree(SEEDS, reports)
    damage(reports / name)
    built = build(data, reports)
    assert [error.name for error in built.refused] == [name]
    assert len(built.refused[0].reason) > 10
    assert names(data) == {path.name for path in SEEDS.glob("*.txt")}
    assert build(data, reports).number is None, "what stays broken makes no new generation each time"


def test_a_report_that_breaks_keeps_its_former_version(tmp_path: Path) -> None:
    reports, data = tmp_path / "reports", tmp_path / "data"
    shutil.copytree(SEEDS, reports)
    (reports / "extra.txt").write_text("بلغ عدد الجسور في المقاطعة 41 جسرًا.", encoding="utf-8")
    build(data, reports)
    empty(reports / "extra.txt")
    with_sentence(reports / "004_c9f28eff85eb5bad.txt", "وهذه فقرة جديدة.")
    built = build(data, reports)
    assert [error.name for error in built.refused] == ["extra.txt"]
    assert built.number == 2
    assert "41" in first_excerpt(data, "كم بلغ عدد الجسور في المقاطعة؟").text


def test_reports_in_a_folder_that_is_closed_now_stay(tmp_path: Path) -> None:
    reports, data = tmp_path / "reports", tmp_path / "data"
    shutil.copytree(SEEDS, reports)
    (tmp_path / "disk" / "2023").mkdir(parents=True)
    (tmp_path / "disk" / "2023" / "a.txt").write_text("تقرير على قرص آخر.", encoding="utf-8")
    (reports / "archive").symlink_to(tmp_path / "disk")
    build(data, reports)
    assert "archive/2023/a.txt" in names(data)
    shutil.rmtree(tmp_path / "disk")  # as when it is not mounted
    changes = plan(find_sources([reports], max_bytes=2**20), FileGenerations(data).open_live())
    assert (changes.removed, changes.kept) == ((), ("archive/2023/a.txt",))
    with_sentence(reports / "004_c9f28eff85eb5bad.txt", "وهذه فقرة جديدة.")
    assert build(data, reports).number == 2
    assert "archive/2023/a.txt" in names(data)


def test_when_no_report_can_be_read_nothing_is_made_and_each_reason_is_given(tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    empty(tmp_path / "reports" / "a.txt")
    garbage(tmp_path / "reports" / "b.docx")
    with pytest.raises(NothingToIndex, match=r"the library stays as it is \(a\.txt: .+; b\.docx: .+\)"):
        build(tmp_path / "data", tmp_path / "reports")
    assert what_lies_in(tmp_path / "data") == set()


def test_when_all_reports_break_the_library_stays_as_it_is(tmp_path: Path) -> None:
    shutil.copytree(SEEDS, tmp_path / "reports")
    build(tmp_path / "data", tmp_path / "reports")
    for file in (tmp_path / "reports").glob("*.txt"):
        empty(file)
    built = build(tmp_path / "data", tmp_path / "reports")
    assert (built.number, len(built.refused)) == (None, 5)
    assert first_excerpt(tmp_path / "data", QUESTION)


def test_a_generation_that_is_damaged_is_built_upon_no_more(tmp_path: Path) -> None:
    shutil.copytree(SEEDS, tmp_path / "reports")
    build(tmp_path / "data", tmp_path / "reports")
    with_sentence(tmp_path / "reports" / "004_c9f28eff85eb5bad.txt", "وهذه فقرة جديدة.")
    build(tmp_path / "data", tmp_path / "reports")
    (FileGenerations(tmp_path / "data").folder(2) / "vectors.npy").unlink()
    built = build(tmp_path / "data", tmp_path / "reports")
    assert built.number == 3
    assert built.embedded < built.passages, "the first generation still has the vectors of four reports"


def test_a_build_that_cannot_begin_says_where(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "generations").touch()
    with pytest.raises(BuildFailed, match=f"cannot write below {tmp_path / 'data'}"):
        build(tmp_path / "data", SEEDS)


@pytest.mark.parametrize("stop", [OSError(5, "the disk is gone"), MemoryError(), KeyboardInterrupt()])
def test_a_build_that_stops_half_way_leaves_nothing_behind(tmp_path: Path, stop: BaseException) -> None:
    generations = FileGenerations(tmp_path / "data")

    def some_then_none() -> Iterator[Prepared | SourceError]:
        with ReadingRoom() as room:
            yield from documents(plan(find_sources([SEEDS], max_bytes=2**20), None), None, room, quiet)
        raise stop

    for _ in range(8):  # the engines' threads are at another point of their work each time
        with pytest.raises((BuildFailed, KeyboardInterrupt)) as stopped:
            Builder(generations, shipped(), quiet).build(some_then_none(), None)
        assert what_lies_in(tmp_path / "data") == set()
    if not isinstance(stop, KeyboardInterrupt):
        assert str(stopped.value).startswith(f"the build stopped ({str(stop) or 'MemoryError'})")


@pytest.mark.parametrize("version", ["searching", "reading"])
def test_vectors_made_by_another_version_of_the_analysis_are_never_taken_over(tmp_path: Path, version: str) -> None:
    build(tmp_path, SEEDS)
    generations = FileGenerations(tmp_path)
    now = generations.open_live()
    before = replace(now, manifest=replace(now.manifest, **{version: {"made": 0}}))
    with ReadingRoom() as room:
        changes = plan(find_sources([SEEDS], max_bytes=2**26), before)
        built = Builder(generations, shipped(), quiet).build(documents(changes, before, room, quiet), before)
    assert built.embedded == now.manifest.passages
