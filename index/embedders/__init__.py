"""Which embedders there are: the shipped one by its name, any other by its hub name or folder."""

from __future__ import annotations

from typing import Final

from index.embedders.static import SHIPPED, StaticEmbedder
from index.embedders.transformer import Overrides, TransformerEmbedder
from index.errors import EmbedderUnavailable
from index.pretrained import Machine
from index.protocols import Embedder

SHIPPED_NAME: Final = "shipped"
_AS_IT_IS: Final = Overrides()
_ANY_MACHINE: Final = Machine()


def load_embedder(name: str, overrides: Overrides = _AS_IT_IS, machine: Machine = _ANY_MACHINE) -> Embedder:
    """The embedder called ``name``: ``shipped``, or whatever sentence-transformers can load.

    Raises:
        EmbedderUnavailable: there is no such model, or it cannot be loaded here or as ``overrides`` want it.
    """
    if name != SHIPPED_NAME:
        return TransformerEmbedder(name, overrides, machine)
    if overrides != _AS_IT_IS:
        reason = "it takes no DALIL_EMBEDDER_DIMENSION, DALIL_QUESTION_PROMPT or DALIL_PASSAGE_PROMPT: other models do"
        raise EmbedderUnavailable(name, reason)
    return StaticEmbedder.load(SHIPPED)
