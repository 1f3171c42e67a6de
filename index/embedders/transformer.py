"""Any sentence-transformers model, by name or folder, on CPU or GPU: one setting away.

The only file that imports sentence-transformers (which takes seconds, so it happens on first use).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from index.errors import EmbedderUnavailable
from index.protocols import Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

_BATCH: Final = 32

# What model families ask to be put before a text, from their model cards.
# A model folder that declares prompts of its own ("query", "passage" or "document") needs no entry.
_PROMPTS: Final = (
    ("e5", "query: ", "passage: "),
    ("bge-m3", "", ""),
    ("bge-", "Represent this sentence for searching relevant passages: ", ""),
    ("gte-", "", ""),
)


class TransformerEmbedder:
    """Embeds with a `SentenceTransformer`, its question and passage prompts put in front."""

    is_light = False

    def __init__(self, name: str) -> None:
        """Loads the model called ``name`` (a hub name or a folder).

        Raises:
            EmbedderUnavailable: it cannot be found or read, or gives no sentence vectors.
        """
        self._model = _load(name)
        dimension = self._model.get_embedding_dimension()
        if not dimension:
            raise EmbedderUnavailable(name, "it does not say how long its vectors are")
        self.dimension = int(dimension)
        prompts = _prompts(name, self._model.prompts)
        self._question_prompt, self._passage_prompt = prompts
        self.identity = f"{Path(name).name}@{_fingerprint(self._model, prompts)}"

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One row a text, shape (len(texts), dimension)."""
        return self._encode(texts, self._passage_prompt)

    def embed_question(self, text: str) -> Vectors:
        """One vector, shape (dimension,)."""
        vector: Vectors = self._encode([text], self._question_prompt)[0]
        return vector

    def _encode(self, texts: Sequence[str], prompt: str) -> Vectors:
        vectors = self._model.encode(
            [f"{prompt}{text}" for text in texts],
            prompt="",  # ours is in front already; the model's default must not be added to it
            batch_size=_BATCH,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        rows: Vectors = np.asarray(vectors, np.float32)
        return rows.reshape(len(texts), self.dimension)


def _load(name: str) -> SentenceTransformer:
    from sentence_transformers import SentenceTransformer

    try:
        return SentenceTransformer(name, local_files_only=Path(name).exists())
    except Exception as error:  # the library raises whatever its many loaders raise
        first_line = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise EmbedderUnavailable(name, first_line.rstrip(".")) from error


def _prompts(name: str, declared: Mapping[str, str | None]) -> tuple[str, str]:
    """The prompts for questions and for passages: the model's own, else its family's, else none."""
    question = declared.get("query")
    passage = declared.get("passage") or declared.get("document")
    if question or passage:
        return question or "", passage or ""
    base = Path(name).name.lower()
    return next(((q, p) for family, q, p in _PROMPTS if family in base), ("", ""))


def _fingerprint(model: SentenceTransformer, prompts: tuple[str, str]) -> str:
    """Twelve hex digits over all that makes a vector: the prompts, the modules' settings, every weight.

    SHA-256 reads 1.7 GB/s, a small part of what loading takes.
    """
    import torch

    digest = hashlib.sha256(f"{prompts} {model.max_seq_length} {model}".encode())
    for key, weights in sorted(model.state_dict().items()):
        digest.update(f"{key} {tuple(weights.shape)} {weights.dtype}".encode())
        digest.update(weights.cpu().contiguous().flatten().view(torch.uint8).numpy())
    return digest.hexdigest()[:12]
