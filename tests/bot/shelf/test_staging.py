from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.shelf.errors import NotStaged, TooLarge
from bot.shelf.staging import Incoming
from index.catalogue import Entry
from index.reading import ReadingRoom
from tests.bot.shelf.place import REPORT, Place
from tests.index.formats.drawn_pdf import drawn
from tests.index.formats.word_files import packed, paragraph, run, with_body
from tests.reports import ROOT, SEEDS

ARABIC = (
    "بلغ عدد المدارس الجديدة في المقاطعة خلال العام الماضي سبع عشرة مدرسة، وهي موزعة على ست بلديات، "
    "وقالت إدارة التعليم إن هذه المدارس استقبلت أكثر من ستة آلاف تلميذ."
)


def stage(place: Place, content: bytes, name: str = "report.txt") -> str:
    return place.shelf.stage(Incoming(content, name)).id


def test_what_one_administrator_stages_another_sees_until_it_is_discarded(tmp_path: Path) -> None:
    here, there = Place(tmp_path / "data"), Place(tmp_path / "data")
    first = here.shelf.stage(Incoming(b"one", "../../one.txt", Entry(title="أول"), 7))
    second = here.stage("two", "one.txt")
    assert [(each.name, each.by, each.entry.title) for each in there.shelf.staged()] == [
        ("one.txt", 7, "أول"),
        ("one (2).txt", None, None),
    ]
    there.shelf.edit(second.id, Entry(place="لونغ آن"))
    assert here.shelf.staged()[1].entry.place == "لونغ آن"
    there.shelf.discard(first.id)
    assert [each.id for each in here.shelf.staged()] == [second.id]
    for call in (here.shelf.discard, lambda each: here.shelf.edit(each, Entry())):
        with pytest.raises(NotStaged):
            call(first.id)


@pytest.mark.parametrize("staged", ["..", "../staged", "", "a/b", "ABCDEF0123", "0123456789", "\0"])
def test_an_id_is_never_a_path(staged: str, tmp_path: Path) -> None:
    place = Place(tmp_path / "data")
    place.stage()
    with pytest.raises(NotStaged):
        place.shelf.discard(staged)
    assert len(place.shelf.staged()) == 1


def test_a_file_over_the_limit_is_not_taken_in(tmp_path: Path) -> None:
    place = Place(tmp_path / "data")
    (tmp_path / "large.txt").write_bytes(b"a" * (2**22 + 1))
    for content in (tmp_path / "large.txt", b"a" * (2**22 + 1)):
        with pytest.raises(TooLarge, match="4,194,305 bytes"):
            place.shelf.stage(Incoming(content, "large.txt"))
    assert place.shelf.staged() == []


def test_a_process_that_is_killed_while_it_stages_leaves_whole_documents_only(tmp_path: Path) -> None:
    place = Place(tmp_path / "data")
    for moment in range(3):
        code = (
            "import sys\nfrom pathlib import Path\nfrom tests.bot.shelf.place import Place\n"
            f"print('on', flush=True)\nwhile True: Place(Path({str(place.data)!r})).stage('نص ' * 1000, 'a.txt')"
        )
        process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE)
        assert process.stdout
        process.stdout.readline()
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(0.3 + 0.1 * moment)
        process.kill()
        process.wait()
        process.stdout.close()
    staged = place.shelf.staged()
    assert staged
    for each in staged:
        folder = place.data / "shelf" / "staged" / each.id
        assert (folder / "content").stat().st_size == each.size
        assert json.loads((folder / "about.json").read_text())["name"] == each.name


def test_an_inspection_tells_what_would_be_indexed(place: Place, room: ReadingRoom) -> None:
    staged = place.stage(place="هايفونغ", published="2023-05-01")
    seen = place.shelf.inspect(staged.id, room, place.library)
    assert seen.about
    assert (seen.about.title, seen.about.place) == ("تقرير عن المدارس في مقاطعة هايفونغ.", "هايفونغ")
    assert (seen.language, seen.pages, seen.doubts, seen.problem) == ("ar", None, (), None)
    assert seen.words == len(REPORT.replace(".", " ").split())
    assert seen.first_lines[0] == "تقرير عن المدارس في مقاطعة هايفونغ."
    assert seen.staged.passages == seen.passages == 1


def test_a_document_that_the_library_holds_under_another_name_is_recognised(place: Place, room: ReadingRoom) -> None:
    known = sorted(SEEDS.glob("*.txt"))[0]
    lines = known.read_text(encoding="utf-8").splitlines()
    whole = place.shelf.stage(Incoming(known, "نسخة.txt"))
    doubts = place.shelf.inspect(whole.id, room, place.library).doubts
    assert [(doubt.concern, doubt.like and doubt.like.name) for doubt in doubts] == [("same", known.name)]
    assert doubts[0].like
    assert doubts[0].like.share == 1
    place.shelf.discard(whole.id)
    half = place.stage("\n".join(lines[: len(lines) * 2 // 3]) + "\n" + REPORT)
    [doubt] = place.shelf.inspect(half.id, room, place.library).doubts
    assert doubt.like
    assert doubt.like.name == known.name
    assert 0.5 < doubt.like.share < 1


def test_a_near_copy_of_a_document_that_waits_is_recognised(tmp_path: Path, room: ReadingRoom) -> None:
    place = Place(tmp_path / "data")
    first = place.stage(f"{ARABIC}\n{REPORT}")
    assert place.shelf.inspect(first.id, room, None).doubts == ()
    second = place.stage(f"{ARABIC}\n{REPORT}وهذه زيادة.", "ثان.txt")
    seen = place.shelf.inspect(second.id, room, None)
    assert [(doubt.concern, doubt.like and doubt.like.name) for doubt in seen.doubts] == [("waiting", first.name)]
    assert seen.like is None, "it cannot take the place of what is not published"
    assert seen.staged.is_doubtful
    place.shelf.discard(first.id)
    assert place.shelf.inspect(second.id, room, None).doubts == ()


@pytest.mark.parametrize(
    ("content", "name", "concern"),
    [
        (b"", "a.pdf", "empty"),
        (b"   \n\n", "a.txt", "empty"),
        (b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0" * 50, "report.pdf", "unreadable"),
        (b"%PDF-1.7 nothing", "a.txt", "unreadable"),
        (packed({"a.txt": "x"}), "a.docx", "unreadable"),
        (packed({"[Content_Types].xml": "", "word/document.xml": b"<w>" + b" " * 200_000_000}), "a.docx", "unreadable"),
        (drawn([], picture=True), "scan.pdf", "no_text_layer"),
    ],
)
def test_what_cannot_be_read_says_why_and_cannot_be_published(
    content: bytes, name: str, concern: str, tmp_path: Path, room: ReadingRoom
) -> None:
    place = Place(tmp_path / "data")
    seen = place.shelf.inspect(stage(place, content, name), room, None)
    assert [doubt.concern for doubt in seen.doubts] == [concern]
    assert seen.problem
    assert place.shelf.staged()[0].problem == seen.problem


@pytest.mark.parametrize(
    ("text", "concerns"),
    [
        ("The report on schools in the province says that seventeen schools were built this year.", ["not_arabic"]),
        ("در سال گذشته هفده مدرسه جدید در این استان ساخته شد و بیش از شش هزار دانش‌آموز را پذیرفت.", ["not_arabic"]),
        ("\n".join(line[::-1] for line in ARABIC.split("، ") * 3), ["reversed"]),
        (ARABIC, []),
    ],
)
def test_doubts_about_a_text_are_told(text: str, concerns: list[str], tmp_path: Path, room: ReadingRoom) -> None:
    place = Place(tmp_path / "data")
    seen = place.shelf.inspect(stage(place, text.encode()), room, None)
    assert [doubt.concern for doubt in seen.doubts] == concerns
    assert seen.problem is None


def test_a_word_file_is_known_by_its_content(tmp_path: Path, room: ReadingRoom) -> None:
    place = Place(tmp_path / "data")
    staged = place.shelf.stage(Incoming(with_body(paragraph(run(ARABIC))), "report.pdf"))
    assert (staged.name, staged.suffix) == ("report.docx", ".docx")
    assert place.shelf.inspect(staged.id, room, None).doubts == ()
