"""Where what is measured keeps its generations: in a folder, or in PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from index.generations import FileGenerations
from index.repository import Generations

_SERVER: Final = ("postgresql://", "postgres://")


@contextmanager
def generations_in(place: str) -> Iterator[Generations]:
    """The generations below a folder, or in the database at ``postgresql://…``, until the end of the block."""
    if not place.startswith(_SERVER):
        yield FileGenerations(Path(place))
        return
    from index.postgres.generations import PostgresGenerations  # who measures files needs neither
    from index.stores.postgres.database import Database

    with closing(PostgresGenerations(Database(place, ""))) as generations:
        yield generations
