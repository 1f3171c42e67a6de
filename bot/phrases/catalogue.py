"""The catalogues, ``ar.ftl`` and ``en.ftl``, in the syntax of Project Fluent (https://projectfluent.org).

Fluent knows the plural rules of each language and isolates every value put into a sentence (U+2068…U+2069), so that a
Latin name or a figure does not disorder the Arabic around it. Loading it and reading a catalogue takes 75 ms, which
`dalil ask` would feel. So phrases on one line are said without it, in the same words (a test compares them all).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from bot.phrases.names import PhraseName

if TYPE_CHECKING:
    from fluent.runtime import FluentBundle

Language: TypeAlias = Literal["ar", "en"]

_ON_ONE_LINE: Final = re.compile(
    r"^([a-z][a-z0-9-]*) = ((?:[^{}\s]|[ ](?! *$)|\{ \$[a-z]+ \})+)$(?=\n*(?:\S|\Z))", re.MULTILINE
)
"""A phrase into which nothing is put but values as they are."""

_VALUE: Final = re.compile(r"\{ \$([a-z]+) \}")
_ISOLATED: Final = "\N{FIRST STRONG ISOLATE}{}\N{POP DIRECTIONAL ISOLATE}"

_LONGEST_VALUE: Final = 2_000
"""Code points of a value; Fluent refuses more than 2,500."""


@dataclass(frozen=True)
class Phrases:
    """What is said in one language. Any number of threads may ask."""

    language: Language
    isolates: bool = True

    @property
    def is_right_to_left(self) -> bool:
        """Whether the language is written from right to left."""
        return self.language == "ar"

    def say(self, name: PhraseName, /, **values: str | int) -> str:
        """The phrase, plain text, with ``values`` in their places; whole numbers take the plural they need.

        Raises:
            KeyError: there is no such phrase.
            ValueError: a value that the phrase needs is not given.
        """
        given = {key: value[:_LONGEST_VALUE] if isinstance(value, str) else value for key, value in values.items()}
        texts = {key: value for key, value in given.items() if isinstance(value, str)}
        simple = self._on_one_line.get(name)
        if simple is not None and texts.keys() >= set(_VALUE.findall(simple)):
            form = _ISOLATED if self.isolates else "{}"
            return _VALUE.sub(lambda found: form.format(texts[found[1]]), simple)
        return self.say_with_fluent(name, given)

    def say_with_fluent(self, name: PhraseName, values: Mapping[str, str | int]) -> str:
        """What `say` gives, from Fluent in any case."""
        message = self._bundle.get_message(name)
        if message.value is None:
            raise KeyError(name)
        said, errors = self._bundle.format_pattern(message.value, dict(values))
        if errors:
            raise ValueError(f"the phrase {name}: {errors[0]}")
        return str(said)

    @cached_property
    def source(self) -> str:
        """The catalogue as it is written."""
        return Path(__file__).with_name(f"{self.language}.ftl").read_text(encoding="utf-8")

    @cached_property
    def _on_one_line(self) -> dict[str, str]:
        return dict(_ON_ONE_LINE.findall(self.source))

    @cached_property
    def _bundle(self) -> FluentBundle:
        from fluent.runtime import FluentBundle, FluentResource

        bundle = FluentBundle([self.language], use_isolating=self.isolates)
        bundle.add_resource(FluentResource(self.source))
        return bundle


def phrases(language: str | None, *, isolates: bool = True) -> Phrases:
    """The phrases for a language code such as Telegram gives: English for English, Arabic for all others.

    ``isolates``: values are set apart by invisible characters, as everything but a terminal wants it.
    """
    return _phrases("en" if (language or "").casefold().startswith("en") else "ar", isolates)


@lru_cache
def _phrases(language: Language, isolates: bool) -> Phrases:
    return Phrases(language, isolates)
