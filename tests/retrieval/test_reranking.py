"""A reranker decides which of the windows that the reader found comes first, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index.pretrained import Machine
from index.rerankers import load_reranker
from retrieval.answer import Answer, Excerpt, NotFound, Reply
from retrieval.assistant import Assistant
from retrieval.evaluation import Measured, evaluate
from retrieval.finding import find
from retrieval.question import understand
from retrieval.reranking import Reranking, apart
from tests.bot.places import lines
from tests.index.tiny_cross_encoder import LIKED, CrossRecipe, make_cross_encoder
from tests.reports import QUESTIONS
from tests.retrieval.conftest import MakeAssistant, silent
from tests.retrieval.test_assistant import assert_quotes_exactly

ASKED = "كم بلغت ميزانية التعليم عام 2023؟"
WITH_WORDS = "بلغت ميزانية التعليم عام 2023 نحو 500 مليون دونغ."
LIKED_TEXT = f"وزادت ميزانية الطرق التي تخدم {LIKED} في المقاطعة."
FARTHER = "وعُرضت ميزانية الطرق على اللجنة في اجتماعها الأخير."


@pytest.fixture(scope="module")
def reranking(liking: Path) -> Reranking:
    return Reranking(load_reranker(str(liking), Machine(device="cpu")), windows=16)


@pytest.fixture
def three(assistant_of: MakeAssistant) -> Assistant:
    return assistant_of({"farther.txt": FARTHER, "liked.txt": LIKED_TEXT, "words.txt": WITH_WORDS})


def shown(reply: Reply) -> tuple[Excerpt, ...]:
    return () if isinstance(reply, NotFound) else reply.excerpts


def test_the_reranker_decides_which_excerpt_comes_first(three: Assistant, reranking: Reranking) -> None:
    alone, reranked = three.ask(ASKED), replace(three, reranking=reranking).ask(ASKED)
    assert shown(alone)[0].document == "words.txt"
    assert shown(reranked)[0].document == "liked.txt"
    assert {each.document for each in shown(reranked)} == {each.document for each in shown(alone)}


def test_search_follows_the_reranker_too(three: Assistant, reranking: Reranking) -> None:
    assert three.search(ASKED, top=1)[0].document == "words.txt"
    hits = replace(three, reranking=reranking).search(ASKED, top=5)
    assert hits[0].document == "liked.txt"
    assert replace(three, reranking=reranking).search(ASKED, top=1) == hits[:1]
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_a_window_chosen_against_words_and_ranking_is_no_sure_answer(three: Assistant, reranking: Reranking) -> None:
    alone, reranked = three.ask(ASKED), replace(three, reranking=reranking).ask(ASKED)
    assert isinstance(alone, Answer)
    assert not isinstance(reranked, Answer | NotFound)
    assert reranked.circumstances.confidence < alone.circumstances.confidence


def test_only_so_many_windows_are_put_in_order(seeds: Assistant, reranking: Reranking) -> None:
    library, question = seeds.live.current(), understand(QUESTIONS[1])
    as_read = find(library, seeds.embedder, question, reranking=replace(reranking, windows=1)).as_read
    for count in (1, 2, 5):
        found = find(library, seeds.embedder, question, reranking=replace(reranking, windows=count))
        spans = [(each.ranked.row, each.span) for each in found.windows]
        before = [(each.ranked.row, each.span) for each in as_read]
        seen = [(each.ranked.row, each.span) for each in apart(as_read, count)]
        assert set(spans[:count]) == set(seen)
        assert spans[count:] == [each for each in before if each not in seen]
        assert [each.score for each in found.windows] == [each.score for each in as_read]
        assert found.as_read == as_read


def test_the_order_is_that_of_the_models_scores(seeds: Assistant, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = make_cross_encoder(tmp_path_factory.mktemp("models") / "random", CrossRecipe())
    reranking = Reranking(load_reranker(str(folder), Machine(device="cpu")), windows=16)
    library = seeds.live.current()
    for asked in QUESTIONS[:6]:
        found = find(library, seeds.embedder, understand(asked), reranking=reranking)
        first = found.windows[: len(apart(found.as_read, 16))]
        texts = [library.text(each.ranked.passage.document, each.span) for each in first]
        scores = reranking.reranker.scores(found.question.understood, texts)
        assert scores == pytest.approx(sorted(scores, reverse=True), abs=1e-5)
        assert scores[0] > scores[-1] + 0.01


def test_excerpts_are_slices_and_nothing_is_lost(seeds: Assistant, reranking: Reranking) -> None:
    for asked in QUESTIONS:
        reply = replace(seeds, reranking=reranking).ask(asked)
        assert_quotes_exactly(seeds, reply)
        assert isinstance(reply, NotFound) <= isinstance(seeds.ask(asked), NotFound), asked


def test_an_evaluation_measures_with_the_reranker(tmp_path: Path, reranking: Reranking) -> None:
    texts = {"farther": FARTHER, "liked": LIKED_TEXT, "words": WITH_WORDS}
    (tmp_path / "passages.jsonl").write_text(lines(*({"id": name, "text": text} for name, text in texts.items())))
    gold: dict[str, Any] = {"question": ASKED, "passage": "words", "answers": ["500"]}
    (tmp_path / "questions.jsonl").write_text(lines(gold))

    def measured(chosen: Reranking | None) -> Measured:
        from index.embedders import load_embedder

        files = tmp_path / "passages.jsonl", tmp_path / "questions.jsonl"
        folder = tmp_path / f"data-{chosen is None}"
        return evaluate(*files, load_embedder("shipped"), folder, silent, reranking=chosen)

    assert (measured(None).recall_at_1, measured(reranking).recall_at_1) == (100, 0)
