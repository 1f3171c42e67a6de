from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer

from index.embedders import SHIPPED_NAME, load_embedder
from index.embedders.pieces import pieces, stems
from index.embedders.static import NAME_FILE, SHIPPED, TOKENIZER_FILE, WEIGHTS, WEIGHTS_FILE, StaticEmbedder
from index.errors import EmbedderUnavailable
from index.protocols import Embedder
from tests.index.material import REPORTS, ROOT, text

PARAGRAPHS = [line for report in REPORTS for line in report.split("\n") if line.strip()]
TOKENIZER = Tokenizer.from_file(str(SHIPPED / TOKENIZER_FILE))
VOCABULARY = TOKENIZER.get_vocab()
QUESTION = "كم بلغت نسبة المنازل التي تستخدم الإنترنت؟"


@pytest.fixture(scope="module")
def shipped() -> Embedder:
    return load_embedder(SHIPPED_NAME)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "model"))


def test_vectors_have_unit_length_and_the_promised_shape(shipped: Embedder) -> None:
    vectors = shipped.embed_passages(PARAGRAPHS)
    assert vectors.shape == (len(PARAGRAPHS), shipped.dimension)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert shipped.embed_passages([]).shape == (0, shipped.dimension)


@pytest.mark.parametrize("wordless", ["", " \n", "؟!…", "\N{ARABIC TATWEEL}"])
def test_a_text_without_words_is_zero(shipped: Embedder, wordless: str) -> None:
    assert not shipped.embed_question(wordless).any()
    assert not shipped.embed_passages([wordless, wordless]).any()


@given(text)
def test_a_text_has_one_vector_as_question_and_as_passage(shipped: Embedder, written: str) -> None:
    question = shipped.embed_question(written)
    alone, beside = shipped.embed_passages([written, QUESTION])[0], shipped.embed_passages([QUESTION, written])[1]
    assert question.shape == (shipped.dimension,)
    assert np.array_equal(question, alone)
    assert np.array_equal(question, beside)
    assert float(question @ question) == pytest.approx(1 if question.any() else 0, abs=1e-5)


def test_spelling_that_folds_away_and_repetition_change_nothing(shipped: Embedder) -> None:
    plain = shipped.embed_question("مقاطعة لونغ آن")
    assert np.array_equal(plain, shipped.embed_question("مُقاطعـــة لونغ ان، لونغ آن!"))


def test_a_question_is_nearest_to_the_paragraph_that_answers_it(shipped: Embedder) -> None:
    scores = shipped.embed_passages(PARAGRAPHS) @ shipped.embed_question(QUESTION)
    assert "88.9%" in PARAGRAPHS[int(np.argmax(scores))]


def test_threads_get_the_vectors_one_gets_alone() -> None:
    embedder = load_embedder(SHIPPED_NAME)
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(embedder.embed_question, PARAGRAPHS * 4))
    alone = load_embedder(SHIPPED_NAME).embed_passages(PARAGRAPHS * 4)
    assert np.array_equal(np.stack(together), alone)


def test_another_process_with_another_hash_seed_gives_the_same_vectors(shipped: Embedder) -> None:
    program = (
        "import sys; from index.embedders import load_embedder; e = load_embedder('shipped'); "
        "print(e.identity); sys.stdout.flush(); "
        "sys.stdout.buffer.write(e.embed_passages(sys.stdin.read().split('\\n')).tobytes())"
    )
    expected = shipped.identity.encode() + b"\n" + shipped.embed_passages(PARAGRAPHS).tobytes()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-X", "utf8", "-c", program],
            input="\n".join(PARAGRAPHS).encode(),
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
        assert done.stdout == expected


def test_sentence_transformers_loads_the_shipped_folder_and_gives_its_vectors(shipped: Embedder) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(SHIPPED), device="cpu")
    for texts in (PARAGRAPHS, ["في 4G وNQ-36/TW عام ١٢/٥/٢٠٢٤، بنسبة ٩٣٫٢١٪ أي ٣٧٦٬٨٧٤", "كُتُبٌ وَكَتـــبَ لـلأطفالِ؟"]):
        same = (np.asarray(model.encode(texts), np.float32) * shipped.embed_passages(texts)).sum(1)
        assert same == pytest.approx(1, abs=2e-3)  # the library adds up in half precision
    assert model.get_embedding_dimension() == shipped.dimension


arabic = st.text(st.sampled_from("ابتدرلمنويهةىأإؤئءكقسعفح ،.؟0123٤٥abcd"), max_size=120)


@settings(max_examples=200, deadline=None)
@given(arabic)
def test_the_published_tokenizer_cuts_as_ours_does(written: str) -> None:
    theirs = TOKENIZER.encode(written).ids
    assert sorted(theirs) == sorted(number for stem in stems(written) for number in pieces(stem, VOCABULARY))


def test_the_identity_names_the_model_and_stays_when_the_folder_is_copied(shipped: Embedder, copy: Path) -> None:
    name, _, digest = shipped.identity.partition("@")
    assert name == json.loads((SHIPPED / NAME_FILE).read_text())["name"]
    assert len(digest) == 12
    assert StaticEmbedder.load(copy).identity == shipped.identity


def test_other_weights_are_another_model(shipped: Embedder, copy: Path) -> None:
    table = load_file(copy / WEIGHTS_FILE)[WEIGHTS]
    table[7] += 1
    save_file({WEIGHTS: table}, copy / WEIGHTS_FILE)
    assert StaticEmbedder.load(copy).identity != shipped.identity


@pytest.mark.parametrize("name", [NAME_FILE, TOKENIZER_FILE, WEIGHTS_FILE])
@pytest.mark.parametrize("content", [None, b"", b"\0" * 100, b"{}", b"[]"])
def test_a_damaged_model_folder_cannot_be_loaded_and_says_so(copy: Path, name: str, content: bytes | None) -> None:
    if content is None:
        (copy / name).unlink()
    else:
        (copy / name).write_bytes(content)
    with pytest.raises(EmbedderUnavailable) as caught:
        StaticEmbedder.load(copy)
    assert str(copy) in str(caught.value)
    assert "check DALIL_EMBEDDER" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_vocabulary_that_does_not_fit_the_weights_is_refused(copy: Path) -> None:
    described = json.loads((copy / TOKENIZER_FILE).read_text(encoding="utf-8"))
    described["model"]["vocab"].popitem()
    (copy / TOKENIZER_FILE).write_text(json.dumps(described), encoding="utf-8")
    with pytest.raises(EmbedderUnavailable):
        StaticEmbedder.load(copy)


def test_cut_off_weights_are_refused(copy: Path) -> None:
    whole = (copy / WEIGHTS_FILE).read_bytes()
    (copy / WEIGHTS_FILE).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(EmbedderUnavailable):
        StaticEmbedder.load(copy)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EmbedderUnavailable, match="gone"):
        StaticEmbedder.load(tmp_path / "gone")
