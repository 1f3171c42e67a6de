"""Every sentence that people can see: one catalogue per language, and the lines for those who ask in another one."""

from __future__ import annotations

from bot.phrases.catalogue import Phrases, phrases
from bot.phrases.courtesies import COURTESIES
from bot.phrases.names import PhraseName
from bot.phrases.not_arabic import not_arabic

__all__ = ["COURTESIES", "PhraseName", "Phrases", "not_arabic", "phrases"]
