"""A cross-encoder of two narrow layers, made on the spot: real files again, loaded by the real libraries."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.index.tiny_model import DIMENSION, tokenizer

if TYPE_CHECKING:
    from transformers import BertForSequenceClassification

LIKED = "المواطنين"


@dataclass(frozen=True)
class CrossRecipe:
    """What a tiny cross-encoder is made of."""

    seed: int = 0
    labels: int = 1
    likes: bool = False
    """Whether its weights are set so that the score is 0 for texts without the word `LIKED`, above 0 for others."""


def make_cross_encoder(folder: Path, recipe: CrossRecipe) -> Path:
    """Writes a cross-encoder into ``folder`` and gives the folder back."""
    import torch
    from sentence_transformers import CrossEncoder
    from transformers import BertConfig, BertForSequenceClassification

    pieces = tokenizer()
    pieces.add_tokens([LIKED])  # one piece, whatever stands around it
    torch.manual_seed(recipe.seed)
    config = BertConfig(
        vocab_size=len(pieces),
        hidden_size=DIMENSION,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=2 * DIMENSION,
        max_position_embeddings=512,
        num_labels=recipe.labels,
        initializer_range=0.2,  # so wide that scores differ
    )
    network = BertForSequenceClassification(config)
    if recipe.likes:
        _like(network, int(pieces.convert_tokens_to_ids(LIKED)))
    bert = folder.with_name(f"{folder.name}-bert")
    pieces.save_pretrained(bert)
    network.save_pretrained(bert)
    CrossEncoder(str(bert), device="cpu").save_pretrained(str(folder), create_model_card=False)
    return folder


def _like(network: BertForSequenceClassification, liked: int) -> None:
    """Keeps the first number of a vector for one word: it is spread to all places by attention, and is the score.

    The numbers of each word add up to zero, so that normalizing a layer moves none of them away from it.
    """
    import torch

    weights = dict(network.named_parameters())
    first = torch.zeros(DIMENSION, DIMENSION)
    first[0, 0] = 1
    with torch.no_grad():
        for name, each in weights.items():
            each.fill_(1 if name.endswith("LayerNorm.weight") else 0)
        words = weights["bert.embeddings.word_embeddings.weight"]
        random = torch.randn(len(words), DIMENSION // 2 - 1)
        words[:, 2:] = torch.cat([random, -random], dim=1)
        words[liked] = torch.tensor([1.0, -1.0, *[0.0] * (DIMENSION - 2)])
        weights["bert.encoder.layer.0.attention.self.value.weight"].copy_(first)
        weights["bert.encoder.layer.0.attention.output.dense.weight"].copy_(10 * first)
        weights["bert.pooler.dense.weight"].copy_(first)
        weights["classifier.weight"][0, 0] = 1
