"""Training the shipped embedder, at a size that takes seconds."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file

from index.arabic import words
from index.embedders.pieces import light_stem, pieces, stems
from index.embedders.static import TOKENIZER_FILE, UNKNOWN, WEIGHTS, WEIGHTS_FILE, StaticEmbedder
from tests.reports import ROOT, SEEDS
from training.fit_embedder import fit
from training.sets import Pairs, read_pairs
from training.vocabulary import vocabulary

PARAGRAPHS = [
    line
    for path in sorted(SEEDS.glob("*.txt"))
    for line in path.read_text(encoding="utf-8").split("\n")
    if len(words(line)) > 20
]
SIZE, DIMENSION, STEPS = 900, 24, 8


def question_set(folder: Path) -> None:
    """A made question set: each paragraph is a passage, its first words are asked for."""
    passages = [{"id": str(at), "text": text} for at, text in enumerate(PARAGRAPHS)]
    questions = [
        {"id": f"q{at}", "question": f"ماذا جاء عن {' '.join(text.split()[:6])}؟", "passage": str(at), "answers": ["x"]}
        for at, text in enumerate(PARAGRAPHS)
    ]
    for kind, rows in (("passages", passages), ("questions", questions)):
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (folder / f"made.{kind}.jsonl").write_text(lines, encoding="utf-8")


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> Pairs:
    folder = tmp_path_factory.mktemp("sets")
    question_set(folder)
    return read_pairs(folder, ["made"])


@pytest.fixture(scope="module")
def trained(pairs: Pairs, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models") / "trained"
    fit(pairs, folder, size=SIZE, dimension=DIMENSION, steps=STEPS)
    return folder


def first_right(embedder: StaticEmbedder, pairs: Pairs) -> float:
    """The share of questions whose passage is the nearest."""
    scores = embedder.embed_passages(pairs.questions) @ embedder.embed_passages(pairs.passages).T
    return float(np.mean(scores.argmax(1) == np.array(pairs.gold)))


def test_the_same_data_gives_the_same_bytes_in_another_process(pairs: Pairs, trained: Path, tmp_path: Path) -> None:
    question_set(tmp_path)
    program = (
        "import sys; from pathlib import Path; from training.fit_embedder import fit; "
        "from training.sets import read_pairs; folder = Path(sys.argv[1]); "
        f"fit(read_pairs(folder, ['made']), folder / 'again', size={SIZE}, dimension={DIMENSION}, steps={STEPS})"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "7"}
    command = [sys.executable, "-c", program, str(tmp_path)]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)
    for name in (TOKENIZER_FILE, WEIGHTS_FILE):
        assert (tmp_path / "again" / name).read_bytes() == (trained / name).read_bytes()


def test_training_brings_questions_nearer_to_their_passages(pairs: Pairs, trained: Path, tmp_path: Path) -> None:
    fit(pairs, tmp_path, size=SIZE, dimension=DIMENSION, steps=0)
    before, after = StaticEmbedder.load(tmp_path), StaticEmbedder.load(trained)
    assert first_right(after, pairs) > first_right(before, pairs)


def test_what_is_written_has_the_size_that_was_asked_for(trained: Path) -> None:
    table = load_file(trained / WEIGHTS_FILE)[WEIGHTS]
    assert table.shape[1] == DIMENSION
    assert table.shape[0] <= SIZE
    assert table.dtype == np.float16
    assert not table[0].any()


def test_every_word_of_known_letters_can_be_cut_into_pieces() -> None:
    known = vocabulary(PARAGRAPHS, SIZE)
    assert next(iter(known)) == UNKNOWN
    assert sorted(known.values()) == list(range(len(known)))
    assert all(pieces(stem, known) for text in PARAGRAPHS for stem in stems(text))
    assert not pieces("漢字", known)
    assert not pieces("ا" * 65, known)


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("والمقاطعات", "مقاطع"),
        ("المقاطعه", "مقاطع"),
        ("وزاره", "زار"),
        ("للتحول", "تحول"),
        ("بالتحول", "تحول"),
        ("ولد", "ولد"),
        ("الف", "الف"),
        ("2023", "2023"),
        ("covid", "covid"),
    ],
)
def test_light_stems_leave_the_article_and_common_endings_off(word: str, stem: str) -> None:
    assert light_stem(word) == stem


def test_of_a_stem_repeated_soon_only_the_last_counts() -> None:
    assert stems("التحول الرقمي والتحول") == ["تحول", "رقم"]
    far = "التحول " + " ".join(f"كلمه{letter}" for letter in "ابتثجحخدذرزسشصضط") + " التحول"
    assert stems(far).count("تحول") == 2
