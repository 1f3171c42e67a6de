import hashlib
from pathlib import Path

import pytest

from benchmarks.corpus import PASSAGES_A_DOCUMENT, Made, asked_about, documents
from index.arabic import words
from index.cleaning import clean
from index.passages import passages
from index.sources import find_sources

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
_EARLIER = "03125c62834e48c3bda7c6e9d54e66f3a9a77def7dd7a4e5ec1ea5a343e0454b"  # of sixty reports, on 2026-11-22


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


def test_further_questions_of_a_document_begin_with_its_own(made: list[Made]) -> None:
    asked = list(asked_about(SEEDS, (7, 31), most=20))
    assert [each[0] for each in asked] == [made[7], made[31]]
    for each in asked:
        assert len({one.question.text for one in each}) == len(each) == 20
        assert len({(one.text, one.question.document) for one in each}) == 1


def test_the_reports_are_those_that_earlier_figures_are_of(made: list[Made]) -> None:
    digest = hashlib.sha256(repr([(each.name, each.text, each.question) for each in made]).encode())
    assert digest.hexdigest() == _EARLIER
