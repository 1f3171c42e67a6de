"""Which embedders there are: the shipped one by its name, any other by its hub name or folder."""

from __future__ import annotations

from typing import Final

from index.embedders.bag import SHIPPED, BagEmbedder
from index.protocols import Embedder

SHIPPED_NAME: Final = "shipped"


def load_embedder(name: str) -> Embedder:
    """The embedder called ``name``: ``shipped``, or whatever sentence-transformers can load.

    Raises:
        EmbedderUnavailable: there is no such model, or it cannot be loaded here.
    """
    if name == SHIPPED_NAME:
        return BagEmbedder.load(SHIPPED)
    from index.embedders.transformer import TransformerEmbedder

    return TransformerEmbedder(name)
