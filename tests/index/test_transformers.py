"""Models of others, loaded as an operator's would be: a folder of real files, by the real libraries."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from index.embedders import load_embedder
from index.errors import EmbedderUnavailable
from index.protocols import Vectors
from tests.index.material import REPORTS
from tests.index.tiny_model import DIMENSION, Recipe, make

PARAGRAPHS = [line[:200] for line in REPORTS[0].split("\n") if line.strip()]
QUESTION = "كم بلغت نسبة المنازل التي تستخدم الإنترنت؟"
WEB_SEARCH = "Given a web search query, retrieve relevant passages that answer the query"
PROMPTS = {"query": "سؤال: ", "passage": "نص: "}


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder for models that several tests share."""
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="module")
def plain(models: Path) -> Path:
    return make(models / "plain", Recipe())


@pytest.fixture(scope="module")
def prompted(models: Path) -> Path:
    """A model that declares prompts, one of them for whoever asks for none."""
    return make(models / "prompted", Recipe(prompts=PROMPTS, default_prompt="query"))


def raw(folder: Path, texts: list[str]) -> Vectors:
    """What the library itself makes of exactly these texts."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu")
    return np.asarray(model.encode(texts, prompt="", normalize_embeddings=True), np.float32)


def close(one: Vectors, other: Vectors) -> bool:
    return bool(np.allclose(one, other, atol=1e-5))


def test_a_model_is_loaded_by_its_folder(plain: Path) -> None:
    embedder = load_embedder(str(plain))
    vectors = embedder.embed_passages(PARAGRAPHS)
    assert embedder.dimension == DIMENSION
    assert vectors.shape == (len(PARAGRAPHS), DIMENSION)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert embedder.embed_passages([]).shape == (0, DIMENSION)
    assert embedder.embed_question("").shape == (DIMENSION,)


def test_without_prompts_questions_and_passages_are_embedded_alike(plain: Path) -> None:
    embedder = load_embedder(str(plain))
    assert close(embedder.embed_passages(PARAGRAPHS), raw(plain, PARAGRAPHS))
    assert close(embedder.embed_question(QUESTION), embedder.embed_passages([QUESTION])[0])


def test_the_prompts_that_a_model_declares_are_put_in_front_once(prompted: Path) -> None:
    embedder = load_embedder(str(prompted))
    assert close(embedder.embed_question(QUESTION), raw(prompted, [f"سؤال: {QUESTION}"])[0])
    assert close(embedder.embed_passages(PARAGRAPHS), raw(prompted, [f"نص: {each}" for each in PARAGRAPHS]))
    assert not close(embedder.embed_question(QUESTION), embedder.embed_passages([QUESTION])[0])


def test_a_prompt_for_documents_is_one_for_passages(models: Path) -> None:
    folder = make(models / "documents", Recipe(prompts={"document": "نص: "}))
    embedder = load_embedder(str(folder))
    assert close(embedder.embed_passages(PARAGRAPHS), raw(folder, [f"نص: {each}" for each in PARAGRAPHS]))
    assert close(embedder.embed_question(QUESTION), raw(folder, [QUESTION])[0])


@pytest.mark.parametrize(
    ("name", "question", "passage"),
    [
        ("multilingual-E5-tiny", "query: ", "passage: "),
        ("multilingual-e5-tiny-instruct", f"Instruct: {WEB_SEARCH}\nQuery: ", ""),
        ("bge-m3-tiny", "", ""),
        ("bge-tiny-en", "Represent this sentence for searching relevant passages: ", ""),
        ("models--intfloat--multilingual-e5-tiny/snapshots/0b9a5e", "query: ", "passage: "),
        ("models--BAAI--bge-m3/snapshots/7d-e5-0", "", ""),
    ],
)
def test_the_prompts_of_a_known_family_are_told_by_its_name(
    plain: Path, tmp_path: Path, name: str, question: str, passage: str
) -> None:
    folder = Path(shutil.copytree(plain, tmp_path / name))
    embedder = load_embedder(str(folder))
    assert close(embedder.embed_question(QUESTION), raw(folder, [question + QUESTION])[0])
    assert close(embedder.embed_passages(PARAGRAPHS), raw(folder, [passage + each for each in PARAGRAPHS]))


def test_declared_prompts_win_over_those_of_a_family(prompted: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(prompted, tmp_path / "my-e5"))
    assert close(load_embedder(str(folder)).embed_question(QUESTION), raw(folder, [f"سؤال: {QUESTION}"])[0])


def test_the_identity_names_the_model_and_is_the_same_when_it_is_loaded_again(plain: Path, tmp_path: Path) -> None:
    identity = load_embedder(str(plain)).identity
    assert identity.startswith("plain@")
    assert load_embedder(f"{plain}/").identity == identity
    assert load_embedder(str(shutil.copytree(plain, tmp_path / "plain"))).identity == identity


@pytest.mark.parametrize(
    "recipe",
    [
        Recipe(seed=1),
        Recipe(nudged="encoder.layer.1.output.dense.weight"),
        Recipe(nudged="embeddings.word_embeddings.weight"),
        Recipe(nudged="encoder.layer.0.attention.self.query.bias"),
        Recipe(pooling="cls"),
        Recipe(longest=32),
        Recipe(prompts=PROMPTS),
    ],
    ids=["retrained", "one layer", "one word", "one bias", "pooling", "length", "prompts"],
)
def test_whatever_changes_the_vectors_changes_the_identity(plain: Path, tmp_path: Path, recipe: Recipe) -> None:
    other = make(tmp_path / "plain", recipe)
    assert load_embedder(str(other)).identity != load_embedder(str(plain)).identity


@pytest.mark.parametrize("name", ["nobody/no-such-model", "no-such-model", "/no/such/folder", "no such model"])
def test_a_model_that_cannot_be_found_is_named_in_one_line(name: str) -> None:
    with pytest.raises(EmbedderUnavailable) as caught:
        load_embedder(name)
    message = str(caught.value)
    assert message.startswith(f"the embedder {name} cannot be loaded: ")
    assert message.endswith("; check DALIL_EMBEDDER")
    assert len(caught.value.reason) > 20
    assert "\n" not in message


def test_a_folder_that_holds_no_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EmbedderUnavailable, match="cannot be loaded"):
        load_embedder(str(tmp_path))


@pytest.mark.parametrize("name", ["model.safetensors", "config.json", "tokenizer.json", "modules.json"])
def test_a_damaged_model_is_refused(plain: Path, tmp_path: Path, name: str) -> None:
    folder = Path(shutil.copytree(plain, tmp_path / "damaged"))
    (folder / name).write_bytes((folder / name).read_bytes()[:50])
    with pytest.raises(EmbedderUnavailable) as caught:
        load_embedder(str(folder))
    assert "\n" not in str(caught.value)


def test_a_model_without_its_weights_is_refused(plain: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(plain, tmp_path / "weightless"))
    (folder / "model.safetensors").unlink()
    with pytest.raises(EmbedderUnavailable):
        load_embedder(str(folder))
