"""The text that the tests of the index are made of: the sample reports, and whatever else a file may hold."""

from __future__ import annotations

from pathlib import Path

from hypothesis import strategies as st

ROOT = Path(__file__).parents[2]
REPORTS = tuple(path.read_text(encoding="utf-8") for path in sorted((ROOT / "seeds").glob("*.txt")))

_WORDS = (
    "بلغت نسبة المياه المعالجة في المحافظة 93.21٪ ٣٧٦٬٨٧٤ 376,874 عام 2023 د. أحمد م. خالد كِتَابٌ شـــيء لأنّ الوزارة و "
    "https://www.gov.example/a.b?c=d. www.example.org info@example.org 1.2.3 (انظر «الملحق» U.S. ﻻ ﷺ Água 😀 𐤀"
).split()
_BETWEEN = [
    *" " * 6,
    ". ",
    "، ",
    "؟ ",
    "؛ ",
    ".» ",
    "… ",
    "...",
    ".",
    "\n",
    "\n\n",
    " - ",
    ": ",
    "\t",
    "\N{NO-BREAK SPACE}",
]
_INVISIBLE = ["\N{RIGHT-TO-LEFT MARK}", "\N{ZERO WIDTH NON-JOINER}", "\N{ARABIC TATWEEL}", "\N{ARABIC FATHA}", "\0"]

reports = st.sampled_from(REPORTS)
any_text = st.text()
arabic_text = st.lists(st.sampled_from([*_WORDS, *_BETWEEN, *_INVISIBLE, *"٠١٢3456789,٬٫.%"])).map("".join)
report_text = st.lists(st.tuples(st.sampled_from(_WORDS), st.sampled_from(_BETWEEN)).map("".join), max_size=60).map(
    "".join
)
text = st.one_of(any_text, arabic_text, report_text)
