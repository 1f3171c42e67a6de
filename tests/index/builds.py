"""Building a library in this process, with the parts that the command puts together."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file

from index.building import Builder, Built
from index.embedders import load_embedder
from index.embedders.static import SHIPPED, WEIGHTS, WEIGHTS_FILE, StaticEmbedder
from index.generations import FileGenerations
from index.live import LiveLibrary
from index.planning import plan
from index.preparing import documents
from index.protocols import Embedder
from index.reading import ReadingRoom
from index.repository import Generations
from index.sources import find_sources
from retrieval.answer import Excerpt, NotFound
from retrieval.assistant import Assistant


@cache
def shipped() -> Embedder:
    return load_embedder("shipped")


def other_embedder(folder: Path) -> Embedder:
    """A model of the same kind whose words have the vectors of others, so that it is another model."""
    shutil.copytree(SHIPPED, folder)
    table = load_file(folder / WEIGHTS_FILE)[WEIGHTS]
    save_file({WEIGHTS: np.roll(table, 1, axis=0)}, folder / WEIGHTS_FILE)
    return StaticEmbedder.load(folder)


def quiet(step: str, done: int, total: int) -> None:
    """Progress that nobody looks at."""


def build(data: Path, *paths: Path, embedder: Embedder | None = None) -> Built:
    """Does what ``dalil index`` does."""
    return build_in(FileGenerations(data), *paths, embedder=embedder)


def build_in(generations: Generations, *paths: Path, embedder: Embedder | None = None) -> Built:
    with generations.building(), ReadingRoom() as room:
        base = generations.newest_intact()
        changes = plan(find_sources(paths, max_bytes=2**26), base)
        builder = Builder(generations, embedder or shipped(), quiet)
        return builder.build(documents(changes, base, room, quiet), base, aliases=changes.aliases)


def build_aside(data: Path, *paths: Path) -> Built:
    """Does the same, but for the switch."""
    return build_aside_in(FileGenerations(data), *paths)


def build_aside_in(generations: Generations, *paths: Path) -> Built:
    with generations.building(), ReadingRoom() as room:
        base = generations.newest_intact()
        changes = plan(find_sources(paths, max_bytes=2**26), base)
        builder = Builder(generations, shipped(), quiet)
        return builder.build_aside(documents(changes, base, room, quiet), base, aliases=changes.aliases)


def assistant(data: Path) -> Assistant:
    return Assistant(LiveLibrary(FileGenerations(data), shipped()), shipped())


def first_excerpt(data: Path, question: str) -> Excerpt:
    """The first excerpt of what the live generation says to ``question``."""
    reply = assistant(data).ask(question)
    assert not isinstance(reply, NotFound)
    return reply.excerpts[0]


def names(data: Path) -> set[str]:
    """The documents of the live generation."""
    return {record.name for record in FileGenerations(data).open_live().documents}


def what_lies_in(data: Path) -> set[str]:
    """Everything in a data folder but the lock files, one level into the generations."""
    found = {path.relative_to(data).as_posix() for path in (*data.iterdir(), *(data / "generations").iterdir())}
    return found - {"build.lock", "switch.lock", "generations"}
