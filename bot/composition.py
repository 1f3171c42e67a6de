"""The composition root: everything is built here, in reading order, from the settings."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bot.settings import Settings, SettingsError
from bot.shelf.shelf import Shelf
from index.embedders import load_embedder
from index.embedders.transformer import Overrides
from index.generations import FileGenerations
from index.library import Library
from index.live import LiveLibrary, OneLibrary
from index.pretrained import Machine
from index.protocols import Embedder
from index.reading import ReadingRoom
from index.reading_worker import WorkerLimits
from index.repository import Generations
from index.rerankers import load_reranker
from retrieval.assistant import Assistant
from retrieval.reranking import Reranking


@dataclass(frozen=True)
class Dalil:
    """The parts of the system, each made when it is first asked for."""

    settings: Settings

    @cached_property
    def generations(self) -> Generations:
        """The generations, in the database that is set, or under the data folder."""
        if self.settings.database_url is None:
            return FileGenerations(self.settings.data)
        read_url = self.settings.database_read_url
        return _in_postgresql(
            self.settings.database_url.get_secret_value(), read_url.get_secret_value() if read_url else ""
        )

    @property
    def state(self) -> str:
        """Where the state is kept: a path, or the URL of a database."""
        if not self.settings.state and self.settings.database_url is not None:
            return self.settings.database_url.get_secret_value()
        return self.settings.state or str(self.settings.data / "state.sqlite")

    @property
    def state_replicas(self) -> str | None:
        """The URL of where the state can be read while its database is lost; None if there is no such place."""
        url, read_url = self.settings.database_url, self.settings.database_read_url
        if url is None or read_url is None or self.state != url.get_secret_value():
            return None
        return read_url.get_secret_value()

    @cached_property
    def shelf(self) -> Shelf:
        """The documents that administrators publish and withdraw."""
        folder = Path(self.settings.documents) if self.settings.documents else self.settings.data / "documents"
        return Shelf(folder, self.settings.data, self.generations, max_bytes=self.settings.max_file_mb * 2**20)

    @cached_property
    def embedder(self) -> Embedder:
        """The embedder that is set."""
        overrides = Overrides(
            dimension=self.settings.embedder_dimension,
            question_prompt=self.settings.question_prompt,
            passage_prompt=self.settings.passage_prompt,
        )
        return load_embedder(self.settings.embedder, overrides, self._machine)

    @cached_property
    def reranking(self) -> Reranking | None:
        """The reranker that is set, if any."""
        if not self.settings.reranker:
            return None
        return Reranking(load_reranker(self.settings.reranker, self._machine), self.settings.reranked)

    @cached_property
    def assistant(self) -> Assistant:
        """The assistant, answering from the live generation."""
        return Assistant(LiveLibrary(self.generations, self.embedder), self.embedder, self.reranking)

    def assistant_from(self, library: Library) -> Assistant:
        """An assistant that answers from this library, live or not."""
        return Assistant(OneLibrary(library), self.embedder, self.reranking)

    @property
    def _machine(self) -> Machine:
        return Machine(self.settings.device, self.settings.batch_size)

    def reading_room(self) -> ReadingRoom:
        """A reading room with the limits that are set; leave it when all is read."""
        limits = WorkerLimits(memory=self.settings.read_memory_mb * 2**20, seconds=self.settings.read_seconds)
        return ReadingRoom(limits=limits)


def _in_postgresql(url: str, read_url: str) -> Generations:
    try:  # an extra of ours, which those who keep files need not install
        from index.postgres.generations import PostgresGenerations
        from index.stores.postgres.database import Database
    except ImportError as error:
        raise SettingsError(
            'DALIL_DATABASE_URL needs more to be installed:  pip install "dalil[postgresql]"'
        ) from error
    return PostgresGenerations(Database(url, read_url))
