from pathlib import Path

import pytest

from benchmarks.corpus import PASSAGES_A_DOCUMENT, Made, documents
from index.arabic import words
from index.cleaning import clean
from index.passages import passages
from index.sources import find_sources

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


@pytest.fixture(scope="module")
def made() -> list[Made]:
    return list(documents(SEEDS, 60))


def test_the_same_seed_makes_the_same_reports_and_questions(made: list[Made]) -> None:
    assert list(documents(SEEDS, 60)) == made


def test_a_larger_corpus_begins_with_the_smaller_one(made: list[Made]) -> None:
    assert list(documents(SEEDS, 20)) == made[:20]


def test_another_seed_makes_other_reports(made: list[Made]) -> None:
    others = list(documents(SEEDS, 60, seed=1))
    assert not {each.text for each in made} & {each.text for each in others}


def test_a_report_has_about_ten_passages(made: list[Made]) -> None:
    counts = [len(passages(each.text, clean(each.text), ())) for each in made]
    assert sum(counts) / len(counts) == pytest.approx(PASSAGES_A_DOCUMENT, rel=0.05)


def test_new_words_go_on_appearing_but_ever_more_rarely(made: list[Made]) -> None:
    halves = [{word for each in part for word in words(each.text)} for part in (made[:30], made[30:])]
    new = halves[1] - halves[0]
    assert 0.2 * len(halves[0]) < len(new) < len(halves[0])


def test_a_question_names_its_document_and_shares_rare_words_with_it(made: list[Made]) -> None:
    for each in made:
        shared = set(words(each.question.text)) & set(words(each.text))
        assert each.question.document == each.name
        assert len(shared) >= 5


def test_the_reports_are_found_as_sources_once_written(made: list[Made], tmp_path: Path) -> None:
    for each in made:
        (tmp_path / each.name).parent.mkdir(exist_ok=True)
        (tmp_path / each.name).write_text(each.text, encoding="utf-8")
    found = find_sources([tmp_path], max_bytes=10**6)
    assert [source.name for source in found.sources] == [each.name for each in made]
    assert not found.refused
