"""The library that answers now: follows the switches of builders without keeping anybody waiting."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from typing import Final, Protocol

from index.errors import DatabaseUnavailable, GenerationGone, IndexingError
from index.library import Library
from index.protocols import Embedder
from index.repository import Generations

_LOG: Final = logging.getLogger(__name__)


class Libraries(Protocol):
    """Says which library a question is to be answered from."""

    def current(self) -> Library:
        """The library to answer from now."""
        ...

    def reopened(self, gone: GenerationGone) -> Library:
        """The library to answer from instead of one that was found to be gone.

        Raises:
            GenerationGone: there is no other.
        """
        ...


@dataclass(frozen=True, slots=True)
class OneLibrary:
    """Always the same library: one that is not live, or not any more."""

    library: Library

    def current(self) -> Library:
        """That library."""
        return self.library

    def reopened(self, gone: GenerationGone) -> Library:
        """There is no other."""
        raise gone


class LiveLibrary:
    """Gives the live generation; when another becomes live, opens it beside the old one and changes over.

    Whoever is answering keeps the `Library` it was given; its files stay readable even when they are removed.
    """

    def __init__(self, generations: Generations, embedder: Embedder) -> None:
        """Opens the live generation.

        Raises:
            NoGeneration, DamagedGeneration, EmbedderMismatch: there is nothing that could answer.
        """
        self._generations = generations
        self._embedder = embedder
        self._library = self._open()
        self._refused: int | None = None
        self._opening = threading.Lock()

    def current(self) -> Library:
        """The library to answer from. Takes microseconds; a new generation is opened in the background."""
        live = self._generations.noticed()
        if live not in (None, self._library.manifest.number, self._refused) and self._opening.acquire(blocking=False):
            threading.Thread(target=self._change_over, args=(live,), daemon=True).start()
        return self._library

    def reopened(self, gone: GenerationGone) -> Library:
        """The live library, opened while the caller waits: the generation it read was removed.

        Raises:
            IndexingError: there is nothing that could answer.
        """
        with self._opening:
            if self._library.manifest.number == gone.number:
                self._library = self._open()
            return self._library

    def _open(self) -> Library:
        library = self._generations.open_live()
        library.refuse_stranger(self._embedder)
        return library

    def _change_over(self, number: int) -> None:
        try:
            self._library = self._open()
            _LOG.info("generation %d answers now", self._library.manifest.number)
        except DatabaseUnavailable as error:
            _LOG.warning("generation %d cannot be opened now: %s", number, error)  # the next question tries again
        except IndexingError as error:
            self._refused = number  # the old one goes on answering; trying at every question would not help
            _LOG.error("generation %d cannot be opened: %s", number, error)
        finally:
            self._opening.release()
