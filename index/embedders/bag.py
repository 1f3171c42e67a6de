"""The embedder that ships: a hashed bag of stems and character 4-grams, needing nothing but NumPy.

A word's vector is the sum, over its terms (those it is indexed under: its stem and its 4-grams), of a random
direction times the term's inverse document frequency; a text's vector is the sum over its distinct words, of
unit length. Inner products of such sums estimate those of the idf-weighted bags
themselves (Johnson and Lindenstrauss 1984; Achlioptas 2003 for directions of +1 and −1).

The folder is a sentence-transformers model: `SentenceTransformer(folder, trust_remote_code=True)` loads it
through `index.embedders.bag_module`, with this very code. Dalil itself loads it directly, because importing
sentence-transformers takes seconds.
"""

from __future__ import annotations

import hashlib
import json
import math
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError
from safetensors.numpy import load_file

from index.analysis import FUNCTION_WORDS, analysed, terms
from index.errors import EmbedderUnavailable
from index.protocols import Vectors

SHIPPED: Final = Path(__file__).with_name("shipped")
CONFIG_FILE: Final = "config.json"
WEIGHTS_FILE: Final = "model.safetensors"
_REMEMBERED_WORDS: Final = 100_000  # word vectors kept in memory: 102 MB at 256 dimensions, in a builder


def features(word: str) -> tuple[str, ...]:
    """The features of a folded word; the stem is marked so that it never equals a gram."""
    each = terms(word)
    return (f"={each.stem}", *dict.fromkeys(each.grams))


@lru_cache(maxsize=300_000)
def bucket(feature: str, buckets: int) -> int:
    """The row of a feature: CRC-32 of its UTF-8 bytes, the same on every machine."""
    return zlib.crc32(feature.encode()) % buckets


def random_directions(buckets: int, dimension: int, seed: int) -> npt.NDArray[np.int8]:
    """A direction of +1 and −1 for each bucket, shape (buckets, dimension).

    Taken from PCG64's raw output, which NumPy keeps stable across versions.
    """
    raw = np.random.PCG64(seed).random_raw(buckets * dimension // 64).view(np.uint8)
    return (np.unpackbits(raw).reshape(buckets, dimension).astype(np.int8) << 1) - 1


@dataclass(frozen=True)
class BagEmbedder:
    """Embeds text with nothing but table look-ups; safe to use from several threads."""

    identity: str
    dimension: int
    _directions: npt.NDArray[np.int8]
    _idf: Vectors

    @classmethod
    def load(cls, folder: Path) -> BagEmbedder:
        """Loads the model in ``folder``.

        Raises:
            EmbedderUnavailable: a file is missing or damaged.
        """
        try:
            config = json.loads((folder / CONFIG_FILE).read_text())
            idf = load_file(folder / WEIGHTS_FILE)["idf"].astype(np.float32)
            if idf.shape != (config["buckets"],):
                raise ValueError(f"{WEIGHTS_FILE} is not the one that {CONFIG_FILE} describes")
            digest = hashlib.sha256((folder / CONFIG_FILE).read_bytes())
            digest.update((folder / WEIGHTS_FILE).read_bytes())
            directions = random_directions(config["buckets"], config["dimension"], config["seed"])
            identity = f"{config['name']}@{digest.hexdigest()[:12]}"
        except (OSError, ValueError, KeyError, TypeError, SafetensorError) as error:
            raise EmbedderUnavailable(str(folder), f"{type(error).__name__}: {error}") from error
        return cls(identity, config["dimension"], directions, idf)

    def __post_init__(self) -> None:
        remembered = lru_cache(maxsize=_REMEMBERED_WORDS)(self._word_vector)
        object.__setattr__(self, "_remembered", remembered)

    def _word_vector(self, word: str) -> bytes:
        """A word's vector as it lies in memory: many are joined faster than as many arrays."""
        rows = [bucket(feature, len(self._idf)) for feature in features(word)]
        return np.asarray(self._idf.take(rows) @ self._directions.take(rows, 0), np.float32).tobytes()

    def _embed(self, text: str) -> Vectors:
        every = dict.fromkeys(analysed(text))
        chosen = [word for word in every if word not in FUNCTION_WORDS] or list(every)
        if not chosen:
            return np.zeros(self.dimension, np.float32)
        together = np.frombuffer(b"".join(map(self._remembered, chosen)), np.float32)  # type: ignore[attr-defined]
        total: Vectors = together.reshape(-1, self.dimension).sum(0)
        length = math.sqrt(total @ total)
        return total / length if length else total

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One row a text, shape (len(texts), dimension)."""
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        return np.stack([self._embed(text) for text in texts])

    def embed_question(self, text: str) -> Vectors:
        """One vector, shape (dimension,): questions and passages are embedded alike."""
        return self._embed(text)
