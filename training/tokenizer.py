"""States for the tokenizers library what `index.embedders.pieces` does, so that sentence-transformers does the same.

For ordinary Arabic and Latin text both give the same pieces; for other scripts they may differ (a final ς).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

from index.embedders.pieces import AFFIXES, CONTINUED, WINDOW
from index.embedders.static import UNKNOWN

_FOLDED: Final = (
    (r"(?!\s)[\p{Mn}\p{Me}\p{Cf}\p{Cc}ـء]", ""),
    ("[أإآٱ]", "ا"),
    ("[ىئیېے]", "ي"),
    ("ؤ", "و"),
    ("[ةہھۀەۃ]", "ه"),
    ("[کگ]", "ك"),
    ("پ", "ب"),
    ("چ", "ج"),
    ("ژ", "ز"),
    ("ڤ", "ف"),
    ("ڨ", "ق"),
    ("đ", "d"),
    ("ı", "i"),
    *((f"[{chr(0x660 + figure)}{chr(0x6F0 + figure)}]", str(figure)) for figure in range(10)),
    ("(?<=[0-9])[,٬،](?=[0-9]{3}(?![0-9]))", ""),
    (r"[^\p{L}\p{N}]+", " "),
    (r"(?<=[0-9])(?=\p{L})|(?<=\p{L})(?=[0-9])", " "),
)  # fmt: skip
_REPEATED: Final = rf"(?<![^ ])([^ ]+) (?=(?:[^ ]+ ){{0,{WINDOW - 1}}}\1(?![^ ]))"


def published(vocabulary: Mapping[str, int]) -> Tokenizer:
    """A tokenizer of ``vocabulary``, whose first piece stands for what is unknown."""
    prefixes = [rf"(?<![^ ]){affix}" for affix in AFFIXES[:2]]
    suffixes = [rf"{affix}(?![^ ])" for affix in AFFIXES[2:]]
    steps = [*_FOLDED, *((affix, "") for affix in (*prefixes, *suffixes)), (_REPEATED, "")]
    model = models.WordPiece(
        dict(vocabulary), unk_token=UNKNOWN, max_input_chars_per_word=64, continuing_subword_prefix=CONTINUED
    )
    tokenizer = Tokenizer(model)
    replacements = [normalizers.Replace(Regex(pattern), text) for pattern, text in steps]
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKD(), normalizers.Lowercase(), *replacements])
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return tokenizer
