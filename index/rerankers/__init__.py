"""Which rerankers there are: any cross-encoder, by its hub name or folder."""

from __future__ import annotations

from index.pretrained import Machine
from index.protocols import Reranker
from index.rerankers.cross_encoder import CrossEncoderReranker


def load_reranker(name: str, machine: Machine) -> Reranker:
    """The reranker called ``name``.

    Raises:
        RerankerUnavailable: there is no such model, it cannot be loaded here, or it does not rank.
    """
    return CrossEncoderReranker(name, machine)
