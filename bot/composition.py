"""The composition root: everything is built here, in reading order, from the settings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from bot.settings import Settings
from index.embedders import load_embedder
from index.generations import Generations
from index.live import LiveLibrary
from index.protocols import Embedder
from index.reading import ReadingRoom
from index.reading_worker import WorkerLimits
from retrieval.assistant import Assistant


@dataclass(frozen=True)
class Dalil:
    """The parts of the system, each made when it is first asked for."""

    settings: Settings

    @cached_property
    def generations(self) -> Generations:
        """The generations under the data folder."""
        return Generations(self.settings.data)

    @cached_property
    def embedder(self) -> Embedder:
        """The embedder that is set."""
        return load_embedder(self.settings.embedder)

    @cached_property
    def assistant(self) -> Assistant:
        """The assistant, answering from the live generation."""
        return Assistant(LiveLibrary(self.generations, self.embedder), self.embedder)

    def reading_room(self) -> ReadingRoom:
        """A reading room with the limits that are set; leave it when all is read."""
        limits = WorkerLimits(memory=self.settings.read_memory_mb * 2**20, seconds=self.settings.read_seconds)
        return ReadingRoom(limits=limits)
