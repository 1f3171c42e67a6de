from __future__ import annotations

import pytest

from benchmarks.peers import PEERS, TOP, installed, measure

TEXTS = [f"تقرير رقم {number} عن الحصاد في السهل" for number in range(30)] + ["افتتح الجسر الكبير في مارس 2004"]


def test_tantivy_is_always_there_as_a_peer() -> None:
    assert "tantivy" in installed()


@pytest.mark.parametrize("name", installed())
def test_a_peer_gives_its_ten_best_passages_best_first(name: str) -> None:
    search = PEERS[name].indexed(TEXTS)
    assert search("متى افتتح الجسر الكبير؟")[0] == 30
    assert len(search("تقرير عن الحصاد")) == TOP


@pytest.mark.parametrize("name", [name for name in installed() if name != "txtai-dense"])
def test_a_peer_that_goes_by_words_finds_nothing_without_one(name: str) -> None:
    assert PEERS[name].indexed(TEXTS)("zebra") == []


def test_a_peers_first_passage_is_right_if_it_is_of_the_gold_document() -> None:
    passages = [(f"{row}.txt", text) for row, text in enumerate(TEXTS)]
    figures = measure("tantivy", passages, [("افتتح الجسر", "30.txt"), ("افتتح الجسر", "7.txt")])
    assert figures["first_document_right_percent"] == 50.0
    assert figures["version"][0].isdigit()
