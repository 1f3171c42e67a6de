"""What a backup says of itself, and where its parts lie in the zip."""

from __future__ import annotations

from typing import Final

from pydantic import BaseModel, ConfigDict

ABOUT: Final = "dalil-backup.json"
DOCUMENTS: Final = "documents/"
GENERATION: Final = "generation/"
STAGED: Final = "staged/"
STATE: Final = "state.sqlite"
FORMAT: Final = 2  # raised when older versions could not bring a backup back
READABLE: Final = (1, 2)  # what was staged is in it since 2


class About(BaseModel):
    """The first file of a backup. ``generation`` was live (None: nothing was indexed)."""

    model_config = ConfigDict(frozen=True)

    format: int = FORMAT
    made: str
    generation: int | None
    embedder: str | None
    with_index: bool
    with_state: bool
    elsewhere: tuple[str, ...] = ()
    """Documents of the generation whose files were not in the documents' folder."""
