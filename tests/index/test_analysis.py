from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given

from index.analysis import FUNCTION_WORDS, analysed, content_words, spaced, terms, terms_afresh
from index.arabic import fold, words
from retrieval.question import understand
from tests.index.material import REPORTS, text


@pytest.mark.parametrize(
    ("one", "other"),
    [("المقاطعات", "مقاطعه"), ("والتقرير", "تقارير"), ("المسؤولون", "مسؤول"), ("الانترنت", "انترنيت")],
)
def test_forms_of_one_word_share_a_term(one: str, other: str) -> None:
    a, b = terms(fold(one)), terms(fold(other))
    assert {a.stem, *a.grams} & {b.stem, *b.grams}


def test_a_stem_is_found_behind_article_and_plural() -> None:
    assert terms("المقاطعات").stem == terms("مقاطعه").stem


def test_grams_are_four_letters_and_know_where_a_word_begins_and_ends() -> None:
    assert terms("تقرير").grams == ("_تقر", "تقري", "قرير", "رير_")


@pytest.mark.parametrize("word", ["و", "ال", "57"])
def test_a_short_word_is_a_single_gram(word: str) -> None:
    assert terms(word).grams == (f"_{word}_",)


def test_a_run_of_letters_that_is_no_word_does_not_swell_the_index() -> None:
    assert len(terms("ا" * 100_000).grams) < 100


@given(text)
def test_every_word_has_terms_that_a_store_can_part_at_spaces(written: str) -> None:
    for word in words(written):
        every = (terms(word).stem, *terms(word).grams)
        assert all(term and not any(map(str.isspace, term)) for term in every)


@given(text)
def test_questions_and_passages_are_analysed_alike(written: str) -> None:
    assert list(analysed(written)) == words(written)
    assert set(understand(written).words) <= set(analysed(written))


@given(text)
def test_passages_are_indexed_under_the_terms_that_questions_are_looked_up_under(written: str) -> None:
    stems, grams = spaced(words(written))
    assert stems.split() == [terms(word).stem for word in words(written)]
    assert grams.split() == [gram for word in words(written) for gram in terms(word).grams]


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report[:20])
def test_a_sentence_asked_back_is_searched_by_the_words_it_is_indexed_under(report: str) -> None:
    sentence = report.split("\n")[0][:500]
    assert understand(sentence).words == tuple(dict.fromkeys(content_words(sentence)))


def test_function_words_are_left_out_unless_there_is_nothing_else() -> None:
    assert content_words("ما هي أهداف القرار؟") == ("اهداف", "القرار")
    assert content_words("من هو؟") == ("من", "هو")
    assert content_words("؟!") == ()


def test_function_words_are_written_as_they_are_folded() -> None:
    assert all(words(word) == [word] for word in FUNCTION_WORDS)


def test_threads_agree_on_the_terms_of_words() -> None:
    vocabulary = sorted({word for report in REPORTS for word in words(report)})
    expected = [terms_afresh(word) for word in vocabulary]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: [terms_afresh(word) for word in vocabulary], range(16)))
    assert all(answer == expected for answer in answers)
