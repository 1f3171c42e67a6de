"""Writes a trained table as a folder that both sentence-transformers and Dalil read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from safetensors.numpy import save_file

from index.embedders.static import NAME_FILE, TOKENIZER_FILE, WEIGHTS, WEIGHTS_FILE
from training.tokenizer import published

NAME: Final = "dalil-static-1"
_MODULES: Final = (
    ("0", "0_StaticEmbedding", "sentence_transformers.models.StaticEmbedding"),
    ("1", "1_Normalize", "sentence_transformers.models.Normalize"),
)


def publish(vocabulary: Mapping[str, int], table: npt.NDArray[np.float16], folder: Path) -> None:
    """Writes the model; ``table``: shape (len(vocabulary), dimension)."""
    (folder / WEIGHTS_FILE).parent.mkdir(parents=True, exist_ok=True)
    described = json.loads(published(vocabulary).to_str())
    _write(folder / TOKENIZER_FILE, json.dumps(described, ensure_ascii=False, separators=(",", ":")))
    save_file({WEIGHTS: table}, folder / WEIGHTS_FILE)
    modules = [{"idx": at, "name": name, "path": path, "type": kind} for at, (name, path, kind) in enumerate(_MODULES)]
    _write(folder / "modules.json", json.dumps(modules, indent=2) + "\n")
    _write(folder / NAME_FILE, json.dumps({"name": NAME}) + "\n")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
