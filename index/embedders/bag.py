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
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from safetensors import SafetensorError
from safetensors.numpy import load_file

from index.analysis import content_words, terms
from index.errors import EmbedderUnavailable
from index.protocols import Vectors

SHIPPED: Final = Path(__file__).with_name("shipped")
CONFIG_FILE: Final = "config.json"
WEIGHTS_FILE: Final = "model.safetensors"
_REMEMBERED_WORDS: Final = 130_000  # word vectors kept in memory: 133 MB at 256 dimensions, in a builder
_AT_ONCE: Final = 32  # words whose vectors are computed together: few enough to stay in the processor's cache


def features(word: str) -> tuple[str, ...]:
    """The features of a folded word; the stem is marked so that it never equals a gram."""
    each = terms(word)
    return (f"={each.stem}", *dict.fromkeys(each.grams))


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
    _words: _WordVectors = field(init=False, repr=False)

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

    @property
    def is_light(self) -> bool:
        """True: 17 MB, and NumPy on one processor."""
        return True

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickled without the words it remembers."""
        return BagEmbedder, (self.identity, self.dimension, self._directions, self._idf)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_words", _WordVectors(self.dimension, self._word_vectors))

    def _word_vectors(self, words: Sequence[str]) -> Vectors:
        """The vectors of folded words, shape (len(words), dimension)."""
        buckets = len(self._idf)
        rows = [[bucket(feature, buckets) for feature in features(word)] for word in words]
        vectors: Vectors = np.empty((len(words), self.dimension), np.float32)
        for alike in _of_one_length(rows):
            chosen = np.array([rows[at] for at in alike])
            weighted = self._directions[chosen].astype(np.float32)
            weighted *= self._idf[chosen][:, :, np.newaxis]
            vectors[alike] = weighted.sum(1)
        return vectors

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One row a text, shape (len(texts), dimension)."""
        return _unit(self._words.sums([list(dict.fromkeys(content_words(text))) for text in texts]))

    def embed_question(self, text: str) -> Vectors:
        """One vector, shape (dimension,): questions and passages are embedded alike."""
        vector: Vectors = self.embed_passages([text])[0]
        return vector


def _of_one_length(rows: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """The places of rows equally long, `_AT_ONCE` at most: NumPy adds them up several times faster than a mixture."""
    places: dict[int, list[int]] = defaultdict(list)
    for at, row in enumerate(rows):
        places[len(row)].append(at)
    for alike in places.values():
        yield from (alike[at : at + _AT_ONCE] for at in range(0, len(alike), _AT_ONCE))


def _unit(vectors: Vectors) -> Vectors:
    """``vectors`` brought to length 1; zeros stay."""
    lengths: Vectors = np.linalg.norm(vectors, axis=1, keepdims=True)
    lengths[lengths == 0] = 1
    return vectors / lengths


class _WordVectors:
    """The vectors of the words met lately; grows to `_REMEMBERED_WORDS`, then begins afresh."""

    def __init__(self, dimension: int, compute: Callable[[Sequence[str]], Vectors]) -> None:
        self._compute = compute
        self._lock = Lock()
        self._slots = _Slots()
        # Takes no memory before it is written to; only a very large batch makes it grow.
        self._vectors: Vectors = np.empty((_REMEMBERED_WORDS, dimension), np.float32)

    def sums(self, texts: Sequence[Sequence[str]]) -> Vectors:
        """The sum of the vectors of each text's words, shape (len(texts), dimension)."""
        with self._lock:
            if len(self._slots) > 0.9 * _REMEMBERED_WORDS:
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
