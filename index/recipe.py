"""What an index was made with: saved in its manifest, compared when it is opened or built upon."""

from __future__ import annotations

from typing import Final

from index.analysis import ANALYSIS_VERSION
from index.arabic import FOLDING_VERSION
from index.cleaning import CLEANING_VERSION
from index.formats import FORMATS_VERSION
from index.passages import PASSAGES_VERSION

SEARCHING: Final = {"folding": FOLDING_VERSION, "analysis": ANALYSIS_VERSION}
"""A generation that differs here cannot be searched: its words are spelt in another way."""

READING: Final = {"formats": FORMATS_VERSION, "cleaning": CLEANING_VERSION, "passages": PASSAGES_VERSION}
"""A generation that differs here can be searched, but its documents are read anew at the next build."""
