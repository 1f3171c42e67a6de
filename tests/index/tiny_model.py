"""A transformer of two narrow layers, made on the spot: real files, loaded by the real libraries.

Those take seconds to import, so only `make` imports them: processes that run other tests need not wait.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.index.material import REPORTS

if TYPE_CHECKING:
    from transformers import BertModel, PreTrainedTokenizerFast

DIMENSION = 32
_SPECIAL = {"unk_token": "[UNK]", "pad_token": "[PAD]", "cls_token": "[CLS]", "sep_token": "[SEP]"}


@dataclass(frozen=True)
class Recipe:
    """What a tiny model is made of."""

    seed: int = 0
    pooling: str = "mean"
    prompts: dict[str, str] = field(default_factory=dict)
    default_prompt: str | None = None
    longest: int = 64
    nudged: str | None = None
    """A weight of which one number is a little different."""


def make(folder: Path, recipe: Recipe) -> Path:
    """Writes a sentence-transformers model into ``folder`` and gives the folder back."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer

    bert = folder.with_name(f"{folder.name}-bert")
    pieces = tokenizer()
    pieces.save_pretrained(bert)
    _bert(len(pieces), recipe).save_pretrained(bert)
    transformer = Transformer(str(bert), max_seq_length=recipe.longest)
    model = SentenceTransformer(
        modules=[transformer, Pooling(DIMENSION, pooling_mode=recipe.pooling)],
        prompts=recipe.prompts,
        default_prompt_name=recipe.default_prompt,
        device="cpu",
    )
    model.save(str(folder), create_model_card=False)
    return folder


def tokenizer() -> PreTrainedTokenizerFast:
    """Word pieces learnt from the sample reports."""
    from tokenizers import Tokenizer
    from tokenizers.models import WordPiece
    from tokenizers.pre_tokenizers import Whitespace
    from tokenizers.processors import TemplateProcessing
    from tokenizers.trainers import WordPieceTrainer
    from transformers import PreTrainedTokenizerFast

    pieces = Tokenizer(WordPiece(unk_token="[UNK]"))
    pieces.pre_tokenizer = Whitespace()
    trainer = WordPieceTrainer(vocab_size=400, special_tokens=[*_SPECIAL.values()], show_progress=False)
    pieces.train_from_iterator(REPORTS, trainer)
    ends = [(each, pieces.token_to_id(each)) for each in ("[CLS]", "[SEP]")]
    pieces.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=ends
    )
    return PreTrainedTokenizerFast(tokenizer_object=pieces, **_SPECIAL)  # type: ignore[no-untyped-call]


def _bert(vocabulary: int, recipe: Recipe) -> BertModel:
    import torch
    from transformers import BertConfig, BertModel

    torch.manual_seed(recipe.seed)
    config = BertConfig(
        vocab_size=400,
        hidden_size=DIMENSION,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=2 * DIMENSION,
        max_position_embeddings=128,
    )
    bert = BertModel(config)
    if recipe.nudged:
        with torch.no_grad():
            bert.get_parameter(recipe.nudged).view(-1)[-1] += 1e-3
    return bert
