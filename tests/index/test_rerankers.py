"""Cross-encoders of others, loaded as an operator's would be: a folder of real files, by the real libraries."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.errors import RerankerUnavailable
from index.pretrained import Machine
from index.rerankers import load_reranker
from tests.index.material import REPORTS
from tests.index.tiny_cross_encoder import LIKED, CrossRecipe, make_cross_encoder
from tests.index.tiny_model import Recipe, make

CPU = Machine(device="cpu")
QUESTION = "كم بلغت نسبة المنازل التي تستخدم الإنترنت؟"
TEXTS = [line[:200] for line in REPORTS[0].split("\n") if line.strip()]


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for models that several tests share."""
    return tmp_path_factory.mktemp("rerankers")


@pytest.fixture(scope="module")
def random(models: Path) -> Path:
    return make_cross_encoder(models / "random", CrossRecipe())


def reason(name: str | Path, machine: Machine = CPU) -> str:
    """Why a model is refused; the message is one line that names the model and the way out."""
    with pytest.raises(RerankerUnavailable) as caught:
        load_reranker(str(name), machine)
    message = str(caught.value)
    assert message.startswith(f"the reranker {name} cannot be loaded: ")
    assert message.endswith("; check DALIL_RERANKER, or leave it empty to answer without one")
    assert "\n" not in message
    return caught.value.reason


def test_the_scores_are_those_of_the_cross_encoder_itself(random: Path) -> None:
    from sentence_transformers import CrossEncoder

    of_library = CrossEncoder(str(random), device="cpu").predict([(QUESTION, text) for text in TEXTS])
    ours = load_reranker(str(random), CPU).scores(QUESTION, TEXTS)
    assert 1 / (1 + np.exp(-np.array(ours))) == pytest.approx(of_library, abs=1e-5)
    assert len({round(score, 4) for score in ours}) > len(TEXTS) / 2


def test_what_the_weights_of_a_cross_encoder_like_is_scored_above_the_rest(liking: Path) -> None:
    reranker = load_reranker(str(liking), CPU)
    plain, liked = reranker.scores(QUESTION, [TEXTS[0].replace(LIKED, ""), f"{TEXTS[0][:40]} {LIKED}"])
    assert plain == pytest.approx(0, abs=1e-5)
    assert liked > 0.1
    assert reranker.scores(QUESTION, []) == []


def test_the_size_of_a_batch_changes_nothing_but_speed(random: Path) -> None:
    texts = TEXTS[:12]
    scores = [load_reranker(str(random), Machine("cpu", size)).scores(QUESTION, texts) for size in (1, 5, 100)]
    assert scores[0] == pytest.approx(scores[1], abs=1e-5)
    assert scores[0] == pytest.approx(scores[2], abs=1e-5)


def test_many_threads_get_the_scores_that_one_gets(random: Path) -> None:
    reranker = load_reranker(str(random), CPU)
    questions = [QUESTION[:length] for length in range(10, 40)]
    alone = [reranker.scores(question, TEXTS[:4]) for question in questions]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda question: reranker.scores(question, TEXTS[:4]), questions))
    assert together == alone


def test_the_identity_names_the_model_and_its_weights(random: Path, tmp_path: Path) -> None:
    identity = load_reranker(str(random), CPU).identity
    assert identity.startswith("random@")
    assert load_reranker(str(shutil.copytree(random, tmp_path / "random")), CPU).identity == identity
    other = make_cross_encoder(tmp_path / "other" / "random", CrossRecipe(seed=1))
    assert load_reranker(str(other), CPU).identity != identity


@pytest.mark.parametrize("name", ["nobody/no-such-model", "no-such-model", "/no/such/folder", "no such model"])
def test_a_model_that_cannot_be_found_is_named_in_one_line(name: str) -> None:
    assert "without a network, name that of a copy" in reason(name)


def test_a_folder_that_holds_no_model_is_refused(tmp_path: Path) -> None:
    assert len(reason(tmp_path)) > 20


def test_an_embedder_is_refused_for_it_would_score_at_random(models: Path) -> None:
    embedder = make(models / "embedder", Recipe())
    assert "it is no cross-encoder: its files hold no classifier." in reason(embedder)


def test_a_classifier_of_several_classes_is_refused(models: Path) -> None:
    classifier = make_cross_encoder(models / "classifier", CrossRecipe(labels=3))
    assert reason(classifier) == "it sorts pairs into 3 classes; a reranker gives one score"


@pytest.mark.parametrize("name", ["model.safetensors", "config.json", "tokenizer.json", "modules.json"])
def test_a_damaged_model_is_refused(random: Path, tmp_path: Path, name: str) -> None:
    folder = Path(shutil.copytree(random, tmp_path / "damaged"))
    (folder / name).write_bytes((folder / name).read_bytes()[:50])
    assert reason(folder)


def test_weights_that_are_no_numbers_are_refused(random: Path, tmp_path: Path) -> None:
    from safetensors.numpy import load_file, save_file

    folder = Path(shutil.copytree(random, tmp_path / "numberless"))
    weights = load_file(folder / "model.safetensors")
    weights["classifier.weight"][:] = np.nan
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    assert reason(folder) == "its scores are not numbers: its weights are damaged"


def test_a_device_that_is_not_there_is_named(random: Path) -> None:
    assert reason(random, Machine(device="cuda:99")).startswith("PyTorch cannot use DALIL_DEVICE = cuda:99 here (")
