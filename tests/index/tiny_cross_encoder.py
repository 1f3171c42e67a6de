"""A cross-encoder of two narrow layers, taught on the spot to like texts with a certain word: real files again."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.index.material import REPORTS
from tests.index.tiny_model import DIMENSION, tokenizer

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

LIKED = "المواطنين"
_STEPS = 60  # after these, texts with the word are above all others


@dataclass(frozen=True)
class CrossRecipe:
    """What a tiny cross-encoder is made of."""

    seed: int = 0
    labels: int = 1
    steps: int = 0


def make_cross_encoder(folder: Path, recipe: CrossRecipe) -> Path:
    """Writes a cross-encoder into ``folder`` and gives the folder back."""
    import torch
    from sentence_transformers import CrossEncoder
    from transformers import BertConfig, BertForSequenceClassification

    pieces = tokenizer()
    torch.manual_seed(recipe.seed)
    config = BertConfig(
        vocab_size=len(pieces),
        hidden_size=DIMENSION,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=2 * DIMENSION,
        max_position_embeddings=256,
        hidden_dropout_prob=0.0,
        attention_probs_dropout_prob=0.0,
        num_labels=recipe.labels,
        initializer_range=0.02 if recipe.steps else 0.2,  # untaught, so wide that scores differ
    )
    bert = folder.with_name(f"{folder.name}-bert")
    pieces.save_pretrained(bert)
    BertForSequenceClassification(config).save_pretrained(bert)
    model = CrossEncoder(str(bert), device="cpu", max_length=128)
    _teach(model, recipe.steps)
    model.save_pretrained(str(folder), create_model_card=False)
    return folder


def make_liking(folder: Path) -> Path:
    """A cross-encoder that likes texts with the word `LIKED`."""
    return make_cross_encoder(folder, CrossRecipe(steps=_STEPS))


def _teach(model: CrossEncoder, steps: int) -> None:
    import torch

    lines = [line[:200] for report in REPORTS for line in report.split("\n") if len(line) > 50]
    without = [line.replace(LIKED, "") for line in lines][:48]
    places = [17 * number % len(line) for number, line in enumerate(without)]
    texts = [*without, *(f"{line[:at]} {LIKED} {line[at:]}" for at, line in zip(places, without, strict=True))]
    wanted = torch.tensor([0.0] * len(without) + [1.0] * len(without))
    optimizer = torch.optim.AdamW(model.parameters(), lr=5e-3)
    for _ in range(steps):
        scores = model(model.preprocess([("سؤال", text) for text in texts]))["scores"].squeeze(-1)
        loss = torch.nn.functional.binary_cross_entropy_with_logits(scores, wanted)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
