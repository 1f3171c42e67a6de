"""The shipped embedder as a sentence-transformers module, for those who use that library directly."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import torch
from sentence_transformers.base.modules import InputModule

from index.embedders.bag import CONFIG_FILE, WEIGHTS_FILE, BagEmbedder


class BagModule(InputModule):
    """Gives exactly the vectors of `BagEmbedder`."""

    save_in_root = True

    def __init__(self, folder: Path) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._folder = folder
        self._embedder = BagEmbedder.load(folder)

    def preprocess(self, inputs: Sequence[Any], prompt: str | None = None, **_: Any) -> dict[str, Any]:
        """The vectors themselves: there is nothing left for `forward` to do."""
        texts = [f"{prompt or ''}{text}" for text in inputs]
        return {"sentence_embedding": torch.from_numpy(self._embedder.embed_passages(texts))}

    def forward(self, features: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Hands on what `preprocess` made."""
        return features

    def get_embedding_dimension(self) -> int:
        """Numbers in a vector."""
        return self._embedder.dimension

    @classmethod
    def load(cls, model_name_or_path: str, *_: Any, **__: Any) -> Self:
        """Loads the module from a local model folder."""
        return cls(Path(model_name_or_path))

    def save(self, output_path: str, *_: Any, **__: Any) -> None:
        """Writes the model's files to ``output_path``."""
        for name in (CONFIG_FILE, WEIGHTS_FILE):
            Path(output_path, name).write_bytes((self._folder / name).read_bytes())
