"""Any sentence-transformers model, by name or folder, on CPU or GPU: one setting away.

Importing sentence-transformers takes seconds, so it happens when a model is loaded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Final, NamedTuple

import numpy as np

from index.errors import EmbedderUnavailable
from index.pretrained import Machine, base_name, fingerprint, load, missing_weights
from index.protocols import Vectors


class Prompts(NamedTuple):
    """What is put before a question, and before a passage."""

    question: str
    passage: str


# What model families ask for on their model cards, by their names; the first that fits.
# A model that declares prompts of its own ("query", "passage" or "document") needs no entry.
_FAMILIES: Final = (
    (
        r"\be5\b.*-instruct",
        Prompts("Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery: ", ""),
    ),
    (r"\be5\b", Prompts("query: ", "passage: ")),
    (r"\bbge-.*\ben\b", Prompts("Represent this sentence for searching relevant passages: ", "")),
)


@dataclass(frozen=True, slots=True)
class Overrides:
    """What is wanted otherwise than the model declares; None leaves it as it is."""

    dimension: int | None = None
    """Of a vector's numbers, so many from the first on are kept (for models trained so: Matryoshka)."""
    question_prompt: str | None = None
    passage_prompt: str | None = None


class TransformerEmbedder:
    """Embeds with a `SentenceTransformer`, its question and passage prompts put in front."""

    is_light = False

    def __init__(self, name: str, overrides: Overrides, machine: Machine) -> None:
        """Loads the model called ``name`` (a hub name or a folder).

        Raises:
            EmbedderUnavailable: it cannot be found or read, gives no sentence vectors, or shorter ones than wanted.
        """
        from sentence_transformers import SentenceTransformer

        self._model = load(SentenceTransformer, name, machine.device, EmbedderUnavailable)
        self._refuse_gaps(name)
        self.dimension = self._model.truncate_dim = self._dimension(name, overrides.dimension)
        self._prompts = _prompts(name, self._model.prompts, overrides)
        self._batch_size = machine.batch_size
        self._one_at_a_time = Lock()  # tokenizers cannot be used by two threads
        shown = base_name(name) if overrides.dimension is None else f"{base_name(name)}:{self.dimension}"
        self.identity = f"{shown}@{fingerprint(self._model, (tuple(self._prompts), self.dimension))}"

    def _refuse_gaps(self, name: str) -> None:
        # Checkpoints often lack the pooler, which sentence vectors are not made with.
        if missing := [each for each in missing_weights(self._model) if not each.startswith("pooler.")]:
            raise EmbedderUnavailable(name, f"its files lack {len(missing)} of its weights, such as {missing[0]}")

    def _dimension(self, name: str, wanted: int | None) -> int:
        full = self._model.get_embedding_dimension()
        if not full:
            raise EmbedderUnavailable(name, "it does not say how long its vectors are")
        if wanted and wanted > full:
            raise EmbedderUnavailable(name, f"its vectors have {full} numbers, DALIL_EMBEDDER_DIMENSION wants {wanted}")
        return int(wanted or full)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One row a text, shape (len(texts), dimension)."""
        return self._encode(texts, self._prompts.passage)

    def embed_question(self, text: str) -> Vectors:
        """One vector, shape (dimension,)."""
        vector: Vectors = self._encode([text], self._prompts.question)[0]
        return vector

    def _encode(self, texts: Sequence[str], prompt: str) -> Vectors:
        with self._one_at_a_time:
            vectors = self._model.encode(
                [f"{prompt}{text}" for text in texts],
                prompt="",  # ours is in front already; the model's default must not be added to it
                batch_size=self._batch_size,
                normalize_embeddings=True,
                show_progress_bar=False,
            )
        rows: Vectors = np.asarray(vectors, np.float32).reshape(len(texts), self.dimension)
        lengths: Vectors = np.linalg.norm(rows, axis=1, keepdims=True)  # models of 16 bits are out by a thousandth
        lengths[lengths == 0] = 1
        return rows / lengths


def _prompts(name: str, declared: Mapping[str, str | None], overrides: Overrides) -> Prompts:
    """Those that are set, else the model's own, else its family's, else none."""
    own = Prompts(declared.get("query") or "", declared.get("passage") or declared.get("document") or "")
    if not any(own):
        base = base_name(name).lower()
        own = next((prompts for family, prompts in _FAMILIES if re.search(family, base)), own)
    return Prompts(
        own.question if overrides.question_prompt is None else overrides.question_prompt,
        own.passage if overrides.passage_prompt is None else overrides.passage_prompt,
    )
