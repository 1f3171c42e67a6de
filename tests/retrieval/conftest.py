"""A library of the sample reports, built once, and small ones made of given texts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from index.building import Builder
from index.catalogue import Entry
from index.document import Extracted, Fingerprint
from index.embedders import load_embedder
from index.generations import FileGenerations
from index.live import LiveLibrary
from index.planning import plan
from index.preparing import documents, prepare
from index.reading import ReadingRoom
from index.sources import find_sources
from retrieval.assistant import Assistant

SEEDS = Path(__file__).parents[2] / "seeds"


def silent(step: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Answers from the sample reports."""
    embedder = load_embedder("shipped")
    generations = FileGenerations(tmp_path_factory.mktemp("seeds"))
    changes = plan(find_sources([SEEDS], max_bytes=2**20), None)
    with ReadingRoom() as room:
        Builder(generations, embedder, silent).build(documents(changes, None, room, silent), None)
    return Assistant(LiveLibrary(generations, embedder), embedder)


MakeAssistant = Callable[[Mapping[str, str]], Assistant]


@pytest.fixture
def assistant_of(tmp_path: Path) -> MakeAssistant:
    """Gives an assistant that answers from texts, each a document."""

    def make(texts: Mapping[str, str]) -> Assistant:
        embedder = load_embedder("shipped")
        generations = FileGenerations(tmp_path / "data")
        prepared = (
            prepare(name, Extracted(text), Entry(), Fingerprint(name, "")) for name, text in sorted(texts.items())
        )
        Builder(generations, embedder, silent).build(prepared, None)
        return Assistant(LiveLibrary(generations, embedder), embedder)

    return make
