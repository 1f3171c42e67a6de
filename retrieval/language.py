"""Which language a question is in.

Arabic is told by its script. Persian and Urdu share the script: where a word is spelt with letters that Arabic
lacks, or no word is a common Arabic one, langdetect decides (seeded, so the same text gets the same verdict).
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from index.analysis import FUNCTION_WORDS, analysed

if TYPE_CHECKING:
    from langdetect.detector_factory import DetectorFactory

ARABIC: Final = "ar"
_ARABIC_LETTER: Final = re.compile(r"[\u0621-\u064A\u066E-\u06D3\u06FA-\u06FF\u0750-\u077F\uFB50-\uFDFF\uFE70-\uFEFC]")
_FOREIGN_LETTER: Final = re.compile(r"[پچژگکیےںٹڈڑہھۀۂېۍڭۆۇەێ]")
_TATWEEL: Final = "\N{ARABIC TATWEEL}"  # only stretches letters
_ENOUGH_ARABIC: Final = 0.3  # share of letters from which a question with Latin names is still Arabic
_SURE: Final = 0.9  # langdetect's probability from which its Persian or Urdu is believed
_LOOKED_AT: Final = 400  # characters; langdetect reads no more
_SCRIPTS: Final = {
    "CYRILLIC": "ru",
    "HAN": "zh",
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "DEVANAGARI": "hi",
    "HEBREW": "he",
}
_LATIN_PRIORS: Final = {"en": 0.4, "fr": 0.2, "vi": 0.2, "es": 0.05, "de": 0.05, "tr": 0.05, "id": 0.05}
_LOCK: Final = threading.Lock()


def language_of(text: str) -> str | None:
    """The ISO 639-1 code of the language of ``text``; None if it has no letters."""
    letters = [character for character in text[:_LOOKED_AT] if character.isalpha() and character != _TATWEEL]
    if not letters:
        return None
    arabic = sum(bool(_ARABIC_LETTER.match(letter)) for letter in letters)
    if arabic < _ENOUGH_ARABIC * len(letters) and not any(
        word in FUNCTION_WORDS for word in analysed(text[:_LOOKED_AT])
    ):
        return _by_script(letters) or _guess(text, _LATIN_PRIORS)[0]
    if _is_plainly_arabic(text):
        return ARABIC
    guessed, probability = _guess(text, {ARABIC: 0.5, "fa": 0.25, "ur": 0.25})
    return guessed if guessed in ("fa", "ur") and probability >= _SURE else ARABIC


def _is_plainly_arabic(text: str) -> bool:
    """No letter that Arabic lacks, unless words around it are common Arabic ones."""
    foreign = len(_FOREIGN_LETTER.findall(text))
    common = sum(word in FUNCTION_WORDS or word.startswith("ال") for word in analysed(text[:_LOOKED_AT]))
    return foreign == 0 if common else False


def _by_script(letters: list[str]) -> str | None:
    for letter in letters:
        script = unicodedata.name(letter, "").split(" ")[0]
        if script in _SCRIPTS:
            return _SCRIPTS[script]
        if script == "CJK":
            return "zh"
    return None


def _guess(text: str, priors: Mapping[str, float]) -> tuple[str, float]:
    """Langdetect's best language among ``priors``, and its probability."""
    from langdetect import LangDetectException

    with _LOCK:  # the first question of two threads must not load the profiles twice
        detector = _factory(tuple(priors)).create()
    detector.set_prior_map(priors)
    detector.append(text[:_LOOKED_AT])
    try:
        best = detector.get_probabilities()
    except LangDetectException:  # nothing in the text that it could count
        best = []
    return (best[0].lang, best[0].prob) if best else (next(iter(priors)), 0.0)


@cache
def _factory(languages: tuple[str, ...]) -> DetectorFactory:
    """A seeded detector that knows just these languages: loading all 55 takes half a second."""
    from langdetect.detector_factory import PROFILES_DIRECTORY, DetectorFactory

    factory = DetectorFactory()
    folder = Path(PROFILES_DIRECTORY)
    factory.load_json_profile([(folder / language).read_text(encoding="utf-8") for language in languages])
    factory.set_seed(0)
    return factory
