from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bot.played.faults.stage import Stage, staged
from tests.telegram.double import Double


@pytest.fixture
def stage(seeds_data: Path, tmp_path: Path) -> Iterator[Stage]:
    """A bot on which no process runs yet."""
    with Double() as double:
        stage = staged(double, seeds_data, tmp_path)
        try:
            yield stage
        finally:
            stage.end()
