from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from index.catalogue import Entry, about, entry_for, first_sentence, place_in
from index.cleaning import clean
from index.document import About, Extracted
from index.errors import CatalogueError
from tests.index.material import REPORTS, ROOT

REPORT = "تقرير التحول الرقمي. أقر المجلس الخطة.\nالمصدر: https://example.org/a\n"


def entry(folder: Path, name: str) -> Entry:
    return entry_for(folder / name, name)


def put(path: Path, content: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def said_of(text: str, declared: Entry = Entry()) -> About:  # noqa: B008 - frozen
    return about(Extracted(text), clean(text), declared)


def test_an_entry_says_all_that_a_citation_needs(tmp_path: Path) -> None:
    put(
        tmp_path / "catalogue.toml",
        """
        ["2024/khanh hoa.pdf"]
        title = " تقرير خان هوا "
        place = "خان هوا"
        published = 2024-12-27
        url = "https://example.org/a"
        audience = "officials"
        """,
    )
    assert entry(tmp_path, "2024/khanh hoa.pdf") == Entry(
        title="تقرير خان هوا",
        place="خان هوا",
        published=dt.date(2024, 12, 27),
        url="https://example.org/a",
        audience="officials",
    )


def test_a_document_without_an_entry_is_for_the_public_and_nothing_else_is_said(tmp_path: Path) -> None:
    assert entry(tmp_path, "a.txt") == Entry(audience="public")
    put(tmp_path / "catalogue.toml", '["b.txt"]\ntitle = "ب"')
    assert entry(tmp_path, "a.txt") == Entry()
    assert Entry().fingerprint() == "{}"


def test_the_nearest_catalogue_that_names_a_document_speaks_of_it(tmp_path: Path) -> None:
    put(
        tmp_path / "catalogue.toml",
        '["a/b/c.txt"]\ntitle = "far"\n["a/b/d.txt"]\ntitle = "d"\n["c.txt"]\ntitle = "top"',
    )
    put(tmp_path / "a/catalogue.toml", '["b/c.txt"]\ntitle = "nearer"')
    assert entry(tmp_path, "a/b/c.txt").title == "nearer"
    assert entry(tmp_path, "a/b/d.txt").title == "d"
    put(tmp_path / "a/b/catalogue.toml", '["c.txt"]\ntitle = "nearest"')
    assert entry(tmp_path, "a/b/c.txt").title == "nearest"
    assert entry(tmp_path, "c.txt").title == "top"


def test_a_catalogue_above_the_indexed_folder_is_not_asked(tmp_path: Path) -> None:
    put(tmp_path / "catalogue.toml", '["reports/a.txt"]\ntitle = "above"')
    assert entry(tmp_path / "reports", "a.txt") == Entry()


def test_an_edited_catalogue_is_read_again_and_shows_in_the_fingerprint(tmp_path: Path) -> None:
    file = put(tmp_path / "catalogue.toml", '["a.txt"]\ntitle = "one"')
    before = entry(tmp_path, "a.txt")
    put(file, '["a.txt"]\ntitle = "another"')
    after = entry(tmp_path, "a.txt")
    assert (before.title, after.title) == ("one", "another")
    assert before.fingerprint() != after.fingerprint()
    assert after.fingerprint() == Entry(title="another").fingerprint()


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ('["a.txt"]\ntitel = "x"', ["a.txt", "titel"]),
        ('["a.txt"]\naudience = "everybody"', ["a.txt", "audience", "public", "officials"]),
        ('["a.txt"]\npublished = "soon"', ["a.txt", "published"]),
        ('["a.txt"]\ntitle = ""', ["a.txt", "title"]),
        ('["a.txt"]\ntitle = 7', ["a.txt", "title"]),
        ('["b.txt"]\ntitle = "ok"\n["تقرير.pdf"]\nplace = ["x"]', ["تقرير.pdf", "place"]),
        ('"a.txt" = "title"', ["a.txt"]),
        ('[a.txt]\ntitle = "without quotes"', ["'a'", "txt"]),
        ('["a.txt"\ntitle = "x"', ["line 1"]),
        ('["a.txt"]\ntitle = "x"\ntitle = "y"', ["end of document"]),
        ("title = " + "[" * 5_000, ["recursion"]),
    ],
)
def test_a_wrong_catalogue_is_refused_with_the_file_and_the_place(
    tmp_path: Path, content: str, named: list[str]
) -> None:
    file = put(tmp_path / "catalogue.toml", content)
    with pytest.raises(CatalogueError) as caught:
        entry(tmp_path, "other.txt")
    message = str(caught.value)
    assert message.startswith(f"{file}: ")
    assert "\n" not in message
    assert all(part in message for part in named)


def test_a_catalogue_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "catalogue.toml").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "a/catalogue.toml").mkdir(parents=True)
    for name in ("b.txt", "a/b.txt"):
        with pytest.raises(CatalogueError, match=r"catalogue\.toml: "):
            entry(tmp_path, name)


def test_the_sample_catalogue_describes_every_sample_report() -> None:
    for path in (ROOT / "seeds").glob("*.txt"):
        assert entry_for(path, path.name).title


def test_what_is_declared_wins_over_the_file_and_the_file_over_its_text() -> None:
    text = f"27/12/2024\n{REPORT}في مقاطعة لونغ آن. زار مقاطعة لونغ آن."
    stated = Extracted(text, title="من الملف", published=dt.date(2020, 1, 1), url="https://example.org/file")
    declared = Entry(title="من الفهرس", place="هنا", published=dt.date(2021, 1, 1), url="https://example.org/entry")
    assert about(stated, clean(text), declared) == About(
        "من الفهرس", "هنا", dt.date(2021, 1, 1), "https://example.org/entry", "public"
    )
    assert about(stated, clean(text), Entry(audience="officials")) == About(
        "من الملف", "لونغ آن", dt.date(2020, 1, 1), "https://example.org/file", "officials"
    )
    assert said_of(text) == About(
        "تقرير التحول الرقمي.", "لونغ آن", dt.date(2024, 12, 27), "https://example.org/a", "public"
    )


def test_a_title_is_the_first_sentence_of_the_report_on_one_line() -> None:
    assert said_of(f"تعليق (0)\n\n  {REPORT}").title == "تقرير التحول الرقمي."
    assert said_of("تقرير\tالتحول   الرقمي").title == "تقرير التحول الرقمي"


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report[:20])
def test_a_long_first_sentence_is_shortened_at_a_word_end(report: str) -> None:
    title = first_sentence(report, clean(report))
    words = title.removesuffix("…").split()
    assert 0 < len(title) <= 121
    assert words == report.split()[: len(words)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("في مقاطعة لونغ آن. وأضاف أن مقاطعة لونغ آن تقدمت.", "لونغ آن"),
        ("زار محافظة القاهرة، ثم غادر محافظة القاهرة", "القاهرة"),
        ("بمدينة حلب ومدينة حلب الجديدة", "حلب"),
        ("لمقاطعة كا ماو: ومقاطعة كا ماو", None),
        ("مقاطعة لونغ آن ومقاطعة تاي نينه ومقاطعة تاي نينه ومقاطعة تاي نينه", "تاي نينه"),
        ("مقاطعة لونغ آن مرة واحدة", None),
        ("المقاطعة كبيرة والمقاطعة غنية", None),
        ("مقاطعة في الشمال ومقاطعة في الجنوب", None),
        ("مدينة 2030 ومدينة 2030", None),
        ("مقاطعة", None),
        ("بين 63 مقاطعة ومدينة (ارتفعت مركزًا)، و27 مدينة (ارتفعت مركزين)", None),
        ("", None),
    ],
)
def test_a_place_is_what_a_report_calls_a_province_or_city_by_name_twice(text: str, place: str | None) -> None:
    assert place_in(text) == place


def test_a_place_is_a_slice_of_the_report_in_its_own_spelling() -> None:
    assert place_in("مقاطعة إِبّ الخضراء ثم مقاطعة إِبّ") is None
    assert place_in("محافظة الإسكندريّة ثم محافظة الإسكندرية.") == "الإسكندريّة"


def test_the_places_of_the_sample_reports_are_not_mistaken() -> None:
    declared = [entry_for(path, path.name).place for path in sorted((ROOT / "seeds").glob("*.txt"))]
    found = [place_in(report) for report in REPORTS]
    assert all(place in (None, known) for place, known in zip(found, declared, strict=True))
