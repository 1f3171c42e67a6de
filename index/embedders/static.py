"""The embedder that ships: trained vectors of word pieces, added up, needing nothing but NumPy.

The folder is a sentence-transformers model of that library's own modules (`StaticEmbedding`, `Normalize`), which
`SentenceTransformer(folder)` loads. Dalil reads the same files itself: importing that library takes seconds, and
remembering the vectors of words makes it several times faster.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, Final

import numpy as np
import numpy.typing as npt
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

_REMEMBERED_STEMS: Final = 65_000  # stem vectors kept in memory: 133 MB at 512 dimensions, in a builder


@dataclass(frozen=True)
class StaticEmbedder:
    """Embeds text with nothing but table look-ups; safe to use from several threads."""

    identity: str
    dimension: int
    _vocabulary: Mapping[str, int]
    _table: npt.NDArray[np.float16]
    _stems: _StemVectors = field(init=False, repr=False)

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
        except (OSError, ValueError, KeyError, TypeError, AttributeError, SafetensorError) as error:
            raise EmbedderUnavailable(str(folder), f"{type(error).__name__}: {error}") from error
        return cls(identity, table.shape[1], vocabulary, table)

    @property
    def is_light(self) -> bool:
        """True: 20 MB, and NumPy on one processor."""
        return True

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled without the vectors it remembers."""
        return StaticEmbedder, (self.identity, self.dimension, self._vocabulary, self._table)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_stems", _StemVectors(self.dimension, self._stem_vectors))

    def _stem_vectors(self, words: Sequence[str]) -> Vectors:
        """The vectors of stems, shape (len(words), dimension): the sums of those of their pieces."""
        rows = [pieces(word, self._vocabulary) or (0,) for word in words]
        starts = np.cumsum([0, *map(len, rows[:-1])])
        table = self._table.take([row for some in rows for row in some], 0).astype(np.float32)
        vectors: Vectors = np.add.reduceat(table, starts, axis=0)
        return vectors

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One row a text, shape (len(texts), dimension)."""
        return _unit(self._stems.sums([stems(text) for text in texts]))

    def embed_question(self, text: str) -> Vectors:
        """One vector, shape (dimension,): questions and passages are embedded alike."""
        vector: Vectors = self.embed_passages([text])[0]
        return vector


def _unit(vectors: Vectors) -> Vectors:
    """``vectors`` brought to length 1; zeros stay."""
    lengths: Vectors = np.linalg.norm(vectors, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    return vectors / lengths


class _StemVectors:
    """The vectors of the stems met lately; grows to `_REMEMBERED_STEMS`, then begins afresh."""

    def __init__(self, dimension: int, compute: Callable[[Sequence[str]], Vectors]) -> None:
        self._compute = compute
        self._lock = Lock()
        self._slots = _Slots()
        # Takes no memory before it is written to; only a very large batch makes it grow.
        self._vectors: Vectors = np.empty((_REMEMBERED_STEMS, dimension), np.float32)

    def sums(self, texts: Sequence[Sequence[str]]) -> Vectors:
        """The sum of the vectors of each text's stems, shape (len(texts), dimension)."""
        with self._lock:
            if len(self._slots) > 0.9 * _REMEMBERED_STEMS:
                self._slots = _Slots()
            slots = self._slots
            rows = [[slots[word] for word in words] for words in texts]
            if slots.new:
                self._remember(slots.new, len(slots) - len(slots.new))
                slots.new = []
            vectors = self._vectors
            found = [vectors.take(some, 0).sum(0) for some in rows if some]
        sums = np.zeros((len(texts), vectors.shape[1]), np.float32)
        sums[[bool(some) for some in rows]] = found or 0
        return sums

    def _remember(self, words: Sequence[str], first: int) -> None:
        end = first + len(words)
        if end > len(self._vectors):
            grown = np.empty((end, self._vectors.shape[1]), np.float32)
            grown[:first] = self._vectors[:first]
            self._vectors = grown
        self._vectors[first:end] = self._compute(words)


class _Slots(dict[str, int]):
    """Where each word's vector lies; a word not met before takes the next place, and is noted in ``new``."""

    def __init__(self) -> None:
        super().__init__()
        self.new: list[str] = []

    def __missing__(self, word: str) -> int:
        self[word] = slot = len(self)
        self.new.append(word)
        return slot
