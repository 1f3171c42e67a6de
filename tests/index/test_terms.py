"""Which terms of a question are looked up."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given

from index.analysis import terms
from index.arabic import words
from index.stores.terms import GRAMS, STEMS, Wanted
from tests.index.material import text

LIBRARY = 1_000_000
EVERYWHERE = "المقاطعه"


def holding(common: str, passages: int) -> Callable[[str, str], int]:
    """Every term of ``common`` is held by so many passages, any other by ten."""
    everywhere = {(STEMS, terms(common).stem), *((GRAMS, gram) for gram in terms(common).grams)}
    return lambda field, term: passages if (field, term) in everywhere else 10


@given(text)
def test_rare_words_are_looked_up_under_their_stems_and_all_their_grams(written: str) -> None:
    asked = Wanted(LIBRARY, lambda field, term: 10).terms(words(written))
    assert {term for field, term in asked if field == STEMS} == {terms(word).stem for word in words(written)}
    assert {term for field, term in asked if field == GRAMS} == {
        gram for word in words(written) for gram in terms(word).grams
    }


def test_what_very_many_passages_of_a_large_library_hold_is_not_looked_up() -> None:
    asked = Wanted(LIBRARY, holding(EVERYWHERE, 400_000)).terms(["نسبه", EVERYWHERE])
    assert (STEMS, terms("نسبه").stem) in asked
    assert (STEMS, terms(EVERYWHERE).stem) not in asked
    assert not any((GRAMS, gram) in asked for gram in terms(EVERYWHERE).grams)


def test_in_a_small_library_everything_is_looked_up() -> None:
    asked = Wanted(5_000, holding(EVERYWHERE, 5_000)).terms([EVERYWHERE])
    assert {(STEMS, terms(EVERYWHERE).stem), *((GRAMS, gram) for gram in terms(EVERYWHERE).grams)} <= asked.keys()


def test_a_question_of_such_words_alone_is_looked_up_under_their_stems() -> None:
    asked = Wanted(LIBRARY, lambda field, term: 900_000).terms([EVERYWHERE])
    assert asked.keys() == {(STEMS, terms(EVERYWHERE).stem)}
