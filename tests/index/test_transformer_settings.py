"""What an operator may set about a model of others, and what then counts as another model."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from index.embedders import load_embedder
from index.embedders.transformer import Overrides
from index.errors import EmbedderMismatch, EmbedderUnavailable
from index.generations import FileGenerations
from index.live import LiveLibrary
from index.pretrained import Machine, fingerprint
from index.protocols import Vectors
from tests.index.builds import build
from tests.index.material import REPORTS
from tests.index.tiny_model import DIMENSION, Recipe, make

CPU = Machine(device="cpu")
PARAGRAPHS = [line[:200] for line in REPORTS[0].split("\n") if line.strip()]
QUESTION = "كم بلغت نسبة المنازل التي تستخدم الإنترنت؟"


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("models") / "plain", Recipe(prompts={"query": "سؤال: ", "passage": "نص: "}))


def raw(folder: Path, texts: list[str], **options: Any) -> Vectors:
    """What the library itself makes of exactly these texts."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu", **options)
    return np.asarray(model.encode(texts, prompt="", normalize_embeddings=True), np.float32)


def changed(folder: Path, copy: Path, file: str, change: Callable[[dict[str, Any]], object]) -> Path:
    """A copy of a model with one of its JSON files changed."""
    shutil.copytree(folder, copy)
    value = json.loads((copy / file).read_text(encoding="utf-8"))
    change(value)
    (copy / file).write_text(json.dumps(value), encoding="utf-8")
    return copy


def test_prompts_that_are_set_take_the_place_of_those_declared(plain: Path) -> None:
    embedder = load_embedder(str(plain), Overrides(question_prompt="س: ", passage_prompt="ن: "), CPU)
    assert embedder.embed_question(QUESTION) == pytest.approx(raw(plain, [f"س: {QUESTION}"])[0], abs=1e-5)
    assert embedder.embed_passages(PARAGRAPHS[:3]) == pytest.approx(
        raw(plain, [f"ن: {each}" for each in PARAGRAPHS[:3]]), abs=1e-5
    )


def test_each_prompt_is_set_by_itself_and_an_empty_one_is_none(plain: Path) -> None:
    embedder = load_embedder(str(plain), Overrides(question_prompt=""), CPU)
    assert embedder.embed_question(QUESTION) == pytest.approx(raw(plain, [QUESTION])[0], abs=1e-5)
    assert embedder.embed_passages([QUESTION])[0] == pytest.approx(raw(plain, [f"نص: {QUESTION}"])[0], abs=1e-5)


def test_vectors_are_cut_to_the_dimension_that_is_set_and_have_unit_length(plain: Path) -> None:
    embedder = load_embedder(str(plain), Overrides(dimension=8, passage_prompt=""), CPU)
    vectors = embedder.embed_passages(PARAGRAPHS)
    assert (embedder.dimension, vectors.shape) == (8, (len(PARAGRAPHS), 8))
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert vectors == pytest.approx(raw(plain, PARAGRAPHS, truncate_dim=8), abs=1e-5)
    whole = raw(plain, PARAGRAPHS)[:, :8]
    assert vectors == pytest.approx(whole / np.linalg.norm(whole, axis=1, keepdims=True), abs=1e-5)


def test_vectors_of_a_model_of_16_bits_have_unit_length_all_the_same(plain: Path, tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer

    SentenceTransformer(str(plain), device="cpu").bfloat16().save(str(tmp_path / "half"), create_model_card=False)
    half, whole = (load_embedder(str(each), Overrides(), CPU) for each in (tmp_path / "half", plain))
    vectors = half.embed_passages(PARAGRAPHS)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-6)
    assert vectors == pytest.approx(whole.embed_passages(PARAGRAPHS), abs=0.05)
    assert half.identity.partition("@")[2] != whole.identity.partition("@")[2]


def test_more_numbers_than_a_vector_has_are_refused(plain: Path) -> None:
    with pytest.raises(EmbedderUnavailable, match=f"have {DIMENSION} numbers, DALIL_EMBEDDER_DIMENSION wants 33"):
        load_embedder(str(plain), Overrides(dimension=DIMENSION + 1), CPU)


@pytest.mark.parametrize("overrides", [Overrides(dimension=8), Overrides(question_prompt=""), Overrides(None, "", "")])
def test_the_shipped_embedder_takes_none_of_this(overrides: Overrides) -> None:
    with pytest.raises(EmbedderUnavailable, match="it takes no DALIL_EMBEDDER_DIMENSION, DALIL_QUESTION_PROMPT"):
        load_embedder("shipped", overrides)


def test_whatever_is_set_about_the_vectors_is_part_of_the_identity(plain: Path) -> None:
    settings = [Overrides(), Overrides(8), Overrides(9), Overrides(None, "س"), Overrides(None, None, "س")]
    identities = [load_embedder(str(plain), each, CPU).identity for each in settings]
    assert len(set(identities)) == len(settings)
    assert identities[1].startswith("plain:8@")


def test_the_size_of_a_batch_changes_nothing_but_speed(plain: Path) -> None:
    one, many = (load_embedder(str(plain), Overrides(), Machine("cpu", size)) for size in (1, 7))
    assert one.identity == many.identity
    assert one.embed_passages(PARAGRAPHS) == pytest.approx(many.embed_passages(PARAGRAPHS), abs=1e-5)


def test_a_device_that_is_not_there_is_named(plain: Path) -> None:
    with pytest.raises(EmbedderUnavailable, match="PyTorch cannot use DALIL_DEVICE = cuda:99 here"):
        load_embedder(str(plain), Overrides(), Machine(device="cuda:99"))


def test_many_threads_get_the_vectors_that_one_gets(plain: Path) -> None:
    embedder = load_embedder(str(plain), Overrides(), CPU)
    alone = [embedder.embed_question(each) for each in PARAGRAPHS]
    with ThreadPoolExecutor(8) as pool:
        assert np.array_equal(list(pool.map(embedder.embed_question, PARAGRAPHS)), alone)


def _two_words_swapped(tokenizer: dict[str, Any]) -> None:
    words = tokenizer["model"]["vocab"]
    one, other = list(words)[100], list(words)[200]
    words[one], words[other] = words[other], words[one]


def _letters_normalized(tokenizer: dict[str, Any]) -> None:
    tokenizer["normalizer"] = {"type": "NFKC"}


@pytest.mark.parametrize("change", [_two_words_swapped, _letters_normalized])
def test_the_same_weights_with_another_vocabulary_are_another_model(
    plain: Path, tmp_path: Path, change: Callable[[dict[str, Any]], object]
) -> None:
    other = changed(plain, tmp_path / "plain", "tokenizer.json", change)
    assert load_embedder(str(other)).identity != load_embedder(str(plain)).identity


def test_a_tokenizer_written_in_python_counts_as_well(plain: Path, tmp_path: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from transformers import ProphetNetTokenizer

    model = SentenceTransformer(str(plain), device="cpu")
    found = []
    for words in (["[PAD]", "[UNK]", "[SEP]", "[MASK]", "كم", "ما"], ["[PAD]", "[UNK]", "[SEP]", "[MASK]", "ما", "كم"]):
        (tmp_path / "vocabulary.txt").write_text("\n".join(words), encoding="utf-8")
        model[0].processor = ProphetNetTokenizer(str(tmp_path / "vocabulary.txt"))
        found.append(fingerprint(model, ()))
    assert len(set(found)) == 2


def test_a_pooler_that_no_file_holds_does_not_make_it_another_model_each_time(plain: Path, tmp_path: Path) -> None:
    from safetensors.numpy import load_file, save_file

    folder = Path(shutil.copytree(plain, tmp_path / "plain"))
    weights = load_file(folder / "model.safetensors")
    kept = {name: each for name, each in weights.items() if not name.startswith("pooler.")}
    assert len(kept) < len(weights)
    save_file(kept, folder / "model.safetensors", metadata={"format": "pt"})
    embedder = load_embedder(str(folder))
    assert embedder.identity == load_embedder(str(folder)).identity
    assert embedder.embed_question(QUESTION) == pytest.approx(load_embedder(str(plain)).embed_question(QUESTION))


@pytest.mark.parametrize("file", ["config.json", "modules.json"])
def test_code_in_a_models_folder_is_never_run(plain: Path, tmp_path: Path, file: str) -> None:
    def brings_code(value: Any) -> None:
        if file == "config.json":
            value.update(
                model_type="new", auto_map={"AutoConfig": "code_of_model.Own", "AutoModel": "code_of_model.Own"}
            )
        else:
            value[0]["type"] = "code_of_model.Own"

    folder = changed(plain, tmp_path / "plain", file, brings_code)
    (folder / "code_of_model.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\nclass Own: pass\n")
    with pytest.raises(EmbedderUnavailable):
        load_embedder(str(folder))
    assert not (tmp_path / "ran").exists()


def test_a_model_that_lacks_a_layer_is_refused(plain: Path, tmp_path: Path) -> None:
    from safetensors.numpy import load_file, save_file

    folder = Path(shutil.copytree(plain, tmp_path / "plain"))
    weights = load_file(folder / "model.safetensors")
    del weights["encoder.layer.1.output.dense.weight"]
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(EmbedderUnavailable, match=r"lack 1 of its weights, such as encoder\.layer\.1\.output"):
        load_embedder(str(folder))


@pytest.mark.parametrize("overrides", [Overrides(), Overrides(dimension=16)])
def test_an_index_built_with_another_model_or_dimension_is_refused(
    plain: Path, tmp_path: Path, overrides: Overrides
) -> None:
    (tmp_path / "report.txt").write_text(REPORTS[0], encoding="utf-8")
    build(tmp_path / "data", tmp_path / "report.txt", embedder=load_embedder(str(plain), Overrides(dimension=8), CPU))
    with pytest.raises(EmbedderMismatch) as caught:
        LiveLibrary(FileGenerations(tmp_path / "data"), load_embedder(str(plain), overrides, CPU))
    assert caught.value.built_with.startswith("plain:8@")
    assert "dimension" in str(caught.value)
    assert "set DALIL_EMBEDDER back, or rebuild with  dalil index PATH…" in str(caught.value)
