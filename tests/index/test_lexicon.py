from __future__ import annotations

import pytest

from index.embedders.lexicon import is_common


@pytest.mark.parametrize("word", ["الحرب", "العالميه", "والمستشفي", "سكرتير"])
def test_a_common_word_is_known_with_whatever_is_joined_to_it(word: str) -> None:
    assert is_common(word)


@pytest.mark.parametrize("word", ["لمادا", "الرمقي", "لونق", "التحولالرقمي", "", "ال", "2023"])
def test_what_is_no_word_or_too_short_is_not(word: str) -> None:
    assert not is_common(word)
