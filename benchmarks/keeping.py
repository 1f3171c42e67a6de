"""Where what is measured keeps its generations: in a folder, or in PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from index.generations import FileGenerations
from index.repository import Generations

_SERVER: Final = ("postgresql://", "postgres://")


def generations_in(place: str) -> Generations:
    """The generations below a folder, or in the database at an address ``postgresql://…``."""
    if not place.startswith(_SERVER):
        return FileGenerations(Path(place))
    from bot.composition import Dalil  # what answers from files needs neither this nor its memory
    from bot.settings import Settings

    return Dalil(Settings.model_validate({"database_url": place})).generations
