from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.quality_measuring import Reference, Result, System, measure, read_references
from benchmarks.quality_report import marks_table, ranking_table, write

REPORTS = {
    "roads": "بلغ طول الطرق المعبدة في المقاطعة 412 كيلومترًا عام 2021، وشملت أعمال الصيانة تسعة جسور.",
    "schools": "افتتحت المقاطعة 35 مدرسة ابتدائية جديدة، وانخفض عدد التلاميذ في الفصل الواحد إلى 28 تلميذًا.",
    "water": "وصلت شبكة مياه الشرب إلى 97 في المئة من المنازل بعد بناء محطة التنقية الثالثة على النهر.",
}
QUESTIONS = [
    ("كم بلغ طول الطرق المعبدة في المقاطعة؟", "roads", "412"),
    ("كم مدرسة ابتدائية افتتحت المقاطعة؟", "schools", "35"),
    ("ما نسبة المنازل التي وصلتها شبكة مياه الشرب؟", "water", "97"),
]
MARKS = """
[small]
title = "Small"
[small.marks]
recall_at_1 = 50.0
roc_area = 1.5
answered_without_passage = 100.0
[[small.baseline]]
figure = "excerpt_at_1"
value = 12.5
method = "by chance"
[[small.systems]]
name = "another"
source = "measured before"
figures = [90.0, 91.0, 92.0, 93.0]
"""


@pytest.fixture(scope="module")
def measured(tmp_path_factory: pytest.TempPathFactory) -> list[Result]:
    folder = tmp_path_factory.mktemp("sets")
    for name in ("small", "unknown"):
        passages = [{"id": each, "text": text} for each, text in REPORTS.items()]
        questions = [
            {"question": asked, "passage": passage, "answers": [answer]} for asked, passage, answer in QUESTIONS
        ]
        for kind, rows in (("passages", passages), ("questions", questions)):
            lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
            (folder / f"{name}.{kind}.jsonl").write_text(lines, encoding="utf-8")
    marks = folder / "marks.toml"
    marks.write_text(MARKS, encoding="utf-8")
    return measure(folder, read_references(marks), "shipped", folder / "work", with_ways=False)


def test_a_mark_is_met_or_missed_by_how_much(measured: list[Result]) -> None:
    met = {mark: told for _, _, mark, told in marks_table(measured[0]).rows if mark}
    assert met["≥ 50.0"] == "yes"
    assert met["≤ 100.0"] == "yes"
    assert met["≥ 1.500"].startswith("**no**, by 0.")


def test_other_systems_stand_in_the_order_of_their_first_hits(measured: list[Result]) -> None:
    rows = ranking_table(measured[0]).rows
    assert rows[0][0] == "**Dalil**"
    assert ("another", "90.0", "91.0", "92.0", "93.0", "measured before") in rows
    assert [float(row[1]) for row in rows] == sorted((float(row[1]) for row in rows), reverse=True)


def test_each_set_is_asked_of_the_other_sets_library(measured: list[Result]) -> None:
    assert [each.other for each in measured] == ["unknown", "Small"]
    assert all(sum(each.elsewhere.values()) == pytest.approx(100) for each in measured)


def test_a_set_without_marks_is_measured_all_the_same(measured: list[Result]) -> None:
    assert measured[1].reference == Reference("unknown")
    assert measured[1].measured.recall_at_1 == measured[0].measured.recall_at_1
    assert all(isinstance(each, System) for each in measured[1].systems)


def test_the_report_is_written_with_both_pictures_and_is_the_same_again(measured: list[Result], tmp_path: Path) -> None:
    for place in ("one", "two"):
        write(measured, tmp_path / place, "benchmarks.quality FOLDER", "shipped")
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert files == ["quality.json", "quality.md", "reliability.svg", "risk-coverage.svg"]
    for name in files:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    report = (tmp_path / "one" / "quality.md").read_text(encoding="utf-8")
    assert "2 of 3 marks are met." in report
    assert "| excerpt@1 (%): a gold answer in the first excerpt shown |" in report
    assert "by chance" in report
    assert "](risk-coverage.svg)" in report
    figures = json.loads((tmp_path / "one" / "quality.json").read_text(encoding="utf-8"))
    assert figures["Small"]["figures"]["questions"] == 3
