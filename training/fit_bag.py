"""Fits the shipped embedder: document frequencies of hashed features, counted on passages.

    python -m training.fit_bag PASSAGES.jsonl… --into index/embedders/shipped

Only passages are read, no questions. The result is the same on every machine.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from safetensors.numpy import save_file

from index.arabic import words
from index.embedders.bag import CONFIG_FILE, WEIGHTS_FILE, bucket, features

NAME = "dalil-bag-1"
BUCKETS = 1 << 16
DIMENSION = 256
SEED = 2026

MODULES = [{"idx": 0, "name": "0", "path": "", "type": "index.embedders.bag_module.BagModule"}]


def fit(texts: Iterable[str], folder: Path) -> None:
    """Writes a model folder whose idf weights are counted on ``texts``."""
    counts = np.zeros(BUCKETS, np.int64)
    total = 0
    for text in texts:
        seen = {bucket(feature, BUCKETS) for word in set(words(text)) for feature in features(word)}
        counts[list(seen)] += 1
        total += 1
    idf = np.log1p((total - counts + 0.5) / (counts + 0.5)).astype(np.float16)
    folder.mkdir(parents=True, exist_ok=True)
    save_file({"idf": idf}, folder / WEIGHTS_FILE)
    config = {"name": NAME, "buckets": BUCKETS, "dimension": DIMENSION, "seed": SEED}
    (folder / CONFIG_FILE).write_text(json.dumps(config, indent=2) + "\n")
    (folder / "modules.json").write_text(json.dumps(MODULES, indent=2) + "\n")


def main(
    passages: Annotated[list[Path], typer.Argument(help='JSON Lines with {"id", "text"}')],
    into: Annotated[Path, typer.Option(help="the model's folder")] = Path("index/embedders/shipped"),
) -> None:
    """Fits the shipped embedder on PASSAGES."""
    lines = (line for path in passages for line in path.read_text(encoding="utf-8").split("\n") if line)
    fit((json.loads(line)["text"] for line in lines), into)


if __name__ == "__main__":
    typer.run(main)
