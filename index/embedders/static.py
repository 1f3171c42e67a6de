"""The embedder that ships: trained vectors of word pieces, added up, needing nothing but NumPy.

The folder is a sentence-transformers model of that library's own modules (`StaticEmbedding`, `Normalize`), which
`SentenceTransformer(folder)` loads. Dalil reads the same files itself: importing that library takes seconds, and
remembering which pieces make up a word makes it several times faster.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file

from index.embedders.pieces import pieces, stems
from index.errors import EmbedderUnavailable
from index.protocols import Vectors

SHIPPED: Final = Path(__file__).with_name("shipped")
NAME_FILE: Final = "dalil.json"
TOKENIZER_FILE: Final = "0_StaticEmbedding/tokenizer.json"
WEIGHTS_FILE: Final = "0_StaticEmbedding/model.safetensors"
WEIGHTS: Final = "embedding.weight"
UNKNOWN: Final = "[UNK]"
"""The first piece: what cannot be cut into pieces. Its vector is zero."""

_REMEMBERED_STEMS: Final = 150_000  # whose pieces are remembered: about 30 MB when full, in a builder


@dataclass(frozen=True)
class StaticEmbedder:
    """Embeds text with nothing but table look-ups; safe to use from several threads."""

    identity: str
    dimension: int
    _vocabulary: Mapping[str, int]
    _table: Vectors
    _pieces: _Pieces = field(init=False, repr=False)

    @classmethod
    def load(cls, folder: Path) -> StaticEmbedder:
        """Loads the model in ``folder``.

        Raises:
            EmbedderUnavailable: a file is missing or damaged.
        """
        try:
            name = json.loads((folder / NAME_FILE).read_text(encoding="utf-8"))["name"]
            described = (folder / TOKENIZER_FILE).read_bytes()
            vocabulary = json.loads(described)["model"]["vocab"]
            table = load_file(folder / WEIGHTS_FILE)[WEIGHTS]
            if table.ndim != 2 or sorted(vocabulary.values()) != list(range(len(table))):
                raise ValueError(f"{WEIGHTS_FILE} is not the one that {TOKENIZER_FILE} describes")
            digest = hashlib.sha256(described)
            digest.update(table.tobytes())
            identity = f"{name}@{digest.hexdigest()[:12]}"
            weights = table.astype(np.float32)
        except (OSError, ValueError, KeyError, TypeError, AttributeError, SafetensorError) as error:
            raise EmbedderUnavailable(str(folder), f"{type(error).__name__}: {error}") from error
        return cls(identity, table.shape[1], vocabulary, weights)

    @property
    def is_light(self) -> bool:
        """True: 38 MB, and NumPy on one processor."""
        return True

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled without what it remembers."""
        return StaticEmbedder, (self.identity, self.dimension, self._vocabulary, self._table)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_pieces", _Pieces(self._vocabulary))

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One row a text, shape (len(texts), dimension)."""
        known = self._pieces
        sums = np.zeros((len(texts), self.dimension), np.float32)
        for at, text in enumerate(texts):
            if rows := [row for stem in stems(text) for row in known[stem]]:
                sums[at] = self._table.take(rows, 0).sum(0)
        return _unit(sums)

    def embed_question(self, text: str) -> Vectors:
        """One vector, shape (dimension,): questions and passages are embedded alike."""
        vector: Vectors = self.embed_passages([text])[0]
        return vector


def _unit(vectors: Vectors) -> Vectors:
    """``vectors`` brought to length 1; zeros stay."""
    lengths: Vectors = np.linalg.norm(vectors, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    return vectors / lengths


class _Pieces(dict[str, Sequence[int]]):
    """The pieces of the stems met lately, all that a builder repeats: their vectors are added up each time."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        super().__init__()
        self._vocabulary = vocabulary

    def __missing__(self, stem: str) -> Sequence[int]:
        if len(self) >= _REMEMBERED_STEMS:
            self.clear()
        self[stem] = found = pieces(stem, self._vocabulary)
        return found
