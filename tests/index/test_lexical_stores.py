"""Every kind of lexical store passes these tests, against BM25 computed word by word."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis import analysed, content_words, terms
from index.cleaning import clean
from index.document import Span
from index.protocols import Hit, LexicalStore, LexicalStoreKind
from index.sentences import cut
from index.stores import LEXICAL_STORES
from tests.index.bm25 import Oracle, Row, fields, holds
from tests.index.material import REPORTS, text
from tests.index.postgres.kinds import WordsKind

ROUNDING = 0.06  # a store may keep a passage's length in one byte: up to an eighth less, 5 % of a score


def filled(kind: LexicalStoreKind, rows: Sequence[Row], folder: Path) -> LexicalStore:
    folder.mkdir()
    writer = kind.create(folder)
    for body, heading in rows:
        writer.add(kind.row(body, heading))
    writer.finish()
    return kind.open(folder)


KINDS: dict[str, LexicalStoreKind] = {**LEXICAL_STORES, "postgresql": WordsKind()}


@pytest.fixture(scope="module", params=sorted(KINDS))
def kind(request: pytest.FixtureRequest) -> LexicalStoreKind:
    return KINDS[request.param]


def _short_passages() -> list[Row]:
    """The sample reports in a few hundred pieces, each under its report's first words."""
    return [
        (analysed(report[piece.start : piece.end]), analysed(report[:40]))
        for report in REPORTS
        for line in clean(report).lines
        for piece in cut(report, Span(line.start, line.end), 70)
    ]


PASSAGES = _short_passages()


@pytest.fixture(scope="module")
def store(kind: LexicalStoreKind, tmp_path_factory: pytest.TempPathFactory) -> LexicalStore:
    return filled(kind, PASSAGES, tmp_path_factory.mktemp("store") / "words")


@pytest.fixture(scope="module")
def questions() -> list[tuple[str, ...]]:
    random = np.random.default_rng(3)
    chosen = random.choice(len(PASSAGES), 25, replace=False)
    asked = [content_words(" ".join(PASSAGES[row][0]))[: int(random.integers(1, 6))] for row in chosen]
    return [words for words in asked if words]


def rows(hits: list[Hit]) -> list[int]:
    return [hit.row for hit in hits]


def test_passages_of_the_reports_are_ranked_as_bm25_ranks_them(
    store: LexicalStore, questions: list[tuple[str, ...]]
) -> None:
    assert len(PASSAGES) > 250
    oracle = Oracle([fields(row) for row in PASSAGES])
    for words in questions:
        scores = oracle.scores(words)
        hits = store.search(words, top=10)
        tenth = sorted(scores, reverse=True)[9]
        assert [hit.score for hit in hits] == pytest.approx([scores[row] for row in rows(hits)], rel=ROUNDING)
        assert all(scores[row] >= (1 - 2 * ROUNDING) * tenth for row in rows(hits))


short_words = st.text(st.sampled_from("ابتدرلمنوي0a"), min_size=1, max_size=5)
few_words = st.lists(short_words, max_size=8)  # at most 40 grams, a length that every store keeps exactly


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(few_words, few_words), min_size=1, max_size=25), few_words)
def test_short_passages_are_scored_exactly(kind: LexicalStoreKind, passages: list[Row], words: list[str]) -> None:
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        store = filled(kind, passages, Path(folder) / "words")
        scores = Oracle([fields(row) for row in passages]).scores(words)
        hits = store.search(words, top=len(passages))
        assert len(store) == len(passages)
        assert set(rows(hits)) == {row for row, score in enumerate(scores) if score > 0}
        assert [hit.score for hit in hits] == pytest.approx([scores[row] for row in rows(hits)], rel=1e-4)
        best = [hit.score for hit in store.search(words, top=3)]
        assert [store.holds(row, words) for row in range(len(passages))] == [holds(row, words) for row in passages]
        assert best == pytest.approx(sorted((score for score in scores if score > 0), reverse=True)[:3], rel=1e-4)


@settings(max_examples=15, deadline=None)
@given(st.lists(text, min_size=1, max_size=8))
def test_whatever_is_written_is_found_by_each_of_its_words(kind: LexicalStoreKind, texts: list[str]) -> None:
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        store = filled(kind, [(analysed(each), ()) for each in texts], Path(folder) / "words")
        for row, each in enumerate(texts):
            for word in analysed(each):
                assert store.holds(row, [word])
                assert store.frequency(word) > 0


def test_best_hits_come_first_each_once(store: LexicalStore, questions: list[tuple[str, ...]]) -> None:
    for words in questions:
        hits = store.search(words, top=len(PASSAGES))
        assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
        assert len(set(rows(hits))) == len(hits)
        assert rows(store.search(words, top=3)) == rows(hits[:3])


def test_a_search_under_names_gives_the_rows_that_hold_one_of_them_scored_as_without(
    store: LexicalStore, questions: list[tuple[str, ...]]
) -> None:
    body, heading = PASSAGES[7]
    names = [body[:1], heading[:2], ("qqqq",)]
    for words in questions:
        scores = {hit.row: hit.score for hit in store.search(words, top=len(PASSAGES))}
        expected = {row for row in scores if any(is_under(PASSAGES[row], name) for name in names)}
        hits = store.search_named(words, names, top=len(PASSAGES))
        assert set(rows(hits)) == expected
        assert [hit.score for hit in hits] == pytest.approx([scores[row] for row in rows(hits)])
        assert rows(store.search_named(words, names, top=2)) == rows(hits)[:2]
        assert store.search_named(words, [], top=10) == []


def is_under(row: Row, name: Sequence[str]) -> bool:
    """Whether a passage holds the stems of all these words, or its heading all their grams."""
    held = fields(row)
    return all(terms(word).stem in held["stems"] or set(terms(word).grams) <= set(held["heading"]) for word in name)


def test_hits_are_plain_numbers(store: LexicalStore) -> None:
    hit = store.search(["المقاطعه"], top=1)[0]
    assert (type(hit.row), type(hit.score)) == (int, float)


def test_the_frequency_of_a_word_counts_passages_with_its_stem(store: LexicalStore) -> None:
    stems = [{terms(word).stem for word in body} for body, _ in PASSAGES]
    for word in ("المقاطعه", "مقاطعه", "التحول", "2023", "والتحول", "36"):
        assert store.frequency(word) == sum(terms(word).stem in each for each in stems) > 0
    assert store.frequency("بطاطس") == 0


def test_a_passage_is_held_under_the_stems_of_all_its_words_together(
    store: LexicalStore, questions: list[tuple[str, ...]]
) -> None:
    for words in [*questions[:10], PASSAGES[7][0], ("التحول", "الرقمي"), ("التحول", "بطاطس")]:
        expected = [row for row, passage in enumerate(PASSAGES) if holds(passage, words)]
        assert [row for row in range(len(PASSAGES)) if store.holds(row, words)] == expected
    assert not store.holds(len(PASSAGES), ["التحول"])


def test_nothing_is_found_without_words_or_by_words_of_no_passage(store: LexicalStore) -> None:
    assert store.search([], top=10) == []
    assert store.search(["qqqq", "zzzz"], top=10) == []
    assert not store.holds(0, ["qqqq"])


def test_asking_for_none_gives_none(store: LexicalStore) -> None:
    assert store.search(["المقاطعه"], top=0) == []


def test_threads_get_the_answers_one_gets_alone(store: LexicalStore, questions: list[tuple[str, ...]]) -> None:
    alone = [store.search(words, top=10) for words in questions]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda words: store.search(words, top=10), questions)) == alone


@pytest.mark.parametrize(
    "word",
    [
        *(
            "and",
            "or",
            "not",
            "in",
            "to",
            "c++",
            "a:b",
            "stems:x",
            "row:0",
            '"x"',
            "(x",
            "x)",
            "x*",
            "x?",
            "x~2",
            "x^3",
        ),
        *("-x", "+x", "!x", "&&", "||", "\\", "/x/", "{x}", "[x]", "<x", "'", "%", "$1", "#", "x,y", "😀"),
    ],
)
def test_no_word_is_taken_for_a_query_language(kind: LexicalStoreKind, tmp_path: Path, word: str) -> None:
    store = filled(kind, [(["ماء"], ()), ([word], ()), (["هواء"], ())], tmp_path / "words")
    assert rows(store.search([word], top=10)) == [1]
    assert store.frequency(word) == 1
    assert [store.holds(row, [word]) for row in range(3)] == [False, True, False]


def test_a_passage_is_found_by_its_heading_but_less_than_by_its_body(kind: LexicalStoreKind, tmp_path: Path) -> None:
    store = filled(kind, [(["تقرير"], ["القاهره"]), (["القاهره"], ["تقرير"]), (["هواء"], [])], tmp_path / "words")
    assert rows(store.search(["القاهره"], top=10)) == [1, 0]
    assert [store.holds(row, ["القاهره"]) for row in range(3)] == [False, True, False]
    assert store.frequency("القاهره") == 1


def test_a_word_asked_twice_weighs_twice(kind: LexicalStoreKind, tmp_path: Path) -> None:
    store = filled(kind, [(["ماء", "هواء"], ()), (["نار"], ())], tmp_path / "words")
    (once,), (twice,) = store.search(["ماء"], top=1), store.search(["ماء", "ماء"], top=1)
    assert twice.score == pytest.approx(2 * once.score)


def test_passages_without_words_keep_their_rows(kind: LexicalStoreKind, tmp_path: Path) -> None:
    store = filled(kind, [((), ()), (["ماء"], ()), ((), ()), (["هواء"], ())], tmp_path / "words")
    assert len(store) == 4
    assert [rows(store.search([word], top=10)) for word in ("ماء", "هواء")] == [[1], [3]]


def test_a_store_of_nothing_can_be_asked(kind: LexicalStoreKind, tmp_path: Path) -> None:
    store = filled(kind, [], tmp_path / "words")
    assert len(store) == 0
    assert store.search(["ماء"], top=10) == []
    assert store.frequency("ماء") == 0


def test_an_opened_store_answers_when_its_folder_is_removed(
    kind: LexicalStoreKind, tmp_path: Path, questions: list[tuple[str, ...]]
) -> None:
    store = filled(kind, PASSAGES, tmp_path / "words")
    again = kind.open(tmp_path / "words")
    before = [again.search(words, top=10) for words in questions]
    shutil.rmtree(tmp_path / "words")
    assert [store.search(words, top=10) for words in questions] == before
